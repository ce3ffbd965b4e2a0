"""What the engine asks of a platform, and how calls become requests on any of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from ..declaration.values import JSON, Bag
from ..errors import CallFailed, Conflict, GarbledAnswer, LostAnswer, NotFound, Refusal, Refused
from ..lifecycle.steps import Operation
from ..transport.exchange import Answer, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.capabilities import Capabilities
    from ..lifecycle.steps import Call
    from ..transport.transport import Transport

_REFUSALS: dict[int, type[Refused]] = {404: NotFound, 409: Conflict}
_SERVER_ERROR = 500
_ERROR = 400
_TIMEOUT = 408


class Backend(Protocol):
    """A platform that can be asked."""

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can do."""

    def send(self, call: Call) -> Bag:
        """Makes the call and returns the platform's answer.

        Raises:
            CallFailed: it did not do what was asked.
        """

    def has(self, operation: Operation) -> bool:
        """Whether the platform knows the operation."""

    def close(self) -> None:
        """Closes the connections."""


@dataclass(frozen=True)
class Route:
    """Where an operation lives. One that makes something anew each time is not `repeatable`."""

    method: str
    path: str
    repeatable: bool = True


class Platform(Protocol):
    """What differs between platforms: data and a few small functions, no requests."""

    capabilities: Capabilities
    routes: Mapping[Operation, Route]

    def headers(self, call: Call) -> Mapping[str, str]:
        """Headers that the request of a call carries, without the credential."""

    def said(self, call: Call) -> Call:
        """The call in the platform's own dialect; declarations speak one language."""

    def heard(self, operation: Operation, answer: Bag, headers: Mapping[str, str]) -> Bag:
        """The platform's answer in the language of the declarations."""

    def is_repeatable(self, call: Call) -> bool:
        """Whether a repetition is told from a second request, although the route makes something anew each time."""

    def refusal(self, answer: Answer) -> Refusal:
        """The platform's error envelope, read."""


class RestBackend:
    """A platform over HTTP."""

    def __init__(self, platform: Platform, transport: Transport) -> None:
        self._platform = platform
        self._transport = transport

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can do."""
        return self._platform.capabilities

    def has(self, operation: Operation) -> bool:
        """Whether the platform knows the operation."""
        return operation in self._platform.routes

    def close(self) -> None:
        """Closes the connections."""
        self._transport.close()

    def probe(self, call: Call) -> Mapping[str, str]:
        """The headers of the answer to a call, which say who is asking and how often one may."""
        return self._asked(call)[1]

    def send(self, call: Call) -> Bag:
        """Makes the call; a refusal or an answer that may have been lost is raised."""
        return self._asked(call)[0]

    def _asked(self, call: Call) -> tuple[Bag, Mapping[str, str]]:
        route = self._route(call)
        path = route.path.format(**{name: _segment(value, call.operation) for name, value in call.ids.items()})
        attempt = f"{route.method} {path}"
        said = self._platform.said(call)
        files = tuple((file.name, file.filename, file.content) for file in said.files)
        headers = self._platform.headers(said)
        request = Request(route.method, path, attempt, said.body, said.query, headers, route.repeatable, files)
        answer = self._transport.send(request)
        if answer.status >= _ERROR:
            raise self._failure(attempt, route, answer, [said.body, said.credential])
        try:
            body = self._platform.heard(call.operation, answer.body, answer.headers)
        except (LookupError, TypeError, AttributeError, ValueError):
            body = {}
        if not _has_form(call.operation, body):
            raise GarbledAnswer(attempt, f"{answer.status}: the answer is not in the platform's form")
        return body, answer.headers

    def _route(self, call: Call) -> Route:
        try:
            route = self._platform.routes[call.operation]
        except KeyError:
            raise CallFailed(str(call.operation), f"{self.capabilities.platform} has no such operation") from None
        return replace(route, repeatable=True) if self._platform.is_repeatable(call) else route

    def _failure(self, attempt: str, route: Route, answer: Answer, sent: JSON) -> Exception:
        refusal = self._scrubbed(self._platform.refusal(answer), sent)
        if not route.repeatable and (answer.status >= _SERVER_ERROR or answer.status == _TIMEOUT):
            return LostAnswer(attempt, str(Refused("", refusal)).removeprefix(": "))
        return _REFUSALS.get(answer.status, Refused)(attempt, refusal, _ADVICE.get(answer.status, ""))

    def _scrubbed(self, refusal: Refusal, sent: JSON) -> Refusal:
        """The refusal without any secret that it repeats, and no longer than anybody reads."""

        def clean(value: JSON) -> JSON:
            if isinstance(value, dict):
                return {key: clean(item) for key, item in value.items()}
            if isinstance(value, list):
                return [clean(item) for item in value]
            return self._transport.scrub(value, sent)[:LONGEST_TEXT] if isinstance(value, str) else value

        return replace(
            refusal,
            type=clean(refusal.type),
            message=clean(refusal.message),
            request_id=clean(refusal.request_id),
            details=clean(refusal.details),
        )


def _segment(value: str, operation: Operation) -> str:
    """An id as one segment of a path, which it cannot leave."""
    if not value.strip("."):
        # Nothing that is percent-encoded keeps these from being taken for a folder.
        raise CallFailed(str(operation), f"{value!r} is no id")
    return quote(value, safe="")


LONGEST_TEXT = 2000
"""Characters of a platform's words that are shown."""


def _has_form(operation: Operation, body: Bag) -> bool:
    """Whether an answer has what every answer of its kind has: an id, or objects in a list."""
    if operation.verb == "list":
        data = body.get("data")
        return isinstance(data, list) and all(isinstance(item, dict) for item in data)
    return operation.verb in ("delete", "send", "cancel") or isinstance(body.get("id"), str)


_ADVICE = {
    401: "Check `managed-agents:apiKey`.",
    403: "The key may not do this: check its workspace and role.",
}
