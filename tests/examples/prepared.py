"""What the examples in other languages need: their SDK and its dependencies, made once per schema and kept.

Kept in the user's cache and shared by every test and worker: making it takes minutes, using it nothing.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import runpy
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
TOOL = ROOT / "tools" / "distribution"
PRIVATE = runpy.run_path(str(ROOT / "tools" / "toolchain" / "private.py"))

LINKED = {"nodejs": "node_modules", "python": ".venv"}
"""What an example of a language finds beside its program, and `pulumi install` would put there."""

NEEDED = {"nodejs": ("node", "npm"), "go": ("go",), "python": ()}
MANIFESTS = ("package.json", ".npmrc", "go.mod", "go.sum", "main.go", "requirements.txt")
GO_FLAGS = ("-trimpath", "-ldflags=-w")
"""Go knows a package again in another folder, and links faster."""

DAYS_KEPT = 14


def language_of(example: Path) -> str | None:
    """The language of the SDK that the example's program is written with."""
    if (example / "package.json").exists():
        return "nodejs"
    if (example / "go.mod").exists():
        return "go"
    requirements = example / "requirements.txt"
    return "python" if requirements.exists() and "sdks/python" in requirements.read_text() else None


def missing_for(language: str) -> list[str]:
    """The programs that a language needs and this machine does not have."""
    wanted = (*NEEDED[language], f"pulumi-language-{language}")
    return [program for program in wanted if not shutil.which(program)]


class Prepared:
    """A folder with `sdks/LANGUAGE`, and `examples/LANGUAGE` where an example's dependencies are installed."""

    def __init__(self) -> None:
        self.folder: Path = PRIVATE["cache"]() / "examples" / _key()

    def __call__(self, language: str) -> Path:
        """The folder, with everything for the language in it."""
        PRIVATE["make"](self.folder)
        with _alone(self.folder / f"{language}.lock"):
            done = self.folder / f"{language}.done"
            if not done.exists():
                self._prepare(language)
                done.touch()
        os.utime(self.folder)
        _forget_old(self.folder)
        return self.folder

    def give(self, language: str, example: Path) -> None:
        """Puts what `pulumi install` would put beside the program there."""
        if language in LINKED:
            (example / LINKED[language]).symlink_to(self.folder / "examples" / language / LINKED[language])

    def _prepare(self, language: str) -> None:
        _run(ROOT, sys.executable, str(TOOL), "sdks", "--output", str(self.folder / "sdks"), language)
        # The package that was compiled is all that a program depends on.
        shutil.rmtree(self.folder / "sdks" / "nodejs" / "node_modules", ignore_errors=True)
        beside = self.folder / "examples" / language
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        example = next(path for path in sorted(EXAMPLES.iterdir()) if language_of(path) == language)
        for name in MANIFESTS:
            if (example / name).exists():
                shutil.copy(example / name, beside)
        for command in _installation(language):
            _run(beside, *command)


def _installation(language: str) -> list[list[str]]:
    match language:
        case "nodejs":
            return [["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"]]
        case "go":
            return [["go", "build", *GO_FLAGS, "-o", os.devnull, "."]]
    pip = [".venv/bin/python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    return [[sys.executable, "-m", "venv", ".venv"], [*pip, "-r", "requirements.txt"]]


def _key() -> str:
    manifests = (path / name for path in sorted(EXAMPLES.iterdir()) for name in MANIFESTS if name != "main.go")
    digest = hashlib.sha256()
    for path in (ROOT / "schema.json", TOOL / "sdks.py", Path(__file__), *manifests):
        digest.update(path.read_bytes() if path.exists() else b"-")
    return digest.hexdigest()[:16]


def _forget_old(current: Path) -> None:
    for path in current.parent.iterdir():
        if path != current and time.time() - path.stat().st_mtime > DAYS_KEPT * 86400:
            shutil.rmtree(path, ignore_errors=True)


def _run(folder: Path, *command: str) -> None:
    done = subprocess.run(
        command, cwd=folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900
    )
    assert done.returncode == 0, f"{' '.join(command)}: {done.stdout}"


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Holds the lock file: of several workers one prepares and the others wait."""
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
