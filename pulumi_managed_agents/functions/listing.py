"""What functions that list take: how many, since when, and how far they look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from ..declaration.marks import Instant
from ..declaration.model import Model, described
from ..errors import CallFailed
from ..lifecycle.pages import PAGE, sought

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..declaration.values import Bag
    from ..lifecycle.steps import Call, Steps

USUAL: Final = 100
"""How many are listed when no number is said."""

BOUNDS: Final = ("gt", "gte", "lt", "lte")


USUAL_PAGES: Final = 20
"""How many pages are read where what is wanted has to be looked for."""

MOST_PAGES: Final = 1_000

Pages = Annotated[
    int | None,
    described(
        "Where it has to be looked for: at most so many pages of 100 are read (default: 20). It is an error if that "
        "does not do.",
        ge=1,
        le=MOST_PAGES,
    ),
]


class Listing(Model):
    """How many are listed."""

    limit: Annotated[int | None, described("At most so many (default: 100).", ge=1, le=10_000)] = None


class Created(Listing):
    """When they were made."""

    created_at_gt: Annotated[str | None, Instant(), described("Only what was made after it (RFC 3339).")] = None
    created_at_gte: Annotated[str | None, Instant(), described("Only what was made then or later (RFC 3339).")] = None
    created_at_lt: Annotated[str | None, Instant(), described("Only what was made before it (RFC 3339).")] = None
    created_at_lte: Annotated[str | None, Instant(), described("Only what was made then or before (RFC 3339).")] = None


def most(arguments: Bag) -> int:
    """How many are asked for."""
    return arguments.get("limit") or USUAL


def asked(arguments: Bag, **names: str) -> Bag:
    """The query of a list: each argument that is given, under the platform's name for it, and the bounds of time."""
    given = {theirs: arguments.get(ours) for ours, theirs in names.items()}
    times = {f"created_at[{bound}]": arguments.get(f"createdAt{bound.capitalize()}") for bound in BOUNDS}
    return {name: _written(value) for name, value in {**given, **times}.items() if value is not None}


def _written(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def labelled(item: Bag, labels: Bag | None) -> bool:
    """Whether an object has all the labels, perhaps among others."""
    own = item.get("metadata") or {}
    return all(own.get(key) == value for key, value in (labels or {}).items())


def looked_for(
    what: str, listing: Call, is_wanted: Callable[[Bag], bool], arguments: Bag, limit: int = 0
) -> Steps[list[Bag]]:
    """What is wanted of a list, which is read from its beginning.

    Raises:
        CallFailed: the pages that may be read were too few to know.
    """
    budget = arguments.get("pages") or USUAL_PAGES
    found, goes_on = yield from sought(listing, is_wanted, budget, limit)
    if goes_on:
        read = f"{budget} pages ({budget * PAGE:,} objects)" if budget > 1 else f"one page ({PAGE} objects)"
        raise CallFailed(what, f"the list goes on after {read}", "Narrow it down, or let it read more: `pages`.")
    return found
