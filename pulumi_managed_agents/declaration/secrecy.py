"""Where the secret marks belong in a bag that goes back to the engine.

Three sources: fields declared as secrets, values that the user made secret, and values that are found to hold one. A
mark on something covers all of it, and what follows from it. The engine's clients move marks outward (an object with a
secret inside comes as one secret), so what we hand out ourselves says when its declared secrets are all there is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from .marks import AutoNamed, Internal, SecretOutput, Told, WriteOnly
from .scrubbing import NOTHING_KNOWN, Scrubber
from .shape import ListOf, MapOf, Object, Property, Scalar, Shape, nodes_below, object_at
from .values import JSON, UNKNOWN, Bag, Path, Secret, bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .form import Form

REST_IS_OPEN = "restIsOpen"
"""In an object that we hand out: what is declared as secret in it is all that is secret."""


def marked(shape: Shape, value: JSON, given: JSON = None, known: Scrubber = NOTHING_KNOWN) -> JSON:
    """The bare value with its secrets marked.

    Those are the declared ones, those that were marked in `given` with what follows from them, and what is `known` to
    be or hold one. In words of others what is known is hidden, so that they can be read.
    """
    if value is None or value is UNKNOWN:
        return value
    if not _has_secret(given) and not _says_what_is_secret(shape):
        return known.marked(value)
    if is_secret(shape) or (isinstance(given, Secret) and not _is_open(given.value)):
        return Secret(bare(value))
    if shape.mark(Told):
        return known.words(value)
    given = given.value if isinstance(given, Secret) else given
    if isinstance(value, list):
        item = shape.item if isinstance(shape, ListOf) else Shape()
        alike = given if isinstance(given, list) and len(given) == len(value) else [None] * len(value)
        return [marked(item, part, mark, known) for part, mark in zip(value, alike, strict=True)]
    if isinstance(value, dict):
        if any(known.finds(key) for key in value):
            return Secret(bare(value))
        return _marked_object(shape, value, given if isinstance(given, dict) else {}, known)
    return known.marked(value)


@cache
def _says_what_is_secret(shape: Shape) -> bool:
    """Whether a declaration says anything of secrets, at any depth."""
    return any(is_secret(node) or node.mark(Told) is not None for node in nodes_below(shape))


def _marked_object(shape: Shape, value: Bag, marks: Bag, known: Scrubber) -> Bag:
    declared = object_at(shape, value)
    if declared:
        # A program may have written either name of a property.
        either = declared.by_either_name
        marks = {either[key].wire if key in either else key: mark for key, mark in marks.items()}
    follows = set(_following(declared, value, marks)) if declared else set()
    return {
        key: Secret(bare(part))
        if key in follows and part is not UNKNOWN
        else marked(shape_below(shape, value, key), part, marks.get(key), known)
        for key, part in value.items()
    }


def _following(declared: Object, value: Bag, marks: Bag) -> Iterator[str]:
    """The properties that were filled from others, at least one of which the user marked."""
    props = declared.properties
    hidden = (props[key] for key, mark in marks.items() if isinstance(mark, Secret) and key in props)
    if any(not is_secret(prop.shape) for prop in hidden):
        yield from (key for key in value if key not in marks and key in props and _is_filled(props[key], value[key]))


def _is_filled(prop: Property, value: JSON) -> bool:
    return not (prop.mark(Internal) or prop.mark(AutoNamed) or value == prop.default)


def _is_open(value: JSON) -> bool:
    """Whether a mark on the value only stands for the declared secrets in it."""
    if isinstance(value, list):
        return bool(value) and all(map(_is_open, value))
    return isinstance(value, dict) and bare(value.get(REST_IS_OPEN)) is True


def marked_outputs(form: Form, outputs: Bag, given: Bag, old: Bag | None, known: Scrubber) -> Bag:
    """The outputs with each secret marked: as in the inputs that were `given`, and what was one stays one."""
    echoed = {wire: value for wire, value in outputs.items() if wire in form.shape.properties}
    made: Bag = marked(form.output_shape, outputs, old, known)
    return {**made, **marked(form.shape, echoed, given, known)}


def handed_out(shape: Shape, value: Bag) -> Bag:
    """An object for others to consume, with its secrets marked, which says when those are only the declared ones."""
    made: Bag = marked(shape, bare(value), value)
    more = [path for path in marks_in(made) if not is_secret(shape_at(shape, made, path))]
    return made if more else {**made, REST_IS_OPEN: True}


def newly_marked(shape: Shape, old: Bag, new: Bag) -> list[str]:
    """The properties in which the program has marked something since: the outputs in the state, `old`, show it.

    Of a resource that is the same the engine keeps the outputs, and marks those whose input is one secret by itself.
    """
    inner = [path for path in marks_in(new) if len(path) > 1 and not is_secret(shape_at(shape, new, path))]
    return [
        str(wire) for wire in dict.fromkeys(path[0] for path in inner) if wire in old and not _has_secret(old[wire])
    ]


def marks_in(value: JSON, path: Path = ()) -> Iterator[Path]:
    """Where marks stand."""
    if isinstance(value, Secret):
        yield path
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            # Most of a bag is text: asking before calling halves what this costs.
            if not isinstance(item, str):
                yield from marks_in(item, (*path, key))


def marked_at(value: JSON, paths: Sequence[Path]) -> JSON:
    """The value with marks at those of the places that are there."""
    if () in paths:
        return Secret(value)
    below = {head: [tuple(path[1:]) for path in paths if path[0] == head] for head in {path[0] for path in paths}}
    if isinstance(value, dict):
        return {key: marked_at(item, below[key]) if key in below else item for key, item in value.items()}
    if isinstance(value, list):
        return [marked_at(item, below[index]) if index in below else item for index, item in enumerate(value)]
    return value


def shape_at(shape: Shape, value: JSON, path: Path) -> Shape:
    """The declared shape of what stands at a place in the value."""
    for part in path:
        if isinstance(part, int):
            shape, value = shape.item if isinstance(shape, ListOf) else Shape(), value[part]
        else:
            shape, value = shape_below(shape, value, part), value[part]
    return shape


def shape_below(shape: Shape, value: Bag, key: str) -> Shape:
    """The declared shape of what stands under a key of the value."""
    if isinstance(shape, MapOf):
        return shape.value
    declared = object_at(shape, value)
    return declared.properties[key].shape if declared and key in declared.properties else Shape()


def is_secret(shape: Shape) -> bool:
    """Whether the declaration says that the value is a secret."""
    return shape.mark(WriteOnly) is not None or shape.mark(SecretOutput) is not None


def secrets_of(shape: Shape, value: JSON, *, is_marked: bool = False) -> Iterator[str]:
    """Every text that is declared as a secret or marked as one; a word of a closed set is no secret."""
    is_marked = is_marked or isinstance(value, Secret) or is_secret(shape)
    value = value.value if isinstance(value, Secret) else value
    if isinstance(value, str) and is_marked and not (isinstance(shape, Scalar) and shape.enum):
        yield value
    elif isinstance(value, list):
        item = shape.item if isinstance(shape, ListOf) else Shape()
        for part in value:
            yield from secrets_of(item, part, is_marked=is_marked)
    elif isinstance(value, dict):
        known = bare(value)
        for key, part in value.items():
            yield from secrets_of(shape_below(shape, known, key), part, is_marked=is_marked)


def declared_places(shape: Shape, value: JSON) -> Iterator[Path]:
    """Where something stands that is declared as a secret."""
    return marks_in(marked(shape, bare(value)))


def whole(bag: Mapping[str, JSON]) -> Bag:
    """The outputs with each property that holds a secret as one secret.

    The YAML host loses secrets that are nested in an output that another resource consumes.
    """
    return {key: Secret(bare(value)) if _has_secret(value) else value for key, value in bag.items()}


def _has_secret(value: JSON) -> bool:
    if isinstance(value, Secret):
        return True
    if not isinstance(value, dict | list):
        return False
    items = value.values() if isinstance(value, dict) else value
    return any(_has_secret(item) for item in items if not isinstance(item, str))
