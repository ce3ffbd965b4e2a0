from typing import Any

import pytest

TOOLSET = {"type": "agent_toolset_20260401"}
BROWSER = {"type": "browser_toolset_20260714"}
BROWSER_BETA = "browser-use-2026-07-14"
SERVER = {"type": "url", "name": "docs", "url": "https://mcp.example.com"}
CUSTOM = {"type": "custom", "name": "ask", "description": "asks", "input_schema": {"type": "object"}}
NAMES = [
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


@pytest.mark.parametrize(
    "tool",
    [
        TOOLSET,
        TOOLSET | {"enabled_tools": NAMES},
        TOOLSET | {"enabled_tools": []},
        TOOLSET | {"disallowed_tools": ["Bash"]},
        TOOLSET | {"enabled_tools": ["Read"], "disallowed_tools": ["Bash"]},
        TOOLSET | {"configs": [{"name": "Bash", "permission_policy": {"type": "always_ask"}}]},
        TOOLSET | {"configs": [{"name": "WebFetch", "enabled": False}]},
        TOOLSET | {"default_config": {"enabled": True, "permission_policy": {"type": "always_deny"}}},
        CUSTOM,
    ],
)
def test_a_tool_is_answered_as_it_was_sent(world: Any, tool: Any) -> None:
    assert world.agent(tools=[tool]).to_dict()["tools"] == [tool]


@pytest.mark.parametrize(
    "tool",
    [
        TOOLSET | {"enabled_tools": ["bash"]},
        TOOLSET | {"enabled_tools": ["Fly"]},
        TOOLSET | {"disallowed_tools": ["read"]},
        TOOLSET | {"configs": [{"name": "bash"}]},
        TOOLSET | {"configs": [{"enabled": True}]},
        TOOLSET | {"configs": [{"name": "Bash", "permission_policy": {"type": "auto"}}]},
        TOOLSET | {"enabled_tools": ["Bash"], "disallowed_tools": ["Bash"]},
        TOOLSET | {"enabled_tools": None},
        TOOLSET | {"colour": "red"},
        {"type": "agent_toolset_20250101"},
        {"enabled_tools": []},
        BROWSER | {"enabled": True},
        {"type": "mcp_toolset"},
        {"type": "custom", "name": "ask"},
        "Bash",
    ],
)
def test_a_tool_of_another_form_is_refused(world: Any, refused: Any, tool: Any) -> None:
    headers = {"x-qoder-beta": BROWSER_BETA}

    refused(400, lambda: world.agent(tools=[tool], extra_headers=headers), "tools.0", type="invalid_request_error")


def test_a_toolset_of_a_server_needs_the_server(world: Any, refused: Any) -> None:
    toolset = {"type": "mcp_toolset", "mcp_server_name": "docs", "configs": [{"name": "search", "enabled": True}]}

    assert world.agent(tools=[toolset], mcp_servers=[SERVER]).to_dict()["tools"] == [toolset]
    refused(400, lambda: world.agent(tools=[toolset]), "mcp_server_name")


def test_removing_a_server_that_is_used_is_refused(world: Any, refused: Any) -> None:
    agent = world.agent(tools=[{"type": "mcp_toolset", "mcp_server_name": "docs"}], mcp_servers=[SERVER])

    refused(400, lambda: world.agents.update(agent.id, version=1, mcp_servers=[]), "mcp_server_name")
    assert world.agents.update(agent.id, version=1, mcp_servers=[], tools=[]).mcp_servers == []


def test_a_server_that_no_toolset_uses_is_accepted(world: Any) -> None:
    assert world.agent(mcp_servers=[SERVER]).to_dict()["mcp_servers"] == [SERVER]


@pytest.mark.parametrize(("setting", "answered"), [("url", "url"), ("http", "http"), ("as sent", "http")])
def test_both_words_for_a_server_are_taken(world: Any, setting: str, answered: str) -> None:
    world.control.settings(qoder_mcp_server_type=setting)

    assert world.agent(mcp_servers=[SERVER | {"type": "http"}]).mcp_servers[0].type == answered


@pytest.mark.parametrize("field", ["mcp_servers", "skills"])
def test_servers_and_skills_are_at_most_twenty(world: Any, refused: Any, field: str) -> None:
    one = SERVER if field == "mcp_servers" else {"type": "custom", "skill_id": "skill_1"}

    assert len(getattr(world.agent(**{field: [one] * 20}), field)) == 20
    refused(400, lambda: world.agent(**{field: [one] * 21}), field)


@pytest.mark.parametrize(
    "skill", [{"type": "anthropic", "skill_id": "x"}, {"type": "custom"}, {"type": "custom", "skill_id": ""}]
)
def test_a_skill_of_another_form_is_refused(world: Any, refused: Any, skill: Any) -> None:
    refused(400, lambda: world.agent(skills=[skill]), "skills.0")


def test_whether_a_skill_must_be_there_is_a_setting(world: Any, refused: Any) -> None:
    world.control.settings(qoder_missing_skills="refuse")

    refused(400, lambda: world.agent(skills=[{"type": "custom", "skill_id": "skill_1"}]), "skills.0.skill_id")
    assert world.agent(skills=[{"type": "qoder", "skill_id": "pdf"}]).version == 1


def test_a_browser_needs_its_beta_header(world: Any, refused: Any) -> None:
    refused(400, lambda: world.agent(tools=[BROWSER]), BROWSER_BETA)
    agent = world.agent(tools=[BROWSER], betas=["something-else", BROWSER_BETA])

    assert agent.to_dict()["tools"] == [BROWSER]
    assert world.agents.update(agent.id, version=1, name="b").version == 2
    refused(400, lambda: world.agents.update(agent.id, version=2, tools=[BROWSER, TOOLSET]), BROWSER_BETA)


def test_a_browser_that_is_switched_off_is_not_available(world: Any, refused: Any) -> None:
    world.control.settings(qoder_browser_toolset="disabled")

    refused(503, lambda: world.agent(tools=[BROWSER], betas=[BROWSER_BETA]), type="feature_not_available")
