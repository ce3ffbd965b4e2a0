"""The journal of unfinished creates, in a folder of the user's own: a small file for each.

Nobody else can read it. Files are written whole and moved into place, so that a crash leaves a file or none; those of
a living process are let alone; old ones, and more than anybody has use for, go.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..apply.intents import Intent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_ENTRIES = 1000
"""Unfinished creates that are kept, the newest ones."""

OLDEST_DAYS = 90
"""After which nobody comes back to a create that was cut off."""

_DAY = 86_400


def user_folder() -> Path:
    """Where a user's journal lies, as the system has it.

    Raises:
        OSError: the user has no home.
    """
    import platformdirs  # noqa: PLC0415 - only those who make something need it

    try:
        return Path(platformdirs.user_state_path("pulumi-managed-agents", appauthor=False)) / "creates"
    except RuntimeError:
        raise OSError(errno.ENOENT, "the user has no home directory") from None


@dataclass(frozen=True)
class _Owner:
    """The process that works on a create."""

    host: str
    pid: int
    started: float

    @classmethod
    def this(cls) -> _Owner:
        import psutil  # noqa: PLC0415 - only those who make something need it

        return cls(socket.gethostname(), os.getpid(), psutil.Process().create_time())

    def lives(self) -> bool:
        """Whether it still works; of another machine nobody knows, and so it does."""
        import psutil  # noqa: PLC0415 - as above

        if self.host != socket.gethostname():
            return True
        try:
            return abs(psutil.Process(self.pid).create_time() - self.started) < 1
        except psutil.NoSuchProcess:
            return False
        except psutil.Error:
            return True


class Journal:
    """The creates of one user on one platform, as `apply.intents.Intents`; `address` tells platforms apart.

    A folder that cannot be used is told once, and stops nothing.
    """

    def __init__(
        self,
        address: str,
        warn: Callable[[str], None],
        folder: Path | None = None,
        is_unheard: Callable[[], bool] = lambda: False,
    ) -> None:
        """`is_unheard` says that the engine is gone: then nobody has the answers that come."""
        self._address = address
        self._is_unheard = is_unheard
        self._warn = warn
        self._given = folder
        self._lock = threading.Lock()
        self._answered: set[str] = set()
        self._usable = True

    @contextmanager
    def unfinished(self, place: str) -> Iterator[list[Intent]]:
        """What was cut off for a resource, kept from other processes while the context lasts."""
        prefix = self._prefix(place)
        with self._lock:
            is_noted = any(name.startswith(prefix) for name in self._names)
        if not is_noted:
            yield []
            return
        with self._alone(prefix) as alone:
            files = sorted(self._folder.glob(f"{prefix}*.json")) if alone else []
            entries = [entry for entry in map(_read, files) if entry and not _is_owned(entry)]
            yield [intent for intent in map(_intent, entries) if intent]

    def begin(self, intent: Intent) -> None:
        """Notes what is about to be made, or more about it."""
        self._write(intent.creation_id, {**asdict(intent), "owner": asdict(self._owner), "at": time.time()})

    def answered(self, creation_id: str) -> None:
        """The create has ended with an object."""
        with self._lock:
            self._answered.add(creation_id)

    def handed_over(self, creation_id: str) -> None:
        """The engine has the answer, if there was one."""
        with self._lock:
            if creation_id not in self._answered:
                return
            self._answered.discard(creation_id)
        if self._is_unheard():
            self.leave(creation_id)
        else:
            self.forget(creation_id)

    def close(self) -> None:
        """An orderly end: the engine has every answer."""
        with self._lock:
            answered = list(self._answered)
        for creation_id in answered:
            self.handed_over(creation_id)

    def leave(self, creation_id: str) -> None:
        """Nobody knows what came of the create: whoever comes next has to look."""
        name = self._name(creation_id)
        with self._lock:
            is_noted = name in self._names
        entry = _read(self._folder / name) if is_noted else None
        if entry is not None:
            self._write(creation_id, {**entry, "owner": None})

    def forget(self, creation_id: str) -> None:
        """Nothing was made, or a state has what was."""
        name = self._name(creation_id)
        with self._lock:
            if name not in self._names:
                return
            self._names.discard(name)
        with suppress(OSError):
            (self._folder / name).unlink(missing_ok=True)

    def _write(self, creation_id: str, entry: dict[str, Any]) -> None:
        name = self._name(creation_id)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary = self._folder / f"{name}.{threading.get_ident()}.new"
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(entry, file)
            temporary.replace(self._folder / name)
        except OSError as error:
            self._tell(error)
            return
        with self._lock:
            self._names.add(name)

    def _tell(self, error: OSError) -> None:
        if self._usable:
            self._usable = False
            self._warn(
                f"The journal of unfinished creates cannot be written ({error.strerror}): should this process be "
                f"killed, look with `managed-agents orphans` for what it was making."
            )

    @contextmanager
    def _alone(self, prefix: str) -> Iterator[bool]:
        """Whether nobody else settles the same now."""
        from filelock import FileLock, Timeout  # noqa: PLC0415 - few come here

        lock = FileLock(self._folder / f"{prefix}lock", timeout=0)
        try:
            lock.acquire()
        except (Timeout, OSError, NotImplementedError):
            # The last is a file system without locks.
            yield False
            return
        try:
            yield True
        finally:
            lock.release()
            with suppress(OSError):
                Path(lock.lock_file).unlink(missing_ok=True)

    def _name(self, creation_id: str) -> str:
        return f"{self._prefix(creation_id.rpartition('-')[0])}{_digest(creation_id)}.json"

    def _prefix(self, place: str) -> str:
        return f"{_digest(place, self._address)}."

    @cached_property
    def _names(self) -> set[str]:
        """The files there are, without the ones that are too old or too many. To be asked with the lock alone."""
        found = sorted((moment, path) for path in self._files() if (moment := _moment(path)) is not None)
        limit = time.time() - OLDEST_DAYS * _DAY
        kept = [path for moment, path in found[-MOST_ENTRIES:] if moment >= limit]
        half_written = [path for path in self._files("*.new") if (_moment(path) or 0) < time.time() - _DAY]
        for path in ({path for _, path in found} - set(kept)) | set(half_written):
            with suppress(OSError):
                path.unlink()
        return {path.name for path in kept}

    def _files(self, pattern: str = "*.json") -> list[Path]:
        try:
            return list(self._folder.glob(pattern))
        except OSError:
            return []

    @cached_property
    def _folder(self) -> Path:
        return self._given or user_folder()

    @cached_property
    def _owner(self) -> _Owner:
        return _Owner.this()


def _moment(path: Path) -> float | None:
    """When a file was written; None for one that is gone by now, or leads nowhere."""
    try:
        return path.stat().st_mtime
    except OSError:
        return None


def _read(path: Path) -> dict[str, Any] | None:
    """What a file holds; None for one that is gone or no entry."""
    try:
        entry = json.loads(path.read_text())
    except (OSError, ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


def _is_owned(entry: dict[str, Any]) -> bool:
    """Whether a living process works on it."""
    owner = entry.get("owner")
    try:
        return owner is not None and _Owner(str(owner["host"]), int(owner["pid"]), float(owner["started"])).lives()
    except (LookupError, TypeError, ValueError, OverflowError):
        return False


def _intent(entry: dict[str, Any]) -> Intent | None:
    """The intent of an entry; None for one that another version wrote and this one cannot read."""
    try:
        return Intent(
            creation_id=str(entry["creation_id"]),
            kind=str(entry["kind"]),
            parent=None if entry["parent"] is None else str(entry["parent"]),
            stamped=bool(entry["stamped"]),
            digests={str(wire): str(digest) for wire, digest in entry["digests"].items()},
            deed=str(entry["deed"]),
            known=None if entry["known"] is None else tuple(map(str, entry["known"])),
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def _digest(*texts: str) -> str:
    return sha256("\n".join(texts).encode(errors="surrogatepass")).hexdigest()[:24]
