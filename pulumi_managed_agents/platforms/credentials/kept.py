"""The file in which processes share an access token until it expires, as the SDK's profiles have it.

Only the user can read it, it is written whole and moved into place, and one process at a time renews it. For what is
no profile, its name is a digest of everything that made the token: another rule, address or job finds another file.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
import threading
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .exchange import AccessToken
from .profiles import check_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LARGEST: Final = 1 << 20
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
        document = self._document()
        value, expires, lifetime = (document.get(name) for name in ("access_token", "expires_at", "lifetime"))
        if not (isinstance(value, str) and value and value.isascii() and value.isprintable()):
            return None
        return AccessToken(value, _number(expires), _number(lifetime))

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
        told = {"version": "1.0", "type": "oauth_token", "access_token": token.value, "expires_at": expires}
        more = {} if self._origin else {"lifetime": token.lifetime}
        refresh = self._renewed or self.refresh_token()
        document = {**told, **more, **({"refresh_token": refresh} if refresh else {})}
        with suppress(OSError):
            self._place(json.dumps(document).encode())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time; where there can be no lock, all at once."""
        import filelock  # noqa: PLC0415 - only who exchanges needs it

        with ExitStack() as held:
            with suppress(OSError, filelock.Timeout):
                _private_folder(self._path.parent)
                lock = filelock.FileLock(f"{self._path}.lock", timeout=_PATIENCE, mode=0o600)
                held.enter_context(lock)
            yield

    def _document(self) -> Mapping[str, Any]:
        if self._origin:
            check_private(self._path, self._origin)
        try:
            descriptor = os.open(self._path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            with os.fdopen(descriptor, "rb") as file:
                if not _is_private(os.fstat(descriptor)):
                    return {}
                found = json.loads(file.read(_LARGEST))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _place(self, content: bytes) -> None:
        _private_folder(self._path.parent)
        descriptor, name = tempfile.mkstemp(dir=self._path.parent)  # made with 0600
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


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


def _private_folder(folder: Path) -> None:
    with _MAKING:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _is_private(found: os.stat_result) -> bool:
    if os.name == "nt":
        return True
    return stat.S_ISREG(found.st_mode) and not stat.S_IMODE(found.st_mode) & 0o077 and found.st_uid == os.getuid()


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
