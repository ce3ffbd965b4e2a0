"""An environment as users have it: what is measured in ours is flattered by packages that only developers need."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "runtime"


@cache
def interpreter() -> Path:
    """Its Python; it is made, or brought up to date, when it is first asked for."""
    python = FOLDER / "bin" / "python"
    done = FOLDER / ".complete"
    wanted = (ROOT / "requirements" / "runtime.txt").read_bytes()
    if not (done.is_file() and done.read_bytes() == wanted):
        sys.stderr.write("making an environment of the runtime's requirements alone\n")
        _run(sys.executable, "-m", "venv", "--clear", str(FOLDER))
        _run(str(python), "-m", "pip", "install", "--quiet", "--requirement", str(ROOT / "requirements/runtime.txt"))
        done.write_bytes(wanted)
    # The project as it stands, compiled as an installation is.
    _run(str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", str(ROOT))
    return python


def _run(*command: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, env=environment)  # noqa: S603 - Python's own tools
