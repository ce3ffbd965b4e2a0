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


def surroundings(folder: Path) -> dict[str, str]:
    """The variables for an engine whose stacks and home are in a folder."""
    return {
        **os.environ,
        "PULUMI_BACKEND_URL": f"file://{folder}",
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "benchmark",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
        "PULUMI_PYTHON_CMD": str(interpreter()),
        "ANTHROPIC_API_KEY": "made-up",
        "XDG_STATE_HOME": str(folder / "state"),
    }


def plugin(folder: Path, package: str, module: str) -> None:
    """Writes the executable of a plugin, which runs a module in the environment."""
    folder.mkdir(exist_ok=True)
    executable = folder / f"pulumi-resource-{package}"
    executable.write_text(f'#!/bin/sh\nexec "{interpreter()}" -m {module} "$@"\n')
    executable.chmod(0o755)


def _run(*command: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, env=environment)  # noqa: S603 - Python's own tools
