"""Tries a mutant: in a copy of the checkout, with the tests that look at its room first."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutants.mutation import Mutant

FAST = ("resources", "plugin", "transport", "core", "commands", "importing", "policy")
"""The folders of tests that run without the engine."""

ON_THE_ENGINE = {
    "dynamic": (
        "test_package.py test_bad_input.py test_token_rotation.py test_secrets.py test_get.py test_resource_options.py "
        "test_clone_errors.py test_functions.py test_refresh.py test_access.py test_states_of_0_1_0.py "
        "test_every_field.py"
    ),
    "plugin": "test_plugin_previews.py test_plugin_providers.py test_plugin_resource_options.py test_plugin_cancel.py "
    "test_secrets.py test_import_of_every_kind.py test_every_field.py test_access.py",
}
OTHERS = (
    "test_access.py test_every_field.py test_secrets.py test_import_of_every_kind.py test_lost_answers.py "
    "test_refresh.py"
)
"""What has to be asked when no fast test fails: the room's own tests on the engine, and those of every field."""

MOST_SECONDS = 900


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: the test that found it, or None."""

    mutant: Mutant
    killer: str | None
    seconds: float


class Copy:
    """A copy of a checkout with an environment of its own, which finds the copy's package and the checkout's others."""

    def __init__(self, tree: Path, folder: Path) -> None:
        self.folder = folder
        listing = ["git", "ls-files", "-z"]
        listed = subprocess.run(listing, cwd=tree, check=True, capture_output=True, text=True, timeout=60).stdout
        for name in filter(None, listed.split("\0")):
            if (tree / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(tree / name, folder / name)
        made = venv.EnvBuilder(with_pip=False, symlinks=True)
        made.create(folder / ".venv")
        (packages,) = (folder / ".venv" / "lib").glob("python3.*/site-packages")
        (installed,) = (path for path in sys.path if path.endswith("site-packages"))
        (packages / "checkout.pth").write_text(f"{folder}\n{installed}\n")
        for script in Path(sys.executable).parent.iterdir():
            copied = folder / ".venv" / "bin" / script.name
            if script.is_file() and not copied.exists() and script.read_bytes()[:2] == b"#!":
                _, _, rest = script.read_text().partition("\n")
                copied.write_text(f"#!{folder}/.venv/bin/python\n{rest}")
                copied.chmod(0o755)

    def judge(self, mutant: Mutant) -> Verdict:
        """Puts the fault in, looks for a test that fails, and takes it out again."""
        begun = time.monotonic()
        module = self.folder / mutant.path
        whole = module.read_text()
        module.write_text(mutant.source)
        try:
            runs = (self._first_failure(MOST_SECONDS - (time.monotonic() - begun), *tests) for tests in _stages(mutant))
            killer = next((found for found in runs if found), None)
        finally:
            module.write_text(whole)
        return Verdict(mutant, killer, time.monotonic() - begun)

    def _first_failure(self, seconds: float, *arguments: str) -> str | None:
        """The first test that fails, in the time that is left; a run without an end is a failure too."""
        python = str(self.folder / ".venv" / "bin" / "python")
        command = [python, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider", *arguments]
        path = f"{self.folder}/.venv/bin:{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "VIRTUAL_ENV": "", "PYTHONDONTWRITEBYTECODE": ""}
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            told, _ = process.communicate(timeout=max(seconds, 10))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate(timeout=60)
            return "no end"
        if process.returncode in (0, 5):
            return None
        failed = [line.split()[1] for line in told.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return failed[0] if failed else f"pytest ended with {process.returncode}"


def _stages(mutant: Mutant) -> Iterator[tuple[str, ...]]:
    own = [name for name in FAST if name == mutant.room]
    if mutant.room != "dynamic":
        yield tuple(f"tests/{name}" for name in (*own, *(name for name in FAST if name not in own)))
    words = ON_THE_ENGINE.get(mutant.room, OTHERS).split()
    chosen = ("-k", mutant.room) if mutant.room in ("dynamic", "plugin") else ()
    yield (*(f"tests/engine/{name}" for name in words), *chosen)
