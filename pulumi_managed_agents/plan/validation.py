"""What is wrong with a bag of inputs: all of it at once, each at its property path, never a value shown.

Types and limits are pydantic's to judge, on the declared models; paths and sentences are ours. What is not known yet
is given the benefit of the doubt at any depth.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ..comparison.meaning import is_moment
from ..declaration.capabilities import Capabilities
from ..declaration.characters import unseen
from ..declaration.exact import LOST_DIGITS, inexact, is_written
from ..declaration.ids import kind_by_id
from ..declaration.marks import IdOf, Instant, Internal, Lines, Local, Longest, Mark, Needed, Only, WriteOnly
from ..declaration.model import Failure, Model
from ..declaration.names import expanded
from ..declaration.parsed import misread
from ..declaration.patterns import IN_WORDS
from ..declaration.platform import PlatformKey
from ..declaration.sentences import absence
from ..declaration.shape import Json, ListOf, MapOf, Object, Shape, Tagged, object_at
from ..declaration.values import JSON, UNKNOWN, Bag, Path
from ..lifecycle.kind import Kind
from .lacking import refused, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails


def failures(kind: Kind, inputs: Bag, capabilities: Capabilities) -> list[Failure]:
    """Everything that is wrong with the inputs."""
    if kind.only and not kind.is_on(capabilities.key):
        return [Failure((), absence(kind.name, kind.only, capabilities.key))]
    whole = said(kind.name, kind.not_in, capabilities)
    if whole:
        return [Failure((), whole)]
    written_out = expanded(kind.shape, inputs)
    found_here = [*refused(kind, written_out, capabilities), *_here(kind.shape, written_out, capabilities, ())]
    here = [replace(failure, path=_written(inputs, failure.path)) for failure in found_here]
    invalid, unseen_here = _invalid(kind, inputs, written_out), unseen_within(kind.shape, inputs, ())
    return one_per_place([*here, *invalid, *unseen_here, *kind.rules(inputs, capabilities)])


def _written(value: JSON, path: Path) -> Path:
    """The path as far as it was written: a text may stand for an object."""
    if not path or not isinstance(value, dict | list):
        return ()
    return (path[0], *_written(_item(value, path[0]), path[1:]))


_FREE: tuple[type[Mark], ...] = (Lines, Local, Internal, WriteOnly)
"""Prose, what is never sent, and secrets, of which nobody knows what they look like."""


def unseen_within(shape: Shape, value: JSON, path: Path) -> Iterator[Failure]:
    """Where something stands that nobody sees, in what becomes a name, a path or an address."""
    if _is_free(shape):
        return
    if isinstance(value, str):
        problem = unseen(value)
        if problem:
            yield Failure(path, problem)
    elif isinstance(shape, ListOf) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from unseen_within(shape.item, item, (*path, index))
    elif isinstance(value, dict):
        yield from _unseen_inside(shape, value, path)


@cache
def _is_free(shape: Shape) -> bool:
    return isinstance(shape, Json) or any(shape.mark(mark) for mark in _FREE)


def _unseen_inside(shape: Shape, value: Bag, path: Path) -> Iterator[Failure]:
    """Of a map the keys count too; they are not repeated, so the map itself is named."""
    if isinstance(shape, MapOf):
        yield from (Failure(path, f"has a key that {problem}") for problem in map(unseen, map(str, value)) if problem)
    declared = object_at(shape, value)
    below = declared.properties if declared else {}
    for key, item in value.items():
        inner = shape.value if isinstance(shape, MapOf) else below[key].shape if key in below else None
        # Most of a bag is plain text: asking before calling halves what this costs.
        if inner is not None and not (isinstance(item, str) and (_is_free(inner) or item.isprintable())):
            yield from unseen_within(inner, item, (*path, key))


def unfit(shape: Shape, arguments: Bag, capabilities: Capabilities) -> list[Failure]:
    """What of the arguments of a look-up the platform has not, and what is no moment or another kind's id."""
    return list(_here(shape, arguments, capabilities, ()))


