"""What fits one screen: how much needs somebody, what sessions do, what they cost, how old tokens are."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from .charts import statuses
from .concerns import OLD_SECONDS, SOON_SECONDS
from .markup import Markup, el
from .overview import SESSION, Spend, ago, seconds_between
from .words import dim, number, plural, since, singular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .overview import Concern, Overview, Thing
    from .query import Query

MOST: Final = 6
"""Concerns of a sort that are shown before the rest is opened."""


def tiles(overview: Overview, things: Sequence[Thing], query: Query) -> Markup:
    """The numbers."""
    found = [*_tiles(overview, things, query)]
    return el("section", *found, class_="tiles", aria_label="At a glance") if found else Markup("")


def _tiles(overview: Overview, things: Sequence[Thing], query: Query) -> Iterator[Markup]:
    wanting = sum(concern.severity != "note" for concern in overview.concerns)
    bad = any(concern.severity == "bad" for concern in overview.concerns)
    level = "bad" if bad else "warn" if wanting else "good"
    yield _tile("Needs somebody", f"{wanting:,}" if wanting else "nothing", "", level)
    if any(thing.kind == SESSION for thing in things):
        live = sum(thing.kind == SESSION and thing.is_there for thing in things)
        yield _tile("Sessions", f"{live:,}", statuses(overview, query))
    for unit, spend in _spent(things).items():
        alone = Spend(spend.spent, None, unit).words()
        limit = spend.words().removeprefix(f"{alone} ") if spend.limit else ""
        below = " ".join(filter(None, [limit, "" if unit == "credits" else "at list prices"]))
        yield _tile("Spent", alone, below)
    yield from _tokens(overview, things)
    kinds = overview.kinds()
    parts = [number(count, singular(kind), plural(kind)).lower() for kind, count in list(kinds.items())[:_KINDS]]
    stacks = number(len(overview.stacks), overview.group)
    live = sum(kinds.values())
    yield _tile("Objects", f"{live:,}", f"in {stacks}: {', '.join(parts)}" if parts else f"in {stacks}")


_KINDS: Final = 3


def _tile(label: str, value: Markup | str, below: Markup | str = "", level: str = "") -> Markup:
    number = el("span", value, class_="value", data_is=level or None)
    return el("div", el("h2", label), number, el("div", below, class_="below") if below else None, class_="tile")


def _spent(things: Sequence[Thing]) -> dict[str, Spend]:
    """The sums, by what is paid with; the limits only where all have one."""
    found: dict[str, Spend] = {}
    for spend in (thing.spend for thing in things if thing.spend and thing.is_there):
        known = found.get(spend.unit, Spend(0, 0, spend.unit))
        limit = None if known.limit is None or spend.limit is None else known.limit + spend.limit
        found[spend.unit] = Spend(known.spent + spend.spent, limit, spend.unit)
    return {unit: spend for unit, spend in found.items() if spend.spent or spend.limit}


def _tokens(overview: Overview, things: Sequence[Thing]) -> Iterator[Markup]:
    mounts = [mount for thing in things if thing.is_there for mount in thing.mounts]
    rotated = min((mount.rotated_at for mount in mounts if mount.rotated_at), default="")
    ends = min(
        filter(None, [*(mount.expires_at for mount in mounts), *(thing.expires_at for thing in things)]), default=""
    )
    if not (rotated or ends):
        return
    age, left = seconds_between(rotated, overview.now), seconds_between(overview.now, ends)
    level = "warn" if (age or 0) > OLD_SECONDS or (left is not None and left < SOON_SECONDS) else ""
    below = ["oldest rotated ", since(rotated, overview.now)] if rotated else []
    below += [", next ends " if below else "next ends ", since(ends, overview.now)] if ends else []
    yield _tile(
        "Tokens", number(len(mounts), "mount") if mounts else ago(ends, overview.now), el("span", *below), level
    )


def attention(overview: Overview, query: Query) -> Markup:
    """What needs somebody, in sorts, the worst first; long sorts are folded."""
    wanted = [concern for concern in overview.concerns if _concerns(concern, overview, query)]
    if not wanted:
        text = "Nothing needs somebody." if overview.things else ""
        body = el("p", text, class_="well") if text else None
        return el("section", el("h2", "Needs somebody"), body, id="at-attention", class_="card") if body else Markup("")
    ordered = sorted(wanted, key=lambda concern: (_RANKS[concern.severity], concern.what))
    groups = [
        _group(what, list(concerns), overview, query) for what, concerns in groupby(ordered, lambda one: one.what)
    ]
    return el("section", el("h2", "Needs somebody"), *groups, id="at-attention", class_="card")


_RANKS: Final = {"bad": 0, "warn": 1, "note": 2}


def _concerns(concern: Concern, overview: Overview, query: Query) -> bool:
    thing = overview.by_key.get(concern.key)
    return not query.stack or thing is None or thing.stack == query.stack


def _group(what: str, concerns: Sequence[Concern], overview: Overview, query: Query) -> Markup:
    items = [_item(concern, overview, query) for concern in concerns[:_LISTED]]
    head = [el("span", what, class_="what", data_is=concerns[0].severity), " ", dim(f"{len(concerns):,}")]
    rest = len(concerns) - _LISTED
    more = el("li", dim(f"and {rest:,} more: filter to see them")) if rest > 0 else None
    few = el("ul", *items[:MOST], class_="concerns")
    if len(items) <= MOST:
        return el("div", el("h3", *head), few)
    folded = el(
        "details", el("summary", f"{len(concerns) - MOST:,} more"), el("ul", *items[MOST:], more, class_="concerns")
    )
    return el("div", el("h3", *head), few, folded)


_LISTED: Final = 100


def _item(concern: Concern, overview: Overview, query: Query) -> Markup:
    thing = overview.by_key.get(concern.key)
    when = dim(" ", since(concern.at, overview.now)) if concern.at else None
    text: Markup | str = concern.text
    if thing is not None:
        text = el("a", concern.text, href=query.link(open=thing.key))
    where = dim(f" {thing.stack}") if thing and len(overview.stacks) > 1 and not query.stack else None
    return el("li", text, when, where)
