"""The life that most kinds share: made, found, changed, archived, listed. What differs stands with each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import clock, ids, settings
from ..platform import Answer, Call, Refusal
from ..world import JSON, Order, Position, Record, Transaction
from . import paging
from .errors import missing

STAMPS = ("created_at", "updated_at", "archived_at")


@dataclass(frozen=True)
class Kind:
    """What sets one kind apart from the others, as far as its records go."""

    name: str
    """As the file and the control plane call it."""
    prefix: str
    """Of its ids."""
    type: str
    """In its bodies."""
    stamps: tuple[str, ...] = STAMPS
    """The times that its bodies carry."""
    parent: str | None = None
    """The member of its bodies that names what it belongs to."""

    @property
    def noun(self) -> str:
        """What a refusal calls one of them."""
        return self.type.replace("_", " ").capitalize()


def make(tx: Transaction, kind: Kind, fields: JSON, hidden: JSON | None = None) -> Record:
    """Stores a new object."""
    time = clock.stamp(tx)
    body: JSON = {"id": ids.new(tx, kind.prefix), "type": kind.type, **fields}
    body |= {stamp: None if stamp == "archived_at" else time for stamp in kind.stamps}
    record = Record(kind.name, body["id"], body, hidden or {})
    tx.add(record)
    return record


def find(tx: Transaction, kind: Kind, object_id: str, owner: str | None = None) -> Record:
    """An object that must be there, and that must belong to its owner where it has one."""
    record = tx.get(kind.name, object_id)
    if record is None or (kind.parent is not None and record.body[kind.parent] != owner):
        raise missing(kind.noun, object_id)
    return record


def belonging(tx: Transaction, kind: Kind, owner: str) -> list[Record]:
    """Everything of a kind that belongs to one owner, oldest first."""
    return [record for record in tx.scan(kind.name) if kind.parent and record.body[kind.parent] == owner]


def change(tx: Transaction, record: Record, fields: JSON, *, touched: bool = False) -> None:
    """Sets fields; the time of the last change moves if anything changed, or if something unseen was `touched`."""
    if touched or any(record.body.get(name) != value for name, value in fields.items()):
        record.body |= fields | {"updated_at": clock.stamp(tx)}
        tx.save(record)


def archive(tx: Transaction, record: Record) -> None:
    """Archives an object. A second time changes nothing: documented for environments and memory stores."""
    if record.body["archived_at"] is None:
        time = clock.stamp(tx)
        record.body |= {"archived_at": time, "updated_at": time}
        tx.save(record)


def refuse_archived(tx: Transaction, record: Record, noun: str) -> None:
    """What is archived is read-only."""
    if record.body["archived_at"] is not None:
        status = settings.value(tx, "archived_refusal_status")
        raise Refusal(status, f"The {noun} is archived and read-only.")


def listing(
    tx: Transaction,
    call: Call,
    kind: str,
    *,
    maximum: int = 100,
    bounds: tuple[str, ...] = (),
    cap: int | None = None,
    keep: Callable[[JSON], bool] = lambda _: True,
    show: Callable[[Record], JSON] = lambda record: record.body,
) -> Answer:
    """One page of a kind, newest first (documented for some kinds, inferred for the others)."""
    part = paging.window(call.query, default=20, maximum=maximum, order="desc", bounds=bounds, cap=cap)
    archived = paging.flag(call.query, "include_archived")

    def source(order: Order, after: Position | None) -> Any:
        return ((record.position, show(record)) for record in tx.scan(kind, order, after))

    def wanted(body: JSON) -> bool:
        return (archived or body.get("archived_at") is None) and keep(body)

    return Answer(document=paging.page(part, source, wanted))
