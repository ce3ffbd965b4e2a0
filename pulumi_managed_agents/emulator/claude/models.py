"""The model of an agent: an id or an object when sent, always an object when answered; and the list of models.

Of each the emulator knows the name alone, and what its settings say. Unlike the other lists this one is paged by ids
(SDK `resources/models.py`).
"""

import re
from typing import Annotated, Literal

from pydantic import Discriminator, StringConstraints, Tag

from .. import settings
from ..platform import Answer, Call
from ..platform.bodies import Closed
from ..platform.choices import Effort, Level, ModelId, model_form
from ..world import JSON, Transaction
from . import paging
from .errors import invalid, missing

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

LIFECYCLES = {"active", "deprecated", "retired"}
_USUAL = {"active", "deprecated"}
_NAME = re.compile(r"claude-([a-z]+)-(\d+(?:-\d{1,2})?)(?:-\d{8})?")
_UNKNOWN_DATE = "1970-01-01T00:00:00Z"
"""Documented for a release whose date is not known."""


Geography = Annotated[str, StringConstraints(min_length=1)]
"""An open set: nothing lists what a workspace may use."""


class ModelConfig(Closed):
    """A model with what can be chosen about it."""

    id: ModelId
    effort: Level | Effort | None = None
    speed: Literal["standard", "fast"] | None = None
    inference_geo: Geography | None = None


Model = Annotated[
    Annotated[ModelId, Tag("id")] | Annotated[ModelConfig, Tag("config")],
    Discriminator(model_form),
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


def retrieve(tx: Transaction, call: Call) -> Answer:
    """GET /v1/models/{model_id}."""
    if call.ids["model_id"] not in KNOWN:
        raise missing("Model", call.ids["model_id"])
    return Answer(document=_shown(tx, call.ids["model_id"]))


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/models, newest first; retired ones only where they are asked for."""
    stages = set(call.query.getlist("lifecycle[]"))
    if stages - LIFECYCLES:
        raise invalid(f"lifecycle: must be among {', '.join(sorted(LIFECYCLES))}")
    if call.query.getlist("lifecycle[]") and len(call.query.getlist("lifecycle[]")) > len(LIFECYCLES):
        raise invalid(f"lifecycle: at most {len(LIFECYCLES)}")
    shown = {model: _shown(tx, model) for model in KNOWN}
    known = [model for model in KNOWN if shown[model]["lifecycle"] in (stages or _USUAL)]
    limit = paging.window(call.query, default=20, maximum=1000, order="desc").limit or 0
    after, before = _place(call, known, "after_id"), _place(call, known, "before_id")
    if after is not None and before is not None:
        raise invalid("after_id: cannot be combined with before_id")
    rest = known[:before] if before is not None else known[0 if after is None else after + 1 :]
    page = rest[-limit:] if before is not None else rest[:limit]
    answer: JSON = {"data": [shown[model] for model in page], "has_more": len(rest) > len(page)}
    return Answer(document=answer | {"first_id": page[0] if page else None, "last_id": page[-1] if page else None})


def _place(call: Call, known: list[str], name: str) -> int | None:
    model = call.query.get(name)
    if model is not None and model not in known:
        raise invalid(f"{name}: no model of this list")
    return None if model is None else known.index(model)


def _shown(tx: Transaction, model: str) -> JSON:
    named = _NAME.fullmatch(model)
    line, version = named.groups() if named else (None, "")
    return {
        "id": model,
        "type": "model",
        "display_name": f"Claude {line.capitalize()} {version.replace('-', '.')}" if line else model,
        "created_at": _UNKNOWN_DATE,
        "lifecycle": "active",
        "line": line,
        "capabilities": None,
        "max_input_tokens": None,
        "max_tokens": None,
        "allowed_fallback_models": None,
        "deprecated_at": None,
        "retires_at": None,
        **settings.value(tx, "model_facts").get(model, {}),
    }
