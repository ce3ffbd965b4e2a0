"""Dreams (section 6.3): a research preview."""

from ..platform import records
from ..platform.dreams import Dreams, ModelConfig
from ..world import Record, Transaction
from . import models, paging, references
from .errors import invalid
from .kinds import DREAMS, MEMORY_STORES, SESSIONS


def _check_model(tx: Transaction, model: ModelConfig) -> None:
    models.check_known(tx, model.id, "model")
    if model.speed == "fast":
        raise invalid("model.speed: must be standard")


def _new_store(tx: Transaction, name: str) -> Record:
    return records.make(tx, MEMORY_STORES, {"name": name, "description": "", "metadata": {}})


LIFE = Dreams(DREAMS, MEMORY_STORES, SESSIONS, references.resolve, _check_model, paging.answer, _new_store)
