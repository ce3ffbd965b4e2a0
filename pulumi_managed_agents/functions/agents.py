"""Looking into an agent's history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..declaration.marks import IdOf
from ..declaration.model import Model, Outputs, described
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Operation, Steps
from .function import function, result

if TYPE_CHECKING:
    from ..declaration.values import Bag


class ByAgent(Model):
    """Arguments of a look-up in an agent's history."""

    id: Annotated[str, IdOf("Agent"), described("The object's id.", min_length=1)]


class AgentVersion(Outputs):
    """An agent as it was."""

    version: Annotated[int, described("The version's number.")]
    name: Annotated[str | None, described("The agent's name then.")] = None
    description: Annotated[str | None, described("Its description then.")] = None
    updated_at: Annotated[str | None, described("When the version was made (RFC 3339).")] = None


class AgentVersions(Outputs):
    """The history of an agent."""

    versions: Annotated[list[AgentVersion], described("The versions, newest first.")]


def get_agent_versions(arguments: Bag) -> Steps[Bag]:
    """Lists the versions of an agent, newest first."""
    versions = yield from pages(Call(Operation("agents.versions", "list"), {"agent_id": arguments["id"]}), 0)
    return result(AgentVersions, {"versions": versions})


AGENT_VERSIONS = function("getAgentVersions", get_agent_versions, ByAgent, AgentVersions)
