"""Every function there is, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from ..on_demand import OnDemand, defined
from ..resources.registry import KINDS

if TYPE_CHECKING:
    from pydantic import BaseModel

    from .function import Function

_PLACES: Final = {
    "getAgentVersions": ".agents:AGENT_VERSIONS",
    "listSessions": ".sessions:SESSIONS",
    "listSessionResources": ".sessions:SESSION_RESOURCES",
    "listSessionEvents": ".session_events:SESSION_EVENTS",
    "listThreads": ".threads:THREADS",
    "listThreadEvents": ".session_events:THREAD_EVENTS",
    "listDeploymentRuns": ".deployment_runs:RUNS",
    "getDeploymentRun": ".deployment_runs:RUN",
    "listMemoryVersions": ".memory_versions:VERSIONS",
    "getMemoryVersion": ".memory_versions:VERSION",
    "listModels": ".models:MODELS",
}

_OF_KINDS: Final = {"get": ".by_id:by_id", "find": ".by_name:by_name"}
"""What the name of a look-up of a kind begins with; the kind's name follows."""


def _names() -> Iterator[str]:
    yield from (f"{verb}{kind.name}" for verb in _OF_KINDS for kind in KINDS.values() if kind.lifecycle.listed)
    yield from _PLACES


def _function(name: str) -> Function:
    if name in _PLACES:
        found: Function = defined(_PLACES[name], __package__)
        return found
    for verb, made in _OF_KINDS.items():
        kind = KINDS.get(name.removeprefix(verb)) if name.startswith(verb) else None
        if kind is not None and kind.lifecycle.listed:
            of_kind: Function = defined(made, __package__)(kind)
            return of_kind
    raise KeyError(name)


FUNCTIONS: Final[Mapping[str, Function]] = OnDemand(_names, _function)

_ANSWERS: Final = {"agents.versions": ".agents:AgentVersion", "models": ".models:ModelInfo"}

ANSWERS: Final[Mapping[str, type[BaseModel]]] = OnDemand(
    lambda: _ANSWERS, lambda collection: defined(_ANSWERS[collection], __package__)
)
"""What they read of answers that are no kind's, by collection."""
