"""Tables of objects: the same columns wherever a kind is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .markup import Markup, each, el
from .overview import DEPLOYMENT, SESSION
from .words import clock, dim, link_to, mono, named, note, number, pill, plural, repository, since, slug, small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .markup import Child
    from .overview import Asked, Event, Mount, Overview, Rotated, Run, Thing
    from .query import Query

Cells = tuple["Child", ...]


def table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Markup],
    *,
    id: str,
    total: int | None = None,
    below: Child = None,
    level: str = "h3",
) -> Markup:
    """A table with a caption; nothing where it has no rows. `total` is how many there are where not all are shown."""
    body = list(rows)
    if not body:
        return Markup("")
    count = el("span", f"{len(body) if total is None else total:,}", class_="count")
    # The roles are said again because a narrow page lays rows out as blocks, which some browsers take for no table.
    heads = [el("th", column, scope="col", role="columnheader") for column in columns]
    found = el(
        "table",
        el("thead", el("tr", *heads, role="row"), role="rowgroup"),
        el("tbody", *body, role="rowgroup"),
        role="table",
        aria_labelledby=f"{id}-name",
    )
    # A heading, so that those who hear the page can jump to it; the table has its name from there.
    heading = el(level, el("span", caption, id=f"{id}-name"), " ", count, class_="caption")
    return el("section", heading, found, below, id=id, class_="listing")


def row(
    key: str, columns: Sequence[str], cells: Sequence[Sequence[Child]], *, name: str = "", state: str = ""
) -> Markup:
    """A row; what has a name is told of when it changes."""
    made = [
        el("td", *children, role="cell", data_label=column) for column, children in zip(columns, cells, strict=True)
    ]
    told = f"{name} ({state})" if name and state else name
    return el("tr", *made, role="row", data_key=key, data_name=told or None, class_="gone" if state else None)


class Tables:
    """The tables of one view."""

    def __init__(self, overview: Overview, query: Query) -> None:
        self._overview = overview
        self._query = query
        self._now = overview.now
        self._with_stack = len(overview.stacks) > _APART and not query.stack

    def kind(self, kind: str, things: Sequence[Thing], shown: Sequence[Thing], id: str, below: Child = None) -> Markup:
        """The objects of one kind."""
        columns, cells = self._columns(kind)
        rows = (self._row(thing, columns, cells) for thing in shown)
        return table(plural(kind), columns, rows, id=id, total=len(things), below=below)

    def _row(self, thing: Thing, columns: Sequence[str], cells: Callable[[Thing], list[Cells]]) -> Markup:
        return row(thing.key, columns, cells(thing), name=thing.name, state=thing.state)

    def _columns(self, kind: str) -> tuple[list[str], Callable[[Thing], list[Cells]]]:
        stack = ["Stack"] if self._with_stack else []
        if kind == SESSION:
            return ["Session", *stack, "Status", "About", "Spent", "Changed"], self._session
        if kind == DEPLOYMENT:
            return ["Deployment", *stack, "Status", "About", "Last run", "Next run"], self._deployment
        return ["Name", *stack, "About", "Changed"], self._object

    def _stack(self, thing: Thing) -> list[Cells]:
        return [(el("a", thing.stack, href=self._query.link(stack=thing.stack, kind="")),)] if self._with_stack else []

    def _session(self, thing: Thing) -> list[Cells]:
        spent = thing.spend.words() if thing.spend and (thing.spend.spent or thing.spend.limit) else ""
        changed = since(thing.changed_at, self._now)
        return [self._name(thing), *self._stack(thing), status(thing), self._facts(thing), (spent,), (changed,)]

    def _deployment(self, thing: Thing) -> list[Cells]:
        runs = [run for run in self._overview.runs if run.deployment == thing.key]
        newest = max(runs, key=lambda run: run.at, default=None)
        last = since(newest.at if newest else thing.last_run, self._now)
        failed = pill("failed") if newest and newest.error else None
        following = since(thing.next_run, self._now)
        return [
            self._name(thing),
            *self._stack(thing),
            status(thing),
            self._facts(thing),
            (last, " " if failed else None, failed),
            (following,),
        ]

    def _object(self, thing: Thing) -> list[Cells]:
        about = (*status(thing), *self._facts(thing))
        return [self._name(thing), *self._stack(thing), about, (since(thing.changed_at, self._now),)]

    def _name(self, thing: Thing) -> Cells:
        state = pill(thing.state) if thing.state else None
        id_ = None if thing.name == thing.id else small(thing.id)
        return (link_to(thing, self._query), state, id_, error_line(thing, self._now))

    def _facts(self, thing: Thing) -> Cells:
        return tuple(facts(thing, self._overview, self._query))

    def mounts(self, things: Sequence[Thing], most: int, id: str) -> Markup:
        """Every mounted repository."""
        columns = ["Repository", "Checkout", "Path", "Session", "Token"]
        found = [(thing, mount) for thing in things for mount in thing.mounts if mount.url]
        rows = (self._mount(thing, mount, columns) for thing, mount in found[:most])
        more = len(found) - most
        below = el("p", f"and {more:,} more: they stand with their sessions", class_="more") if more > 0 else None
        return table("Mounted repositories", columns, rows, id=id, total=len(found), below=below)

    def _mount(self, thing: Thing, mount: Mount, columns: Sequence[str]) -> Markup:
        cells: list[Cells] = [
            (repository(mount.url),),
            (mount.checkout or dim("default branch"),),
            (mono(mount.path),),
            (link_to(thing, self._query),),
            self._token(mount),
        ]
        return row(f"{thing.key} {mount.id or mount.url}", columns, cells)

    def _token(self, mount: Mount) -> Cells:
        """What is known of a token. Where nothing marks it, only its age is."""
        mark = mono(mount.mark) if mount.mark else None
        rotated = note("rotated ", since(mount.rotated_at, self._now)) if mount.rotated_at else None
        ends = note("expires ", since(mount.expires_at, self._now)) if mount.expires_at else None
        return (mark, " " if mark else None, rotated, " " if ends else None, ends)

    def places(self, thing: Thing) -> Markup:
        """What an object mounts, or the secrets that it holds, with their rotations."""
        columns = ["What", "Checkout", "Path", "Token", "Rotated"]
        rows = (
            row(
                mount.id or mount.url or mount.path,
                columns,
                [
                    (repository(mount.url) or mount.path,),
                    (mount.checkout or (dim("default branch") if mount.url else ""),),
                    (mono(mount.path) if mount.url else "",),
                    (mono(mount.mark) if mount.mark else dim("not told"),),
                    (self._history(mount),),
                ],
            )
            for mount in thing.mounts
        )
        return table("Mounts" if any(mount.url for mount in thing.mounts) else "Secrets", columns, rows, id="places")

    def _history(self, mount: Mount) -> Markup:
        ends = el("div", note("expires ", since(mount.expires_at, self._now))) if mount.expires_at else None
        if mount.rotations:
            items = [el("li", mono(one.mark), " ", dim(since(one.at, self._now))) for one in mount.rotations]
            return each([el("ol", *items, class_="history"), ends])
        return each([since(mount.rotated_at, self._now) if mount.rotated_at else dim("never"), ends])

    def events(self, events: Sequence[Event]) -> Markup:
        """What happened to an object."""
        columns = ["Time", "Event"]
        rows = (
            row(
                event.id or f"{event.at} {event.type}",
                columns,
                [
                    (clock(event.at),),
                    (
                        el("details", el("summary", event.type), el("pre", event.document, tabindex=0))
                        if event.document
                        else event.type,
                        el("span", event.text, class_="text") if event.text else None,
                    ),
                ],
            )
            for event in events
        )
        return table("Events, the newest first", columns, rows, id="events")

    def runs(self, runs: Sequence[Run]) -> Markup:
        """The runs of a deployment."""
        columns = ["When", "Session", "What came of it"]
        rows = (
            row(
                run.id or run.at,
                columns,
                [
                    (since(run.at, self._now),),
                    (named(run.session, self._overview, self._query) if run.session else dim("none"),),
                    (el("span", run.error, class_="error") if run.error else "started",),
                ],
            )
            for run in runs
        )
        return table("Runs", columns, rows, id="runs")

    def rotations(self, rotations: Sequence[Rotated]) -> Markup:
        """The newest rotations of tokens."""
        columns = ["When", "What", *(["New token"] if any(one.mark for one in rotations) else [])]
        rows = (
            row(
                f"{one.at} {one.what} {one.key}",
                columns,
                [
                    (since(one.at, self._now),),
                    (named(one.key, self._overview, self._query), small(repository(one.what))),
                    *([(mono(one.mark),)] if len(columns) > _UNMARKED else []),
                ],
            )
            for one in rotations
        )
        return table("Token rotations", columns, rows, id="at-rotations", level="h2")

    def requests(self, requests: Sequence[Asked]) -> Markup:
        """The newest requests that an emulator got."""
        columns = ["Time", "Operation", "Status"]
        rows = (row(str(one.number), columns, self._request(one)) for one in requests)
        return table("Last requests", columns, rows, id="at-requests", level="h2")

    def _request(self, one: Asked) -> list[Cells]:
        about = next((part for part in reversed(one.path.split("/")) if part in self._overview.ids), "")
        about = about or one.operation or one.path
        code = str(one.status or "dropped")
        return [
            (clock(one.at),),
            (
                el(
                    "a",
                    one.operation or "unknown",
                    href=self._query.link(q=about, open=""),
                    data_about=about,
                    title=f"Show only {about}",
                ),
                small(f"{one.method} {one.path}"),
            ),
            (
                el("span", code, class_="code", data_is=str(one.status or 0)[0]),
                pill(one.fault) if one.fault else None,
            ),
        ]

    def stacks(self, stacks: Sequence[tuple[str, int, int]], total: int, below: Child) -> Markup:
        """Stacks, with how many objects each has and how many of them need somebody."""
        columns = ["Stack", "Objects", "Needs somebody"]
        rows = (
            row(
                name,
                columns,
                [
                    (el("a", name, href=self._query.link(stack=name)),),
                    (f"{objects:,}",),
                    (el("span", number(wanting, "object"), class_="error") if wanting else dim("none"),),
                ],
            )
            for name, objects, wanting in stacks
        )
        return table("Stacks", columns, rows, id="at-stacks", total=total, below=below)


_UNMARKED: Final = 2
"""Columns of a table of rotations where nothing tells tokens apart."""

_APART: Final = 2
"""With so many stacks, each has a part of the page for itself."""


def status(thing: Thing) -> Cells:
    """What an object does."""
    found = [pill(thing.status) if thing.status else None, pill("drifted") if thing.drift else None]
    if thing.waiting:
        found.append(pill("waits"))
    if thing.unread:
        found.append(pill("not looked at"))
    if thing.remark:
        found.append(note(thing.remark))
    return tuple(found)


def error_line(thing: Thing, now: str) -> Markup | None:
    """The last error. One from before the last rotation may well be repaired."""
    if thing.error is None:
        return None
    past = "before the last rotation, " if thing.error.is_past else ""
    return el(
        "span",
        thing.error.type.replace("_", " "),
        " ",
        note(past, since(thing.error.at, now)),
        class_="error past" if thing.error.is_past else "error",
    )


def facts(thing: Thing, overview: Overview, query: Query) -> list[Child]:
    """What says most about an object; ids of others by their names."""
    found: list[Child] = []
    for label, text in thing.facts:
        other = overview.ids.get(text)
        value = link_to(other, query) if other else text
        found.append(el("span", dim(label), " ", value, class_="fact"))
    return found


def section_id(*names: str) -> str:
    """The id of a part of the page, for links into it."""
    return "-".join(["at", *map(slug, names)])
