"""Tools, MCP servers and skills: what an agent may use, declared once for agents and for a session's overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from ...declaration.addresses import server_address
from ...declaration.exact import document_of, read_document
from ...declaration.marks import Canonical, Document, Filled, IdOf, Lines, NotIn, Only, Shorthand, Unordered
from ...declaration.model import Failure, Model, default, described
from ...declaration.tool_names import tool_name
from ...declaration.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...declaration.values import JSON, Bag, Path


class PermissionPolicy(Model):
    """Who decides about a call of the tool."""

    type: Annotated[
        Literal["always_allow", "always_ask", "auto", "always_deny"],
        Only("claude", "write `always_ask` or `always_deny`", values=("auto",)),
        Only("qoder", "disable the tool with `enabled: false`", values=("always_deny",)),
        described(
            "`always_allow` runs it, `always_ask` asks a person first, `auto` lets the platform judge each call, "
            "`always_deny` refuses it."
        ),
    ]


class ToolDefaults(Model):
    """What holds for every tool of a toolset that has no entry of its own."""

    enabled: Annotated[bool | None, described("Whether the tools can be used (default: true).")] = True
    permission_policy: Annotated[PermissionPolicy | None, described("Who decides about calls.")] = None


Domain = Annotated[str, Field(min_length=1, max_length=255)]
Domains = Annotated[list[Domain] | None, Unordered(), Field(min_length=1, max_length=64)]


class UserLocation(Model):
    """Roughly where searches are made from."""

    type: Annotated[Literal["approximate"], described("The only precision there is.")]
    city: Annotated[str | None, described("City.")] = None
    region: Annotated[str | None, described("Region or state.")] = None
    country: Annotated[str | None, described("Two-letter country code.")] = None
    timezone: Annotated[str | None, described("IANA time zone.")] = None


_QODER_TOOLS = ("image_gen", "image_search", "deliver_artifacts")


ToolName = Annotated[
    Literal[
        "bash",
        "read",
        "write",
        "edit",
        "glob",
        "grep",
        "web_fetch",
        "web_search",
        "image_gen",
        "image_search",
        "deliver_artifacts",
    ],
    Canonical(tool_name, "`WebFetch` and `web_fetch` are one tool"),
    Only("qoder", "leave the tool out", values=_QODER_TOOLS),
]
ToolNames = Annotated[list[ToolName] | None, Unordered()]


class ToolConfig(Model):
    """How one built-in tool departs from the toolset's defaults."""

    name: Annotated[ToolName, described("The tool.")]
    type: Annotated[str | None, described("The same as `name`; may be left out.")] = None
    enabled: Annotated[bool | None, described("Whether the tool can be used.")] = None
    permission_policy: Annotated[PermissionPolicy | None, described("Who decides about calls.")] = None
    allowed_domains: Annotated[Domains, described("`web_search`, `web_fetch`: only these domains.")] = None
    blocked_domains: Annotated[Domains, described("`web_search`, `web_fetch`: all but these domains.")] = None
    user_location: Annotated[UserLocation | None, described("`web_search`: where searches are made from.")] = None
    max_content_tokens: Annotated[int | None, described("`web_fetch`: most tokens taken from a page.", gt=0)] = None
    url_sources: Annotated[
        dict[str, Any] | None,
        Document(as_text=True),
        BeforeValidator(read_document),
        described("`web_fetch`: which addresses the model may open."),
    ] = None


class AgentToolset(Model):
    """The platform's own tools: shell, files and the web."""

    type: Annotated[Literal["agent_toolset_20260401"], described("Names this kind of toolset.")]
    default_config: Annotated[
        ToolDefaults | None, described("What holds for tools without an entry (default: all run without asking).")
    ] = default({"enabled": True, "permissionPolicy": {"type": "always_allow"}})
    configs: Annotated[
        list[ToolConfig] | None,
        Unordered(by=("name",), inherits="defaultConfig"),
        described("Single tools that differ from the defaults."),
    ] = default([])
    enabled_tools: Annotated[
        ToolNames, Only("qoder", "use `defaultConfig` and `configs`"), described("Only these tools (default: all).")
    ] = default([])
    disallowed_tools: Annotated[
        ToolNames, Only("qoder", "use `enabled: false` in `configs`"), described("All but these tools.")
    ] = default([])


