"""The errors of the package, and who acts on each.

    ManagedAgentsError
    ├── ConfigError            the provider's settings are wrong; the user sets something else
    ├── OtherPlatform          the state holds an object of another platform than the one that is configured
    ├── Misnamed               an id is surely another kind's; the user writes the one that is meant
    ├── OtherAccount           the state holds an object of another account than the key's
    ├── UnusableState          the state lacks what is needed, or another version wrote it; the user refreshes
    ├── FileProblem            a local file cannot be used; the user names another one or repairs it
    │   ├── Changed            it is another one than when it was looked at (declaration.content)
    │   └── NoFile             a pipe, a socket or a device is in its place (plan.places)
    ├── UnusableKey            a private key cannot sign; the user gives another one (resources.parts.github_app)
    ├── CallFailed             a request did not do what was asked
    │   ├── Refused            the platform answered with an error (status, type, message, request id)
    │   │   ├── NotFound       404: the object is gone
    │   │   └── Conflict       409: somebody else was here, or a key is taken
    │   ├── Unreachable        no answer, and the request had no effect: safe to repeat
    │   ├── Unsigned           there is no access token to make a request with
    │   │   └── TokenDenied    whoever gives them says no (platforms.credentials.exchange)
    │   ├── LostAnswer         no answer, and the request may have had its effect: look before repeating
    │   │   └── GarbledAnswer  an answer that is not the platform's
    │   ├── Denied             GitHub refuses a repository, a token or a checkout (resources.parts.denial)
    │   └── CancelledError     the user cancelled while something was waited for (transport.cancel)
    │       └── TimeUp         the time that the program gives an operation is over (transport.cancel)
    ├── NotReady               the object exists, a later step failed: carries the id and the state reached
    ├── ImportProblem          what is to be imported cannot be, as it is asked for (importing.problem)
    ├── PolicyConfigError      the configuration of the policies cannot be used (policy.configuration)
    ├── NoState                a text is no exported state
    └── Untellable             what a cut-off create made cannot be told from others; a person has to look

Nothing of `httpx` or `pulumi` reaches these classes, so either may be exchanged. A text in here may be
shown to anybody: whoever raises takes secrets out first, and what a terminal would obey is shown as an escape.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self


LONGEST_TEXT = 2000
"""Characters of somebody's words that are shown."""


class ManagedAgentsError(Exception):
    """Anything this package reports to a user: one sentence or two, no traceback needed."""

    def __str__(self) -> str:
        return printable(super().__str__())

    def reworded(self, clean: Callable[[str], str]) -> Self:
        """The same failure, with each of its texts as `clean` makes it."""
        self.args = tuple(clean(item) if isinstance(item, str) else item for item in self.args)
        return self


class ConfigError(ManagedAgentsError):
    """The provider's settings cannot be used; the text says which one and what to write."""


class OtherPlatform(ManagedAgentsError):
    """The state holds an object of another platform than the one that is configured; nothing was asked of either."""


class Misnamed(ManagedAgentsError):
    """An id that is surely another kind's: nothing is missing, and nothing is said of what it names."""


class OtherAccount(ManagedAgentsError):
    """The state holds an object of another account than the one that the key is of: no answer says that it is gone."""


class UnusableState(ManagedAgentsError):
    """The state lacks what is needed, or has it in a form that this version does not know; nothing was done."""


class FileProblem(ManagedAgentsError):
    """A local file cannot be used; the text goes on from the name of the property that names the file."""


