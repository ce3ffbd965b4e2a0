"""Every property of an agent, changed."""

from __future__ import annotations

from typing import Any

from engine.declare import MODEL, agent, ref
from engine.fields import Change, Table

TOOLSET = {"type": "agent_toolset_20260401"}
SERVER = {"type": "url", "name": "tracker", "url": "https://tracker.example.com/mcp"}
MCP = {"type": "mcp_toolset", "mcp_server_name": "tracker"}
SCHEMA = {"type": "object", "properties": {"maxItems": {"type": "integer"}}}
CUSTOM = {"type": "custom", "name": "ask", "description": "Asks somebody.", "input_schema": SCHEMA}
PDF = {"type": "anthropic", "skill_id": "pdf"}
ROLE = {"type": "aws_role", "role_arn": "arn:aws:iam::123456789012:role/reader"}
NEW_FORM = "multiagent_20261001"


def toolset(**more: Any) -> dict[str, Any]:
    """The platform's own tools with settings."""
    return {"tools": [{**TOOLSET, **more}]}


def model(**more: Any) -> dict[str, Any]:
    """The model in its long form."""
    return {"model": {"id": MODEL, **more}}


def policy(word: str) -> dict[str, str]:
    """A permission policy."""
    return {"type": word}


def tool(name: str, **more: Any) -> dict[str, Any]:
    """The toolset with one configured tool."""
    return toolset(configs=[{"name": name, **more}])


def team(**more: Any) -> dict[str, Any]:
    """The newer form of working together."""
    return {"multiagent": {"type": NEW_FORM, **more}}


def roster(*members: Any) -> dict[str, Any]:
    """The older form of working together."""
    return {"multiagent": {"type": "coordinator", "agents": list(members)}}


WITH_SERVER = {"tools": [MCP], "mcp_servers": [SERVER]}
FIRST, SECOND = ref("first-helper.id"), ref("second-helper.id")

PLAIN = (
    Change("name-changed", {"name": "one"}, {"name": "two"}),
    Change("model-changed", {}, {"model": "claude-sonnet-4-6"}),
    Change("model-written-out", {}, model(), "same"),
    Change("model-effort-added", {}, model(effort="max"), platform={"model.effort": {"type": "max"}}),
    Change("model-effort-changed", model(effort={"type": "low"}), model(effort="high")),
    # Documented: an effort that is left out is kept as long as the model is the same.
    Change("model-effort-removed", model(effort="low"), model(), "same", platform={"model.effort": {"type": "low"}}),
    Change("model-speed-added", {}, model(speed="fast")),
    Change("model-speed-removed", model(speed="fast"), {}, platform={"model.speed": "standard"}),
    Change("model-place-changed", model(inference_geo="us"), model(inference_geo="global")),
    Change("model-place-removed", model(inference_geo="us"), {}, platform={"model.inference_geo": None}),
    Change("description-changed", {"description": "one"}, {"description": "two"}),
    Change("description-removed", {"description": "one"}, {}, platform={"description": None}),
    Change("system-changed", {"system": "one"}, {"system": "two"}),
    Change(
        "system-in-a-file",
        {"source": "agent.md"},
        {"source": "agent.md"},
        platform={"system": "Two.", "description": "two", "metadata.team": "b"},
    ),
    Change("system-removed", {"system": "one"}, {}, platform={"system": None}),
    Change("metadata-changed", {"metadata": {"a": "1", "b": "1"}}, {"metadata": {"a": "2", "b": "1"}}),
    Change("metadata-key-added", {"metadata": {"a_b": "1"}}, {"metadata": {"a_b": "1", "cD": "2"}}),
    Change("metadata-removed", {"metadata": {"a": "1"}}, {}, platform={"metadata.a": None}),
    Change("identity-added", {}, {"execution_identity": ROLE}),
    Change(
        "identity-removed", {"execution_identity": ROLE}, {}, platform={"execution_identity": policy("service_account")}
    ),
)

