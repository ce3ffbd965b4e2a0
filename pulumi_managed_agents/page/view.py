"""The whole page of a view: what stands around its parts, and which parts it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .charts import Timeline, spend
from .details import details
from .graph import Graph
from .markup import Markup, each, el
from .overview import SESSION
from .query import PAGE, count, part
from .summary import attention, tiles
from .tables import Tables, section_id
from .words import number, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .overview import Event, Overview, Thing
    from .query import Query

FEW: Final = 20
"""Rows of a kind on a page that shows many kinds."""

APART: Final = 2
"""With so many stacks, each has a part of the page for itself."""


class View:
    """A view of an overview."""

    def __init__(self, title: str, assets: str, overview: Overview, query: Query) -> None:
        self._title = title
        self._assets = assets
        self._overview = overview
        self._query = query
        self._things = query.things(overview)
        self._tables = Tables(overview, query)

    def page(self, events: Sequence[Event], document: str) -> Markup:
        """The document."""
        main = details(self._overview, self._query, events, document) if self._query.open else self._overview_part()
        return Markup("<!doctype html>\n") + el(
            "html", self._head(), el("body", self._header(), el("div", self._columns(main), id="live")), lang="en"
        )

    def _columns(self, main: Markup) -> Markup:
        log = [*self._log()]
        beside = el("aside", *log, id="log", aria_label="What happened") if any(log) else None
        return el(
            "div", el("main", main, id="content", tabindex=-1), beside, class_="columns" if beside else "columns alone"
        )

    def _log(self) -> Iterator[Markup]:
        yield self._tables.rotations(self._query.rotations(self._overview)[:_LOGGED])
        yield self._tables.requests(self._query.requests(self._overview)[:_LOGGED])

    def _head(self) -> Markup:
        opened = self._overview.by_key.get(self._query.open) or self._overview.ids.get(self._query.open)
        title = f"{opened.name} - {self._title}" if opened else self._title
        assets = self._assets
        return el(
            "head",
            el("meta", charset="utf-8"),
            el("meta", name="viewport", content="width=device-width, initial-scale=1"),
            el("meta", name="color-scheme", content="light dark"),
            el("title", title),
            el("link", rel="icon", href=f"{assets}/icon.svg"),
            el("link", rel="stylesheet", href=f"{assets}/style.css"),
            el("script", type="module", src=f"{assets}/page.js"),
        )

    def _header(self) -> Markup:
        notes = " ".join(self._overview.notes)
        title = el(
            "div",
            el("h1", el("a", self._title, href="/")),
            el("p", "Connecting", id="connection", role="status"),
            class_="title",
        )
        return each(
            [
                el("a", "Skip to the content", href="#content", class_="skip"),
                el("header", title, el("p", notes, id="world"), el("p", id="news", role="status"), self._tools()),
            ]
        )

    def _tools(self) -> Markup:
        query = self._query
        kept = [
            el("input", type="hidden", name=name, value=value)
            for name, value in (("kind", query.kind), ("stack", query.stack), ("status", query.status))
            if value
        ]
        field = el(
            "input",
            type="search",
            name="q",
            id="filter",
            value=query.q or None,
            aria_label="Filter",
            placeholder="Filter by name, id, repository, operation",
            autocomplete="off",
            spellcheck="false",
        )
        box = el("input", type="checkbox", name="gone", value="1", id="gone", checked=query.gone, autocomplete="off")
        clear = el("a", "Clear", id="clear", href=query.link(q=""), hidden=not query.q)
        return el(
            "form", *kept, field, clear, el("label", box, " Archived and deleted"),
            el("noscript", el("button", "Filter", type="submit")),
            class_="tools", role="search", action="/", method="get",
        )  # fmt: skip

    def _overview_part(self) -> Markup:
        parts = self._parts() if self._things else [el("p", self._nothing(), id="empty", class_="empty")]
        return el("div", *self._narrowed(), *parts, self._past(), id="overview")

    def _past(self) -> Markup | None:
        """What went lately, for those who hear what is new: it stands in no table that is shown."""
        if self._query.gone or self._query.is_narrow:
            return None
        past = sorted((one for one in self._overview.things if one.is_past), key=lambda one: one.changed_at)[-FEW:]
        told = [el("span", data_key=f"{one.key} {one.state}", data_name=f"{one.name} ({one.state})") for one in past]
        return el("div", *told, id="past", hidden=True)

    def _nothing(self) -> str:
        if self._query.is_narrow:
            return "Nothing here matches the filter."
        return "Nothing is here yet. What is created appears by itself."

    def _narrowed(self) -> Iterator[Markup]:
        """What the view leaves out, and the way back."""
        query = self._query
        if query.kind or query.stack or query.status:
            told = " ".join(
                filter(
                    None, [query.status, plural(query.kind) if query.kind else "", query.stack and f"of {query.stack}"]
                )
            )
            yield el("p", el("a", "Everything", href="/"), class_="back")
            yield el("h2", told, class_="narrow")

    def _parts(self) -> Iterator[Markup]:
        if self._query.kind:
            yield self._kind(self._query.kind, self._things, self._query.stack, PAGE)
            return
        if not self._query.q:
            yield self._jumps()
            yield tiles(self._overview, self._things, self._query)
            yield self._cards()
        if len(self._overview.stacks) > APART and not self._query.stack:
            yield self._stacks()
        yield from self._groups()

    def _jumps(self) -> Markup:
        """Links to the parts of the page."""
        if not self._things:
            return Markup("")
        named = {"at-attention": "Needs somebody", "at-timeline": "Timeline", "at-spent": "Spent", "at-graph": "Graph"}
        kinds = {
            section_id(stack, kind): f"{plural(kind)}"
            for stack in self._shown_stacks()[:1]
            for kind in self._kinds(self._of(stack))
        }
        made = str(self._cards())
        links = [
            el("a", text, href=f"#{name}")
            for name, text in [*named.items(), *kinds.items()]
            if name in kinds or f'id="{name}"' in made
        ]
        return el("nav", *links, class_="jumps", aria_label="Parts of this page")

    def _cards(self) -> Markup:
        left = [attention(self._overview, self._query)]
        right = [Timeline(self._overview, self._things, self._query).markup()]
        spent = spend(self._things, self._query)
        (right if len(self._overview.concerns) > _BALANCED else left).append(spent)
        graph = Graph(self._overview, self._things, self._query).markup()
        beside = [el("div", *cards, class_="pile") for cards in (left, right) if any(cards)]
        return el("div", *beside, graph, class_="cards") if beside or graph else Markup("")

    def _stacks(self) -> Markup:
        wanting: dict[str, set[str]] = {}
        for concern in self._overview.concerns:
            thing = self._overview.by_key.get(concern.key)
            if thing is not None:
                wanting.setdefault(thing.stack, set()).add(thing.key)
        objects: dict[str, int] = {}
        for thing in self._things:
            objects[thing.stack] = objects.get(thing.stack, 0) + 1
        rows = [(name, number, len(wanting.get(name, ()))) for name, number in objects.items()]
        rows.sort(key=lambda stack: (-stack[2], stack[0]))
        more = len(rows) - FEW
        below = el("p", f"and {number(more, 'stack')} more: filter by name", class_="more") if more > 0 else None
        return self._tables.stacks(rows[:FEW], len(rows), below)

    def _shown_stacks(self) -> list[str]:
        if self._query.stack or len(self._overview.stacks) > APART:
            return [self._query.stack]
        return list(self._overview.stacks)

    def _of(self, stack: str) -> list[Thing]:
        return [thing for thing in self._things if stack in ("", thing.stack)]

    def _groups(self) -> Iterator[Markup]:
        for stack in self._shown_stacks():
            things = self._of(stack)
            if not things:
                continue
            parts = [*self._tables_of(stack, things)]
            heading = el("div", el("h2", stack or "All stacks"), self._counts(stack, things), class_="head")
            yield el("section", heading, *parts, id=section_id(stack or "all"))

    def _counts(self, stack: str, things: Sequence[Thing]) -> Markup:
        links = [
            el(
                "a",
                el("strong", f"{count(things, kind):,}"),
                f" {plural(kind)}",
                href=f"#{section_id(stack or 'all', kind)}",
            )
            for kind in self._kinds(things)
        ]
        return el("nav", *links, aria_label=f"Kinds of {stack or 'all stacks'}")

    @staticmethod
    def _kinds(things: Sequence[Thing]) -> list[str]:
        return sorted({thing.kind for thing in things}, key=lambda kind: (kind != SESSION, kind))

    def _tables_of(self, stack: str, things: Sequence[Thing]) -> Iterator[Markup]:
        for kind in self._kinds(things):
            yield self._kind(kind, [thing for thing in things if thing.kind == kind], stack, FEW)
            if kind == SESSION:
                yield self._tables.mounts(things, FEW, section_id(stack or "all", "mounts"))

    def _kind(self, kind: str, things: Sequence[Thing], stack: str, most: int) -> Markup:
        """The objects of a kind: the first of them, or a page of all."""
        alone = bool(self._query.kind)
        shown = part(things, self._query.page) if alone else things[:most]
        below = self._pages(len(things)) if alone else None
        if not alone and len(things) > most:
            link = self._query.link(kind=kind, stack=stack)
            below = el("p", el("a", f"All {len(things):,} {plural(kind)}", href=link), class_="more")
        return self._tables.kind(kind, things, shown, section_id(stack or "all", kind), below)

    def _pages(self, total: int) -> Markup | None:
        last = max(1, -(-total // PAGE))
        if last == 1:
            return None
        at = min(self._query.page, last)
        before = el("a", "Before", rel="prev", href=self._query.link(page=at - 1)) if at > 1 else None
        after = el("a", "After", rel="next", href=self._query.link(page=at + 1)) if at < last else None
        return el("nav", before, el("span", f"Page {at:,} of {last:,}"), after, class_="pages", aria_label="Pages")


_LOGGED: Final = 50
_BALANCED: Final = 5
"""With more concerns than that, they take a column for themselves."""
