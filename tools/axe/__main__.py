"""Prints the path of axe-core's script, which looks for what keeps people from using a page. Only tests run it.

npm fetches the package once, into the user's cache; a package of another content than the one that is named here is
refused. Runs on a bare Python 3.11.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

VERSION = "4.14.1"
INTEGRITY = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
"""Of the package, as npm writes it into a lock file."""
SCRIPT_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
SCRIPT = "package/axe.min.js"
MISSING = f"axe-core {VERSION} cannot be had: npm is not on PATH, or its registry does not answer"


def main() -> int:
    """Print the path; status 1 and one sentence where there is none."""
    found = script()
    if found is None:
        print(f"{MISSING}.", file=sys.stderr)
        return 1
    print(found)
    return 0


def script(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The script, as it is in the cache or as npm has it."""
    base = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").absolute()
    kept = base / "pulumi-managed-agents" / f"axe-core-{VERSION}.js"
    if kept.is_file() and hashlib.sha256(kept.read_bytes()).hexdigest() == SCRIPT_SHA256:
        return kept
    text = fetched()
    if text is None:
        return None
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Another test run may be at the same place: each writes its own, and the last one stays.
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as file:
        file.write(text)
    Path(file.name).replace(kept)
    return kept


def fetched() -> bytes | None:
    """The script from npm's package, if that is the one."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        command = (npm, "pack", f"axe-core@{VERSION}", "--pack-destination", folder, "--ignore-scripts", "--silent")
        if subprocess.run(command, check=False, capture_output=True, timeout=300, cwd=folder).returncode:
            return None
        (package,) = Path(folder).glob("*.tgz")
        if digest(package.read_bytes()) != INTEGRITY:
            return None
        with tarfile.open(package) as archive:
            member = archive.extractfile(SCRIPT)
            return member.read() if member else None


def digest(content: bytes) -> str:
    """A package's content, as npm tells it."""
    return f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}"


if __name__ == "__main__":
    sys.exit(main())
