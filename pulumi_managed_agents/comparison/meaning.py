"""When two values mean the same, as far as one place tells: instants, documents, shorthands, variants."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache

from ..declaration.marks import Canonical, Shorthand
from ..declaration.shape import Json, Object, Shape, Tagged, nodes_below
from ..declaration.values import JSON, UNKNOWN


@cache
def holds_no_document(shape: Shape) -> bool:
    """Whether equality decides: in a user's own document 0 and false are two values, which Python holds equal."""
    return not any(isinstance(node, Json) for node in nodes_below(shape))


def instant(text: JSON) -> JSON:
    """The moment that a text names, UTC where it names no zone; the text itself if it names none."""
    if not isinstance(text, str):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


def is_moment(text: str) -> bool:
    """Whether a text names one moment, in RFC 3339's form."""
    return _MOMENT.fullmatch(text) is not None and isinstance(instant(text), datetime)


def same_document(one: JSON, other: JSON) -> bool:
    """Whether two documents are one JSON value: 3 and 3.0 are, 0 and false are not, nor is what is not known yet."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_document(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_document, one, other))
    return bool(one == other) and isinstance(one, bool) is isinstance(other, bool) and one is not UNKNOWN


def compared(shape: Shape, value: JSON) -> JSON:
    """What of a value tells whether another one means the same: a text in its one spelling."""
    spelling = shape.mark(Canonical)
    return spelling.compared(value) if spelling and isinstance(value, str) else value


def written_out(shape: Shape, value: JSON) -> JSON:
    """The object that a shorthand stands for; any other value as it is."""
    shorthand = shape.mark(Shorthand)
    return shorthand.expand(value) if shorthand and isinstance(value, str) else value


def of_one_variant(shape: Shape, one: JSON, other: JSON) -> bool:
    """Whether both are objects of the same declaration."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return False
    if isinstance(shape, Tagged):
        picked = shape.pick(one)
        return picked is not None and picked is shape.pick(other)
    return isinstance(shape, Object)
