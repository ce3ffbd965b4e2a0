"""What an agent was: each change that is saved is kept as a numbered version."""

from .. import clock
from ..world import JSON, Record, Transaction


def save(tx: Transaction, record: Record, fields: JSON) -> None:
    """Sets fields of an agent, and stores it under its next version."""
    record.body = record.body | fields | {"version": record.body["version"] + 1, "updated_at": clock.stamp(tx)}
    tx.save(record)
    tx.add_version(record.id, record.body["version"], record.body)


def at(tx: Transaction, record: Record, version: int) -> JSON | None:
    """An agent as it was at a version. One that a stale read does not see yet is not there."""
    body = tx.version(record.id, version)
    return None if body is None or version > record.body["version"] else dated(record, body)


def dated(record: Record, body: JSON) -> JSON:
    """A version with the time of the agent's archive, which makes none."""
    return body | {"archived_at": record.body["archived_at"]}
