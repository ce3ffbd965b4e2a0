"""Second route: Pulumi's official installer, if its site answers within a few seconds.

The script is the one the SDK's `PulumiCommand.install` runs. It is run here directly, because the SDK lives in a
virtual environment that may not exist yet, and hides the script's output, the only progress a slow line gives.
"""

import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from shutil import rmtree

from toolchain import cache, recipe
from toolchain.unavailable import Unavailable

ADDRESS = "https://get.pulumi.com/install.sh"
ADDRESS_VARIABLE = "MANAGED_AGENTS_TOOLCHAIN_INSTALLER"
SECONDS = 5.0


def kept(environ: Mapping[str, str]) -> Path | None:
    """An engine installed earlier."""
    return cache.kept("installed", environ)


def obtain(environ: Mapping[str, str]) -> Path:
    """Install the pinned version into the cache."""
    address = environ.get(ADDRESS_VARIABLE) or ADDRESS
    script = _fetch(address)
    return cache.settle(cache.folder("installed", environ), lambda programs: _install(script, programs))


def _fetch(address: str) -> bytes:
    """The install script. A thread, because looking up a name can block far longer than any socket timeout."""
    print(f"asking {address} for Pulumi's installer ({SECONDS:.0f} seconds at most)", file=sys.stderr)
    answer: list[bytes] = []
    thread = threading.Thread(target=_read, args=(address, answer), daemon=True)
    thread.start()
    thread.join(SECONDS)
    if not answer:
        raise Unavailable("its download site does not answer")
    if not answer[0].startswith(b"#!"):
        # A captive portal answers everything with a page of its own.
        raise Unavailable("its download site answers with something that is no installer")
    return answer[0]


def _read(address: str, answer: list[bytes]) -> None:
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as response:  # noqa: S310 - a constant or the user's own
            answer.append(response.read())
    except (OSError, ValueError, HTTPException):
        return


def _install(script: bytes, programs: Path) -> None:
    """Run the script for the folder above `programs`; it takes as long as the line needs and shows its own progress."""
    print(f"installing Pulumi {recipe.VERSION} with the official installer", file=sys.stderr)
    rmtree(programs)
    with tempfile.NamedTemporaryFile(suffix=".sh") as file:
        file.write(script)
        file.flush()
        command = [
            "sh",
            file.name,
            "--no-edit-path",
            "--install-root",
            str(programs.parent),
            "--version",
            recipe.VERSION,
        ]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    if done.returncode != 0:
        raise Unavailable(f"its installer ended with status {done.returncode}")