def _here(shape: Shape, value: JSON, capabilities: Capabilities, path: Path) -> Iterator[Failure]:
    """What the platform has not, or not so long, and what is of another type than it is declared."""
    problem = misread(shape, value)
    if problem:
        yield Failure(path, problem)
        return
    for mark in shape.marks:
        reason = _refusal(mark, value, capabilities)
        if reason:
            yield Failure(path, reason)
            return
    if is_written(shape):
        yield from (Failure((*path, *place), LOST_DIGITS) for place in inexact(value))
    declared = object_at(shape, value)
    if isinstance(shape, ListOf) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _here(shape.item, item, capabilities, (*path, index))
    elif declared is not None and isinstance(value, dict):
        yield from _inside(declared, value, capabilities, path)


def _inside(declared: Object, value: Bag, capabilities: Capabilities, path: Path) -> Iterator[Failure]:
    """The same for the parts of an object, and what the platform needs besides.

    Where it has not what was written in its place, that says what to write.
    """
    parts = (
        (prop.shape, value[wire], (*path, wire)) for wire, prop in declared.properties.items() if _is_there(value, wire)
    )
    found = [failure for shape, item, place in parts for failure in _here(shape, item, capabilities, place)]
    yield from found
    if any(failure.path[:-1] == path for failure in found):
        return
    for wire, prop in declared.properties.items():
        needed = prop.mark(Needed)
        if needed and not _is_there(value, wire) and not _is_there(value, needed.unless):
            why = f": {needed.why}" if needed.why else ""
            yield Failure((*path, wire), f"{MISSING} on {capabilities.platform}{why}")


def _is_there(value: Bag, wire: str | None) -> bool:
    return wire is not None and value.get(wire) is not None


def _refusal(mark: Mark, value: JSON, capabilities: Capabilities) -> str | None:
    match mark:
        case Only(platform=platform, values=values) if platform != capabilities.key:
            if not values or value in values:
                return absence(f"`{value}`" if values else "", mark, capabilities.key)
        case Instant() if isinstance(value, str) and not is_moment(value):
            return "must be a moment in RFC 3339 with its zone, such as `2026-01-31T09:00:00Z`"
        case IdOf(kind=kind) if isinstance(value, str):
            return of_another_kind(kind, value, capabilities.key)
        case Longest(characters=most) if isinstance(value, str) and len(value) > most:
            return TOO_LONG.format(size=len(value), max_length=most)
        case _:
            pass
    return None


def of_another_kind(kind: str, id: str, platform: PlatformKey) -> str | None:
    """Whose id it surely is, where that is no such object's; what goes on from the id."""
    other = kind_by_id(id.rpartition("/")[2], platform)
    return None if other in (None, kind) else f"is the id of {_an(str(other))}, and {_an(kind)} is meant"


def _an(kind: str) -> str:
    return f"an {kind}" if kind[0] in "AEIO" else f"a {kind}"


def _invalid(kind: Kind, inputs: Bag, written_out: Bag) -> list[Failure]:
    try:
        kind.inputs.model_validate(written_out)
    except ValidationError as error:
        return sentences(kind.shape, inputs, error)
    return []


def sentences(shape: Object, inputs: Bag, error: ValidationError) -> list[Failure]:
    """What pydantic found, as failures."""
    found = (_failure(shape, inputs, details) for details in error.errors(include_url=False))
    return [failure for failure in found if failure is not None]


def _failure(shape: Object, inputs: Bag, details: ErrorDetails) -> Failure | None:
    """What pydantic found, at Pulumi's path and in our words; None where the value is merely not known yet."""
    if _is_unknown(details):
        return None
    return Failure(_path(shape, inputs, details["loc"]), _sentence(shape, details))


def _is_unknown(details: ErrorDetails) -> bool:
    value = details["input"]
    if value is UNKNOWN:
        return details["type"] != "missing"
    return details["type"].startswith("union_tag") and isinstance(value, dict) and value.get("type") is UNKNOWN


def _path(shape: Shape, value: JSON, location: tuple[int | str, ...]) -> Path:
    """The property path of a pydantic location, without the tags and keys that only pydantic has in there."""
    path: list[str | int] = []
    for part in location:
        if isinstance(shape, Tagged) and part in shape.variants:
            shape = shape.variants[str(part)]
            continue
        if not isinstance(value, dict | list):
            break
        if part == "[key]":
            continue
        path.append(part)
        value = _item(value, part)
        shape = _child(shape, part)
    return tuple(path)


