"""After the engine was killed: settles the creates that its state holds as pending, or says why it cannot.

The engine notes a create before it is made; a crash leaves that note, with the checked inputs and so the stamp of the
creation, but without an id. The object that carries the stamp is the one that was made: it goes into the state as it is
found. What cannot be judged stays pending.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from ..errors import ManagedAgentsError
from ..lifecycle.alike import Before
from ..plan.diff import refuse_elsewhere
from ..resources.registry import kind_in
from .accounts import asking
from .placement import FORMLESS, Placement, refuse_formless
from .sealed import Opened, opened
from .whereabouts import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind
    from ..lifecycle.steps import State
    from ..platforms.settings import Settings
    from .exported import Exported
    from .made import Search
    from .whereabouts import Whereabouts

CREATING: Final = "creating"

OTHERS: Final = {
    "updating": "the next `pulumi up` compares it with the program, and goes on",
    "deleting": "the next `pulumi up` or `pulumi destroy` goes on",
    "reading": "the next `pulumi up` reads it again",
    "importing": "nothing was changed; import it again",
}
"""What becomes of the operations that the engine carries on by itself."""


Said: TypeAlias = "Mapping[str, str | None]"
"""What a person says of creates that cannot be judged: the id that each made by its URN, None where it made nothing."""


@dataclass(frozen=True)
class Finding:
    """What became of one pending operation."""

    urn: str
    text: str
    kept: bool = False
    """Whether the create stays pending, since nobody can tell what came of it."""

    def told(self) -> Bag:
        """The finding as a document."""
        return {"urn": self.urn, "settled": not self.kept, "finding": self.text}


def recovered(exported: Exported, search: Search, settings: Settings, said: Said) -> list[Finding]:
    """Settles each pending create of ours in the exported state, and says what became of it."""
    recovery = _Recovery(exported, search, settings, said)
    left: list[Bag] = []
    findings: list[Finding] = []
    for operation in exported.operations:
        finding = recovery.settled(operation)
        if finding is not None:
            findings.append(finding)
        if finding is None or finding.kept or operation["type"] != CREATING:
            left.append(operation)
    exported.operations[:] = left
    recovery.placement.write()
    return findings


def kept(exported: Exported, reason: str) -> list[Finding]:
    """The findings where nothing can be looked for at all."""
    return [_kept(resource["urn"], reason) for resource in pending(exported)]


def pending(exported: Exported) -> Iterator[Bag]:
    """The resources of ours that were being created."""
    creating = (operation["resource"] for operation in exported.operations if operation["type"] == CREATING)
    return (resource for resource in creating if kind_in(resource))


def _kept(urn: str, reason: object) -> Finding:
    return Finding(urn, f"cannot be settled: {reason}", kept=True)


class _Recovery:
    """One state, and where its objects are looked for."""

    def __init__(self, exported: Exported, search: Search, settings: Settings, said: Said) -> None:
        self.placement = Placement(exported)
        self._search = search
        self._settings = settings
        self._said = said
        self._known: dict[str, set[str]] = {}
        self._places = places(exported)
        self._noted = exported.written_at
        for kind, entry in exported.ours() if exported.operations else ():
            outputs = entry.get("outputs")
            self._of(kind).update(kind.lifecycle.claims(entry["id"], outputs if isinstance(outputs, dict) else {}))

    def settled(self, operation: Bag) -> Finding | None:
        """What becomes of the operation; None where it is not ours."""
        resource = operation["resource"]
        kind, urn = kind_in(resource), resource["urn"]
        if kind is None:
            return None
        if operation["type"] != CREATING:
            follows = OTHERS.get(operation["type"], "that is left to the engine")
            return Finding(urn, f"was {operation['type']}: {follows}")
        if urn in self._said and self._said[urn] is None:
            return Finding(urn, "nothing was created, as you say")
        try:
            return Finding(urn, self._created(kind.on(self._settings.platform), resource))
        except ManagedAgentsError as reason:
            return _kept(urn, reason)
        except (LookupError, TypeError, AttributeError, ValueError):
            return _kept(urn, FORMLESS)

    def _created(self, kind: Kind, resource: Bag) -> str:
        """What became of a create.

        Raises:
            ManagedAgentsError: that cannot be told.
        """
        refuse_formless(resource)
        place = self._place(kind, resource)
        inputs = opened(kind.shape, resource["inputs"])
        said = self._said.get(resource["urn"])
        answer = {} if said else self._search.answer(kind, inputs.legible, Before(self._of(kind), noted=self._noted))
        if answer is None:
            doubt = place.doubt(self._settings, asking(self._search.context.backend)) if kind.lifecycle.listed else None
            if doubt:
                raise ManagedAgentsError(f"it was not found, and {doubt}")
            return kind.lifecycle.traceless
        id_ = said or kind.lifecycle.id_of(inputs.legible, answer)
        if id_ in self._of(kind):
            return f"the state has it already, as {id_}"
        state = self._search.state(kind, id_, self._managed(kind, inputs), answer)
        if state is None:
            if said:
                raise ManagedAgentsError(f"there is no {kind.name} with the id {id_} (or it is archived)")
            return f"it was created as {id_}, and is gone by now"
        self._of(kind).update(kind.lifecycle.claims(id_, state.outputs))
        entry = self._entry(kind, resource, inputs, state)
        return f"found as {id_}" + self.placement.add(entry, resource.get("created"))

    def _place(self, kind: Kind, resource: Bag) -> Whereabouts:
        provider = self.placement.provider(resource)
        place = self._places.get(f"{provider['urn']}::{provider['id']}")
        if place is None:
            raise ManagedAgentsError(FORMLESS)
        elsewhere = place.is_elsewhere(self._settings)
        if elsewhere:
            raise ManagedAgentsError(elsewhere)
        refuse_elsewhere(kind, self._search.context.backend.capabilities)
        return place

    def _managed(self, kind: Kind, inputs: Opened) -> Bag:
        """The inputs with the platform, where its objects say of which they are."""
        here = self._search.context.backend.capabilities.origin
        return {**inputs.values, **(here if kind.lifecycle.listed else {})}

    def _entry(self, kind: Kind, resource: Bag, inputs: Opened, state: State) -> Bag:
        outputs = {wire: value for wire, value in inputs.closed(state.outputs).items() if value is not None}
        # What an object lacks it is not declared to have either: the next update gives it to it.
        raw = inputs.raw.items()
        declared = {wire: value for wire, value in raw if wire in outputs or wire not in kind.shape.properties}
        now = datetime.fromtimestamp(self._search.context.clock(), UTC).isoformat().replace("+00:00", "Z")
        return {**resource, "id": state.id, "inputs": declared, "outputs": outputs, "created": now, "modified": now}

    def _of(self, kind: Kind) -> set[str]:
        """The ids of what the state has of a kind."""
        return self._known.setdefault(kind.name, set())
