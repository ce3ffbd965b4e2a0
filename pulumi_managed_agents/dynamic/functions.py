"""Functions for Python programs: asked while the program runs, with the stack's settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi

from ..declaration.names import to_python, to_wire
from ..declaration.shape import shape_of
from ..declaration.values import whole_numbers, without_nulls
from ..errors import ManagedAgentsError
from ..functions.registry import FUNCTIONS
from .connection import program_provider


def invoke(name: str, arguments: Mapping[str, Any]) -> Any:
    """What a function finds, with the stack's settings, while the program runs.

    Raises:
        pulumi.RunError: the arguments are wrong, or the platform did not answer what was asked.
    """
    function = FUNCTIONS[name]
    bag = function.meant(to_wire(shape_of(function.inputs), without_nulls(dict(arguments))))
    failures = function.failures(bag)
    if failures:
        raise pulumi.RunError(f"{name}: {'; '.join(map(str, failures))}")
    try:
        found = program_provider().call(function, bag)
    except ManagedAgentsError as error:
        raise pulumi.RunError(f"{name}: {error}") from None
    return {prop.name: to_python(prop.shape, whole_numbers(found.get(prop.wire))) for prop in function.outputs}


def invoke_output(name: str, arguments: Mapping[str, Any]) -> pulumi.Output[Any]:
    """As `invoke`, with arguments that may be outputs: it waits until they are known."""
    return pulumi.Output.all(**without_nulls(dict(arguments))).apply(lambda known: invoke(name, known))
