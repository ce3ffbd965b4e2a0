"""What a request refers to: objects that are there and usable, and where a setting says so ids that nobody made."""

from .. import settings
from ..platform import Refusal
from ..platform.kinds import Kind
from ..world import Record, Transaction

# The run errors have no word of their own for a memory store that is gone (section 6).
_RUN_WORDS = {"memory_store": "session_resource"}


class Unusable(Refusal):
    """A reference to something that is gone or archived. `error` is what a deployment run calls it."""

    def __init__(self, status: int, message: str, error: str, code: str | None = None) -> None:
        super().__init__(status, message, code=code)
        self.error = error


def resolve(tx: Transaction, kind: Kind, object_id: str, path: str) -> Record:
    """The object, which is neither gone nor archived."""
    record = tx.get(kind.table, object_id)
    if record is None:
        raise missing(tx, kind, f"{path}: {object_id!r}")
    if record.body.get("archived_at") is not None:
        code = "environment_archived" if kind.type == "environment" else None
        raise Unusable(400, f"{path}: {object_id!r} is archived.", f"{kind.type}_archived_error", code)
    return record


def resolve_known(
    tx: Transaction, kind: Kind, object_id: str, path: str, *, prefix: str | None = None
) -> Record | None:
    """The same; None for an id that nobody made, where such are accepted if they begin like the kind's ids."""
    if tx.get(kind.table, object_id) is None and _accepted(tx, kind, object_id, prefix):
        return None
    return resolve(tx, kind, object_id, path)


def missing(tx: Transaction, kind: Kind, what: str, code: str | None = None) -> Unusable:
    """The refusal of a reference to something that is not there."""
    status = settings.value(tx, "missing_reference_status")
    return Unusable(status, f"{what} was not found.", f"{_RUN_WORDS.get(kind.type, kind.type)}_not_found_error", code)


def _accepted(tx: Transaction, kind: Kind, object_id: str, prefix: str | None) -> bool:
    """Whether an id may stand for something that the emulator does not know. One that was deleted does not."""
    begins = kind.prefix if prefix is None else prefix
    if settings.value(tx, "unknown_references") == "refuse" or not object_id.startswith(begins):
        return False
    return tx.place(kind.table, object_id) is None
