"""Rules about what may change by itself: agents' versions, and models."""

from __future__ import annotations

import re

from pydantic import Field

from ..rule import Broken, Outcomes, Parameters, ResourceRule, unchecked
from ..view import JSON, Declared, Withheld, within

_DATED = re.compile(r"-20\d{6}\Z")


def _unpinned_agent(declared: Declared, parameters: Parameters) -> Outcomes:
    del parameters
    agent = declared.get("agent")
    yield from unchecked(declared, "its agent", agent)
    if not isinstance(agent, Withheld) and within(agent, "version") is None:
        yield Broken(declared, "takes whichever version of its agent is the latest")


PINNED_AGENT = ResourceRule(
    name="pinned-agent",
    sentence="Sessions and deployments name the version of their agent.",
    severity="low",
    fix="Write `agent` as an object with `id` and `version`.",
    level="disabled",
    parameters=Parameters,
    notes="In a preview an agent that does not exist yet has no id: where `agent` is nothing but that id, it is seen "
    "once the agent is there.",
    kinds=("Session", "Deployment"),
    check=_unpinned_agent,
)


class Models(Parameters):
    """Which models count as pinned."""

    pinned_models: list[str] = Field(
        default=[], description="Ids that count as pinned, besides those that end in a date."
    )


def _unpinned_model(declared: Declared, parameters: Models) -> Outcomes:
    model = _model(declared)
    yield from unchecked(declared, "its model", model)
    if isinstance(model, str) and not _DATED.search(model) and model not in parameters.pinned_models:
        yield Broken(declared, "names a model that may become another one")


def _model(declared: Declared) -> JSON:
    """An agent's model, or the one with which a session overrides it."""
    model = declared.get("model") if declared.kind == "Agent" else within(declared.get("agent"), "model")
    return within(model, "id") if isinstance(model, dict) else model


PINNED_MODEL = ResourceRule(
    name="pinned-model",
    sentence="Agents name one snapshot of a model.",
    severity="low",
    fix="Name a model whose id ends in a date, or list it in `pinnedModels`.",
    level="disabled",
    parameters=Models,
    notes="Such as `claude-sonnet-4-5-20250929`. Agents, and overrides in sessions.",
    kinds=("Agent", "Session"),
    check=_unpinned_model,
)
