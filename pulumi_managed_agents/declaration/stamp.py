"""The stamp of a creation: a text in an object's metadata, by which it is found after an answer was lost.

It is `STACK-RESOURCE-RANDOM`: hashes of the stack and of the resource that the object was made for, then what makes it
one of a kind. So an object tells which stack made it, and nobody learns the stack's name from it. Stamps of 0.1.0 are
the random part alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from ..errors import GarbledAnswer
from .untold import untold

if TYPE_CHECKING:
    from .values import Bag

STAMP = "pulumi_creation_id"
"""The metadata key that carries it."""

STACK_ID = "stackId"
"""The input of a provider that keeps the random id of its stack."""

METADATA_LIMIT = 16
"""Entries that a platform accepts in `metadata`; the stamp is one of them where there is room."""


def stamped(body: Bag, stamp: str | None) -> tuple[Bag, str | None]:
    """The body with the stamp among its metadata, and the stamp if it found room there."""
    if stamp is None or not has_room(body):
        return body, None
    return {**body, "metadata": {**(body.get("metadata") or {}), STAMP: stamp}}, stamp


def has_room(bag: Bag) -> bool:
    """Whether the metadata of a body, or of inputs, leaves room for the stamp."""
    return len(bag.get("metadata") or ()) < METADATA_LIMIT


def stamp_of(item: Bag) -> str | None:
    """The stamp that an object carries.

    Raises:
        GarbledAnswer: the object does not tell.
    """
    metadata = item.get("metadata")
    if metadata is None and "metadata" in untold(item):
        raise GarbledAnswer(f"Looking for a stamp on {item.get('id')}", "the platform does not tell its metadata")
    stamp = metadata.get(STAMP) if isinstance(metadata, dict) else None
    return stamp if isinstance(stamp, str) else None


@dataclass(frozen=True)
class Origin:
    """The resource that an object is made for, and the stack that it is in.

    `stack` is the id of the stack: random where somebody keeps one, else empty. A copy of a stack has the same id under
    another name, and a stack that took its name over has another id: a stack is told by both.
    """

    urn: str
    stack: str = ""

    @property
    def mark(self) -> str:
        """What every stamp of the stack begins with."""
        return _digest(self.stack, *self.urn.removeprefix("urn:pulumi:").split("::")[:2])

    def stamp(self, random: str) -> str:
        """The stamp of one creation."""
        return f"{self.mark}-{_digest(self.urn)}-{random}"


def place_of(stamp: str) -> str | None:
    """The stack and the resource that a stamp was made for, without what makes it one of a kind; None for 0.1.0's."""
    place, _, random = stamp.rpartition("-")
    return place if "-" in place and random else None


def mark_of(stamp: str) -> str | None:
    """The mark of the stack that made an object, by the object's stamp; None for one of 0.1.0."""
    mark, _, rest = stamp.partition("-")
    return mark if rest else None


def _digest(*texts: str) -> str:
    return sha256("\n".join(texts).encode(errors="surrogatepass")).hexdigest()[:DIGEST_DIGITS]


DIGEST_DIGITS = 12
