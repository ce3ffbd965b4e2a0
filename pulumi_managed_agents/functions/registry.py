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
    "listSessionResources": ".sessions:SESSION_RESOURCES",
    "listSessionEvents": ".sessions:SESSION_EVENTS",
    "listModels": ".agents:MODELS",
}

_BY_ID: Final = "get"
"""What the name of a look-up by id begins with; the kind's name follows."""


def _names() -> Iterator[str]:
    yield from (f"{_BY_ID}{kind.name}" for kind in KINDS.values() if kind.lifecycle.listed)
    yield from _PLACES


def _function(name: str) -> Function:
    if name in _PLACES:
        found: Function = defined(_PLACES[name], __package__)
        return found
    verb, kind = name[: len(_BY_ID)], KINDS.get(name[len(_BY_ID) :])
    if verb != _BY_ID or kind is None or not kind.lifecycle.listed:
        raise KeyError(name)
    by_id: Function = defined(".by_id:by_id", __package__)(kind)
    return by_id


FUNCTIONS: Final[Mapping[str, Function]] = OnDemand(_names, _function)

_ANSWERS: Final = {"agents.versions": ".agents:AgentVersion", "models": ".agents:ModelInfo"}

ANSWERS: Final[Mapping[str, type[BaseModel]]] = OnDemand(
    lambda: _ANSWERS, lambda collection: defined(_ANSWERS[collection], __package__)
)
"""What they read of answers that are no kind's, by collection."""