def _item(value: JSON, part: int | str) -> JSON:
    if isinstance(value, list):
        return value[part] if isinstance(part, int) and part < len(value) else None
    return value.get(part)


def _child(shape: Shape, part: int | str) -> Shape:
    if isinstance(shape, ListOf):
        return shape.item
    if isinstance(shape, MapOf):
        return shape.value
    if isinstance(shape, Object) and part in shape.properties:
        return shape.properties[str(part)].shape
    return Shape()


def _sentence(shape: Object, details: ErrorDetails) -> str:
    """A sentence about what is wrong, which never shows the value."""
    if details["type"] == "extra_forbidden":
        return _unknown_property(shape, details["loc"])
    if details["type"] == "string_type" and isinstance(details["input"], float | int):
        return _LOST_FORM
    if details["type"] in _OBJECTS:
        return f"must be an object{_with(_at(shape, details['loc']))}"
    if details["type"] == "string_pattern_mismatch":
        return IN_WORDS.get(pattern := str(details["ctx"]["pattern"]), f"must match {pattern}")
    is_text = isinstance(details["input"], str)
    template = _SENTENCES.get(_OF_TEXTS.get(details["type"], details["type"]) if is_text else details["type"])
    if template is None:
        return details["msg"].removeprefix("Input ").replace("should be", "must be")
    size = len(details["input"]) if isinstance(details["input"], str | list | dict) else 0
    return template.format(size=size, **details.get("ctx", {})).replace("'", "`")


_LOST_FORM = (
    "must be a string, and is a number that does not say any more how it was written: put it in quotes where it is "
    "written, or give the configuration value `type: string`"
)

MISSING = "is required"
TOO_LONG = "has {size} characters: at most {max_length} are accepted"

_SENTENCES = {
    "missing": MISSING,
    "string_too_long": TOO_LONG,
    "string_too_short": "must not be shorter than {min_length} character(s)",
    "too_long": "has {size} entries: at most {max_length} are accepted",
    "too_short": "has {size} entries: at least {min_length} are needed",
    "value_error": "{error}",
    "union_tag_invalid": "has an unknown `type`: expected one of {expected_tags}",
    "union_tag_not_found": "needs a `type`",
    "literal_error": "must be one of {expected}",
    "list_type": "must be a list",
    "string_type": "must be a string",
    "string_unicode": "holds half a character (a lone surrogate), which is no text",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "must be a whole number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "must be true or false"),
}
"""Our words for what pydantic finds; `{size}` is the length of the value."""

_OBJECTS = ("model_type", "model_attributes_type", "dict_type")
"""What pydantic calls something else in an object's place."""


def _with(shape: Shape) -> str:
    """What an object has to have; who writes a word in its place mostly knows what is meant by it."""
    if isinstance(shape, Tagged):
        return f" with a `{shape.tag}`: one of {', '.join(f'`{tag}`' for tag in shape.variants)}"
    needed = [wire for wire, prop in shape.properties.items() if prop.required] if isinstance(shape, Object) else []
    return f" with {', '.join(f'`{wire}`' for wire in needed)}" if needed else ""


def _at(shape: Shape, location: tuple[int | str, ...]) -> Shape:
    """The declaration of what stands at a location of pydantic's."""
    for part in location:
        shape = (
            shape.variants[str(part)] if isinstance(shape, Tagged) and part in shape.variants else _child(shape, part)
        )
    return shape


_OF_TEXTS = {"too_long": "string_too_long", "too_short": "string_too_short"}
"""What pydantic calls the same of a text that a function has judged before."""


def _unknown_property(shape: Object, location: tuple[int | str, ...]) -> str:
    here = _at(shape, location[:-1])
    absent = here.model.absent if isinstance(here, Object) and issubclass(here.model, Model) else {}
    if location[-1] in absent:
        return f"is not a property here: {absent[str(location[-1])]}"
    known = list(here.properties) if isinstance(here, Object) else []
    near = difflib.get_close_matches(str(location[-1]), known, n=1)
    return f"is not a property here: did you mean `{near[0]}`?" if near else "is not a property here"


def one_per_place(failures: list[Failure]) -> list[Failure]:
    """The first failure at each path: what follows from it would only be noise."""
    return list({failure.path: failure for failure in reversed(failures)}.values())[::-1]
