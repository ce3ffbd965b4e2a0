"""A state that comes back from the engine: as much of it as this version can use, whoever wrote it.

States outlive versions, and people edit them. What has not the form that is declared is left out, so that nothing that
works with a state need ask: a read brings it back, an update sends it again. What a version that this one does not know
has written (a property, a value, a variant) is left out as well, and put back into what is made of the state.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from ..declaration.marks import Local, Shorthand, WriteOnly
from ..declaration.parsed import parsed
from ..declaration.shape import ListOf, MapOf, Object, Scalar, Shape, Tagged
from ..declaration.values import JSON, UNKNOWN, Bag, Path, render
from ..errors import UnusableState
from ..lifecycle.doubts import DOUBT
from .foreign import Foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..declaration.shape import Property
    from ..lifecycle.kind import Kind


@dataclass(frozen=True)
class Understood:
    """A state, as far as it can be used."""

    kind: Kind
    bag: Bag
    usable: Bag
    odd: tuple[Path, ...]
    """Where something is not of the declared form."""
    foreign: Foreign

    def restored(self, outputs: Bag) -> Bag:
        """The outputs with what another version wrote into the state."""
        restored: Bag = self.foreign.restored(outputs)
        return restored

    @property
    def kept(self) -> Bag:
        """What can be used, and what another version wrote."""
        return self.restored(self.usable)

    @property
    def lost(self) -> dict[str, Path]:
        """The declared properties that the state should have and has not, each with where it is wrong."""
        known = self.kind.shape.properties
        missing = {wire: (wire,) for wire in _missing(known, self.usable)}
        wrong = {str(path[0]): path for path in reversed(self.odd)}
        return {w: path for w, path in {**missing, **wrong}.items() if w in known and w not in self.foreign.values}

    @property
    def note(self) -> str | None:
        """What another version wrote, in a sentence."""
        if not self.foreign:
            return None
        named = ", ".join(f"`{render(path)}`" for path in self.foreign.paths())
        return (
            f"The state of this {self.kind.name} has {named} from another version of pulumi-managed-agents, which this "
            f"one does not know. It is kept as it is; use that version to work with it."
        )

    def require(self, wires: Iterable[str]) -> None:
        """What is to be done depends on these declared properties.

        Raises:
            UnusableState: one of them has no value that can be used.
        """
        for wire in wires:
            if wire in self.foreign.values:
                raise UnusableState(str(self.note))
            if wire in self.lost:
                raise UnusableState(_LOST.format(kind=self.kind.name, path=render(self.lost[wire])))

    def require_steering(self) -> None:
        """What steers a removal has to be known: another version may have written that the object is to stay.

        Raises:
            UnusableState: it is not.
        """
        known = self.kind.shape.properties
        self.require(wire for wire in self.foreign.values if wire in known and known[wire].mark(Local))


_LOST = (
    "The state of this {kind} has no `{path}` that can be used. Run `pulumi refresh`, which reads it anew; where that "
    "does not help, `pulumi up --replace URN` makes a new object."
)


def understood(kind: Kind, bag: Bag) -> Understood:
    """The bag from a state, without what cannot be used."""
    known = {**kind.output_shape.properties, **kind.shape.properties}
    beside = {wire: bag[wire] for wire in (*BESIDE, *(derived.name for derived in kind.derived)) if wire in bag}
    reading = Reading()
    usable, foreign = reading.properties(known, {wire: bag[wire] for wire in bag if wire not in beside}, ())
    return Understood(kind, bag, {**usable, **beside}, tuple(reading.odd), foreign)


def is_kept(kind: Kind, bag: Bag) -> bool:
    """Whether a bag is what a state keeps of an object, rather than words of somebody who asks for one by its id."""
    made = "creationId" in bag or any(wire in bag for wire in kind.output_shape.properties)
    return made or bool(bag and not kind.lifecycle.listed)


def inputs_in(kind: Kind, outputs: Bag, given: Bag) -> Bag:
    """Of the outputs, the inputs: those that are declared, and those that another version was given."""
    known = kind.shape.properties
    return {
        w: value for w, value in outputs.items() if w in known or (w in given and w not in kind.output_shape.properties)
    }


ACCOUNT = "account"
"""The output that says of which account an object is, where answers tell: `ORGANIZATION/WORKSPACE`."""

PENDING = "pending"
"""Output of the Python classes: what is still to be done before the object is as declared."""

SECRET_INPUTS = "secretInputs"  # noqa: S105 - a name
"""What the Python classes note in a state: the places of inputs that the user made secret, which nobody tells them."""

TIMEOUTS = "customTimeouts"
"""What the Python classes note of how long an operation may wait, which the engine tells plugins only."""

REPLACED_ON = "replaceOnChanges"
"""What the Python classes note of where the program wants a change to replace: the engine asks plugins only."""

NOTES = (SECRET_INPUTS, TIMEOUTS, REPLACED_ON)
"""What the Python classes note, in inputs and states."""

BESIDE = (ACCOUNT, DOUBT, PENDING, *NOTES)
"""What stands in a state beside what is declared."""


class Not(Enum):
    """Why there is no value at a place."""

    USABLE = "it has another form than the declared one"
    KNOWN = "another version wrote it"


class Reading:
    """Takes a value apart as it is declared, and notes what cannot be used."""

    def __init__(self) -> None:
        self.odd: list[Path] = []

    def properties(self, known: Mapping[str, Property], bag: Bag, path: Path) -> tuple[Bag, Foreign]:
        """Of the properties of an object, those that can be used."""
        usable: Bag = {}
        foreign = Foreign()
        for key, value in bag.items():
            if value is None:
                continue
            if key not in known:
                foreign.values[key] = value
                continue
            found, below = self.value(known[key].shape, value, (*path, key))
            if found is Not.KNOWN:
                foreign.values[key] = value
            elif found is not Not.USABLE:
                usable[key] = found
                foreign.inside[key] = below
        return usable, foreign

    def value(self, shape: Shape, value: JSON, path: Path) -> tuple[JSON, Foreign]:
        """What can be used of a value, or why nothing can; and what is foreign below it."""
        found, below = self._read(shape, value, path)
        if found is Not.USABLE:
            self.odd.append(path)
        return found, below

    def _read(self, shape: Shape, value: JSON, path: Path) -> tuple[JSON, Foreign]:
        if isinstance(shape, Scalar) or (shape.mark(Shorthand) and isinstance(value, str)):
            return _scalar(shape, value), Foreign()
        if isinstance(shape, ListOf) and isinstance(value, list):
            return self._list(shape, value, path)
        if isinstance(shape, MapOf) and isinstance(value, dict):
            items = {key: self.value(shape.value, item, (*path, key))[0] for key, item in value.items()}
            return {key: item for key, item in items.items() if not isinstance(item, Not)}, Foreign()
        if isinstance(shape, Object | Tagged):
            return self._object(shape, value, path)
        return Not.USABLE if isinstance(shape, ListOf | MapOf) and value is not UNKNOWN else value, Foreign()

    def _list(self, shape: ListOf, value: list[JSON], path: Path) -> tuple[JSON, Foreign]:
        read = [(item, *self.value(shape.item, item, (*path, index))) for index, item in enumerate(value)]
        items = [(found, below) for _, found, below in read if not isinstance(found, Not)]
        others = [item for item, found, _ in read if found is Not.KNOWN]
        return [found for found, _ in items], Foreign(items=items, others=others)

    def _object(self, shape: Object | Tagged, value: JSON, path: Path) -> tuple[JSON, Foreign]:
        if not isinstance(value, dict):
            return (value if value is UNKNOWN else Not.USABLE), Foreign()
        declared = shape.pick(value) if isinstance(shape, Tagged) else shape
        if declared is None:
            return (Not.KNOWN if _is_word(value.get("type")) else Not.USABLE), Foreign()
        usable, foreign = self.properties(declared.properties, value, path)
        missing = _missing(declared.properties, usable)
        if any(wire in foreign.values for wire in missing):
            return Not.KNOWN, Foreign()
        return (Not.USABLE if missing else usable), foreign


def _missing(known: Mapping[str, Property], usable: Bag) -> list[str]:
    """What should be there and is not; no platform shows a secret, so of what was imported it is not known."""
    return [wire for wire, prop in known.items() if prop.required and wire not in usable and not prop.mark(WriteOnly)]


_TYPES: dict[str, tuple[type, ...]] = {"string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,)}


def _scalar(shape: Shape, value: JSON) -> JSON:
    if value is UNKNOWN:
        return value
    kind = shape.type if isinstance(shape, Scalar) else "string"
    value = parsed(shape, value)
    if not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind != "boolean"):
        return Not.USABLE
    if isinstance(shape, Scalar) and shape.enum and value not in shape.enum:
        return Not.KNOWN if _is_word(value) else Not.USABLE
    return Not.USABLE if value == "" and shape.limits.get("minLength") else value


def _is_word(value: JSON) -> bool:
    """Whether a value may be the name of something that another version knows."""
    return isinstance(value, str) and value != ""
