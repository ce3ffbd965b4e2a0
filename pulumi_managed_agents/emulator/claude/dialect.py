"""How Claude says what every platform says."""

from .. import ids, settings
from ..platform import Refusal
from ..platform.dialect import Complaint, Dialect, Named
from ..world import Transaction
from .errors import invalid, missing

_SHOWN = 5


def _unfit(complaints: list[Complaint]) -> Refusal:
    """Every wrong path, each once."""
    sentences = list(dict.fromkeys(each.sentence for each in complaints))
    return invalid("; ".join(sentences[:_SHOWN]))


def _archived(tx: Transaction, kind: Named, _: str) -> Refusal:
    status = settings.value(tx, "archived_refusal_status")
    return Refusal(status, f"The {kind.name.removesuffix('s')} is archived and read-only.")


DIALECT = Dialect(
    table="",
    new_id=ids.new,
    invalid=lambda path, rule: invalid(f"{path}: {rule}"),
    unfit=_unfit,
    missing=missing,
    archived=_archived,
    every_update_counts=False,
)
