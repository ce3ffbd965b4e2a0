"""Requests on the wire: authentication, repetition, pacing, limits on what comes back, and what may be logged.

Nothing here knows a platform. A request that may be repeated is; one that may have had its effect without an answer is
reported as lost, and whoever made it looks before making it again.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx

from ..declaration.content import Changed
from ..errors import CallFailed, GarbledAnswer, LostAnswer, Unreachable, Unsigned
from .answers import decoded, read
from .cancel import CancelledError
from .delays import is_passing, retry_after
from .exchange import Answer, Request
from .following import Follow, unfollowed
from .pace import TOO_MANY_REQUESTS, Pace
from .payload import payload
from .unpacking import Unpackable, pieces

logger = logging.getLogger(__name__)


# A proxy is asked for a tunnel before anything is sent through it: plain HTTP goes through none.
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
)

STREAM_TYPE = "text/event-stream"
"""What an answer is that goes on."""

_CHANGED = "a file has changed since it was looked at"

MOST_TURNS = 30
"""How often a request is sent that is only refused for haste."""


@dataclass(frozen=True)
class Asked:
    """Who is asked, for words about an answer that did not come: a host, and the proxy in front of it."""

    host: str
    proxy: str | None = None

    def unanswered(self, error: Exception) -> str:
        """What happened, in the library's own words, which may repeat anything: who asked takes secrets out."""
        through = f" through {self.proxy}" if self.proxy else ""
        reason = str(error) or type(error).__name__
        return f"no answer from {self.host}{through} ({reason}){_advice(reason)}"


def _advice(reason: str) -> str:
    if "CERTIFICATE_VERIFY_FAILED" not in reason:
        return ""
    return (
        ". Its certificate is by nobody who is trusted: where a proxy of your company reads along, name the file with "
        "the company's certificate authority in the environment variable `SSL_CERT_FILE`"
    )


