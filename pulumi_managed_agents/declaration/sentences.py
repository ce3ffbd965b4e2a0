"""What a change to a property means, in a sentence made of its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .marks import AsAWhole, InPlace, Local, Longest, Mark, Needed, NotIn, Only, Replaces, Unread, WriteOnly
from .platform import PLACE_NAMES, PLATFORMS, PlaceKey, PlatformKey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .shape import Property, Shape


_OCCASIONS = {
    "changed": "A change replaces the resource",
    "added": "Adding it later replaces the resource",
    "removed": "Removing it replaces the resource",
    "added or removed": "Adding or removing it replaces the resource",
}


def change_sentence(prop: Property) -> str:
    """The sentences for a property of an object: what holds everywhere, then what holds on one platform."""
    parts = [(mark.on, meaning) for mark in _every(prop.shape) if (meaning := _meaning(mark))]
    by_platform = {on: " ".join(meaning for key, meaning in parts if key == on) for on, _ in parts}
    return " ".join(f"On {PLATFORMS[on]}: {text}" if on else text for on, text in by_platform.items())


def _every(shape: Shape) -> list[Mark]:
    """The marks of every platform, those that hold everywhere first."""
    return sorted((*shape.marks, *shape.elsewhere), key=lambda mark: mark.on is not None)


def _meaning(mark: Mark) -> str:
    match mark:
        case Replaces(why=why, when=when):
            return f"{_OCCASIONS[when]}: {why}."
        case WriteOnly(why=why):
            return f"Secret: {why}."
        case InPlace(why=why):
            return f"Updated in place: {why}."
        case Local(why=why):
            return f"Not sent to the platform: {why}."
        case Unread(why=why):
            return f"Not compared with the platform: {why}."
        case AsAWhole(why=why):
            return f"Updated in place as a whole: {why}."
        case Longest(characters=characters):
            return f"At most {characters} characters."
        case Needed(why=why):
            return f"Required: {why}." if why else "Required."
        case Only(platform=platform, values=values):
            return f"{_listed(values)} only on {PLATFORMS[platform]}." if values else f"Only on {PLATFORMS[platform]}."
    return limit(mark) if isinstance(mark, NotIn) and not mark.lack else ""


def whole_sentence(doc: str, not_in: Iterable[NotIn]) -> str:
    """What something as a whole is, and where there is none."""
    return " ".join([doc, *(limit(mark) for mark in not_in if not mark.lack)])


def limit(mark: NotIn) -> str:
    """Where something does not exist, or probably does not."""
    where = " or ".join(PLACE_NAMES[place] for place in mark.places)
    text = f"{_listed(mark.values)} not on {where}" if mark.values else f"not on {where}"
    return f"Probably {text}." if mark.inferred else f"{text[0].upper()}{text[1:]}."


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def absence(subject: str, mark: Only, platform: PlatformKey) -> str:
    """That something exists on one platform only, and what to do on another."""
    where = f"does not exist on {PLATFORMS[platform]} (it is {PLATFORMS[mark.platform]}'s)"
    return f"{subject} {where}: {mark.instead}".lstrip()


def lack(subject: str, mark: NotIn, place: PlaceKey) -> str:
    """That something does not exist in a place, or probably does not, and what to do there."""
    where = PLACE_NAMES[place]
    amiss = mark.lack or ("probably does not work" if mark.inferred else "does not exist")
    doubt = " (inferred from what is documented of it)" if mark.inferred and not mark.lack else ""
    return f"{subject} {amiss} on {where}{doubt}: {mark.instead}".lstrip()


def effect(prop: Property) -> str:
    """What a change of the property does, in a word for a table: `update`, `replace`, and when."""
    occasions = occasions_of(prop)
    if "" in occasions:
        return "replace"
    return ", ".join(["update", *(f"replace {occasion}" for occasion in occasions)])


def occasions_of(prop: Property) -> list[str]:
    """When a change needs a new object: empty for always, `when added`, or the platform on which it does."""
    replacing = [mark for mark in _every(prop.shape) if isinstance(mark, Replaces)]
    return [_occasion(mark) for mark in replacing]


def _occasion(mark: Replaces) -> str:
    when = "" if mark.when == "changed" else f"when {mark.when}"
    return " ".join(filter(None, (when, f"on {PLATFORMS[mark.on]}" if mark.on else "")))


def limits(shape: Shape) -> str:
    """The limits of every platform, in words; empty where there are none."""
    texts = [f"{_PREPOSITIONS[name]} {value}" for name, value in shape.limits.items() if name in _PREPOSITIONS]
    return f"({', '.join(texts)})" if texts else ""


_PREPOSITIONS = {
    "minLength": "at least",
    "maxLength": "at most",
    "minimum": "from",
    "maximum": "up to",
    "exclusiveMinimum": "above",
}
