"""What an answer does not tell, since what stands there is of no use: it stands in the answer beside what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .values import Bag

UNTOLD: Final = "\0untold"
"""The key under which it stands; what a platform itself says there is of no use either."""


@dataclass(frozen=True)
class Untold:
    """The properties that an answer does not tell, in the platform's words, and what people should know of it."""

    names: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    """Places, each with what is wrong there."""
    count: int = 0
    """How many there are in all."""


def untold(answer: Bag) -> frozenset[str]:
    """The properties that an answer does not tell: what was known of them counts."""
    found = answer.get(UNTOLD)
    return found.names if isinstance(found, Untold) else frozenset()


def note(answer: Bag) -> str | None:
    """What is wrong with an answer, in a sentence that goes on from what was asked."""
    found = answer.get(UNTOLD)
    if not isinstance(found, Untold) or not found.places:
        return None
    more = f" and {found.count - SHOWN:,} more" if found.count > SHOWN else ""
    return (
        f"the answer is not all in the form that this provider knows: {', '.join(found.places[:SHOWN])}{more}. What is "
        f"of no use there is left out, and what was known of it stays."
    )


SHOWN: Final = 3
"""Places that are named."""
