"""An object as a stack's state has it, without anything that the state keeps as a secret."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..apply.sealed import is_sealed, opened
from ..apply.whereabouts import places
from ..errors import Untellable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..apply.exported import Exported
    from ..apply.whereabouts import Whereabouts
    from ..declaration.platform import PlatformKey
    from ..declaration.values import JSON, Bag
    from ..lifecycle.kind import Kind


@dataclass(frozen=True)
class Kept:
    """One object of one stack."""

    kind: Kind
    urn: str
    id: str
    stack: str
    outputs: Bag = field(repr=False)
    """What a refresh would be told: secrets stand for themselves, or are left out."""
    where: Whereabouts | None
    depends: tuple[str, ...]
    """The URNs of what it was made of."""
    on: dict[str, tuple[str, ...]]
    """The same by property."""

    @property
    def name(self) -> str:
        """What its program calls it."""
        return self.urn.rpartition("::")[2]


def stack_of(urn: str) -> str:
    """The stack that a URN is of, with its project."""
    name, project, *_ = [*urn.removeprefix("urn:pulumi:").split("::"), ""]
    return f"{project}/{name}" if project else name


def kept_by(states: Sequence[Exported], platform: PlatformKey) -> list[Kept]:
    """The objects of all the stacks, in the order in which collections are read."""
    found = [each for exported in states for each in _kept(exported, platform)]
    return sorted(found, key=lambda each: each.kind.name)


def _kept(exported: Exported, platform: PlatformKey) -> Iterator[Kept]:
    where = places(exported)
    for kind, entry in exported.ours():
        if entry.get("delete"):
            # What is replaced, and not removed yet, is nobody's any more.
            continue
        here = kind.on(platform) if kind.is_on(platform) else kind
        outputs = entry.get("outputs")
        yield Kept(
            here,
            entry["urn"],
            entry["id"],
            stack_of(entry["urn"]),
            _readable(here, outputs if isinstance(outputs, dict) else {}),
            where.get(str(entry.get("provider"))),
            _texts(entry.get("dependencies")),
            {name: _texts(urns) for name, urns in _bag(entry.get("propertyDependencies")).items()},
        )


def _readable(kind: Kind, raw: Bag) -> Bag:
    try:
        declared = opened(kind.shape, raw).values
    except Untellable:
        declared = {}
    beside = {wire: value for wire, value in raw.items() if wire not in kind.shape.properties and not _hides(value)}
    return {**beside, **declared}


def _hides(value: JSON) -> bool:
    if is_sealed(value):
        return True
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_hides, items))


def _texts(value: JSON) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _bag(value: JSON) -> Bag:
    return value if isinstance(value, dict) else {}


def stacks_in(states: Sequence[Exported]) -> tuple[str, ...]:
    """The stacks that the states are of, each once."""
    urns = (entry["urn"] for exported in states for entry in exported.resources[:1])
    return tuple(dict.fromkeys(map(stack_of, urns)))
