"""Requests on the wire: authentication, repetition, pacing, limits on what comes back, and what may be logged.

Nothing here knows a platform. A request that may be repeated is; one that may have had its effect without an answer is
reported as lost, and whoever made it looks before making it again.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import httpx

from ..declaration.values import JSON, bare, secrets_in
from ..errors import CallFailed, GarbledAnswer, LostAnswer, Unreachable
from .answers import decoded, read
from .delays import retry_after
from .exchange import Answer, Request
from .pace import Pace

logger = logging.getLogger(__name__)


LONGEST_WAIT = 300.0
"""Seconds that a server may ask us to wait; one that asks for more is not asked again."""

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


_REPEATED = frozenset({408, 429, *range(500, 600)})


class Transport:
    """Sends requests over one pool of connections. Safe to share between threads."""

    def __init__(
        self,
        client: httpx.Client,
        *,
        retries: int,
        secrets: tuple[str, ...] = (),
        pace: Pace | None = None,
        sleep: Callable[[float], None] = time.sleep,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._client = client
        self._retries = retries
        self._secrets = secrets
        self._pace = pace or Pace()
        self._sleep = sleep
        self._check = check

    def send(self, request: Request) -> Answer:
        """The platform's answer, repeated until there is a lasting one.

        Raises:
            Unreachable: nothing was sent.
            CancelledError: nothing was sent, or it was refused for now, and waiting ended.
            LostAnswer: no usable answer came back.
        """
        for attempt in count(1):
            outcome = self._once(request)
            delay = self._delay(request, outcome, attempt)
            if delay is None:
                break
            self._sleep(delay)
        if isinstance(outcome, CallFailed):
            raise outcome
        return outcome

    def scrub(self, text: str, body: JSON = None) -> str:
        """The text without any secret that we sent."""
        for secret in sorted({*self._secrets, *secrets_in(body)}, key=len, reverse=True):
            text = text.replace(secret, "[secret]")
        return text

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def _once(self, request: Request) -> Answer | CallFailed:
        """What came of one attempt."""
        self._pace.wait(self._sleep)
        self._check()
        began = time.monotonic()
        try:
            answer = self._exchange(request)
        except _NEVER_SENT as error:
            return Unreachable(request.attempt, self._problem(error, request.body))
        except httpx.HTTPError as error:
            return LostAnswer(request.attempt, self._problem(error, request.body))
        except GarbledAnswer as error:
            return error
        logger.debug(
            "%s %s: %s in %.0f ms", request.method, request.path, answer.status, 1000 * (time.monotonic() - began)
        )
        return answer

    def _delay(self, request: Request, outcome: Answer | CallFailed, attempt: int) -> float | None:
        """Seconds after which the request is made again; None where the outcome is the last."""
        if isinstance(outcome, Answer):
            wanted = retry_after(outcome.headers)
            if not _is_passing(outcome, wanted):
                return None
            if outcome.status == httpx.codes.TOO_MANY_REQUESTS:
                # Nothing was done, and the others that are under way need not ask to hear the same.
                self._pace.hold(wanted or 0.0)
            elif not request.repeatable:
                return None
            delay = _backoff(attempt) if wanted is None else wanted
        elif isinstance(outcome, Unreachable) or request.repeatable:
            delay = _backoff(attempt)
        else:
            return None
        return delay if attempt <= self._retries else None

    def _exchange(self, request: Request) -> Answer:
        url = httpx.URL(request.path, params=_parameters(request.query)) if request.query else request.path
        with self._client.stream(request.method, url, **_payload(request)) as response:
            body = read(response, request.attempt, self._client.timeout.read)
            return Answer(response.status_code, decoded(response, body, request.attempt), dict(response.headers))

    def _problem(self, error: Exception, body: JSON) -> str:
        text = self.scrub(str(error), body) or type(error).__name__
        return f"no answer ({text})"


def _payload(request: Request) -> dict[str, Any]:
    """The body and the headers, as the client takes them."""
    if request.files:
        parts = [(name, (filename, content)) for name, filename, content in request.files]
        return {"data": bare(request.body), "files": parts, "headers": request.headers}
    if request.body is None:
        return {"headers": request.headers}
    headers = {"content-type": "application/json", **request.headers}
    return {"content": json.dumps(bare(request.body)).encode(), "headers": headers}


def _parameters(query: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in query.items():
        pairs.extend((key, str(item)) for item in (value if isinstance(value, list) else [value]))
    return pairs


def _is_passing(answer: Answer, wanted: float | None) -> bool:
    """Whether another attempt may be answered otherwise, and soon enough."""
    refused = answer.headers.get("x-should-retry") == "false"
    return answer.status in _REPEATED and not refused and (wanted is None or wanted <= LONGEST_WAIT)


def _backoff(attempt: int) -> float:
    """Seconds before the next attempt, longer each time, and not the same for all who wait."""
    longest = min(0.5 * 2.0 ** (attempt - 1), 8.0)
    return longest * random.uniform(0.75, 1.0)  # noqa: S311 - spreads retries, guards nothing
