"""One place of a good body is spoilt: whatever comes of it, it is an answer of the platform."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SPOILT = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 2**31, 2**63, 10**30, 1.5]),
    st.sampled_from(["", "x", "\ud800", "a\0b", "latest", "x" * 70_000, "https://[", "https://h:99999/a/b", "A=b"]),
    st.sampled_from([[], {}, [None], [[]], {"type": "x"}, {"id": "x"}, {"\ud800": 1}]),
)
MESSAGE = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
TOOLSET = {
    "type": "agent_toolset_20260401",
    "enabled_tools": ["Bash"],
    "configs": [{"name": "Bash", "permission_policy": {"type": "always_ask"}}],
}


def bodies(world: Any) -> dict[str, Any]:
    agent, environment = world.agent(tools=[TOOLSET]).id, world.environment().id
    resources = [
        {"type": "github_repository", "url": "https://github.com/a/b", "authorization_token": "t", "mount_path": "/b"},
        {"type": "git_repository", "url": "https://r@g.example/a/c", "checkout": {"type": "commit", "sha": "abc"}},
        {"type": "file", "file_id": world.file().id},
        {"type": "memory_store", "memory_store_id": world.store().id, "access": "read_only"},
    ]
    shared = {"agent": {"id": agent, "type": "agent", "version": 1}, "environment_id": environment}
    shared |= {"resources": resources, "metadata": {"a": "b"}, "initial_events": [MESSAGE]}
    members = [agent, {"type": "agent", "id": agent, "version": 1}, {"type": "self"}]
    return {
        "agents": {
            "name": "a",
            "model": {"id": "ultimate", "effort": "high", "context_window": 200_000},
            "tools": [TOOLSET, {"type": "mcp_toolset", "mcp_server_name": "docs"}],
            "mcp_servers": [{"type": "url", "name": "docs", "url": "https://mcp.example.com"}],
            "multiagent": {"type": "coordinator", "agents": members},
        },
        "environments": {
            "name": "e",
            "config": {
                "type": "cloud",
                "networking": {"type": "limited", "allowed_hosts": ["x"]},
                "packages": {"pip": ["x"]},
            },
        },
        "sessions": shared | {"environment_variables": {"A": "b"}, "title": "t"},
        "deployments": shared
        | {"name": "d", "schedule": {"type": "cron", "expression": "0 9 * * 1", "timezone": "UTC"}},
        f"sessions/{world.session().id}/events": {"events": [MESSAGE]},
        f"vaults/{world.vault().id}/credentials": {
            "auth": {
                "type": "mcp_oauth",
                "mcp_server_url": "https://mcp.example.com",
                "access_token": "t",
                "expires_at": "2027-01-01T00:00:00Z",
                "refresh": {
                    "client_id": "c",
                    "refresh_token": "r",
                    "token_endpoint": "https://login.example.com",
                    "token_endpoint_auth": {"type": "client_secret_post", "client_secret": "s"},
                },
            }
        },
    }


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in children:
        yield (*path, key)
        yield from places(value, (*path, key))


def spoil(body: Any, place: tuple[Any, ...], value: Any) -> Any:
    spoilt = copy.deepcopy(body)
    node = spoilt
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = value
    return spoilt


@settings(
    max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def _spoil_and_send(world: Any, whole: dict[str, Any], data: Any) -> None:
    path = data.draw(st.sampled_from(sorted(whole)))
    place = data.draw(st.sampled_from(list(places(whole[path]))))
    body = spoil(whole[path], place, data.draw(SPOILT))

    answer = world.http.post(path, content=json.dumps(body))

    assert answer.status_code in (200, 400, 404, 409), answer.text
    if answer.status_code != 200:
        assert answer.json()["error"]["message"]
    for kind in ("agents", "sessions", "deployments"):
        assert world.http.get(kind).status_code == 200


def test_a_spoilt_body_is_answered_and_leaves_the_lists_readable(world: Any) -> None:
    _spoil_and_send(world, bodies(world))