class BrowserToolset(Model):
    """A browser."""

    type: Annotated[
        Literal["browser_toolset_20260714"],
        Only("qoder", "leave it out", values=("browser_toolset_20260714",)),
        described("Names this kind of toolset; a beta of the platform."),
    ]


class McpToolConfig(Model):
    """How one tool of an MCP server departs from the toolset's defaults."""

    name: Annotated[str, described("The tool's name on its server.", min_length=1, max_length=128)]
    enabled: Annotated[bool | None, described("Whether the tool can be used.")] = None
    permission_policy: Annotated[PermissionPolicy | None, described("Who decides about calls.")] = None


class McpToolset(Model):
    """The tools of one declared MCP server."""

    type: Annotated[Literal["mcp_toolset"], described("Names this kind of toolset.")]
    mcp_server_name: Annotated[str, described("A name from `mcpServers`.", min_length=1, max_length=255)]
    default_config: Annotated[
        ToolDefaults | None, described("What holds for tools without an entry (default: a person is asked).")
    ] = default({"enabled": True, "permissionPolicy": {"type": "always_ask"}})
    configs: Annotated[
        list[McpToolConfig] | None,
        Unordered(by=("name",), inherits="defaultConfig"),
        described("Single tools that differ from the defaults."),
    ] = default([])


class CustomTool(Model):
    """A tool that your own application carries out."""

    type: Annotated[Literal["custom"], described("Names this kind of tool.")]
    name: Annotated[
        str,
        described("Unique among the agent's custom tools.", min_length=1, max_length=128, pattern=r"^[A-Za-z0-9_-]+$"),
    ]
    description: Annotated[str, Lines(), described("What the tool does, for the model.", min_length=1)]
    input_schema: Annotated[
        dict[str, Any],
        Document(as_text=True),
        BeforeValidator(read_document),
        described(
            "JSON Schema of the input; its `type` is `object`. It may be given as JSON text, in which whole numbers "
            "from 2^53 on keep their digits."
        ),
    ]


Tool = Annotated[AgentToolset | BrowserToolset | McpToolset | CustomTool, Field(discriminator="type")]
Tools = Annotated[
    list[Tool] | None,
    Unordered(by=("type", "mcpServerName", "name")),
    described("Toolsets and custom tools, in any order.", max_length=256),
]


class McpServer(Model):
    """A remote MCP server. Its credentials come from a vault, never from here."""

    type: Annotated[
        Literal["url"],
        Canonical(lambda kind: "url" if kind == "http" else kind, "`http` is an older word for `url`"),
        described("The only kind of server there is."),
    ]
    name: Annotated[str, described("Unique among the agent's servers.", min_length=1, max_length=255)]
    url: Annotated[
        str, AfterValidator(server_address), described("The server's address.", min_length=1, max_length=2048)
    ]


McpServers = Annotated[
    list[McpServer] | None,
    Unordered(by=("name",)),
    described("MCP servers; each has to be used by an `mcp_toolset`.", max_length=20),
]


class Skill(Model):
    """A skill by reference."""

    type: Annotated[
        Literal["anthropic", "qoder", "custom"],
        Only("claude", "name one of that platform's own skills, or one of yours", values=("anthropic",)),
        Only("qoder", "name one of that platform's own skills, or one of yours", values=("qoder",)),
        described("The platform's own skill or one of yours."),
    ]
    skill_id: Annotated[
        str, IdOf("Skill", fixed=(("type", "custom"),)), described("The skill's id.", min_length=1, max_length=64)
    ]
    version: Annotated[str | None, described("A version; the latest one when left out.")] = None


Skills = Annotated[
    list[Skill] | None,
    Unordered(by=("type", "skillId")),
    described("Skills by reference; they need the `read` tool.", max_length=500),
]


class Effort(Model):
    """How hard the model thinks."""

    type: Annotated[Literal["low", "medium", "high", "xhigh", "max"], described("The level.")]


