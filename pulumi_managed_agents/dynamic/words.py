"""What users of the Python classes read: every name as their programs have it."""

from __future__ import annotations

import functools
import re

from ..declaration.model import Failure
from ..declaration.python_words import in_python, python_path, snake_case, words_of
from ..declaration.shape import Object, shape_of
from ..declaration.values import Bag
from ..functions.registry import FUNCTIONS
from ..resources.registry import KINDS

_OPTIONS = ("customTimeouts", "ignoreChanges", "replaceOnChanges", "deleteBeforeReplace", "retainOnDelete")

_IN_TWO_FORMS = re.compile("`[^`]*[A-Z][^`]*`")


@functools.cache
def _words() -> dict[str, str]:
    shapes = [shape for kind in KINDS.values() for shape in (kind.shape, kind.output_shape)]
    arguments = [shape_of(function.inputs) for function in FUNCTIONS.values()]
    return words_of([*shapes, *arguments]) | {name: snake_case(name) for name in (*FUNCTIONS, *_OPTIONS)}


def told(text: str) -> str:
    """A sentence for somebody who writes Python."""
    # A name without a capital is the same in both languages, and to know all names takes all kinds.
    return in_python(text, _words()) if _IN_TWO_FORMS.search(text) else text


def failure_told(shape: Object, bag: Bag, failure: Failure) -> str:
    """What is wrong with a bag, at the path that the program has for it."""
    return str(Failure(python_path(shape, bag, failure.path), told(failure.reason)))
