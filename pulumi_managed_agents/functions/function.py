"""A function: what it takes, what it gives, and the calls it makes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import ValidationError

from ..comparison.fitting import Fitting
from ..declaration.marks import IdOf, NotIn
from ..declaration.model import Failure, Model, described
from ..declaration.names import from_api
from ..declaration.parsed import misread, parsed
from ..declaration.shape import Property, shape_of
from ..lifecycle.steps import Steps
from ..plan.validation import sentences, unseen_within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from ..declaration.values import Bag


@dataclass(frozen=True)
class Function:
    """A look-up: what it takes, what it gives, and the calls it makes. It never gives a secret."""

    name: str
    doc: str
    inputs: type[Model]
    outputs: tuple[Property, ...]
    steps: Callable[[Bag], Steps[Bag]]
    of: str | None = None
    """The kind whose properties it gives, if any."""
    not_in: tuple[NotIn, ...] = ()
    """The places where nothing answers it."""

    def meant(self, arguments: Bag) -> Bag:
        """The arguments, with texts read where numbers are declared."""
        known = shape_of(self.inputs).properties
        return {wire: parsed(known[wire].shape, value) if wire in known else value for wire, value in arguments.items()}

    def ids(self, arguments: Bag) -> Iterator[tuple[str, str]]:
        """The ids in the arguments, each after the kind that it is meant of."""
        for wire, prop in shape_of(self.inputs).properties.items():
            mark = prop.mark(IdOf)
            kind = mark.kind if mark else self.of if wire == "id" else None
            if kind and arguments.get(wire):
                yield kind, str(arguments[wire])

    def failures(self, arguments: Bag) -> list[Failure]:
        """What is wrong with the arguments as they are meant."""
        shape = shape_of(self.inputs)
        found = ((wire, misread(prop.shape, arguments.get(wire))) for wire, prop in shape.properties.items())
        wrong = [Failure((wire,), problem) for wire, problem in found if problem]
        if wrong:
            return wrong
        try:
            self.inputs.model_validate(arguments)
        except ValidationError as error:
            return sentences(shape, arguments, error)
        return list(unseen_within(shape, arguments, ()))


class ById(Model):
    """Arguments of a look-up by id."""

    id: Annotated[str, described("The object's id.", min_length=1)]


class Nothing(Model):
    """No arguments."""


def result(outputs: type[BaseModel], answer: Bag) -> Bag:
    """What a function gives, of what the platform answered."""
    shape = shape_of(outputs)
    given: Bag = from_api(shape, Fitting().value((shape,), answer))
    return given


def function(
    name: str,
    steps: Callable[[Bag], Steps[Bag]],
    inputs: type[Model],
    outputs: type[BaseModel],
    not_in: tuple[NotIn, ...] = (),
) -> Function:
    """A function whose steps say in their docstring what it does."""
    properties = tuple(shape_of(outputs).properties.values())
    return Function(name, steps.__doc__ or "", inputs, properties, steps, not_in=not_in)