class CallFailed(ManagedAgentsError):
    """A request to the platform did not do what was asked.

    `may_exist`: what was asked may have been done all the same.
    """

    may_exist = False

    def __init__(self, attempt: str, problem: str, advice: str = "") -> None:
        self.attempt = attempt
        self._problem = problem
        self.advice = advice
        super().__init__(attempt, problem, advice)

    @property
    def problem(self) -> str:
        """What went wrong, no longer than anybody reads."""
        return self._problem[:LONGEST_TEXT]

    @property
    def said(self) -> str:
        """What went wrong, whole: of a secret that is cut, nobody can tell that it is one."""
        return self._problem

    def reworded(self, clean: Callable[[str], str]) -> Self:
        """The same failure, with each of its texts as `clean` makes it."""
        self.attempt, self._problem, self.advice = clean(self.attempt), clean(self._problem), clean(self.advice)
        return super().reworded(clean)

    def __str__(self) -> str:
        sentence = f"{self.attempt}: {self.problem}"
        return printable(f"{sentence.rstrip('.')}. {self.advice}" if self.advice else sentence)

    def advised(self, advice: str) -> CallFailed:
        """The same failure, with what to do next."""
        self.advice = advice
        return self


@dataclass(frozen=True)
class Refusal:
    """What the platform said when it refused: fields of its error envelope."""

    status: int
    type: str
    message: str
    request_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    own: bool = True
    """Whether these are the platform's own words; what stands in front of it answers in its place too."""

    def words(self, most: int | None = None) -> str:
        """What was said, in a sentence with at most so many characters of each of its parts."""
        request = f" (request id {self.request_id[:most]})" if self.request_id else ""
        return f"{self.status} {self.type[:most]}: {self.message[:most]}{request}"

    def reworded(self, clean: Callable[[str], str]) -> Refusal:
        """The same, with each text in it as `clean` makes it."""
        id_ = None if self.request_id is None else clean(self.request_id)
        details = _reworded(dict(self.details), clean)
        return replace(self, type=clean(self.type), message=clean(self.message), request_id=id_, details=details)


def _reworded(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _reworded(item, clean) for key, item in value.items()}
    return [_reworded(item, clean) for item in value] if isinstance(value, list) else value


class Refused(CallFailed):
    """The platform answered with an error."""

    def __init__(self, attempt: str, refusal: Refusal, advice: str = "") -> None:
        self.refusal = refusal
        super().__init__(attempt, refusal.words(), advice)
        self.args = (attempt, refusal, advice)

    @property
    def problem(self) -> str:
        """What the platform said, no longer than anybody reads."""
        return self.refusal.words(LONGEST_TEXT)

    def reworded(self, clean: Callable[[str], str]) -> Self:
        """The same failure, with each of its texts as `clean` makes it."""
        self.refusal = self.refusal.reworded(clean)
        super().reworded(clean)
        self.args = (self.attempt, self.refusal, self.advice)
        return self


class NotFound(Refused):
    """404: the object is not there, or not visible to this key."""


class Conflict(Refused):
    """409: the object changed meanwhile, or a key that has to be unique is taken."""


class Unreachable(CallFailed):
    """No answer came, and the platform cannot have acted on the request."""


class Unsigned(CallFailed):
    """There is no access token to make a request with: the request was not sent, or refused and not repeated."""

    lost = False
    """Whether an answer with a token may have been lost."""


class LostAnswer(CallFailed):
    """No usable answer came, and the platform may have acted on the request."""

    may_exist = True
    known: frozenset[str] = frozenset()
    """Ids of like things that were there before the request was made."""

    def refuted(self, advice: str) -> LostAnswer:
        """The same failure after a look that found nothing done."""
        self.advice, self.may_exist = advice, False
        return self


class GarbledAnswer(LostAnswer):
    """An answer came that is not the platform's: no JSON, too large, a redirect."""


class NotReady(ManagedAgentsError):
    """The object exists under `id` in `state`, but a later step failed for `reasons`; the next run goes on."""

    def __init__(self, id: str, state: dict[str, Any], reasons: list[str]) -> None:
        self.id = id
        self.state = state
        self.reasons = list(map(printable, reasons))
        super().__init__(f"{id} exists, but is not as declared yet: {'; '.join(reasons)}")


class NoState(ManagedAgentsError):
    """The text is no exported state."""


class Untellable(ManagedAgentsError):
    """What a cut-off create made cannot be told from others; the text goes on from "it ..." and says what to do."""
