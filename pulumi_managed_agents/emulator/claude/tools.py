"""Tools of an agent: what may be sent, and how it comes back with every default filled in."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from ..platform.bodies import Closed
from ..world import JSON
from .errors import invalid
from .policy import ToolSettings
from .web import FetchConfig, SearchConfig, unknown_source_tool

BUILTIN = ("bash", "read", "write", "edit", "glob", "grep", "web_fetch", "web_search")
MAX_TOOLS = 256
MAX_SERVERS = 20
MAX_SKILLS = 500


class PlainConfig(ToolSettings):
    """Settings of a built-in tool that has no others."""

    name: Literal["bash", "read", "write", "edit", "glob", "grep"]
    type: Literal["bash", "read", "write", "edit", "glob", "grep"] | None = None

    @model_validator(mode="after")
    def _type_is_name(self) -> "PlainConfig":
        if self.type not in (None, self.name):
            raise ValueError("type must be the tool's name")
        return self

    def extras(self) -> JSON:
        """Nothing beside name, type, enabled and policy."""
        return {}


class AgentToolset(Closed):
    """The built-in tools."""

    type: Literal["agent_toolset_20260401"]
    default_config: ToolSettings | None = None
    configs: list[Annotated[PlainConfig | SearchConfig | FetchConfig, Field(discriminator="name")]] = Field(
        default_factory=list
    )

    @field_validator("configs")
    @classmethod
    def _once(cls, configs: list[Any]) -> list[Any]:
        return _names_differ(configs)

    def filled(self) -> JSON:
        """The toolset as answers show it."""
        default = (self.default_config or ToolSettings()).resolve(enabled=True, policy={"type": "always_allow"})
        configs = [
            {"name": config.name, "type": config.name}
            | config.resolve(enabled=default["enabled"], policy=default["permission_policy"])
            | config.extras()
            for config in self.configs
        ]
        return {"type": self.type, "default_config": default, "configs": configs}


class McpConfig(ToolSettings):
    """Settings of one tool of an MCP server."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=128)]


class McpToolset(Closed):
    """The tools of an MCP server that the agent declares."""

    type: Literal["mcp_toolset"]
    mcp_server_name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    default_config: ToolSettings | None = None
    configs: list[McpConfig] = Field(default_factory=list)

    @field_validator("configs")
    @classmethod
    def _once(cls, configs: list[Any]) -> list[Any]:
        return _names_differ(configs)

    def filled(self) -> JSON:
        """The toolset as answers show it."""
        default = (self.default_config or ToolSettings()).resolve(enabled=True, policy={"type": "always_ask"})
        configs = [
            {"name": config.name} | config.resolve(enabled=default["enabled"], policy=default["permission_policy"])
            for config in self.configs
        ]
        return {
            "type": self.type,
            "mcp_server_name": self.mcp_server_name,
            "default_config": default,
            "configs": configs,
        }


class CustomTool(Closed):
    """A tool that the client carries out."""

    type: Literal["custom"]
    name: Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{1,128}$")]
    description: Annotated[str, StringConstraints(min_length=1)]
    input_schema: dict[str, Any]

    @field_validator("input_schema")
    @classmethod
    def _object_schema(cls, schema: JSON) -> JSON:
        if schema.get("type") != "object":
            raise ValueError("type must be 'object'")
        if any(word in schema for word in ("oneOf", "anyOf", "allOf")):
            raise ValueError("oneOf, anyOf and allOf are not supported at the top")
        if _mentions_ref(schema):
            raise ValueError("$ref is not supported")
        return schema

    def filled(self) -> JSON:
        """The tool as it was sent."""
        return self.model_dump()


Tool = Annotated[AgentToolset | McpToolset | CustomTool, Field(discriminator="type")]


class McpServer(Closed):
    """A server that a toolset refers to."""

    type: Literal["url"]
    name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    url: Annotated[str, StringConstraints(min_length=1, max_length=2048)]


Servers = Annotated[list[McpServer], Field(max_length=MAX_SERVERS)]
Tools = Annotated[list[Tool], Field(max_length=MAX_TOOLS)]


class Skill(Closed):
    """A reference to a skill."""

    type: Literal["anthropic", "custom"]
    skill_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    version: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None


Skills = Annotated[list[Skill], Field(max_length=MAX_SKILLS)]


def check_together(tools: list[JSON], servers: list[JSON], skills: list[JSON]) -> None:
    """Rules between the lists of one agent, on the filled forms."""
    _check_servers(tools, servers)
    _check_custom(tools)
    if sum(map(_count, tools)) > MAX_TOOLS:
        raise invalid(f"tools: at most {MAX_TOOLS} tools over all toolsets", "available_tools_limit_exceeded")
    if skills and not _reads(tools):
        raise invalid("skills: the agent needs the read tool to use skills")


def _check_servers(tools: list[JSON], servers: list[JSON]) -> None:
    declared = [server["name"] for server in servers]
    used = {tool["mcp_server_name"] for tool in tools if tool["type"] == "mcp_toolset"}
    if len(set(declared)) != len(declared):
        raise invalid("mcp_servers: names must be unique")
    if used - set(declared):
        raise invalid(f"tools: no server {min(used - set(declared))!r} in mcp_servers")
    if set(declared) - used:
        raise invalid(f"mcp_servers: no mcp_toolset refers to {min(set(declared) - used)!r}")


def _check_custom(tools: list[JSON]) -> None:
    names = [tool["name"] for tool in tools if tool["type"] == "custom"]
    if len(set(names)) != len(names):
        raise invalid("tools: names of custom tools must be unique", "tool_name_conflict")
    for config in _configs(tools):
        unknown = unknown_source_tool(config, set(names))
        if unknown is not None:
            raise invalid(f"tools: url_sources names {unknown!r}, which is no tool of that source")


def _configs(tools: list[JSON]) -> list[JSON]:
    return [config for tool in tools if tool["type"] == "agent_toolset_20260401" for config in tool["configs"]]


def _count(tool: JSON) -> int:
    """How many tools an entry stands for; what a server offers is unknown, so its configs count (inferred)."""
    if tool["type"] == "agent_toolset_20260401":
        return len(BUILTIN)
    return len(tool["configs"]) if tool["type"] == "mcp_toolset" else 1


def _reads(tools: list[JSON]) -> bool:
    for tool in tools:
        if tool["type"] == "agent_toolset_20260401":
            settings = {config["name"]: config["enabled"] for config in tool["configs"]}
            if settings.get("read", tool["default_config"]["enabled"]):
                return True
    return False


def _names_differ(configs: list[Any]) -> list[Any]:
    names = [config.name for config in configs]
    if len(set(names)) != len(names):
        raise ValueError("a tool is configured twice")
    return configs


def _mentions_ref(node: Any) -> bool:
    if isinstance(node, dict):
        return "$ref" in node or any(map(_mentions_ref, node.values()))
    return isinstance(node, list) and any(map(_mentions_ref, node))
