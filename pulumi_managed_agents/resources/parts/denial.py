"""GitHub's definite no, told from answers that say nothing of the token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...errors import CallFailed, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from ...declaration.model import Failure
    from ...declaration.values import Path

FORBIDDEN: Final = 403
TOKEN: Final[Path] = ("authorizationToken",)


class Denied(CallFailed):
    """GitHub said no: `failure` says to which property, and why."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__("Looking at the repository on GitHub", str(failure))

    def reworded(self, clean: Callable[[str], str]) -> Self:
        """The same, with each of its texts as `clean` makes it."""
        self.failure = type(self.failure)(self.failure.path, clean(self.failure.reason))
        super().reworded(clean)
        self.args = (self.failure,)
        return self


def is_limited(failure: Refused) -> bool:
    """Whether the refusal is one of a rate limit, which GitHub words as forbidden."""
    details = failure.refusal.details
    spent = details.get("x-ratelimit-remaining") == "0" or "retry-after" in details
    return spent or "rate limit" in failure.refusal.message.lower()
