"""The wheel, built from the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

from distribution.failure import Failure

ROOT = Path(__file__).resolve().parents[2]

NEEDED = ("schema.json", "pulumi-plugin.json", "py.typed", "version.py", "plugin/__init__.py", "emulator/__init__.py")
"""What the package reads when it runs, or what others read in it."""


def build(folder: Path) -> Path:
    """The path of a fresh wheel in the folder."""
    with_what_is_there = ("--no-deps", "--no-build-isolation", "--no-index")
    pip("wheel", *with_what_is_there, "--wheel-dir", str(folder), str(ROOT))
    (made,) = folder.glob(f"pulumi_managed_agents-{version()}-*.whl")
    check(made)
    return made


def check(wheel: Path) -> None:
    """Raise unless everything that is needed is in the wheel."""
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
    missing = [name for name in NEEDED if f"pulumi_managed_agents/{name}" not in held]
    if missing:
        raise Failure(f"{wheel.name} lacks {', '.join(missing)}")


def version() -> str:
    """The version that the package states."""
    stated: dict[str, str] = {}
    exec((ROOT / "pulumi_managed_agents" / "version.py").read_text(), stated)  # noqa: S102 - our own file
    return stated["__version__"]


def pip(*arguments: str) -> None:
    """Run pip; what it says goes to standard error."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, check=False, stdout=sys.stderr)
    if done.returncode:
        raise Failure(f"pip {arguments[0]} failed with status {done.returncode}")
