"""One object with all that is known of it: its state, what it is made of, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .markup import Markup, each, el
from .overview import DEPLOYMENT
from .query import found
from .tables import Tables, error_line, facts, status
from .words import dim, link_to, pill, since, singular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .overview import Event, Overview, Thing
    from .query import Query

_USED: Final = 50


def details(overview: Overview, query: Query, events: Sequence[Event], document: str) -> Markup:
    """The object that the address names."""
    thing = found(overview, query.open)
    back = el("p", el("a", "Everything", href=query.link(open="")), class_="back")
    if thing is None:
        return el(
            "article",
            back,
            el("h2", "Nothing has this id", id="opened", tabindex=-1),
            el("p", query.open, class_="id"),
            id="details",
            aria_labelledby="opened",
        )
    tables = Tables(overview, query)
    runs = [run for run in overview.runs if thing.key in (run.deployment, run.session)]
    text = el("pre", document, tabindex=0)
    whole = el("details", el("summary", "As the API shows it"), text, class_="whole", data_key="whole")
    return el(
        "article",
        back,
        el("h2", thing.name, id="opened", tabindex=-1),
        el("p", el("span", singular(thing.kind), class_="kind"), " ", el("span", thing.id, class_="id")),
        el("div", *_about(thing, overview, query), class_="facts"),
        tables.places(thing),
        tables.runs(runs) if thing.kind == DEPLOYMENT else None,
        tables.events(events),
        whole if document else None,
        id="details",
        aria_labelledby="opened",
    )


def _about(thing: Thing, overview: Overview, query: Query) -> Iterator[Markup]:
    state = pill(thing.state) if thing.state else None
    changed = [dim("changed "), since(thing.changed_at, overview.now)] if thing.changed_at else []
    yield el("p", state, *status(thing), *changed)
    yield from _troubles(thing, overview)
    yield el("p", *facts(thing, overview, query))
    if thing.spend:
        yield el("p", dim("spent "), thing.spend.words())
    if thing.kind == DEPLOYMENT and (thing.last_run or thing.next_run):
        ran = [dim("last run "), since(thing.last_run, overview.now)] if thing.last_run else []
        runs = [dim(" next run "), since(thing.next_run, overview.now)] if thing.next_run else []
        yield el("p", *ran, *runs)
    yield from _relations("made of", [overview.by_key[key] for key in thing.uses if key in overview.by_key], query)
    yield from _relations("used by", [one for one in overview.things if thing.key in one.uses], query)
    if thing.urn:
        yield el("p", dim("in the stack "), thing.stack, el("span", thing.urn, class_="id"))
    if thing.link:
        yield el("p", el("a", "Open in the console", href=thing.link, rel="noreferrer", class_="outside"))


def _troubles(thing: Thing, overview: Overview) -> Iterator[Markup]:
    if thing.error:
        yield el("p", error_line(thing, overview.now), el("span", thing.error.message, class_="text"))
    if thing.waiting:
        events = ", ".join(thing.waiting.events)
        yield el("p", "waits for ", thing.waiting.what, el("span", events, class_="id") if events else None)
    if thing.drift:
        yield el("p", "not as it was declared: ", each(["; ".join(thing.drift)]))
    if thing.unread:
        yield el("p", thing.unread, class_="error")


def _relations(label: str, others: Sequence[Thing], query: Query) -> Iterator[Markup]:
    if others:
        links = [
            el("span", link_to(one, query), dim(f" {singular(one.kind).lower()}"), class_="fact")
            for one in others[:_USED]
        ]
        more = dim(f"and {len(others) - _USED:,} more") if len(others) > _USED else None
        yield el("p", dim(f"{label} "), *links, more)
