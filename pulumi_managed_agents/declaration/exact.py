"""Documents whose numbers keep their digits: numbers are doubles on Pulumi's wire, and a text is a text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from .documents import Unreadable, json_value
from .marks import Document
from .shape import Json, Shape
from .values import JSON, Path

if TYPE_CHECKING:
    from collections.abc import Iterator

EXACT: Final = 2**53
"""Below it, every whole number arrives as it was written; it itself may stand for the next one."""


def is_written(shape: Shape) -> bool:
    """Whether a document may be given as JSON text."""
    document = shape.mark(Document) if isinstance(shape, Json) else None
    return document is not None and document.as_text


def document_of(value: JSON) -> JSON:
    """The document that a text says; what is no text, or no JSON, as it is."""
    if not isinstance(value, str):
        return value
    try:
        return json_value(value)
    except Unreadable:
        return value


def read_document(value: JSON) -> JSON:
    """The document that a text says; what is no text as it is.

    Raises:
        ValueError: the text says none.
    """
    if not isinstance(value, str):
        return value
    found = json_value(value)
    if not isinstance(found, dict):
        message = "must be a JSON object"
        raise ValueError(message)  # noqa: TRY004 - a validator's word for whatever is wrong
    return found


def held(value: JSON) -> JSON:
    """A document as Pulumi can hold it: as JSON text where one of its numbers would lose digits."""
    return json.dumps(value) if next(inexact(value), None) is not None else value


def inexact(value: JSON, path: Path = ()) -> Iterator[Path]:
    """Where whole numbers stand that a double may stand for together with others."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            # Most of a document is text.
            if not isinstance(item, str):
                yield from inexact(item, (*path, key))
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) >= EXACT:
        yield path


LOST_DIGITS: Final = (
    "is a whole number of 2^53 or more, and numbers of that size do not arrive with all their digits: give the whole "
    "document as JSON text (a string), where they do"
)
