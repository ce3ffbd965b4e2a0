"""Looking into an agent's history, and at the models for agents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..declaration.marks import IdOf, NotIn
from ..declaration.model import Model, Outputs, described
from ..lifecycle.pages import pages
from ..lifecycle.steps import Call, Operation, Steps
from .function import Nothing, function, result

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


class ModelInfo(Outputs):
    """A model."""

    id: Annotated[str, described("What agents name it with.")]
    display_name: Annotated[str | None, described("Its name for people.")] = None


class Models(Outputs):
    """The platform's models."""

    models: Annotated[list[ModelInfo], described("The models.")]


def get_agent_versions(arguments: Bag) -> Steps[Bag]:
    """Lists the versions of an agent, newest first."""
    versions = yield from pages(Call(Operation("agents.versions", "list"), {"agent_id": arguments["id"]}), 0)
    return result(AgentVersions, {"versions": versions})


def list_models(arguments: Bag) -> Steps[Bag]:
    """Lists the models that agents can use."""
    del arguments
    answer = yield Call(Operation("models", "list"))
    return result(Models, {"models": answer["data"]})


AGENT_VERSIONS = function("getAgentVersions", get_agent_versions, ByAgent, AgentVersions)
_NO_MODELS = NotIn(("self-hosted",), "ask the Claude API, or write the id that your server's model provider knows")

MODELS = function("listModels", list_models, Nothing, Models, (_NO_MODELS,))
