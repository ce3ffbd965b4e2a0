"""Small pieces that every part of the page is made of: names, times, states, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .concerns import short
from .markup import Markup, each, el
from .overview import ago

if TYPE_CHECKING:
    from .markup import Child
    from .overview import Overview, Thing
    from .query import Query

_TOGETHER: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def words(text: str) -> str:
    """A name of a program as people write it."""
    return text.replace("_", " ")


def singular(kind: str) -> str:
    """A kind in words."""
    if kind.startswith("GitHub"):
        return f"GitHub {_TOGETHER.sub(' ', kind.removeprefix('GitHub')).lower()}".strip()
    return _TOGETHER.sub(" ", words(kind)).capitalize()


def plural(kind: str) -> str:
    """Several of a kind, in words."""
    one = singular(kind)
    if one.endswith("s"):
        return one
    return f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"


def slug(text: str) -> str:
    """A name as a part of an element's id."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "none"


def pill(text: str) -> Markup:
    """A word about a state."""
    return el("span", words(text), class_="pill", data_is=text)


def dim(*children: Child) -> Markup:
    """What matters less."""
    return el("span", *children, class_="dim")


def small(text: str) -> Markup:
    """An id below a name."""
    return el("span", text, class_="id", title=text)


def note(*children: Child) -> Markup:
    """A word beside something."""
    return el("span", *children, class_="dim note")


def mono(text: str) -> Markup:
    """What programs made."""
    return el("span", text, class_="mono")


def since(at: str, now: str) -> Markup:
    """A moment as its distance, which grows while it is looked at."""
    return el("time", ago(at, now), datetime=at, title=at, data_ages=True) if at else Markup("")


def clock(at: str) -> Markup:
    """A moment as a time of the day."""
    return el("time", at[11:19], datetime=at, title=at) if at else Markup("")


def link_to(thing: Thing, query: Query, text: str = "") -> Markup:
    """Leads to an object."""
    return el("a", text or thing.name, href=query.link(open=thing.key))


def named(key: str, overview: Overview, query: Query) -> Markup:
    """Leads to the object with a key, by its name."""
    thing = overview.by_key.get(key)
    return link_to(thing, query) if thing else each([key])


def repository(url: str) -> str:
    """A repository's address as people call it."""
    return short(url)


def number(count: int, what: str, several: str = "") -> str:
    """How many, in words."""
    return f"{count:,} {what if count == 1 else several or what + 's'}"
