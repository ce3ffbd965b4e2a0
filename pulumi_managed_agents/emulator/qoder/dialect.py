"""How Qoder says what every platform says (section 1.4). A refusal about a field names it."""

from .. import settings
from ..platform import Refusal
from ..platform.dialect import Complaint, Dialect, Named
from ..world import Transaction
from . import ids
from .errors import Refused, invalid, missing


def _unfit(complaints: list[Complaint]) -> Refusal:
    """The first wrong field."""
    first = complaints[0]
    unknown = first.kind == "extra_forbidden"
    return invalid(f"{first.path}: unknown field" if unknown else first.sentence, first.path)


def _archived(tx: Transaction, kind: Named, object_id: str) -> Refusal:
    status = settings.value(tx, "qoder_archived_refusal_status")
    return Refused(status, f"{kind.title} '{object_id}' is archived.")


DIALECT = Dialect(
    table="qoder.",
    new_id=ids.new,
    invalid=lambda path, rule: invalid(f"{path}: {rule}", path),
    unfit=_unfit,
    missing=missing,
    archived=_archived,
    every_update_counts=True,  # inferred
)
