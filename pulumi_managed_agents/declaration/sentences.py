"""What a change to a property means, in a sentence made of its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .marks import AsAWhole, InPlace, Local, Only, Replaces, Unread, WriteOnly
from .platform import PLATFORMS

if TYPE_CHECKING:
    from .shape import Property, Shape

_OCCASIONS = {
    "changed": "A change replaces the resource",
    "added": "Adding it later replaces the resource",
    "removed": "Removing it replaces the resource",
    "added or removed": "Adding or removing it replaces the resource",
}


def change_sentence(prop: Property) -> str:
    """The sentence for a property of an object."""
    return " ".join(_sentences(prop.shape))


def _sentences(shape: Shape) -> list[str]:
    sentences = []
    for mark in shape.marks:
        match mark:
            case Replaces(why=why, when=when):
                sentences.append(f"{_OCCASIONS[when]}: {why}.")
            case WriteOnly(why=why):
                sentences.append(f"Secret: {why}.")
            case InPlace(why=why):
                sentences.append(f"Updated in place: {why}.")
            case Local(why=why):
                sentences.append(f"Not sent to the platform: {why}.")
            case Unread(why=why):
                sentences.append(f"Not compared with the platform: {why}.")
            case AsAWhole(why=why):
                sentences.append(f"Updated in place as a whole: {why}.")
            case Only(platform=platform, values=()):
                sentences.append(f"Only on {PLATFORMS[platform]}.")
            case Only(platform=platform, values=values):
                sentences.append(f"{_listed(values)} only on {PLATFORMS[platform]}.")
            case _:
                pass
    return sentences


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def effect(prop: Property) -> str:
    """What a change of the property does, in one word for a table."""
    marks = [mark for mark in prop.shape.marks if isinstance(mark, Replaces)]
    if any(mark.when == "changed" for mark in marks):
        return "replace"
    occasions = "".join(f", replace when {mark.when}" for mark in marks)
    return f"update{occasions}"