class ModelConfig(Model):
    """A model and how it runs."""

    id: Annotated[str, described("The model's id, such as `claude-sonnet-4-6`.", min_length=1, max_length=256)]
    effort: Annotated[
        Effort | None,
        Shorthand("type"),
        Filled(),
        described("How hard it thinks (default: the model's own; once set, it stays until another one is)."),
    ] = None
    context_window: Annotated[
        int | None,
        Only("qoder", "remove the property"),
        described("Tokens of context (default: the model's own).", ge=1),
    ] = None
    speed: Annotated[
        Literal["standard", "fast"] | None,
        Only("claude", "remove the property"),
        NotIn(("aws",), "remove the property, or write `standard`", values=("fast",)),
        described("`fast` is not offered by every model (default: `standard`)."),
    ] = "standard"
    inference_geo: Annotated[
        str | None,
        Only("claude", "remove the property"),
        described(
            "Where it runs, such as `us` or `global` (default: what the workspace says when it is used).",
            min_length=1,
            max_length=64,
        ),
    ] = None


def tool_rules(bag: Bag, path: Path = ()) -> Iterator[Failure]:
    """What the platform checks across tools, servers and skills; unknown parts are given the benefit of the doubt."""
    tools, servers = _known(bag.get("tools")), _known(bag.get("mcpServers"))
    yield from _unique(servers, "name", (*path, "mcpServers"), "is the name of another server too")
    yield from _unique(tools, "name", (*path, "tools"), "is the name of another custom tool too")
    if not _holds_unknown(bag.get("tools")) and not _holds_unknown(bag.get("mcpServers")):
        yield from _wired(tools, servers, path)
    for index, tool in tools:
        yield from _web_rules(tool, (*path, "tools", index))
        yield from _schema_rules(tool.get("inputSchema"), (*path, "tools", index, "inputSchema"))


Numbered = list[tuple[int, "Bag"]]


def _known(value: JSON) -> Numbered:
    items = value if isinstance(value, list) else []
    return [(index, item) for index, item in enumerate(items) if isinstance(item, dict)]


def _holds_unknown(value: JSON) -> bool:
    return value is UNKNOWN or (isinstance(value, list) and UNKNOWN in value)


def _unique(items: Numbered, key: str, path: Path, reason: str) -> Iterator[Failure]:
    taken: set[str] = set()
    for index, item in items:
        name = item.get(key)
        if not isinstance(name, str):
            continue
        if name in taken:
            yield Failure((*path, index, key), reason)
        taken.add(name)


def _wired(tools: Numbered, servers: Numbered, path: Path) -> Iterator[Failure]:
    used = [tool.get("mcpServerName") for _, tool in tools if tool.get("type") in ("mcp_toolset", UNKNOWN)]
    declared = [server.get("name") for _, server in servers]
    for index, tool in tools:
        name = tool.get("mcpServerName")
        if (
            tool.get("type") == "mcp_toolset"
            and isinstance(name, str)
            and name not in declared
            and UNKNOWN not in declared
        ):
            place = (*path, "tools", index, "mcpServerName")
            yield Failure(place, "names no server of `mcpServers`: declare it there, with its `url`")
    for index, server in servers:
        name = server.get("name")
        if isinstance(name, str) and name not in used and UNKNOWN not in used:
            reason = "is used by no toolset: add a tool of type `mcp_toolset` with this `mcpServerName`"
            yield Failure((*path, "mcpServers", index, "name"), reason)


def _web_rules(tool: Bag, path: Path) -> Iterator[Failure]:
    for index, config in _known(tool.get("configs")):
        if config.get("allowedDomains") is not None and config.get("blockedDomains") is not None:
            reason = "cannot stand beside `allowedDomains`: a tool has one list or the other"
            yield Failure((*path, "configs", index, "blockedDomains"), reason)


def _schema_rules(schema: JSON, path: Path) -> Iterator[Failure]:
    schema = document_of(schema)
    if not isinstance(schema, dict):
        return
    if schema.get("type") not in ("object", UNKNOWN):
        yield Failure((*path, "type"), 'must be "object"')
    for word in ("oneOf", "anyOf", "allOf"):
        if word in schema:
            yield Failure((*path, word), "is refused by the platform at the top of an input schema")
    if _mentions(schema, "$ref"):
        yield Failure(path, "uses `$ref`, which the platform refuses: write the referenced schema out")


def _mentions(value: JSON, key: str) -> bool:
    if not isinstance(value, dict | list):
        return False
    items = value.values() if isinstance(value, dict) else value
    # Most of a schema is text.
    return (isinstance(value, dict) and key in value) or any(
        _mentions(item, key) for item in items if not isinstance(item, str)
    )
