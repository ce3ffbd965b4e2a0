"""The stack as a graph: agents, the sessions that they run, and the repositories that these mount."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .markup import Markup, each, el
from .overview import DEPLOYMENT, SESSION
from .words import number, repository

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .overview import Overview, Thing
    from .query import Query

MOST: Final = 10
"""Nodes in a column."""

_HEIGHT, _GAP = 30, 10
_COLUMNS: Final = (("0%", "28%"), ("36%", "64%"), ("72%", "100%"))
_WIDTH: Final = "28%"
_WORKERS: Final = (SESSION, DEPLOYMENT)


class Graph:
    """Three columns, and the lines between them."""

    def __init__(self, overview: Overview, things: Sequence[Thing], query: Query) -> None:
        self._overview = overview
        self._query = query
        concerned = {concern.key for concern in overview.concerns}
        workers = [thing for thing in things if thing.kind in _WORKERS and not thing.is_past]
        ranked = sorted(workers, key=lambda thing: thing.changed_at, reverse=True)
        ranked.sort(key=lambda thing: thing.key not in concerned)
        self._total = len(workers)
        self._workers = ranked[:MOST]
        self._concerned = concerned

    def markup(self) -> Markup:
        """The chart; nothing where nothing works."""
        if not self._workers:
            return Markup("")
        agents = self._agents()
        repositories = list(dict.fromkeys(mount.url for one in self._workers for mount in one.mounts if mount.url))[
            :MOST
        ]
        places = [
            {key: _middle(index) for index, key in enumerate(column)}
            for column in (agents, [one.key for one in self._workers], repositories)
        ]
        lines = [*self._lines(places)]
        nodes = [
            *(self._node(0, index, self._overview.by_key[key]) for index, key in enumerate(agents)),
            *(self._node(1, index, one) for index, one in enumerate(self._workers)),
            *(_box(2, index, repository(url), "repository") for index, url in enumerate(repositories)),
        ]
        height = max(map(len, places)) * (_HEIGHT + _GAP)
        drawing = el(
            "svg",
            *lines,
            *nodes,
            class_="graph",
            height=height,
            role="group",
            aria_label="Agents, sessions and repositories",
        )
        heads = each(el("span", text) for text in ("Agents", "Sessions and deployments", "Repositories"))
        more = self._total - len(self._workers)
        rest = (
            el("p", f"and {number(more, 'session')} more: choose a stack or filter", class_="more")
            if more > 0
            else None
        )
        return el(
            "section",
            el("h2", "Who works on what"),
            el("p", heads, class_="heads"),
            drawing,
            rest,
            id="at-graph",
            class_="card wide",
        )

    def _agents(self) -> list[str]:
        used = (key for one in self._workers for key in one.uses)
        return [key for key in dict.fromkeys(used) if self._is_agent(key)][:MOST]

    def _is_agent(self, key: str) -> bool:
        thing = self._overview.by_key.get(key)
        return thing is not None and thing.kind == "Agent"

    def _lines(self, places: Sequence[Mapping[str, float]]) -> list[Markup]:
        agents, workers, repositories = places
        found = []
        for one in self._workers:
            level = "bad" if one.key in self._concerned else None
            found += [_line(0, agents[key], workers[one.key], level) for key in one.uses if key in agents]
            urls = dict.fromkeys(mount.url for mount in one.mounts)
            found += [_line(1, workers[one.key], repositories[url], level) for url in urls if url in repositories]
        return found

    def _node(self, column: int, index: int, thing: Thing) -> Markup:
        level = "concern" if thing.key in self._concerned else thing.status
        box = _box(column, index, thing.name, level)
        return el("a", box, href=self._query.link(open=thing.key), aria_label=f"{thing.kind} {thing.name}")


def _middle(index: int) -> float:
    return index * (_HEIGHT + _GAP) + _HEIGHT / 2


def _line(column: int, begin: float, end: float, level: str | None) -> Markup:
    return el(
        "line", x1=_COLUMNS[column][1], x2=_COLUMNS[column + 1][0], y1=begin, y2=end, class_="edge", data_is=level
    )  # fmt: skip


def _box(column: int, index: int, text: str, level: str) -> Markup:
    # An SVG in an SVG is a window: a long name ends at its edge.
    return el(
        "svg",
        el("rect", width="100%", height="100%", rx=6, class_="node", data_is=level),
        el("text", text, x=10, y=20),
        el("title", text),
        x=_COLUMNS[column][0],
        y=index * (_HEIGHT + _GAP),
        width=_WIDTH,
        height=_HEIGHT,
    )
