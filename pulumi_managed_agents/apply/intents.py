"""What a create is about to make, noted where it outlives this process.

An engine that loses its provider in mid-create keeps nothing of it. The note is written before the first request and
taken away when the answer is handed over, so that the next create for the same resource knows of the one that was cut
off. It holds ids and digests, nothing that was declared.
"""

from __future__ import annotations

import hmac
import json
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from ..declaration.secrecy import is_secret
from ..declaration.stamp import has_room, place_of
from ..declaration.values import bare
from ..errors import CallFailed, ManagedAgentsError, NotReady

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..declaration.values import JSON, Bag
    from ..lifecycle.kind import Kind


@dataclass(frozen=True)
class Intent:
    """One create that was begun."""

    creation_id: str
    kind: str
    parent: str | None
    """The id of the object in which the new one is made."""
    stamped: bool
    """Whether the new object carries its stamp."""
    digests: dict[str, str] = field(default_factory=dict)
    """Of each declared property, what tells an equal value and nothing else."""
    known: tuple[str, ...] | None = None
    """Ids of like things that were there before; None as long as nobody asked, and nothing was sent that needs it."""

    deed: str = ""
    """Of an update: a digest of what it does that must not be done twice."""

    @property
    def place(self) -> str:
        """The stack and the resource that it is for."""
        return place_of(self.creation_id) or self.creation_id

    def is_for(self, inputs: Bag, *wires: str) -> bool:
        """Whether the properties were declared as they are in the inputs: these, or all of them."""
        now = _digests(self.creation_id, {wire: inputs.get(wire) for wire in self.digests})
        names = wires or tuple({*self.digests, *(wire for wire in inputs if wire != "creationId")})
        return all(self.digests.get(wire) == now.get(wire) for wire in names)


def intent_of(kind: Kind, inputs: Bag) -> Intent:
    """The note of a create with these inputs."""
    life = kind.lifecycle
    parent = str(inputs[life.within.wire]) if life.within else None
    stamped = life.stamped and has_room(inputs)
    secret = {wire for wire, prop in kind.shape.properties.items() if is_secret(prop.shape)}
    told = {wire: value for wire, value in inputs.items() if wire != "creationId" and wire not in secret}
    return Intent(inputs["creationId"], kind.name, parent, stamped, _digests(inputs["creationId"], told))


def with_known(intent: Intent, deed: str, ids: Iterable[str]) -> Intent:
    """The intent, with what is about to be done and what was there before."""
    return replace(intent, deed=deed, known=tuple(sorted(ids)))


def _digests(creation_id: str, inputs: Bag) -> dict[str, str]:
    """Each keyed by the creation's own random part: equal values of two creates look different."""

    def digest(value: JSON) -> str:
        text = json.dumps(bare(value), sort_keys=True, default=str)
        return hmac.new(creation_id.encode(), text.encode(), sha256).hexdigest()[:16]

    return {wire: digest(value) for wire, value in inputs.items()}


class Intents(Protocol):
    """The journal of what is being made, and of what was cut off. Safe to share between threads."""

    def unfinished(self, place: str) -> AbstractContextManager[list[Intent]]:
        """What was cut off for a resource, kept from others while the context lasts."""

    def begin(self, intent: Intent) -> None:
        """Notes what is about to be made, or more about it."""

    def answered(self, creation_id: str) -> None:
        """The create has ended with an object; its note may go as soon as the engine has the answer."""

    def handed_over(self, creation_id: str) -> None:
        """The engine has the answer, if there was one."""

    def leave(self, creation_id: str) -> None:
        """Nobody knows what came of the create: whoever comes next has to look."""

    def forget(self, creation_id: str) -> None:
        """Nothing was made, or a state has what was."""


class Unkept:
    """No journal: for whoever makes nothing, or has no place for one."""

    def unfinished(self, place: str) -> AbstractContextManager[list[Intent]]:
        """Nothing was cut off."""
        del place
        return nullcontext([])

    def begin(self, intent: Intent) -> None:
        """Notes nothing."""

    def answered(self, creation_id: str) -> None:
        """Notes nothing."""

    def handed_over(self, creation_id: str) -> None:
        """Notes nothing."""

    def leave(self, creation_id: str) -> None:
        """Notes nothing."""

    def forget(self, creation_id: str) -> None:
        """Notes nothing."""


@contextmanager
def under_note(intents: Intents, creation_id: str) -> Iterator[None]:
    """What the note says by the end of what is done within: an answer, that nothing was done, or that nobody knows."""
    try:
        yield
    except NotReady:
        intents.answered(creation_id)
        raise
    except ManagedAgentsError as failure:
        # Without a key, say, nothing was sent.
        is_unsure = isinstance(failure, CallFailed) and failure.may_exist
        (intents.leave if is_unsure else intents.forget)(creation_id)
        raise
    except BaseException:
        intents.leave(creation_id)
        raise
    intents.answered(creation_id)
