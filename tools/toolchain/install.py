"""Second route: Pulumi's own archive of the pinned version, if its site answers within a few seconds.

What comes is unpacked only if it is what was pinned (`recipe.ARCHIVES`): no script of others is ever run. Another
address of the same archive, such as a mirror's, can be named.
"""

import contextlib
import hashlib
import sys
import tarfile
import tempfile
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from functools import partial
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import IO

from toolchain import cache, recipe
from toolchain.progress import Progress, Step
from toolchain.unavailable import Unavailable

ADDRESS_VARIABLE = "MANAGED_AGENTS_TOOLCHAIN_ARCHIVE"
CHECKSUM_VARIABLE = "MANAGED_AGENTS_TOOLCHAIN_SHA256"
"""For an archive that somebody packed himself; both are in the user's hands."""

SECONDS = 5.0
SILENT_SECONDS = 60.0
LARGEST = 1_000_000_000
"""Bytes of an archive; it has about 150 million."""

BLOCK = 1 << 20


def kept(environ: Mapping[str, str]) -> Path | None:
    """An engine installed earlier."""
    return cache.kept("installed", environ)


def obtain(environ: Mapping[str, str]) -> Path:
    """Install the pinned version into the cache."""
    archive = recipe.archive()
    checksum = environ.get(CHECKSUM_VARIABLE) or (archive.sha256 if archive else "")
    if not checksum:
        raise Unavailable("its maker has no archive for this machine")
    address = environ.get(ADDRESS_VARIABLE) or (archive.address if archive else "")
    print(f"asking {address} for Pulumi ({SECONDS:.0f} seconds at most)", file=sys.stderr)
    with contextlib.closing(_opened(address)) as answer:
        return cache.settle(cache.folder("installed", environ), environ, partial(_install, answer, checksum))


def _install(answer: IO[bytes], checksum: str, programs: Path) -> None:
    progress = Progress(2)
    with tempfile.TemporaryFile() as file:
        with progress.step(f"fetching Pulumi {recipe.VERSION}") as step:
            _fetch(answer, checksum, file, step)
        with progress.step("unpacking it"):
            _unpack(file, programs)
    print(f"installed Pulumi {recipe.VERSION}", file=sys.stderr)


def _fetch(answer: IO[bytes], checksum: str, file: IO[bytes], step: Step) -> None:
    digest, size = hashlib.sha256(), 0
    for block in _blocks(answer):
        digest.update(block)
        size += len(block)
        if size > LARGEST:
            break
        file.write(block)
        step.detail = f"{size >> 20} MB fetched"
        step.show()
    if digest.hexdigest() != checksum:
        # A captive portal answers everything with a page of its own.
        raise Unavailable("its download site answers with something else than what was pinned")
    file.seek(0)


def _blocks(answer: IO[bytes]) -> Iterator[bytes]:
    try:
        while block := answer.read(BLOCK):
            yield block
    except (OSError, HTTPException):
        raise Unavailable("its download site stopped in the middle") from None


def _opened(address: str) -> IO[bytes]:
    """The answer. A thread, because looking up a name can block far longer than any socket timeout."""
    answer: list[IO[bytes]] = []
    thread = threading.Thread(target=_open, args=(address, answer), daemon=True)
    thread.start()
    thread.join(SECONDS)
    if not answer:
        raise Unavailable("its download site does not answer")
    return answer[0]


def _open(address: str, answer: list[IO[bytes]]) -> None:
    try:
        answer.append(urllib.request.urlopen(address, timeout=SILENT_SECONDS))  # noqa: S310 - a constant or the user's own
    except (OSError, ValueError, HTTPException):
        return


def _unpack(file: IO[bytes], programs: Path) -> None:
    """Put the programs, which lie in the archive's one folder, where they belong."""
    try:
        with tarfile.open(fileobj=file, mode="r:gz") as members:
            for member in members:
                path = PurePosixPath(member.name)
                content = members.extractfile(member) if member.isreg() and len(path.parts) == _DEPTH else None
                if content is not None:
                    _write(content, programs / path.name)
    except (tarfile.TarError, EOFError):
        raise Unavailable("its archive cannot be unpacked") from None


_DEPTH = 2
"""`pulumi/` and the program's name."""


def _write(content: IO[bytes], target: Path) -> None:
    # What was good in a broken engine is linked into it: a link is taken away, not written to.
    target.unlink(missing_ok=True)
    with target.open("wb") as stream:
        copyfileobj(content, stream, BLOCK)
    target.chmod(0o755)
