from typing import Any

import anthropic
import pytest

SERVER = {"type": "url", "name": "git", "url": "https://mcp.example.com"}
USES_SERVER = {"type": "mcp_toolset", "mcp_server_name": "git"}
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def builtin(*configs: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"type": "agent_toolset_20260401", "configs": list(configs), **fields}


def custom(name: str = "weather", **fields: Any) -> dict[str, Any]:
    return {"type": "custom", "name": name, "description": "d", "input_schema": SCHEMA} | fields


def test_the_builtin_toolset_comes_back_filled(world: Any) -> None:
    agent = world.agent(tools=[builtin({"name": "bash", "enabled": False})])

    assert agent.tools[0].to_dict() == {
        "type": "agent_toolset_20260401",
        "default_config": {"enabled": True, "permission_policy": {"type": "always_allow"}},
        "configs": [{"name": "bash", "type": "bash", "enabled": False, "permission_policy": {"type": "always_allow"}}],
    }


def test_an_mcp_toolset_asks_by_default_and_configs_follow_the_default(world: Any) -> None:
    uses = USES_SERVER | {"default_config": {"enabled": False}, "configs": [{"name": "search"}]}

    agent = world.agent(mcp_servers=[SERVER], tools=[uses])

    assert agent.tools[0].to_dict() == {
        "type": "mcp_toolset",
        "mcp_server_name": "git",
        "default_config": {"enabled": False, "permission_policy": {"type": "always_ask"}},
        "configs": [{"name": "search", "enabled": False, "permission_policy": {"type": "always_ask"}}],
    }


def test_a_custom_tool_comes_back_as_sent(world: Any) -> None:
    agent = world.agent(tools=[custom(input_schema=SCHEMA | {"x-anything": [1]})])

    assert agent.tools[0].to_dict() == custom(input_schema=SCHEMA | {"x-anything": [1]})


def test_web_tools_keep_their_settings(world: Any) -> None:
    search = {"name": "web_search", "allowed_domains": ["docs.example.com/guide"]}
    fetch = {"name": "web_fetch", "max_content_tokens": 10, "url_sources": {"user_input": "none"}}

    configs = world.agent(tools=[builtin(search, fetch)]).tools[0].configs

    assert configs[0].allowed_domains == ["docs.example.com/guide"]
    assert configs[1].max_content_tokens == 10
    assert configs[1].url_sources.user_input.type == "none"
    assert configs[1].url_sources.client_tool_results is None


@pytest.mark.parametrize(
    ("tool", "named"),
    [
        ({"type": "browser"}, "tools.0"),
        (builtin(colour="red"), "tools.0.colour"),
        (builtin({"name": "dance"}), "tools.0.configs.0"),
        (builtin({"name": "bash", "type": "read"}), "tools.0.configs.0"),
        (builtin({"name": "bash"}, {"name": "bash"}), "tools.0.configs"),
        (builtin({"name": "bash", "permission_policy": {"type": "maybe"}}), "permission_policy.type"),
        (builtin({"name": "web_search", "allowed_domains": []}), "allowed_domains"),
        (builtin({"name": "web_search", "allowed_domains": ["a.com"], "blocked_domains": ["b.com"]}), "configs.0"),
        (builtin({"name": "web_search", "allowed_domains": ["a.com", "a.com"]}), "configs.0"),
        (builtin({"name": "web_search", "allowed_domains": ["https://a.com"]}), "configs.0"),
        (builtin({"name": "web_search", "allowed_domains": ["localhost"]}), "configs.0"),
        (builtin({"name": "web_search", "user_location": {"type": "exact"}}), "user_location.type"),
        (builtin({"name": "web_fetch", "allowed_domains": ["a.com/path"]}), "configs.0"),
        (builtin({"name": "web_fetch", "max_content_tokens": 0}), "max_content_tokens"),
        (
            builtin(
                {
                    "name": "web_fetch",
                    "url_sources": {
                        "client_tool_results": "none",
                        "server_tool_results": {"type": "none"},
                        "user_input": "none",
                    },
                }
            ),
            "url_sources",
        ),
        (
            builtin(
                {
                    "name": "web_fetch",
                    "url_sources": {
                        "client_tool_results": {
                            "type": "only",
                            "tools": [{"type": "tool_reference", "name": "nobody"}],
                        }
                    },
                }
            ),
            "nobody",
        ),
        (custom(name="has space"), "tools.0.name"),
        (custom(name="x" * 129), "tools.0.name"),
        (custom(description=""), "tools.0.description"),
        (custom(input_schema={"type": "array"}), "tools.0.input_schema"),
        (custom(input_schema=SCHEMA | {"oneOf": []}), "tools.0.input_schema"),
        (custom(input_schema={"type": "object", "properties": {"a": {"$ref": "#/x"}}}), "tools.0.input_schema"),
        (USES_SERVER, "git"),
    ],
)
def test_a_tool_that_breaks_a_rule_is_refused(world: Any, tool: dict[str, Any], named: str) -> None:
    with pytest.raises(anthropic.BadRequestError) as caught:
        world.agent(tools=[tool])

    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("servers", "named"),
    [
        ([SERVER], "git"),
        ([SERVER, SERVER], "unique"),
        ([SERVER | {"name": ""}], "mcp_servers.0.name"),
        ([SERVER | {"url": "x" * 2049}], "mcp_servers.0.url"),
        ([SERVER | {"headers": {}}], "mcp_servers.0.headers"),
        ([SERVER | {"name": str(n)} for n in range(21)], "mcp_servers"),
    ],
)
def test_servers_are_unique_and_used(world: Any, servers: list[dict[str, Any]], named: str) -> None:
    with pytest.raises(anthropic.BadRequestError) as caught:
        world.agent(mcp_servers=servers)

    assert named in str(caught.value)


def test_custom_tools_have_different_names(world: Any) -> None:
    with pytest.raises(anthropic.BadRequestError) as caught:
        world.agent(tools=[custom(), custom()])

    assert caught.value.body["error"]["details"]["error_code"] == "tool_name_conflict"


def test_an_agent_has_at_most_256_tools(world: Any) -> None:
    with pytest.raises(anthropic.BadRequestError):
        world.agent(tools=[builtin(), *(custom(f"tool-{n}") for n in range(249))])

    assert len(world.agent(tools=[builtin(), *(custom(f"tool-{n}") for n in range(248))]).tools) == 249


def test_an_update_is_checked_as_a_whole(world: Any) -> None:
    agent = world.agent(mcp_servers=[SERVER], tools=[USES_SERVER])

    with pytest.raises(anthropic.BadRequestError):
        world.agents.update(agent.id, tools=[])
    with pytest.raises(anthropic.BadRequestError):
        world.agents.update(agent.id, mcp_servers=[])
    assert world.agents.retrieve(agent.id).version == 1
