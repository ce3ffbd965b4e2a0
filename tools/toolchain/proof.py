"""Proof that the programs of an engine start: `pulumi` tells its version, hosts print usage, a converter listens."""

import os
import subprocess
import tempfile
import threading
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
        program = programs / binary.name
        if program.exists() and not (_serves(program) if binary.serves else _run(program, "-h")[0] == 0):
            raise Unavailable(f"the new {binary.name} does not start")


def _serves(program: Path) -> bool:
    """Whether it prints the port that it listens on; it is ended then."""
    try:
        with subprocess.Popen([program], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as started:
            watch = threading.Timer(SECONDS, started.kill)
            watch.start()
            assert started.stdout is not None  # noqa: S101 - it is a pipe
            port = started.stdout.readline()
            watch.cancel()
            started.kill()
    except OSError:
        return False
    return port.strip().isdecimal()


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
