"""How calls become requests over HTTP, to a platform or another service."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..declaration.scrubbing import NOTHING_KNOWN, Scrubber
from ..declaration.tokens import PACKAGE
from ..declaration.values import Bag, secrets_in
from ..errors import CallFailed, Conflict, GarbledAnswer, LostAnswer, NotFound, Refused
from ..lifecycle.steps import Operation
from ..transport.exchange import Answer, Request
from ..transport.server_sent import Sent, TooLarge, sent
from ..transport.transport import STREAM_TYPE
from .answers import Formless, fitted
from .service import Dialect, Platform, Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..declaration.capabilities import Capabilities
    from ..lifecycle.steps import Call
    from ..transport.transport import Transport


_REFUSALS: dict[int, type[Refused]] = {404: NotFound, 409: Conflict}


_SERVER_ERROR = 500


_ERROR = 400


_TIMEOUT = 408
_NOT_FOUND = 404

_NAMELESS = "Check the id: what it names was removed, or belongs to another account or workspace."
"""What to do where something is to be made of what is not there."""


class RestService:
    """A service over HTTP."""

    def __init__(self, dialect: Dialect, transport: Transport, secrets: Scrubber = NOTHING_KNOWN) -> None:
        self._dialect = dialect
        self._transport = transport
        self._secrets = secrets
        """What knows the credentials that requests carry."""

    def has(self, operation: Operation) -> bool:
        """Whether the service knows the operation."""
        return operation in self._dialect.routes

    def close(self) -> None:
        """Closes the connections."""
        self._transport.close()

    def probe(self, call: Call) -> Mapping[str, str]:
        """The headers of the answer to a call, which say who is asking and how often one may."""
        return self._asked(call)[1]

    def send(self, call: Call) -> Bag:
        """Makes the call; a refusal or an answer that may have been lost is raised."""
        try:
            return self._asked(call)[0]
        except LostAnswer as lost:
            lost.may_exist = not call.operation.only_reads
            raise

    @contextmanager
    def streaming(self, call: Call, after: str = "") -> Iterator[Iterator[Sent]]:
        """Server-sent events, once their stream has begun; behind the event `after`, where the service knows how.

        Raises:
            CallFailed: it did not begin, or has broken off. No failure tells a secret that was sent.
        """
        route = self._route(call)
        request = self._request(call, route)
        more = {"accept": STREAM_TYPE, **({"last-event-id": after} if after and after.isascii() else {})}
        request = replace(request, headers={**request.headers, **more})
        try:
            with self._transport.streaming(request) as begun:
                if isinstance(begun, Answer):
                    self._heard(begun)
                    raise self._failure(request, route, begun)
                yield self._sent(request, begun)
        except CallFailed as failure:
            raise failure.reworded(self._secrets.text) from None

    @staticmethod
    def _sent(request: Request, begun: Iterator[bytes]) -> Iterator[Sent]:
        try:
            yield from sent(begun)
        except TooLarge:
            raise GarbledAnswer(request.attempt, "an event of the stream is larger than any of this API") from None

    def _asked(self, call: Call) -> tuple[Bag, Mapping[str, str]]:
        """The answer and its headers; a failure tells no secret that was sent."""
        try:
            return self._answered(call)
        except CallFailed as failure:
            sent = self._secrets.knowing(secrets_in([call.body, call.credential]))
            raise failure.reworded(sent.text) from None

    def _answered(self, call: Call) -> tuple[Bag, Mapping[str, str]]:
        route = self._route(call)
        request = self._request(call, route)
        answer = self._transport.send(request)
        self._heard(answer)
        if answer.status >= _ERROR:
            raise self._failure(request, route, answer)
        try:
            body = fitted(call, self._dialect.understood(call.operation, answer.body, answer.headers))
        except Formless as problem:
            text = f"{answer.status}: the answer is not in the platform's form ({problem})"
            raise GarbledAnswer(request.attempt, text) from None
        return body, answer.headers

    def _heard(self, answer: Answer) -> None:
        """Learns from an answer, whatever its status."""

    def _request(self, call: Call, route: Route) -> Request:
        """The request that a call becomes."""
        path = route.path.format(**{name: _segment(value, call.operation) for name, value in call.ids.items()})
        worded = self._dialect.worded(call)
        headers = self._dialect.headers(worded)
        _refuse_unsendable(f"{route.method} {path}", headers)
        return Request(
            route.method,
            path,
            f"{route.method} {path}",
            worded.body,
            worded.query,
            headers,
            route.repeatable or self._dialect.is_repeatable(call),
            not route.repeatable,
            call.operation.group,
            tuple((file.name, file.filename, file.content) for file in worded.files),
            route.array,
        )

    def _route(self, call: Call) -> Route:
        try:
            return self._dialect.routes[call.operation]
        except KeyError:
            raise CallFailed(str(call.operation), f"{self._dialect.name} has no such operation") from None

    def _failure(self, request: Request, route: Route, answer: Answer) -> Exception:
        attempt = request.attempt
        refusal = self._dialect.refusal(answer)
        lost = answer.doubtful or answer.status >= _SERVER_ERROR or answer.status == _TIMEOUT
        if lost and not route.repeatable:
            return LostAnswer(attempt, refusal.words())
        if not refusal.own:
            return Refused(attempt, refusal, self._advice(answer.status) or _foreign(self._dialect.name))
        advice = self._advice(answer.status) or (_NAMELESS if request.makes and answer.status == _NOT_FOUND else "")
        return _REFUSALS.get(answer.status, Refused)(attempt, refusal, advice)

    def _advice(self, status: int) -> str:
        """What to do about a refusal."""
        return self._dialect.advice.get(status, "")


def _foreign(name: str) -> str:
    return (
        f"These are not the words of {name}: something in front of it answered. Check the address "
        f"(`{PACKAGE}:baseUrl`, or the environment's) and your proxies."
    )


class RestBackend(RestService):
    """A platform over HTTP."""

    def __init__(
        self,
        platform: Platform,
        transport: Transport,
        secrets: Scrubber = NOTHING_KNOWN,
        key_origin: str = f"`{PACKAGE}:apiKey`",
    ) -> None:
        super().__init__(platform, transport, secrets)
        self._key_origin = key_origin
        self.capabilities: Capabilities = platform.capabilities
        self.account: str | None = None
        """The account that the key is of, as far as answers have told."""
        self._account_in = platform.account

    def _advice(self, status: int) -> str:
        return super()._advice(status).format(key=self._key_origin)

    def _heard(self, answer: Answer) -> None:
        told = self._account_in(answer.headers)
        # A header may hold what no text should, and this one becomes an output.
        self.account = told if told and told.isprintable() else self.account


def _segment(value: str, operation: Operation) -> str:
    """An id as one segment of a path, which it cannot leave."""
    if not (isinstance(value, str) and value.strip(".") and value.isprintable()):
        # Nothing that is percent-encoded keeps dots from being taken for a folder.
        raise CallFailed(str(operation), f"{value!r} is no id", _NO_ID)
    return quote(value, safe="")


def _refuse_unsendable(attempt: str, headers: Mapping[str, str]) -> None:
    """What cannot stand in a header is not tried: a client fails on it, and may show it."""
    for name, value in headers.items():
        if not (value.isascii() and value.isprintable()):
            raise CallFailed(attempt, f"what belongs into the header `{name}` holds signs that cannot be sent there")


_NO_ID = "Take the resource out of the state (`pulumi state delete URN`), then import the object by its own id."
