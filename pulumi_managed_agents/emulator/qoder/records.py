"""The life that most kinds share: made, found, changed, archived, listed. What differs stands with each kind."""

from collections.abc import Callable

from .. import clock, settings
from ..platform import Answer, Call
from ..world import JSON, Record, Transaction
from . import identifiers, paging
from .errors import Refused, missing
from .kinds import Kind


def make(tx: Transaction, kind: Kind, fields: JSON, hidden: JSON | None = None) -> Record:
    """Stores a new object."""
    time = clock.stamp(tx)
    times = {name: None if name == "archived_at" else time for name in kind.times}
    body: JSON = {"id": identifiers.new(tx, kind.prefix), "type": kind.type} | fields | times
    record = Record(kind.table, body["id"], body, hidden or {})
    tx.add(record)
    return record


def find(tx: Transaction, kind: Kind, object_id: str, owner: str | None = None) -> Record:
    """An object that must be there and that, where it has an owner, must be the owner's."""
    record = tx.get(kind.table, object_id)
    if record is None or (kind.owner is not None and record.body[kind.owner] != owner):
        raise missing(kind.title, object_id)
    return record


def deleted(kind: Kind, object_id: str) -> Answer:
    """What a delete answers."""
    return Answer(document={"id": object_id, "type": f"{kind.type}_deleted"})


def owned(tx: Transaction, kind: Kind, owner: str) -> list[Record]:
    """What belongs to an owner, oldest first."""
    return [record for record in tx.scan(kind.table) if kind.owner and record.body[kind.owner] == owner]


def change(tx: Transaction, record: Record, fields: JSON) -> None:
    """Stores a change. Every update that succeeds moves the time (inferred)."""
    record.body |= fields | {"updated_at": clock.stamp(tx)}
    tx.save(record)


def archive(tx: Transaction, record: Record) -> None:
    """Archives an object; a second archive changes nothing (inferred)."""
    if record.body["archived_at"] is None:
        time = clock.stamp(tx)
        record.body |= {"archived_at": time, "updated_at": time}
        tx.save(record)


def refuse_archived(tx: Transaction, record: Record, kind: Kind) -> None:
    """What is archived takes no change and starts nothing."""
    if record.body.get("archived_at") is not None:
        status = settings.value(tx, "qoder_archived_refusal_status")
        raise Refused(status, f"{kind.title} '{record.id}' is archived.")


def refer(tx: Transaction, kind: Kind, object_id: str, param: str) -> Record:
    """An object that a request names in its body."""
    record = tx.get(kind.table, object_id)
    if record is None:
        status = settings.value(tx, "qoder_missing_reference_status")
        raise Refused(status, f"{kind.title} '{object_id}' was not found.", param)
    refuse_archived(tx, record, kind)
    return record


def listed(
    tx: Transaction,
    call: Call,
    kind: Kind,
    keep: Callable[[JSON], bool] = lambda _: True,
    bounds: tuple[str, ...] = paging.OUTER_BOUNDS,
) -> Answer:
    """One page of a kind; what is archived is hidden unless it is asked for."""
    archived = paging.flag(call.query, "include_archived")

    def wanted(body: JSON) -> bool:
        return (archived or body.get("archived_at") is None) and keep(body)

    return Answer(document=paging.page(call.query, paging.stored(tx, kind.table), wanted, bounds=bounds))
