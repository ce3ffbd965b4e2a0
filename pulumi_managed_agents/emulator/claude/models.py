"""The model of an agent: an id or an object when sent, always an object when answered."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, StringConstraints, Tag

from .. import settings
from ..closed import Closed
from ..world import JSON, Transaction
from .errors import invalid

Level = Literal["low", "medium", "high", "xhigh", "max"]

# The list of SDK 2.11 (`types/beta/beta_managed_agents_model.py`), where the type is open.
KNOWN = (
    "claude-fable-5-2",
    "claude-haiku-5-5",
    "claude-sonnet-5-5",
    "claude-opus-5-5",
    "claude-fable-5-1",
    "claude-sonnet-5",
    "claude-fable-5",
    "claude-opus-5",
    "claude-opus-4-8",
    "claude-opus-4-7",
    "claude-opus-4-6",
    "claude-sonnet-4-6",
    "claude-haiku-4-5",
    "claude-haiku-4-5-20251001",
    "claude-opus-4-5",
    "claude-opus-4-5-20251101",
    "claude-sonnet-4-5",
    "claude-sonnet-4-5-20250929",
)


class Effort(Closed):
    """Effort in its object form."""

    type: Level


class ModelConfig(Closed):
    """A model with what can be chosen about it."""

    id: Annotated[str, StringConstraints(min_length=1)]
    effort: Level | Effort | None = None
    speed: Literal["standard", "fast"] | None = None
    inference_geo: Literal["us", "global"] | None = None


def _form(value: Any) -> str:
    return "id" if isinstance(value, str) else "config"


Model = Annotated[
    Annotated[Annotated[str, StringConstraints(min_length=1)], Tag("id")] | Annotated[ModelConfig, Tag("config")],
    Discriminator(_form),
]


def resolve(tx: Transaction, sent: str | ModelConfig, stored: JSON | None = None, path: str = "model") -> JSON:
    """The object form. Effort alone survives an update that leaves it out, as long as the model stays the same."""
    config = ModelConfig(id=sent) if isinstance(sent, str) else sent
    check_known(tx, config.id, path)
    if config.speed == "fast" and config.id in settings.value(tx, "models_without_fast"):
        raise invalid(f"{path}.speed: {config.id} has no fast mode")
    return {
        "id": config.id,
        "effort": _effort(tx, config, stored),
        "speed": config.speed or "standard",
        "inference_geo": config.inference_geo,
    }


def check_known(tx: Transaction, model: str, path: str) -> None:
    """Refuses a model that the platform does not list."""
    if model not in KNOWN and settings.value(tx, "known_models") == "refuse":
        raise invalid(f"{path}: unknown model {model!r}")


def _effort(tx: Transaction, config: ModelConfig, stored: JSON | None) -> JSON:
    if config.effort is not None:
        return {"type": config.effort if isinstance(config.effort, str) else config.effort.type}
    if stored is not None and stored["id"] == config.id:
        return dict(stored["effort"])
    return {"type": settings.value(tx, "default_effort")}
