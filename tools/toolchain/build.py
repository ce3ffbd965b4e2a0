"""Third route: build the engine from the Go modules pinned beside this file.

The published modules carry `replace` lines, so `go install` refuses them: they are built as tools of two modules of
our own.
"""

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from toolchain import cache, golang, recipe
from toolchain.progress import Progress, Step
from toolchain.recipe import Binary, Module


def kept(environ: Mapping[str, str]) -> Path | None:
    """An engine built earlier."""
    return cache.kept("built", environ)


def obtain(environ: Mapping[str, str]) -> Path:
    """Build the engine into the cache."""
    golang.check(recipe.CLI)
    return cache.settle(cache.folder("built", environ), environ, build)


def build(programs: Path) -> None:
    """Build every program that is not in the folder yet."""
    steps = _steps(programs)
    progress = Progress(len(steps))
    for title, hint, work in steps:
        with progress.step(title, hint) as step:
            work(step)


def _steps(programs: Path) -> list[tuple[str, str, Callable[[Step], None]]]:
    """Title, hint and work of each step that is left."""
    steps: list[tuple[str, str, Callable[[Step], None]]] = []
    for module in recipe.MODULES:
        missing = [binary for binary in module.binaries if not (programs / binary.name).exists()]
        if missing or module is recipe.CLI:
            steps.append((f"fetching the modules of {module.folder.name}", "", partial(_fetch, module)))
        steps += [
            (f"building {binary.name}", binary.hint, partial(_compile, module, binary, programs)) for binary in missing
        ]
    return [*steps, ("copying the scripts that go with it", "", partial(_copy, programs))]


def _fetch(module: Module, step: Step) -> None:
    """Fetch what the programs are made of: `go mod download` would also ask for modules that none of them needs."""
    fetched = 0

    def heard(line: str) -> bool:
        nonlocal fetched
        if not line.startswith("go: downloading "):
            return False
        fetched += 1
        step.detail = f"{fetched} of at most {module.size} modules fetched"
        return True

    packages = [binary.package for binary in module.binaries]
    golang.follow(module, step, heard, "list", "-deps", *golang.FLAGS, "-f", "{{with .Error}}{{.}}{{end}}", *packages)


def _compile(module: Module, binary: Binary, programs: Path, step: Step) -> None:
    total = _stale(module, binary)
    compiled = 0

    def heard(line: str) -> bool:
        nonlocal compiled
        if not golang.is_package(line):
            return False
        compiled += 1
        step.detail = f"{compiled:,} of {total:,} packages compiled" if compiled < total else "linking"
        return True

    stamp = f"-s -w -X {binary.symbol}=v{binary.version}"
    output = ("-o", str(programs / binary.name))
    golang.follow(module, step, heard, "build", "-v", *golang.FLAGS, "-ldflags", stamp, *output, binary.package)
    step.detail = f"{compiled:,} packages compiled"


def _stale(module: Module, binary: Binary) -> int:
    """How many packages are not in Go's build cache yet."""
    lines = golang.ask(module, "list", "-deps", *golang.FLAGS, "-f", "{{.Stale}}", binary.package)
    return lines.count("true")


def _copy(programs: Path, _step: Step) -> None:
    """Files in Go's module cache are read-only and not executable."""
    (sdk,) = golang.ask(recipe.CLI, "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", recipe.SDK_MODULE)
    for script in recipe.SCRIPTS:
        target = programs / Path(script).name
        target.unlink(missing_ok=True)
        shutil.copyfile(Path(sdk) / script, target)
        target.chmod(0o755)
