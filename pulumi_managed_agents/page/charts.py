"""Bars and a timeline, as SVG that a browser stretches: widths are parts of a hundred, so a phone shows the same.

They are made here since a library for charts wants a script, styles of its own or a canvas: the page's rules forbid the
first two, and nobody who hears the page would know of the third. All that stands in a chart stands beside it as text.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from .markup import Markup, each, el
from .overview import SESSION, moment
from .words import dim, link_to, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from .overview import Overview, Thing
    from .query import Query

MOST_BARS: Final = 8
MOST_LANES: Final = 8

_WINDOWS: Final = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 24 * 7, 24 * 30, 24 * 365))


def percent(value: float) -> str:
    """A part of a hundred, as SVG takes it."""
    return f"{max(0.0, min(value, 1.0)) * 100:.2f}%"


def spend(things: Sequence[Thing], query: Query) -> Markup:
    """What sessions have spent, those nearest to their budgets first."""
    spent = [thing for thing in things if thing.spend and (thing.spend.spent or thing.spend.limit)]
    ranked = sorted(spent, key=lambda thing: (-(_share(thing) or -1), -_spent(thing)))
    if not ranked:
        return Markup("")
    most = max(map(_spent, ranked)) or 1
    items = [
        _bar(thing, _share(thing) if _share(thing) is not None else None, most, query) for thing in ranked[:MOST_BARS]
    ]
    more = len(ranked) - MOST_BARS
    rest = el("p", f"and {number(more, 'session')} that spent less", class_="more") if more > 0 else None
    return el("section", el("h2", "Spent"), el("ul", *items, class_="bars"), rest, id="at-spent", class_="card")


def _bar(thing: Thing, share: float | None, most: float, query: Query) -> Markup:
    amount = thing.spend.words() if thing.spend else ""
    length = share if share is not None else _spent(thing) / most
    level = "none" if share is None else "bad" if share >= 1 else "warn" if share >= 0.8 else "good"  # noqa: PLR2004
    bar = el(
        "svg",
        el("rect", width="100%", height="100%", rx=4, class_="ground"),
        el("rect", width=percent(length), height="100%", rx=4, class_="fill", data_is=level),
        class_="bar",
        aria_hidden="true",
    )
    without = None if share is not None else dim(" without a budget")
    return el("li", el("span", link_to(thing, query), class_="label"), bar, el("span", amount, without, class_="value"))


def _share(thing: Thing) -> float | None:
    return thing.spend.share if thing.spend else None


def _spent(thing: Thing) -> float:
    return thing.spend.spent if thing.spend else 0.0


def statuses(overview: Overview, query: Query) -> Markup:
    """How many sessions there are in each status, each a link to them."""
    found = overview.statuses()
    links = [
        el("a", el("strong", f"{count:,}"), f" {status}", href=query.link(kind=SESSION, status=status), data_is=status)
        for status, count in found.items()
    ]
    return el("div", *links, class_="statuses")


class Timeline:
    """Sessions, runs and rotations of the last while, on one line of time."""

    def __init__(self, overview: Overview, things: Sequence[Thing], query: Query) -> None:
        self._overview = overview
        self._query = query
        self._now = moment(overview.now)
        keys = {thing.key for thing in things}
        sessions = [thing for thing in things if thing.kind == SESSION and moment(thing.created_at)]
        self._sessions = sorted(sessions, key=lambda thing: thing.changed_at, reverse=True)[:MOST_LANES]
        self._runs = [run for run in overview.runs if run.deployment in keys]
        self._rotations = [one for one in overview.rotations if one.key in keys]
        self._total = len(sessions)
        self._window = self._reach()

    def markup(self) -> Markup:
        """The chart; nothing where nothing has happened."""
        if self._now is None or not (self._sessions or self._runs or self._rotations):
            return Markup("")
        lanes = [*map(self._session, self._sessions)]
        if self._runs:
            lanes.append(self._dots("Runs", [(run.at, "bad" if run.error else "good", "run") for run in self._runs]))
        if self._rotations:
            lanes.append(self._dots("Rotations", [(one.at, "note", "rotation") for one in self._rotations]))
        more = self._total - len(self._sessions)
        rest = el("p", f"and {number(more, 'session')} that changed before", class_="more") if more > 0 else None
        return el(
            "section", el("h2", "Timeline"), el("ul", *lanes, class_="lanes"), self._scale(), rest,
            id="at-timeline", class_="card",
        )  # fmt: skip

    def _reach(self) -> timedelta:
        """The shortest while in which most of it happened."""
        moments = [thing.changed_at for thing in self._sessions]
        moments += [run.at for run in self._runs[:_TELLING]] + [one.at for one in self._rotations[:_TELLING]]
        known = [found for found in map(moment, moments) if found]
        if not known or self._now is None:
            return _WINDOWS[0]
        span = self._now - min(known)
        return next((window for window in _WINDOWS if window >= span), _WINDOWS[-1])

    def _place(self, at: str) -> float | None:
        found = moment(at)
        return None if found is None or self._now is None else self._part(found)

    def _part(self, found: datetime) -> float:
        begun = (self._now or found) - self._window
        return (found - begun) / self._window

    def _session(self, thing: Thing) -> Markup:
        begun = max(self._place(thing.created_at) or 0.0, 0.0)
        at_work = thing.status in ("running", "rescheduling") and thing.is_there
        ended = 1.0 if at_work else max(self._place(thing.changed_at) or 0.0, begun)
        state = "bad" if thing.error and not thing.error.is_past else thing.state or thing.status
        width = percent(max(ended - begun, _SHORTEST))
        bar = el(
            "rect",
            x=percent(min(begun, 1 - _SHORTEST)),
            width=width,
            y=3,
            height=10,
            rx=5,
            class_="span",
            data_is=state,
        )
        turns = [
            el("circle", cx=percent(place), cy=8, r=3, class_="dot", data_is="note")
            for place in (self._place(mount.rotated_at) for mount in thing.mounts)
            if place is not None and 0 < place <= 1
        ]
        status = el("span", thing.state or thing.status, class_="value")
        return _lane(link_to(thing, self._query), each([bar, *turns]), status)

    def _dots(self, label: str, marks: Sequence[tuple[str, str, str]]) -> Markup:
        known = [(self._place(at), level) for at, level, _ in marks]
        seen = [(place, level) for place, level in known if place is not None and place >= 0]
        dots = each(
            el("circle", cx=percent(min(place, 0.99)), cy=8, r=4, class_="dot", data_is=level)
            for place, level in seen[:_DOTS]
        )
        failed = sum(level == "bad" for _, level in seen)
        told = f"{len(seen):,}" + (f", {failed} failed" if failed else "")
        return _lane(each([label]), dots, el("span", told, class_="value"))

    def _scale(self) -> Markup:
        hours = int(self._window / timedelta(hours=1))
        days = hours // 24
        reach = number(days, "day") if days > 1 else number(hours, "hour")
        return el("p", el("span", f"{reach} ago"), el("span", "now"), class_="scale")


_SHORTEST: Final = 0.02
_TELLING: Final = 20
_DOTS: Final = 100


def _lane(label: Markup, marks: Markup, value: Markup) -> Markup:
    ground = el("line", x1="0", x2="100%", y1=8, y2=8, class_="axis")
    chart = el("svg", ground, marks, class_="lane", aria_hidden="true")
    return el("li", el("span", label, class_="label"), chart, value)
