"""Functions for Python programs: asked while the program runs, with the stack's settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

from ..declaration.names import to_wire
from ..declaration.python_words import snake_case
from ..declaration.shape import shape_of
from ..declaration.values import whole_numbers, without_nulls
from ..errors import ManagedAgentsError
from ..functions.registry import FUNCTIONS
from .arguments import Misplaced, argument
from .found import shown
from .words import failure_told, told


def invoke(name: str, arguments: Mapping[str, Any]) -> Any:
    """What a function finds, with the stack's settings, while the program runs.

    Raises:
        pulumi.RunError: the arguments are wrong, or the platform did not answer what was asked.
    """
    from .connection import program_provider  # noqa: PLC0415 - most programs look nothing up

    function = FUNCTIONS[name]
    shape = shape_of(function.inputs)
    bag = function.meant(to_wire(shape, without_nulls(dict(arguments))))
    failures = function.failures(bag)
    if failures:
        wrong = [failure_told(shape, bag, failure) for failure in failures]
        raise pulumi.RunError(f"{snake_case(name)}: {'; '.join(wrong)}")
    try:
        found = program_provider().call(function, bag)
    except ManagedAgentsError as error:
        raise pulumi.RunError(f"{snake_case(name)}: {told(str(error))}") from None
    return {prop.name: shown(prop.shape, whole_numbers(found.get(prop.wire))) for prop in function.outputs}


def invoke_output(name: str, arguments: Mapping[str, Any]) -> pulumi.Output[Any]:
    """As `invoke`, with arguments that may be outputs, or resources for their ids: it waits until they are known."""
    shape = shape_of(FUNCTIONS[name].inputs)
    try:
        given = {key: argument(shape.by_either_name[key].shape, value) for key, value in arguments.items()}
    except Misplaced as misplaced:
        raise pulumi.RunError(f"{snake_case(name)}: {misplaced}") from None
    return pulumi.Output.all(**without_nulls(given)).apply(lambda known: invoke(name, known))
