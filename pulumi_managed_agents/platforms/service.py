"""What can be asked, and how it is spoken to: a platform, or another service beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from ..declaration.values import Bag
from ..errors import Refusal
from ..lifecycle.steps import Call, Operation
from ..transport.exchange import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.capabilities import Capabilities


class Service(Protocol):
    """Something that can be asked."""

    def send(self, call: Call) -> Bag:
        """Makes the call and returns the answer.

        Raises:
            CallFailed: it did not do what was asked.
        """

    def has(self, operation: Operation) -> bool:
        """Whether the service knows the operation."""

    def close(self) -> None:
        """Closes the connections."""


class Backend(Service, Protocol):
    """A platform that can be asked."""

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can do."""


WHO_ASKS: Final = Call(Operation("agents", "list"), query={"limit": 1})
"""What any key may ask: the answer says whose it is, where answers do."""


@runtime_checkable
class Accounted(Protocol):
    """A platform whose answers tell whose key it is that asks."""

    @property
    def account(self) -> str | None:
        """The account that the key is of, as far as answers have told: organization and workspace."""


@dataclass(frozen=True)
class Route:
    """Where an operation lives. One that makes something anew each time is not `repeatable`."""

    method: str
    path: str
    repeatable: bool = True


ALL_VERBS: Final = ("update", "archive", "delete")


def collection(name: str, parameter: str, below: str, verbs: tuple[str, ...] = ALL_VERBS) -> dict[Operation, Route]:
    """The operations of a collection `below` a path; `verbs` are what can be done with an item besides reading it."""
    place = f"{below}/{name.rpartition('.')[2]}"
    item = f"{place}/{{{parameter}}}"
    special = {"update": Route("POST", item), "delete": Route("DELETE", item)}
    return {
        Operation(name, "create"): Route("POST", place, repeatable=False),
        Operation(name, "list"): Route("GET", place),
        Operation(name, "retrieve"): Route("GET", item),
        **{Operation(name, verb): special.get(verb, Route("POST", f"{item}/{verb}")) for verb in verbs},
    }


class Dialect(Protocol):
    """How a service is spoken to: data and a few small functions, no requests."""

    @property
    def name(self) -> str:
        """The service's own name."""

    @property
    def routes(self) -> Mapping[Operation, Route]:
        """Where its operations live."""

    @property
    def advice(self) -> Mapping[int, str]:
        """What to do about a refusal, by its status."""

    def headers(self, call: Call) -> Mapping[str, str]:
        """Headers that the request of a call carries, without the credential."""

    def worded(self, call: Call) -> Call:
        """The call in the service's own dialect; declarations speak one language."""

    def understood(self, operation: Operation, answer: Bag, headers: Mapping[str, str]) -> Bag:
        """The service's answer in the language of the declarations; what makes no sense there stays as it is."""

    def is_repeatable(self, call: Call) -> bool:
        """Whether a repetition is told from a second request, although the route makes something anew each time."""

    def refusal(self, answer: Answer) -> Refusal:
        """The service's error envelope, read."""


class Platform(Dialect, Protocol):
    """How a platform is spoken to, and what it can do."""

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can do."""

    def account(self, headers: Mapping[str, str]) -> str | None:
        """The account that an answer is for, where its headers tell: organization and workspace."""


def is_own(answer: Answer) -> bool:
    """Whether an error stands in the envelope of both platforms: `{"type": "error", "error": {type, message}}`."""
    body = answer.body if isinstance(answer.body, dict) else {}
    error = body.get("error")
    if body.get("type") != "error" or not isinstance(error, dict):
        return False
    return isinstance(error.get("type"), str) and isinstance(error.get("message"), str)


KEY_ADVICE: Final[Mapping[int, str]] = {
    401: "Check {key}.",
    403: "The key may not do this: check its workspace and role.",
}
"""What to do about a refusal where the provider's own key was refused; `{key}` is where that came from."""
