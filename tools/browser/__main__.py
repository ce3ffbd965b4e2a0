"""Finds or installs a Chromium and its driver; `python3 tools/browser` prints their folders as a part of a PATH.

On a machine without them, Debian's packages are installed where that needs no question: as root, or with a sudo that
asks for no password. Elsewhere one sentence says what to install. Runs on a bare Python 3.11.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DRIVER = "chromedriver"
PACKAGES = ("chromium", "chromium-driver")
MISSING = (
    f"no {' or '.join(BROWSERS[:3])} with a {DRIVER} is on PATH: "
    f"install both (on Debian: apt-get install {' '.join(PACKAGES)})"
)
# Another installation may be under way on the machine; it is waited for.
_APT = ("apt-get", "-q", "-o", "DPkg::Lock::Timeout=600")


def main() -> int:
    """Print the folders; status 1 and one sentence when there is no browser and none can be installed."""
    found = pair() or (pair() if install(os.environ) else None)
    if found is None:
        print(f"{MISSING}.", file=sys.stderr)
        return 1
    print(":".join(dict.fromkeys(str(path.parent) for path in found)))
    return 0


def pair(environ: Mapping[str, str] = os.environ) -> tuple[Path, Path] | None:
    """A browser and its driver, if both are on PATH."""
    path = environ.get("PATH", "")
    browser = next(filter(None, (shutil.which(name, path=path) for name in BROWSERS)), None)
    driver = shutil.which(DRIVER, path=path)
    return (Path(browser), Path(driver)) if browser and driver else None


def install(environ: Mapping[str, str]) -> bool:
    """Install Debian's packages; the package lists of a new machine are empty, so they may have to come first."""
    rights = _rights(environ)
    if rights is None or shutil.which("apt-get", path=environ.get("PATH", "")) is None:
        return False
    print(f"installing {' and '.join(PACKAGES)} with apt-get (about a minute)", file=sys.stderr)
    wanted = (*rights, *_APT, "install", "-y", "--no-install-recommends", *PACKAGES)
    return _done(wanted) or (_done((*rights, *_APT, "update")) and _done(wanted))


def _rights(environ: Mapping[str, str]) -> tuple[str, ...] | None:
    """What stands before a command of the administrator; None when that would ask somebody."""
    if os.geteuid() == 0:
        return ()
    sudo = shutil.which("sudo", path=environ.get("PATH", ""))
    return (sudo, "-n") if sudo and _done((sudo, "-n", "true")) else None


def _done(command: tuple[str, ...]) -> bool:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environ, check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
