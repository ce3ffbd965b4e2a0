"""Rules about what may change by itself: agents' versions, and models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pydantic import Field

from ..overrides import of_agent, reference_of
from ..rosters import advisors, members
from ..rule import Broken, Outcomes, Parameters, ResourceRule, unchecked
from ..view import JSON, Declared, Withheld, text, within

_DATED = re.compile(r"-(20[0-9]{2})([0-9]{2})([0-9]{2})")


def _unpinned_agent(declared: Declared, parameters: Parameters) -> Outcomes:
    del parameters
    if declared.kind == "Agent":
        for place, member in members(declared.get("multiagent")):
            yield from unchecked(declared, f"`{place}`", member)
            if not _is_pinned(member):
                yield Broken(declared, f"takes whichever version of an agent is the latest: see `{place}`")
        return
    agent = reference_of(declared)
    yield from unchecked(declared, "its agent", agent)
    if not _is_pinned(agent):
        yield Broken(declared, "takes whichever version of its agent is the latest")


def _is_pinned(reference: JSON) -> bool:
    """Whether a reference to an agent names a version, or may do so."""
    if isinstance(reference, Withheld):
        return True
    version: JSON = None if isinstance(reference, str) else within(reference, "version")
    if isinstance(version, Withheld):
        return version is not Withheld.UNREADABLE
    is_number = isinstance(version, int | float) and not isinstance(version, bool)
    return is_number and version >= 1 and version % 1 == 0


PINNED_AGENT = ResourceRule(
    name="pinned-agent",
    sentence="Sessions, deployments and rosters name the versions of their agents.",
    severity="low",
    fix="Write each agent as an object with `id` and `version`.",
    level="disabled",
    parameters=Parameters,
    notes="In a preview an agent that does not exist yet has no id: where `agent` is nothing but that id, it is seen "
    "once the agent is there.",
    kinds=("Session", "Deployment", "Agent"),
    check=_unpinned_agent,
)


class Models(Parameters):
    """Which models count as pinned."""

    pinned_models: list[str] = Field(
        default=[], description="Ids that count as pinned, besides those that end in a date."
    )


def _unpinned_model(declared: Declared, parameters: Models) -> Outcomes:
    for place, model in models_of(declared):
        yield from unchecked(declared, place, model)
        if isinstance(model, str) and not _is_dated(model) and model not in parameters.pinned_models:
            yield Broken(declared, "names a model that may become another one")


def models_of(declared: Declared) -> Iterator[tuple[str, JSON]]:
    """An agent's model, or the one with which a session overrides it, and those that advise."""
    model = of_agent(declared, "model")
    if model is not None or declared.kind == "Agent":
        yield "its model", _id(model)
    if declared.kind == "Agent":
        for place, advisor in advisors(declared.get("multiagent")):
            yield f"`{place}`", _id(advisor)


def _id(model: JSON) -> JSON:
    """The id of a model, or why it cannot be seen."""
    named = text(model if model is None or isinstance(model, str) else within(model, "id"))
    return Withheld.UNREADABLE if named is None else named if isinstance(named, Withheld) else named.strip()


def _is_dated(model: str) -> bool:
    found = _DATED.fullmatch(model[-len("-20260131") :])
    try:
        return found is not None and date(*map(int, found.groups())) is not None
    except ValueError:
        return False


PINNED_MODEL = ResourceRule(
    name="pinned-model",
    sentence="Agents name one snapshot of a model.",
    severity="low",
    fix="Name a model whose id ends in a date, or list it in `pinnedModels`.",
    level="disabled",
    parameters=Models,
    notes="Such as `claude-sonnet-4-5-20250929`. Agents, the models that advise them, and overrides in sessions.",
    kinds=("Agent", "Session"),
    check=_unpinned_model,
)
