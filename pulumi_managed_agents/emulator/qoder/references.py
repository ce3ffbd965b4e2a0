"""What a request refers to in its body: objects that are there and usable."""

from .. import settings
from ..platform import records
from ..platform.kinds import Kind
from ..world import Record, Transaction
from .errors import Refused


def resolve(tx: Transaction, kind: Kind, object_id: str, path: str) -> Record:
    """The object, which is neither gone nor archived."""
    record = tx.get(kind.table, object_id)
    if record is None:
        status = settings.value(tx, "qoder_missing_reference_status")
        raise Refused(status, f"{kind.title} '{object_id}' was not found.", path)
    records.refuse_archived(tx, kind, record)
    return record
