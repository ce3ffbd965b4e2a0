"""Values as the engine core sees them: plain JSON, plus what is not known yet and what must not be shown.

What belongs here knows nothing of declarations, of Pulumi or of HTTP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import is_
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON: TypeAlias = Any
"""A JSON value, in which `UNKNOWN` and `Secret` may stand at any depth."""

Bag: TypeAlias = dict[str, Any]
"""The properties of one resource, by wire name."""

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands: names of properties and positions in lists."""


class Unknown:
    """The type of `UNKNOWN`. No enum: pydantic looks through those at their value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __copy__(self) -> Unknown:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Unknown:
        return self


UNKNOWN: Final = Unknown()
"""Stands for an output of a resource that does not exist yet."""


@dataclass(frozen=True)
class Secret:
    """A value that no log, error or repr may show."""

    value: Any

    def __repr__(self) -> str:
        return "[secret]"

    __str__ = __repr__


_PLAIN_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$-]*\Z")


def render(path: Path) -> str:
    """A path as Pulumi writes it: `resources[0].mountPath`, `metadata["a.b"]`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN_NAME.match(part):
            text += f".{part}" if text else part
        else:
            escaped = part.replace("\\", "\\\\").replace('"', '\\"')
            text += f'["{escaped}"]'
    return text


def bare(value: JSON) -> JSON:
    """The value without its secret wrappers."""
    if isinstance(value, Secret):
        return bare(value.value)
    # Most of a bag is text: asking before calling halves what this costs.
    if isinstance(value, dict):
        return itself(value, {key: item if isinstance(item, str) else bare(item) for key, item in value.items()})
    if isinstance(value, list):
        return itself(value, [item if isinstance(item, str) else bare(item) for item in value])
    return value


def all_bare(*bags: Bag) -> list[Bag]:
    """Each bag bare; what is one value in several of them is one afterwards."""
    made: dict[int, JSON] = {}

    def one(value: JSON) -> JSON:
        if id(value) not in made:
            made[id(value)] = bare(value)
        return made[id(value)]

    return [{key: item if isinstance(item, str) else one(item) for key, item in bag.items()} for bag in bags]


def itself(value: JSON, made: JSON) -> JSON:
    """What was made of a bag or list; the bag or list itself where each part is: one value need not be compared."""
    if isinstance(value, dict):
        return value if value.keys() == made.keys() and all(map(is_, value.values(), made.values())) else made
    is_same = isinstance(value, list) and len(value) == len(made) and all(map(is_, value, made))
    return value if is_same else made


def secrets_in(value: JSON) -> Iterator[str]:
    """Every text that a `Secret` inside the value hides."""
    if isinstance(value, Secret):
        yield from _texts(bare(value.value))
    elif isinstance(value, dict):
        for item in value.values():
            yield from secrets_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from secrets_in(item)


def _texts(value: JSON) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def has_unknown(value: JSON) -> bool:
    """Whether `UNKNOWN` stands anywhere in the value."""
    if isinstance(value, Secret):
        return has_unknown(value.value)
    if isinstance(value, dict | list):
        # As above: most of it is text.
        items = value.values() if isinstance(value, dict) else value
        return any(has_unknown(item) for item in items if not isinstance(item, str))
    return value is UNKNOWN


def whole_numbers(value: JSON) -> JSON:
    """The value with 3.0 as 3: every number is a double on Pulumi's wire."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: whole_numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [whole_numbers(item) for item in value]
    return value


def without_nulls(bag: Bag) -> Bag:
    """The bag without properties that are null: for Pulumi, null and absent are one."""
    kept: Bag = itself(bag, {key: value for key, value in bag.items() if value is not None})
    return kept
