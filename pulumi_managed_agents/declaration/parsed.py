"""What a text says where a number or a boolean is declared: stack configuration holds nothing but texts.

Whoever takes a value apart takes this: nothing counts as true because it is a text that is not empty.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from .shape import Scalar, Shape
from .values import UNKNOWN

if TYPE_CHECKING:
    from .values import JSON

LARGEST: Final = 2**53
"""Beyond it a number on Pulumi's wire is no longer the one that was written."""

_BOOLEANS: Final = {"true": True, "True": True, "false": False, "False": False}
_WHOLE = re.compile(r"-?[0-9]{1,16}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,16})?\Z")


def parsed(shape: Shape, value: JSON) -> JSON:
    """The value that a text stands for; whatever stands for none is left as it is."""
    if not isinstance(shape, Scalar):
        return value
    if isinstance(value, str):
        return _said(shape.type, value)
    return int(value) if shape.type == "integer" and isinstance(value, float) and value.is_integer() else value


def _said(kind: str, text: str) -> JSON:
    if kind == "boolean":
        return _BOOLEANS.get(text, text)
    if kind == "integer" and _WHOLE.match(text) and abs(int(text)) <= LARGEST:
        return int(text)
    if kind == "number" and _NUMBER.match(text):
        number = float(text)
        return int(number) if number.is_integer() else number
    return text


def misread(shape: Shape, value: JSON) -> str | None:
    """What is wrong with the type of a value; None where nothing is. Texts are judged by others."""
    if not isinstance(shape, Scalar) or shape.type == "string" or value is None or value is UNKNOWN:
        return None
    if shape.type == "boolean":
        return None if isinstance(value, bool) else "must be true or false"
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if shape.type == "number":
        return None if is_number else "must be a number"
    return None if is_number and isinstance(value, int) else "must be a whole number"