TOOLS = (
    Change("tools-added", {}, toolset()),
    Change("tools-removed", toolset(), {}, platform={"tools": []}),
    Change("tools-in-another-order", {"tools": [TOOLSET, CUSTOM]}, {"tools": [CUSTOM, TOOLSET]}, "same"),
    Change(
        "tools-defaults-changed",
        toolset(default_config={"permission_policy": policy("always_ask")}),
        toolset(default_config={"permission_policy": policy("auto")}),
    ),
    Change("tools-defaults-switched-off", toolset(), toolset(default_config={"enabled": False})),
    Change("tools-config-added", toolset(), tool("bash", enabled=False), platform={"tools.0.configs.0.enabled": False}),
    Change("tools-config-removed", tool("bash", enabled=False), toolset(), platform={"tools.0.configs": []}),
    Change(
        "tools-config-policy-changed",
        tool("bash", permission_policy=policy("always_ask")),
        tool("bash", permission_policy=policy("always_allow")),
    ),
    Change(
        "tools-configs-in-another-order",
        toolset(configs=[{"name": "bash", "enabled": False}, {"name": "grep", "enabled": False}]),
        toolset(configs=[{"name": "grep", "enabled": False}, {"name": "bash", "enabled": False}]),
        "same",
    ),
    Change(
        "search-domains-changed",
        tool("web_search", allowed_domains=["example.com"]),
        tool("web_search", allowed_domains=["example.com", "example.org"]),
    ),
    Change(
        "search-place-changed",
        tool("web_search", user_location={"type": "approximate", "country": "CH"}),
        tool("web_search", user_location={"type": "approximate", "country": "FR"}),
    ),
    Change(
        "fetch-limits-changed",
        tool("web_fetch", max_content_tokens=1000, blocked_domains=["example.com"]),
        tool("web_fetch", max_content_tokens=2000, blocked_domains=["example.org"]),
    ),
    Change(
        "fetch-sources-changed",
        tool("web_fetch", url_sources={"user_input": {"type": "all"}, "server_tool_results": {"type": "none"}}),
        tool("web_fetch", url_sources={"user_input": {"type": "none"}, "server_tool_results": {"type": "all"}}),
    ),
    Change("custom-tool-changed", {"tools": [CUSTOM]}, {"tools": [{**CUSTOM, "description": "Asks everybody."}]}),
    Change(
        "custom-tool-schema-changed",
        {"tools": [CUSTOM]},
        {"tools": [{**CUSTOM, "input_schema": {"type": "object", "properties": {"max_items": {"type": "number"}}}}]},
    ),
    Change("server-added", {}, WITH_SERVER),
    Change(
        "server-address-changed",
        WITH_SERVER,
        {"tools": [MCP], "mcp_servers": [{**SERVER, "url": "https://tracker.example.org/mcp"}]},
    ),
    Change("server-removed", WITH_SERVER, {}, platform={"mcp_servers": [], "tools": []}),
    Change(
        "server-tool-configured",
        WITH_SERVER,
        {"tools": [{**MCP, "configs": [{"name": "close", "enabled": False}]}], "mcp_servers": [SERVER]},
    ),
    Change("skill-added", toolset(), {**toolset(), "skills": [PDF]}),
    Change("skill-pinned", {**toolset(), "skills": [PDF]}, {**toolset(), "skills": [{**PDF, "version": "7"}]}),
    Change("skill-removed", {**toolset(), "skills": [PDF]}, toolset(), platform={"skills": []}),
)

TOGETHER = (
    Change("roster-added", {}, roster(FIRST)),
    Change("roster-grown", roster(FIRST), roster(FIRST, SECOND)),
    Change("roster-in-another-order", roster(FIRST, SECOND), roster(SECOND, FIRST), "same"),
    Change("roster-pinned", roster(FIRST), roster({"type": "agent", "id": FIRST, "version": 1}), "update"),
    Change("roster-with-itself", roster(FIRST), roster(FIRST, {"type": "self"})),
    Change("roster-with-advisor", roster(FIRST), roster(FIRST, {"type": "advisor", "model": "claude-opus-4-7"})),
    Change("roster-removed", roster(FIRST), {}, platform={"multiagent": None}),
    Change("roster-in-the-newer-form", roster(FIRST), team(subagents={"predefined_agents": [FIRST]})),
    Change(
        "team-advisor-changed",
        team(advisor={"type": "enabled", "model": "claude-opus-4-7"}),
        team(advisor={"type": "enabled", "model": "claude-opus-4-6"}),
    ),
    Change(
        "team-advisor-removed",
        team(advisor={"type": "enabled", "model": "claude-opus-4-7"}),
        team(),
        platform={"multiagent.advisor": {"type": "disabled"}},
    ),
    Change(
        "team-subagents-removed",
        team(subagents={"type": "enabled", "predefined_agents": [FIRST, SECOND]}),
        team(subagents={"type": "enabled"}),
        platform={"multiagent.subagents.predefined_agents": []},
    ),
    Change(
        "team-inline-agents-forbidden",
        team(subagents={"predefined_agents": [FIRST]}),
        team(subagents={"inline_agents": {"type": "disabled"}, "predefined_agents": [FIRST]}),
    ),
    Change(
        "team-workflows-switched-off",
        team(),
        team(workflows={"type": "disabled"}),
        platform={"multiagent.workflows": {"type": "disabled"}},
    ),
    Change(
        "team-workflows-switched-on-again",
        team(workflows={"type": "disabled"}),
        team(),
        platform={"multiagent.workflows.type": "enabled"},
    ),
)

TABLE = Table(
    kind="Agent",
    collection="agents",
    declare=agent,
    changes=(*PLAIN, *TOOLS, *TOGETHER),
    around=(agent("first-helper"), agent("second-helper")),
    updates=("agents.update",),
    removes=("agents.archive",),
    files={
        "before": {"agent.md": "---\ndescription: one\nmetadata:\n  team: a\n---\n\nOne.\n"},
        "after": {"agent.md": "---\ndescription: two\nmetadata:\n  team: b\n---\n\nTwo.\n"},
    },
)
