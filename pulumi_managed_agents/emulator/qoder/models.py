"""Models: the list, what an agent may choose of one, and what a session makes of the choice (section 2.12)."""

from typing import Annotated

from pydantic import Discriminator, Tag

from .. import settings
from ..platform import Answer, Call
from ..platform.bodies import Closed
from ..platform.choices import Effort, Level, ModelId, model_form
from ..world import JSON, Transaction
from .errors import invalid

PLAIN = "auto"
"""The model that exposes neither efforts nor windows, so that only its name can be sent."""
# The examples show these windows for `ultimate`; the efforts are those that the SDK types.
_EFFORTS = ["low", "medium", "high", "xhigh", "max"]
_DEFAULT_EFFORT = "high"
_WINDOWS = [200_000, 1_000_000]


class ModelConfig(Closed):
    """A model with what can be chosen about it."""

    id: ModelId
    effort: Level | Effort | None = None
    context_window: int | None = None


Model = Annotated[
    Annotated[ModelId, Tag("id")] | Annotated[ModelConfig, Tag("config")],
    Discriminator(model_form),
]


def list_page(tx: Transaction, _: Call) -> Answer:
    """GET /models: all at once."""
    return Answer(
        document={"data": [_info(tx, name) for name in settings.value(tx, "qoder_models")], "has_more": False}
    )


def check(tx: Transaction, model: str | ModelConfig, param: str = "model") -> None:
    """Refuses a model that is not listed, and choices that it does not offer."""
    name = model if isinstance(model, str) else model.id
    if name not in settings.value(tx, "qoder_models") and settings.value(tx, "qoder_unknown_models") == "refuse":
        raise invalid(f"{param}: unknown model '{name}'", param)
    if isinstance(model, str):
        return
    if name == PLAIN:
        raise invalid(f"{param}: '{PLAIN}' offers nothing to choose, send its name alone", param)
    if model.context_window is not None and model.context_window not in _WINDOWS:
        raise invalid(f"{param}.context_window: must be one of {', '.join(map(str, _WINDOWS))}", param)


def echo(model: str | ModelConfig) -> str | JSON:
    """The model as it was sent."""
    return model if isinstance(model, str) else model.sent()


def resolve(model: str | JSON) -> JSON:
    """What a session shows: an object with the window that is in effect."""
    chosen: JSON = {"id": model} if isinstance(model, str) else dict(model)
    window = chosen.pop("context_window", None)
    return chosen | {"effective_context_window": window or _WINDOWS[0]}


def _info(tx: Transaction, name: str) -> JSON:
    plain = name == PLAIN
    return {
        "id": name,
        "type": "model",
        "display_name": name.capitalize(),
        "is_enabled": True,
        "efforts": [] if plain else _EFFORTS,
        "default_effort": None if plain else _DEFAULT_EFFORT,
        "default_context_window": None if plain else _WINDOWS[0],
        "available_context_windows": [] if plain else _WINDOWS,
        **settings.value(tx, "model_facts").get(name, {}),
    }