class Transport:
    """Sends requests over one pool of connections. Safe to share between threads."""

    def __init__(
        self,
        client: httpx.Client,
        asked: Asked | None = None,
        *,
        retries: int,
        pace: Pace | None = None,
        sleep: Callable[[float], None] = time.sleep,
        check: Callable[[], None] = lambda: None,
        auth: httpx.Auth | None = None,
        beside: Iterable[Transport] = (),
        follow: Follow = unfollowed,
        seconds: float | None = None,
    ) -> None:
        """`auth` is what requests are made with; what is `beside` it gets that for it, and is closed with it.

        `seconds` is how long an answer is waited for, if not as long as the connections allow.
        """
        self._client = client
        self._timeout = client.timeout if seconds is None else httpx.Timeout(seconds, connect=client.timeout.connect)
        self._auth = auth
        self._beside = tuple(beside)
        self._asked = asked or Asked(client.base_url.netloc.decode())
        self._retries = retries
        self._pace = pace or Pace()
        self._sleep = sleep
        self._check = check
        self._follow = follow

    def send(self, request: Request) -> Answer:
        """The platform's answer, repeated until there is a lasting one.

        Raises:
            Unreachable: nothing was sent.
            CancelledError: nothing was sent, or it was refused for now, and waiting ended.
            Unsigned: there is no credential to send it with.
            CallFailed: it is nothing that can be sent.
            LostAnswer: no usable answer came back.
        """
        spent, doubtful = 0, False
        try:
            for attempt in range(1, self._retries + MOST_TURNS):
                outcome, is_held = self._once(request)
                if is_held and self._retries:
                    continue
                spent += 1
                delay = self._delay(request, outcome, attempt) if spent <= self._retries else None
                if delay is None:
                    break
                doubtful = doubtful or (request.makes and _may_have_worked(outcome))
                self._sleep(delay)
        except (CancelledError, Unsigned) as unsent:
            return _lasting(unsent, doubtful=doubtful)
        except Changed:
            # What was sent of it is no whole request: nobody acted on it.
            return _lasting(CallFailed(request.attempt, _CHANGED, "Run `pulumi up` again."), doubtful=doubtful)
        return _lasting(outcome, doubtful=doubtful)

    @contextmanager
    def streaming(self, request: Request) -> Iterator[Iterator[bytes] | Answer]:
        """The pieces of an answer that goes on, once it has begun; an answer that says no is one like any other.

        It is asked for once, and lasts no longer than the answers of other requests: whoever wants more asks again.

        Raises:
            CallFailed: it did not begin, or has broken off.
        """
        with ExitStack() as stack:
            with self._pace.turn(request.group, self._sleep) as turn:
                turn.unsent = True
                self._check()
                begun = self._begun(request, stack)
                turn.unsent = False
                turn.answer = begun if isinstance(begun, Answer) else None
            yield begun if isinstance(begun, Answer) else self._pieces(request, begun)

    def _begun(self, request: Request, stack: ExitStack) -> httpx.Response | Answer:
        url = httpx.URL(request.path, params=_parameters(request.query)) if request.query else request.path
        try:
            sent = stack.enter_context(payload(request))
            response = stack.enter_context(self._client.stream(request.method, url, auth=self._auth, **sent))
            if response.is_success and response.headers.get("content-type", "").startswith(STREAM_TYPE):
                return response
            body = read(response, request.attempt, self._client.timeout.read)
            answer = Answer(response.status_code, decoded(response, body, request.attempt), dict(response.headers))
        except _NEVER_SENT as error:
            raise Unreachable(request.attempt, self._asked.unanswered(error)) from None
        except httpx.HTTPError as error:
            raise LostAnswer(request.attempt, self._asked.unanswered(error)) from None
        if response.is_success:
            raise GarbledAnswer(request.attempt, f"{response.status_code}: the answer is no stream of events")
        return answer

    def _pieces(self, request: Request, response: httpx.Response) -> Iterator[bytes]:
        try:
            yield from pieces(response)
        except httpx.HTTPError as error:
            raise LostAnswer(request.attempt, self._asked.unanswered(error)) from None
        except Unpackable as problem:
            raise GarbledAnswer(request.attempt, f"the stream is {problem}") from None

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()
        for transport in self._beside:
            transport.close()

    def _once(self, request: Request) -> tuple[Answer | CallFailed, bool]:
        """What came of one attempt, and whether it was refused for haste alone."""
        with self._pace.turn(request.group, self._sleep) as turn:
            turn.unsent = True
            self._check()
            outcome = self._attempted(request)
            turn.answer = outcome if isinstance(outcome, Answer) else None
            turn.unsent = isinstance(outcome, Unreachable)
        return outcome, turn.is_held

    def _attempted(self, request: Request) -> Answer | CallFailed:
        began = time.monotonic()
        try:
            with self._follow(request, self._asked.host) as told:
                answer = self._exchange(request)
                told(answer.status)
        except (httpx.InvalidURL, UnicodeEncodeError):
            problem = "it cannot be sent: its address is too long, or something in it is half of a character"
            raise CallFailed(request.attempt, problem) from None
        except _NEVER_SENT as error:
            return Unreachable(request.attempt, self._asked.unanswered(error))
        except httpx.HTTPError as error:
            return LostAnswer(request.attempt, self._asked.unanswered(error))
        except GarbledAnswer as error:
            return error
        logger.debug(
            "%s %s: %s in %.0f ms", request.method, request.path, answer.status, 1000 * (time.monotonic() - began)
        )
        return answer

    def _delay(self, request: Request, outcome: Answer | CallFailed, attempt: int) -> float | None:
        """Seconds after which the request is made again; None where the outcome is the last."""
        if isinstance(outcome, Answer):
            if not is_passing(outcome):
                return None
            wanted = retry_after(outcome.headers)
            if outcome.status == TOO_MANY_REQUESTS:
                # Nothing was done. Where the platform says how long to wait, its limit was waited for.
                return _backoff(attempt) if wanted is None else None
            if not request.repeatable:
                return None
            return _backoff(attempt) if wanted is None else wanted
        if isinstance(outcome, Unreachable) or request.repeatable:
            return _backoff(attempt)
        return None

    def _exchange(self, request: Request) -> Answer:
        url = httpx.URL(request.path, params=_parameters(request.query)) if request.query else request.path
        with payload(request) as sent:
            asked = self._client.stream(request.method, url, auth=self._auth, timeout=self._timeout, **sent)
            with asked as response:
                body = read(response, request.attempt, self._timeout.read)
                document = decoded(response, body, request.attempt, array=request.array)
                return Answer(response.status_code, document, dict(response.headers))


def _may_have_worked(outcome: Answer | CallFailed) -> bool:
    """Whether an attempt without a usable answer may have done what was asked."""
    if isinstance(outcome, Answer):
        return outcome.status != TOO_MANY_REQUESTS
    return outcome.may_exist


def _lasting(outcome: Answer | CallFailed, *, doubtful: bool) -> Answer:
    """The answer; an error is no certain one where an attempt before it may have worked."""
    if isinstance(outcome, Answer):
        return replace(outcome, doubtful=doubtful and outcome.status >= httpx.codes.BAD_REQUEST)
    if doubtful and not outcome.may_exist:
        raise LostAnswer(outcome.attempt, outcome.said)
    raise outcome


def _parameters(query: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in query.items():
        pairs.extend((key, str(item)) for item in (value if isinstance(value, list) else [value]))
    return pairs


def _backoff(attempt: int) -> float:
    """Seconds before the next attempt, longer each time, and not the same for all who wait."""
    longest = min(0.5 * 2.0 ** (attempt - 1), 8.0)
    return longest * random.uniform(0.75, 1.0)  # noqa: S311 - spreads retries, guards nothing
