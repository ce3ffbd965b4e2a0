"""What of an overview a reader wants: the address says it, so that every view can be kept, sent and gone back to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from .overview import Asked, Overview, Rotated, Thing

PAGE: Final = 100
"""Rows of a view of one kind."""


@dataclass(frozen=True)
class Query:
    """The view that is wanted."""

    open: str = ""
    """The key, or the id, of an object."""
    kind: str = ""
    stack: str = ""
    status: str = ""
    q: str = ""
    gone: bool = False
    """Whether archived and deleted objects are wanted too."""
    page: int = 1

    @classmethod
    def read(cls, text: str) -> Query:
        """From the query of an address; what makes no sense is left out."""
        said = dict(parse_qsl(text[:_LONGEST], keep_blank_values=True, max_num_fields=20, errors="replace"))
        page = said.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < _DIGITS else 1
        texts = {name: said.get(name, "") for name in ("open", "kind", "stack", "status", "q")}
        return cls(**texts, gone=said.get("gone") == "1", page=max(number, 1))

    def link(self, **changes: Any) -> str:
        """The address of this view with something changed; another view begins at its first page."""
        wanted = replace(self, **{"page": 1, **changes})
        said = {
            name: getattr(wanted, name) for name in ("open", "kind", "stack", "status", "q") if getattr(wanted, name)
        }
        more = {"gone": "1"} if wanted.gone else {}
        pages = {"page": str(wanted.page)} if wanted.page > 1 else {}
        words = urlencode({**said, **more, **pages})
        return f"/?{words}" if words else "/"

    @property
    def is_narrow(self) -> bool:
        """Whether something is left out by it."""
        return bool(self.kind or self.stack or self.status or self.q)

    def things(self, overview: Overview) -> list[Thing]:
        """The objects of the view."""
        text = self.q.strip().lower()
        return [
            thing for thing in overview.things if self._wants(thing) and (not text or text in haystack(thing, overview))
        ]

    def _wants(self, thing: Thing) -> bool:
        return (
            (self.gone or not thing.is_past)
            and self.kind in ("", thing.kind)
            and self.stack in ("", thing.stack)
            and self.status in ("", thing.status or thing.state)
        )

    def requests(self, overview: Overview) -> list[Asked]:
        """The requests of the view."""
        text = self.q.strip().lower()
        return [one for one in overview.requests if text in f"{one.operation} {one.method} {one.path}".lower()]

    def rotations(self, overview: Overview) -> list[Rotated]:
        """The rotations of the view."""
        text = self.q.strip().lower()
        found = (one for one in overview.rotations if self._is_in_stack(overview, one.key))
        return [one for one in found if text in f"{one.what} {one.mark} {one.key} {overview.named(one.key)}".lower()]

    def _is_in_stack(self, overview: Overview, key: str) -> bool:
        thing = overview.by_key.get(key)
        return not self.stack or (thing is not None and thing.stack == self.stack)


_LONGEST: Final = 4000
_DIGITS: Final = 6


def haystack(thing: Thing, overview: Overview) -> str:
    """All that a filter finds an object by, the names of what it is made of too."""
    used = map(overview.named, thing.uses)
    facts = (text for _, text in thing.facts)
    mounts = (f"{mount.url} {mount.path} {mount.mark}" for mount in thing.mounts)
    error = [thing.error.type] if thing.error else []
    return " ".join(
        [thing.name, thing.id, thing.kind, thing.status, thing.stack, *facts, *used, *mounts, *error]
    ).lower()


def found(overview: Overview, key: str) -> Thing | None:
    """The object with a key, or with an id."""
    return overview.by_key.get(key) or next((thing for thing in overview.things if thing.id == key), None)


def part(rows: Sequence[Thing], page: int) -> Sequence[Thing]:
    """The rows of one page."""
    return rows[(page - 1) * PAGE : page * PAGE]


def count(things: Iterable[Thing], of: str) -> int:
    """How many live objects there are of a kind."""
    return sum(thing.kind == of and thing.is_there for thing in things)
