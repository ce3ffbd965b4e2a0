"""The models for agents: how long they stay, what they take and what they can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from ..declaration.marks import Document, NotIn, Only
from ..declaration.model import Model, Outputs, described
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Operation, Steps
from .function import function, result

if TYPE_CHECKING:
    from ..declaration.values import Bag


class ModelQuery(Model):
    """Which models."""

    lifecycle: Annotated[
        list[Literal["active", "deprecated", "retired"]] | None,
        Only("claude", "leave it out: no document of the platform speaks of a model's end"),
        described("Only models of these stages (default: `active` and `deprecated`).", min_length=1, max_length=3),
    ] = None


class ModelInfo(Outputs):
    """A model."""

    id: Annotated[str, described("What agents name it with.")]
    display_name: Annotated[str | None, described("Its name for people.")] = None
    created_at: Annotated[str | None, described("When it was released (RFC 3339; 1970 if nobody knows).")] = None
    lifecycle: Annotated[str | None, described("`active`, `deprecated` or `retired` (Claude).")] = None
    line: Annotated[str | None, described("Its line, such as `opus` (Claude).")] = None
    deprecated_at: Annotated[str | None, described("Since when it is deprecated (RFC 3339).")] = None
    retires_at: Annotated[
        str | None, described("When it is to be retired (RFC 3339); that may move, and `lifecycle` decides.")
    ] = None
    max_input_tokens: Annotated[int | None, described("The most tokens that it reads.")] = None
    max_tokens: Annotated[int | None, described("The most tokens that it writes.")] = None
    allowed_fallback_models: Annotated[list[str] | None, described("Models that may answer in its place.")] = None
    capabilities: Annotated[dict[str, Any] | None, Document(), described("What it can, in the platform's words.")] = (
        None
    )
    source: Annotated[str | None, described("Who runs it (Qoder).")] = None
    is_enabled: Annotated[bool | None, described("Whether it can be chosen (Qoder).")] = None
    is_new: Annotated[bool | None, described("Whether it is new (Qoder).")] = None
    price_factor: Annotated[float | None, described("What its credits are multiplied by (Qoder).")] = None
    efforts: Annotated[list[str] | None, described("The efforts that it offers (Qoder).")] = None
    default_effort: Annotated[str | None, described("The usual one (Qoder).")] = None
    available_context_windows: Annotated[list[int] | None, described("The windows that it offers (Qoder).")] = None
    default_context_window: Annotated[int | None, described("The usual one (Qoder).")] = None


class Models(Outputs):
    """The platform's models."""

    models: Annotated[list[ModelInfo], described("The models.")]


def list_models(arguments: Bag) -> Steps[Bag]:
    """Lists the models that agents can use, with their stages, limits and capabilities."""
    wanted = arguments.get("lifecycle")
    listing = Call(Operation("models", "list"), query={"lifecycle[]": wanted} if wanted else {})
    return result(Models, {"models": (yield from pages(listing, 0))})


_NO_MODELS = NotIn(("self-hosted",), "ask the Claude API, or write the id that your server's model provider knows")

MODELS = function("listModels", list_models, ModelQuery, Models, (_NO_MODELS,))
