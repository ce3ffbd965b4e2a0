"""Every function there is, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..resources.registry import KINDS
from .agents import AgentVersion, AgentVersions, ByAgent, ModelInfo, Models, get_agent_versions, list_models
from .by_id import by_id
from .function import Function, Nothing, function
from .sessions import (
    BySession,
    EventQuery,
    MountedResources,
    SessionEventList,
    list_session_events,
    list_session_resources,
)

if TYPE_CHECKING:
    from pydantic import BaseModel

FUNCTIONS: dict[str, Function] = {
    each.name: each
    for each in (
        *(by_id(kind) for kind in KINDS.values() if kind.lifecycle.listed),
        function("getAgentVersions", get_agent_versions, ByAgent, AgentVersions),
        function("listSessionResources", list_session_resources, BySession, MountedResources),
        function("listSessionEvents", list_session_events, EventQuery, SessionEventList),
        function("listModels", list_models, Nothing, Models),
    )
}

ANSWERS: dict[str, type[BaseModel]] = {"agents.versions": AgentVersion, "models": ModelInfo}
"""What they read of answers that are no kind's, by collection."""
