"""Proof that the programs of an engine start: `pulumi` tells its version, the hosts print their usage."""

import os
import subprocess
import tempfile
from pathlib import Path

from toolchain import recipe
from toolchain.unavailable import Unavailable

SECONDS = 60


def version(pulumi: Path) -> str:
    """What `pulumi version` prints, without the v; empty when it does not start."""
    status, output = _run(pulumi, "version")
    return output.strip().removeprefix("v") if status == 0 else ""


def prove(programs: Path) -> None:
    """Start every program of the folder; raise with the name of the first that does not."""
    found = version(programs / "pulumi")
    if found != recipe.VERSION:
        raise Unavailable(f"the new pulumi says version {found!r} instead of {recipe.VERSION!r}")
    for name in recipe.NEEDED:
        if not os.access(programs / name, os.X_OK):
            raise Unavailable(f"the new engine has no {name} that can be executed")
    for binary in (binary for module in recipe.MODULES for binary in module.binaries):
        if (programs / binary.name).exists() and _run(programs / binary.name, "-h")[0] != 0:
            raise Unavailable(f"the new {binary.name} does not start")


def _run(program: Path, argument: str) -> tuple[int, str]:
    # Pulumi keeps a log of every command in its home: not in the user's, for these.
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "PULUMI_HOME": home, "PULUMI_SKIP_UPDATE_CHECK": "true"}
        try:
            done = subprocess.run(
                [program, argument],
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return 1, ""
    return done.returncode, done.stdout.decode(errors="replace")
