"""The file in which processes share an access token until it expires, as the SDK's profiles have it.

Only the user can read it, it is written whole and moved into place, and one process at a time renews it. For what is
no profile, its name is a digest of everything that made the token: another rule, address or job finds another file.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .exchange import AccessToken, is_token
from .profiles import check_private
from .reading import content, document, is_mine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MADE_BY: Final = "made_by"
"""Says in the file itself what its name says: a file that was moved is no other credential's."""

_OLD: Final = 172_800.0
"""Seconds after which a file is swept: no token lives for longer than a day."""

_LATEST: Final = 10.0**12
_PATIENCE: Final = 90.0
"""Seconds for which another process is waited for that renews the token: two exchanges take no longer."""


class TokenFile:
    """A file with an access token; nothing can go wrong with it but that there is none. A profile's has an `origin`."""

    def __init__(self, path: Path, origin: str = "") -> None:
        self._path = path
        self._origin = origin
        self._renewed: str | None = None

    def read(self) -> AccessToken | None:
        """The token that is kept, if it is one of ours.

        Raises:
            ConfigError: others can read the file of a profile.
        """
        found = self._document()
        value, expires, lifetime = (found.get(name) for name in ("access_token", "expires_at", "lifetime"))
        if not isinstance(value, str) or not is_token(value):
            return None
        if expires is None and self._origin:
            return AccessToken(value, None)
        return AccessToken(value, _number(expires) or 0.0, _number(lifetime))

    def refresh_token(self) -> str:
        """What renews a login; empty if nothing does."""
        found = self._document().get("refresh_token")
        return found if isinstance(found, str) else ""

    def renew(self, refresh_token: str) -> None:
        """The refresh token that the next write keeps."""
        self._renewed = refresh_token

    def write(self, token: AccessToken) -> None:
        """Keeps a token; where that cannot be, each process has its own."""
        expires = None if token.expires_at is None else int(token.expires_at)
        told: dict[str, Any] = {"version": "1.0", "type": "oauth_token", "access_token": token.value}
        if self._renewed:
            told["refresh_token"] = self._renewed
        # What else somebody else's tools have written into a profile's file is theirs.
        more = self._document() if self._origin else {"lifetime": token.lifetime, _MADE_BY: self._path.stem}
        with suppress(OSError):
            self._place(json.dumps({**more, **told, "expires_at": expires}).encode())
            if not self._origin:
                _sweep(self._path.parent)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time; where there can be no lock, all at once."""
        import filelock  # noqa: PLC0415 - only who exchanges needs it

        with ExitStack() as held:
            with suppress(OSError, filelock.Timeout):
                self._make_folder()
                lock = filelock.FileLock(f"{self._path}.lock", timeout=_PATIENCE, mode=0o600)
                held.enter_context(lock)
            yield

    def _document(self) -> Mapping[str, Any]:
        if self._origin:
            check_private(self._path, self._origin)
        try:
            text, file = content(self._path, follow=False)
        except OSError:
            return {}
        found = document(text) or {}
        is_ours = self._origin or found.get(_MADE_BY) == self._path.stem
        return found if is_ours and _is_private(file) else {}

    def _make_folder(self) -> None:
        """Makes it; one of ours that others may write is none.

        Raises:
            OSError: there is no folder for a token.
        """
        folder = self._path.parent
        with _MAKING:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        if not self._origin and not (is_mine(found) and (os.name == "nt" or not found.st_mode & 0o022)):
            raise PermissionError(errno.EPERM, "others may write it")

    def _place(self, written: bytes) -> None:
        self._make_folder()
        descriptor, name = tempfile.mkstemp(dir=self._path.parent)  # made with 0600
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        finally:
            Path(name).unlink(missing_ok=True)


class NoFile(TokenFile):
    """Nothing is kept: each process makes its own exchange."""

    def __init__(self) -> None:
        super().__init__(Path())

    def read(self) -> AccessToken | None:
        """Nothing."""
        return None

    def refresh_token(self) -> str:
        """Nothing."""
        return ""

    def write(self, token: AccessToken) -> None:
        """Nothing is written."""

    @contextmanager
    def locked(self) -> Iterator[None]:
        """There is nothing to wait for."""
        yield


def token_file(*made_by: str | None) -> TokenFile:
    """The file of a token, by everything that made it; none where the user has no folder."""
    import platformdirs  # noqa: PLC0415 - only who exchanges needs it

    mark = sha256(json.dumps(made_by).encode()).hexdigest()
    try:
        folder = Path(platformdirs.user_cache_path("pulumi-managed-agents", appauthor=False))
    except RuntimeError:
        return NoFile()
    return TokenFile(folder / "tokens" / f"{mark}.json")


_MAKING: Final = threading.Lock()


def _sweep(folder: Path) -> None:
    """Removes what nobody can use any more: each job has a file of its own, and nobody comes back for it."""
    for path in folder.iterdir():
        with suppress(OSError):
            if time.time() - path.lstat().st_mtime > _OLD:
                path.unlink()


def _is_private(found: os.stat_result) -> bool:
    return is_mine(found) and (os.name == "nt" or not stat.S_IMODE(found.st_mode) & 0o077)


def _number(value: Any) -> float | None:
    is_one = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_one and 0 < value <= _LATEST else None
