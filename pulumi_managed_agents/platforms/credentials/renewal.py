"""One access token for all threads and processes: renewed before it expires, and once for all who wait for it."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Final

from ...errors import Unsigned
from .exchange import AccessToken, TokenDenied

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...declaration.learning import Learned
    from .exchange import Exchange
    from .kept import TokenFile

logger = logging.getLogger(__name__)

PAUSE: Final = 5.0
"""Seconds after a renewal in vain until the next one, while the old token is still good."""


class Renewal:
    """The access token that requests are made with. Safe to share between threads."""

    def __init__(
        self, exchange: Exchange, kept: TokenFile, learned: Learned, clock: Callable[[], float] = time.time
    ) -> None:
        self._exchange = exchange
        self._kept = kept
        self._learned = learned
        self._clock = clock
        self._lock = threading.Lock()
        self._token: AccessToken | None = None
        self._not_before = 0.0
        self._failure: tuple[AccessToken | None, float, Unsigned] | None = None

    def current(self) -> str:
        """A token that is good for a request.

        Raises:
            Unsigned: there is none.
        """
        token = self._token
        if token is None or self._is_over(token):
            return self._renewed(None).value
        if self._is_ending(token) and self._clock() >= self._not_before and self._lock.acquire(blocking=False):
            try:
                self._tried(token)
            finally:
                self._lock.release()
        return (self._token or token).value

    def after(self, refused: str) -> str:
        """A token other than one that the platform refused; all who were refused share one exchange.

        Raises:
            Unsigned: there is none.
        """
        return self._renewed(refused).value

    def _renewed(self, refused: str | None) -> AccessToken:
        began = time.monotonic()
        with self._lock:
            token = self._token
            if token is not None and token.value != refused and not self._is_over(token):
                return token
            if self._failure and self._failure[0] is token and self._is_recent(self._failure, began):
                raise _copied(self._failure[2])
            try:
                return self._taken(refused)
            except Unsigned as failure:
                self._failure = (token, time.monotonic(), failure)
                raise

    @staticmethod
    def _is_recent(failure: tuple[AccessToken | None, float, Unsigned], began: float) -> bool:
        """Whether an exchange failed while its end was waited for, or was denied just now, as another would be."""
        return failure[1] >= began - (PAUSE if isinstance(failure[2], TokenDenied) else 0.0)

    def _tried(self, token: AccessToken) -> None:
        try:
            self._taken(token.value)
        except Unsigned as failure:
            self._not_before = self._clock() + PAUSE
            logger.debug("the access token was not renewed yet: %s", type(failure).__name__)

    def _taken(self, but: str | None) -> AccessToken:
        """The token that another process has made, or else a new one."""
        with self._kept.locked():
            found = self._kept.read()
            if found is not None:
                self._learned.learn(found.value)
            if found is None or found.value == but or self._is_ending(found):
                found = self._made(found, but)
            self._token = found
            return found

    def _made(self, found: AccessToken | None, but: str | None) -> AccessToken:
        try:
            token = self._exchange.token(self._clock())
        except Unsigned:
            # What another process left is good a little longer.
            if found is not None and found.value != but and not self._is_over(found):
                return found
            raise
        self._learned.learn(token.value)
        self._kept.write(token)
        return token

    def _is_over(self, token: AccessToken) -> bool:
        return token.left(self._clock()) <= self._exchange.late(token)

    def _is_ending(self, token: AccessToken) -> bool:
        return token.left(self._clock()) <= self._exchange.early(token)


def _copied(failure: Unsigned) -> Unsigned:
    """The same for another thread: each puts it into words of its own."""
    return type(failure)(failure.attempt, failure.said, failure.advice)


class Watched(Renewal):
    """The token of a file that somebody else keeps fresh, read at every use."""

    def current(self) -> str:
        """The token in the file, as it is now."""
        found = self._kept.read()
        if found is None or found.left(self._clock()) <= 0:
            return self._exchange.token(self._clock()).value
        self._learned.learn(found.value)
        return found.value

    def after(self, refused: str) -> str:
        """Another one, if there is one by now."""
        found = self.current()
        if found == refused:
            return self._exchange.token(self._clock()).value
        return found
