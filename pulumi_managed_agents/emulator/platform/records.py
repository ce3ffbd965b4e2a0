"""The life that most kinds share: made, found, changed, archived, removed. What differs stands with each kind."""

from collections.abc import Iterable

from .. import clock
from ..world import JSON, Record, Transaction
from .calls import Answer, Call
from .kinds import Kind


def make(tx: Transaction, kind: Kind, fields: JSON, hidden: JSON | None = None) -> Record:
    """Stores a new object."""
    time = clock.stamp(tx)
    body: JSON = {"id": kind.dialect.new_id(tx, kind.prefix), "type": kind.type, **fields}
    body |= {stamp: None if stamp == "archived_at" else time for stamp in kind.stamps}
    record = Record(kind.table, body["id"], body, hidden or {})
    tx.add(record)
    return record


def find(tx: Transaction, kind: Kind, object_id: str, owner_id: str | None = None) -> Record:
    """An object that must be there, and that must belong to its owner where it has one."""
    record = tx.get(kind.table, object_id)
    if record is None or (kind.owner is not None and record.body[kind.owner.id_name] != owner_id):
        raise kind.dialect.missing(kind.title, object_id)
    return record


def locate(tx: Transaction, kind: Kind, call: Call) -> Record:
    """The object that a path names, in an owner that must be there as well."""
    owner = locate(tx, kind.owner, call) if kind.owner else None
    return find(tx, kind, call.ids[kind.id_name], owner.id if owner else None)


def owned(tx: Transaction, kind: Kind, owner_id: str) -> list[Record]:
    """Everything of a kind that belongs to one owner, oldest first."""
    return [record for record in tx.scan(kind.table) if kind.owner and record.body[kind.owner.id_name] == owner_id]


def change(tx: Transaction, kind: Kind, record: Record, fields: JSON, *, touched: bool = False) -> None:
    """Sets fields; the time of the last change moves if anything changed, or if something unseen was `touched`."""
    differs = any(record.body.get(name) != value for name, value in fields.items())
    if differs or touched or kind.dialect.every_update_counts:
        record.body |= fields | {"updated_at": clock.stamp(tx)}
        tx.save(record)


def archive(tx: Transaction, record: Record) -> None:
    """Archives an object. A second time changes nothing: documented for some kinds, inferred for the others."""
    if record.body["archived_at"] is None:
        time = clock.stamp(tx)
        record.body |= {"archived_at": time, "updated_at": time}
        tx.save(record)


def refuse_archived(tx: Transaction, kind: Kind, record: Record) -> None:
    """What is archived takes no change."""
    if record.body.get("archived_at") is not None:
        raise kind.dialect.archived(tx, kind, record.id)


def remove(tx: Transaction, record: Record, inside: Iterable[Kind] = ()) -> None:
    """Takes an object away, with everything of these kinds that lies in it."""
    for kind in inside:
        for each in owned(tx, kind, record.id):
            tx.remove(each.kind, each.id)
    tx.remove(record.kind, record.id)


def removed(kind: Kind, object_id: str) -> Answer:
    """What a delete answers."""
    return Answer(document={"id": object_id, "type": f"{kind.type}_deleted"})
