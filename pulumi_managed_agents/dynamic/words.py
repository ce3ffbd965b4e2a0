"""What users of the Python classes read: every name as their programs have it."""

from __future__ import annotations

import functools

from ..declaration.model import Failure
from ..declaration.python_words import in_python, python_path, snake_case, words_of
from ..declaration.shape import Object, shape_of
from ..declaration.values import Bag
from ..functions.registry import FUNCTIONS
from ..resources.registry import KINDS

_OPTIONS = ("customTimeouts", "ignoreChanges", "replaceOnChanges", "deleteBeforeReplace", "retainOnDelete")


@functools.cache
def _words() -> dict[str, str]:
    shapes = [shape for kind in KINDS.values() for shape in (kind.shape, kind.output_shape)]
    arguments = [shape_of(function.inputs) for function in FUNCTIONS.values()]
    return words_of([*shapes, *arguments]) | {name: snake_case(name) for name in (*FUNCTIONS, *_OPTIONS)}


def told(text: str) -> str:
    """A sentence for somebody who writes Python."""
    return in_python(text, _words())


def failure_told(shape: Object, bag: Bag, failure: Failure) -> str:
    """What is wrong with a bag, at the path that the program has for it."""
    return str(Failure(python_path(shape, bag, failure.path), told(failure.reason)))
