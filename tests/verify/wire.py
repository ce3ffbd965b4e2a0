"""What passes between a client and a server: every answer is kept until it is looked at, and requests are counted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Callable

BUSY: Final = {429, 503, 529}
"""A server that has too much to do: the request was not carried out, and may come again."""
REFUSED: Final = 400
REPEATS: Final = 40
"""In a whole run: one that is told to wait more often cannot be verified."""
LONGEST_WAIT: Final = 30.0
CREDENTIALS: Final = ("x-api-key", "authorization")
EVENTS: Final = "text/event-stream"


class Spent(BaseException):
    """The run has sent as many requests as it said it would send at most.

    No `Exception`: an SDK takes each of these for a broken connection.
    """


@dataclass(frozen=True)
class Answer:
    """What a server answered, and what it was asked."""

    method: str
    path: str
    status: int
    headers: dict[str, str]
    text: str
    body: Any


class Wire:
    """Sends, waits where the server asks for it, and keeps what came back. Spent when `limit` requests are sent.

    A transport of either HTTP library: the SDKs have two that are alike.
    """

    def __init__(self, inner: Any, limit: int, sleep: Callable[[float], None] = time.sleep) -> None:
        self._inner = inner
        self._sleep = sleep
        self.limit = limit
        self.sent = 0
        self.repeats = 0
        self.secrets: set[str] = set()
        """What identified the caller."""
        self._last: Answer | None = None
        self._watched: tuple[str, list[tuple[str, str]]] | None = None

    def handle_request(self, request: Any) -> Any:
        """One exchange, with its repetitions."""
        self._last = None
        response = self._send(request)
        while response.status_code in BUSY and self.repeats < REPEATS:
            self.repeats += 1
            response.read()
            self._sleep(_seconds(response.headers.get("retry-after"), self.repeats))
            response = self._send(request)
        # Only the beginning of a stream is looked at: it has no end.
        whole = EVENTS not in response.headers.get("content-type", "")
        self._last = _answer(request, response, response.read() if whole else b"")
        self._remember(self._last)
        return response

    def watch(self, kind: str | None, made: list[tuple[str, str]]) -> None:
        """Writes down what the next answers say was made, before anybody else sees it; None ends it."""
        self._watched = (kind, made) if kind else None

    def _remember(self, answer: Answer) -> None:
        found = answer.body.get("id") if isinstance(answer.body, dict) and answer.status < REFUSED else None
        if self._watched and isinstance(found, str):
            kind, made = self._watched
            made.append((kind, found))

    def _send(self, request: Any) -> Any:
        if self.sent >= self.limit:
            raise Spent
        self.sent += 1
        self.secrets |= {request.headers[name].rpartition(" ")[2] for name in CREDENTIALS if name in request.headers}
        return self._inner.handle_request(request)

    def answered(self) -> bool:
        """Whether there is an answer that nobody has taken."""
        return self._last is not None

    def taken(self) -> Answer | None:
        """The newest answer, once; None where no server answered."""
        answer, self._last = self._last, None
        return answer

    def close(self) -> None:
        """Closes the connections."""
        self._inner.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _seconds(told: str | None, times: int) -> float:
    try:
        return min(float(told or ""), LONGEST_WAIT)
    except ValueError:
        return min(0.5 * 2**times, LONGEST_WAIT)


def _answer(request: Any, response: Any, content: bytes) -> Answer:
    text = content.decode(errors="replace")
    try:
        body = response.json() if content else None
    except ValueError:
        body = None
    return Answer(request.method, request.url.path, response.status_code, dict(response.headers), text, body)
