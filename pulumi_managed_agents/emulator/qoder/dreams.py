"""Dreams: the fields are those of the SDK; what they do is taken from Claude's documentation (inferred)."""

from ..platform import records
from ..platform.dreams import Dreams, ModelConfig
from ..world import Record, Transaction
from . import models, paging, references
from .kinds import DREAMS, MEMORY_STORES, SESSIONS


def _check_model(tx: Transaction, model: ModelConfig) -> None:
    models.check(tx, model.id)


def _new_store(tx: Transaction, name: str) -> Record:
    fields = {"name": name, "description": "", "metadata": {}, "status": "active", "entry_count": 0, "total_size": 0}
    return records.make(tx, MEMORY_STORES, fields)


LIFE = Dreams(DREAMS, MEMORY_STORES, SESSIONS, references.resolve, _check_model, paging.answer, _new_store)
