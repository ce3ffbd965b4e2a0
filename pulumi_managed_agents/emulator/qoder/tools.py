"""Tools, MCP servers and skills of an agent (section 2.1). Answers repeat what was sent."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator
from werkzeug.datastructures import Headers

from .. import settings
from ..platform.bodies import Closed
from ..world import JSON, Transaction
from . import headers
from .errors import Refused, invalid
from .kinds import SKILLS
from .schema import Id

MAX_SKILLS = MAX_SERVERS = 20
TOOLSET = "agent_toolset_20260401"
BROWSER = "browser_toolset_20260714"
BROWSER_BETA = "browser-use-2026-07-14"

Builtin = Literal[
    "Bash",
    "Read",
    "Write",
    "Edit",
    "Glob",
    "Grep",
    "WebFetch",
    "WebSearch",
    "ImageGen",
    "ImageSearch",
    "DeliverArtifacts",
]
Text = Annotated[str, StringConstraints(min_length=1)]


class Policy(Closed):
    """Who allows a call."""

    type: Literal["always_allow", "always_ask", "always_deny"]


class Preset(Closed):
    """What can be set for every tool of a set."""

    enabled: bool | None = None
    permission_policy: Policy | None = None


class BuiltinConfig(Preset):
    """Settings of one built-in tool."""

    name: Builtin


class McpConfig(Preset):
    """Settings of one tool of a server."""

    name: Text


class AgentToolset(Closed):
    """The built-in tools. Without a list of enabled ones, all are."""

    type: Literal["agent_toolset_20260401"]
    enabled_tools: list[Builtin] = Field(default_factory=list)
    disallowed_tools: list[Builtin] = Field(default_factory=list)
    configs: list[BuiltinConfig] = Field(default_factory=list)
    default_config: Preset | None = None

    @model_validator(mode="after")
    def _one_list(self) -> "AgentToolset":
        both = sorted(set(self.enabled_tools) & set(self.disallowed_tools))
        if both:
            raise ValueError(f"{both[0]} is both enabled and disallowed")
        return self


class BrowserToolset(Closed):
    """The browser, which a write opts in to by a header."""

    type: Literal["browser_toolset_20260714"]


class McpToolset(Closed):
    """The tools of a server that the agent names."""

    type: Literal["mcp_toolset"]
    mcp_server_name: Text
    configs: list[McpConfig] = Field(default_factory=list)
    default_config: Preset | None = None


class CustomTool(Closed):
    """A tool that the client carries out."""

    type: Literal["custom"]
    name: Text
    description: Text
    input_schema: dict[str, Any]


class McpServer(Closed):
    """A server. Newer documents say `url`, older ones `http`."""

    type: Literal["url", "http"]
    name: Text
    url: Text


class Skill(Closed):
    """A reference to a skill."""

    type: Literal["custom", "qoder"]
    skill_id: Id
    version: Text | None = None


Tool = Annotated[AgentToolset | BrowserToolset | McpToolset | CustomTool, Field(discriminator="type")]
Tools = list[Tool]
Servers = Annotated[list[McpServer], Field(max_length=MAX_SERVERS)]
Skills = Annotated[list[Skill], Field(max_length=MAX_SKILLS)]


def settle(tx: Transaction, agent: JSON) -> None:
    """Checks the lists of one agent against each other, and writes servers in the form that answers use."""
    servers = agent["mcp_servers"] = [_server(tx, server) for server in agent["mcp_servers"]]
    declared = {server["name"] for server in servers}
    for index, tool in enumerate(agent["tools"]):
        if tool["type"] == "mcp_toolset" and tool["mcp_server_name"] not in declared:
            raise invalid(f"tools.{index}.mcp_server_name: no such server in mcp_servers", f"tools.{index}")
    for index, skill in enumerate(agent["skills"]):
        if skill["type"] == "custom" and _absent(tx, skill["skill_id"]):
            raise invalid(f"skills.{index}.skill_id: no such skill", f"skills.{index}.skill_id")


def check_betas(tx: Transaction, agent: JSON, sent: Headers) -> None:
    """A browser needs the opt-in of the request that writes it."""
    if not any(tool["type"] == BROWSER for tool in agent["tools"]):
        return
    if BROWSER_BETA not in headers.betas(sent):
        raise invalid(f"tools: {BROWSER} needs the header x-qoder-beta: {BROWSER_BETA}", "tools")  # status inferred
    if settings.value(tx, "qoder_browser_toolset") == "disabled":
        raise Refused(503, f"{BROWSER} is not available.", "tools", "feature_not_available")


def _server(tx: Transaction, server: JSON) -> JSON:
    kind = settings.value(tx, "qoder_mcp_server_type")
    return server if kind == "as sent" else server | {"type": kind}


def _absent(tx: Transaction, skill_id: str) -> bool:
    return settings.value(tx, "qoder_missing_skills") == "refuse" and tx.get(SKILLS.table, skill_id) is None
