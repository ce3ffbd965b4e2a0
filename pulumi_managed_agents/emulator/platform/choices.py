"""What requests choose in the same form everywhere: models and agents, by id or by an object, and networking."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from .bodies import Closed, NotNull

Id = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
OptionalVersion = Annotated[Version | None, NotNull]
ModelId = Annotated[str, StringConstraints(min_length=1)]
Level = Literal["low", "medium", "high", "xhigh", "max"]


class Effort(Closed):
    """Effort in its object form."""

    type: Level


class AgentReference(Closed):
    """An agent, at a version or at its newest."""

    type: Literal["agent"]
    id: Id
    version: OptionalVersion = None


class OwnAgent(Closed):
    """The agent that owns the roster."""

    type: Literal["self"]


class Unrestricted(Closed):
    """Networking without a limit: every host can be reached."""

    type: Literal["unrestricted"]


def model_form(value: Any) -> str:
    """How a model is named: `id` or `config`."""
    return "id" if isinstance(value, str) else "config"


def agent_form(value: Any) -> str:
    """How the agent of a session is named: `id`, `reference` or `overrides`."""
    return "id" if isinstance(value, str) else "overrides" if _type(value) == "agent_with_overrides" else "reference"


def member_form(value: Any) -> str:
    """How a member of a roster is named: `id`, `agent`, `self` or `advisor`."""
    kind = _type(value)
    return "id" if isinstance(value, str) else kind if kind in ("self", "advisor") else "agent"


def _type(value: Any) -> Any:
    return value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
