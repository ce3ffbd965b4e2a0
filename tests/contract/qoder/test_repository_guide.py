"""The flows of the guide on GitHub repositories, step by step as it tells them."""

from typing import Any

import pytest

TOOLSET = {"type": "agent_toolset_20260401", "enabled_tools": ["Bash", "Read", "Write", "Edit", "Glob", "Grep"]}
TOKEN = "token-with-contents-and-pull-requests"
APP = "https://github.com/your-org/your-repo"
TASK = "Fix issue #128 in /app/your-repo, then run gh pr create."


@pytest.fixture
def reviewer(world: Any) -> Any:
    agent = world.agent(name="code-reviewer", system="You are a code review expert.", tools=[TOOLSET])
    return world.agents.update(agent.id, version=1, name="code-reviewer")


@pytest.fixture(autouse=True)
def _only_this_token_reads(world: Any) -> None:
    names = ("your-repo", "frontend", "backend")
    repositories = [
        {"url": f"https://github.com/your-org/{name}", "private": True, "tokens": [TOKEN]} for name in names
    ]
    world.control.repositories(repositories)


def create(world: Any, reviewer: Any, *resources: Any, **fields: Any) -> Any:
    body = {
        "agent": {"id": reviewer.id, "type": "agent", "version": 2},
        "environment_id": world.environment().id,
        "title": "Fix bug in your-repo",
        "resources": list(resources),
    }
    return world.call("POST", "sessions", body | fields)


def mount(name: str = "your-repo", token: str = TOKEN) -> Any:
    return {
        "type": "github_repository",
        "url": f"https://github.com/your-org/{name}",
        "mount_path": f"/app/{name}",
        "authorization_token": token,
    }


def test_a_repository_is_mounted_when_a_session_is_created(world: Any, reviewer: Any) -> None:
    world.control.settings(qoder_resource_ids_in_create=False)
    world.control.clock(now="2026-05-18T12:00:00Z")

    session = create(world, reviewer, mount())

    time = session["created_at"]
    assert session == {
        "id": session["id"],
        "type": "session",
        "agent": {
            "id": reviewer.id,
            "type": "agent",
            "name": "code-reviewer",
            "description": "",
            "model": {"id": "ultimate", "effective_context_window": 200000},
            "system": "You are a code review expert.",
            "tools": [TOOLSET],
            "skills": [],
            "mcp_servers": [],
            "version": 2,
        },
        "environment_id": session["environment_id"],
        "status": "idle",
        "title": "Fix bug in your-repo",
        "metadata": {},
        "resources": [
            {
                "type": "github_repository",
                "url": APP,
                "mount_path": "/app/your-repo",
                "checkout": None,
                "created_at": time,
                "updated_at": time,
            }
        ],
        "vault_ids": [],
        "deployment_id": None,
        "outcome_evaluations": [],
        "stats": {"active_seconds": 0, "duration_seconds": 0},
        "usage": {"total_credits": 0},
        "environment_variables": {},
        "archived_at": None,
        "created_at": time,
        "updated_at": time,
    }
    assert world.errors(session["id"]) == []


def test_the_token_is_returned_neither_by_the_session_nor_by_its_resources(world: Any, reviewer: Any) -> None:
    path = f"sessions/{create(world, reviewer, mount())['id']}"

    for answer in (world.http.get(path), world.http.get(f"{path}/resources"), world.http.get("sessions")):
        assert APP in answer.text
        assert TOKEN not in answer.text


def test_the_default_place_comes_from_the_repositorys_name(world: Any, reviewer: Any) -> None:
    resource = {name: value for name, value in mount().items() if name != "mount_path"}

    assert create(world, reviewer, resource)["resources"][0]["mount_path"].endswith("/your-repo")


def test_several_repositories_are_mounted_at_once(world: Any, reviewer: Any) -> None:
    session = create(world, reviewer, mount("frontend"), mount("backend"), title="Full-stack debugging")

    assert [each["mount_path"] for each in session["resources"]] == ["/app/frontend", "/app/backend"]
    assert len(world.control.mounts(session["id"])) == 2


def test_repositories_mix_with_files_stores_and_vaults(world: Any, reviewer: Any) -> None:
    others = [
        {"type": "file", "file_id": world.file().id},
        {"type": "memory_store", "memory_store_id": world.store().id},
    ]

    session = create(world, reviewer, mount(), *others, vault_ids=[world.vault().id])

    assert [each["type"] for each in session["resources"]] == ["github_repository", "file", "memory_store"]


def test_the_token_is_required_even_for_public_repositories_in_the_guides_time(world: Any, reviewer: Any) -> None:
    resource = {name: value for name, value in mount().items() if name != "authorization_token"}
    body = {"agent": reviewer.id, "environment_id": world.environment().id, "resources": [resource]}

    error = world.call("POST", "sessions", body, status=400)["error"]

    assert error["param"] == "resources.0.authorization_token"


def test_the_agent_is_told_to_open_a_pull_request(world: Any, reviewer: Any) -> None:
    session = create(world, reviewer, mount())
    message = {"type": "user.message", "content": [{"type": "text", "text": TASK}]}

    world.call("POST", f"sessions/{session['id']}/events", {"events": [message]})

    told = world.events(session["id"])
    assert told[0].content[0].text == TASK
    assert [event.type for event in told][-1] == "session.status_idle"


def test_an_expired_token_is_told_and_a_fresh_session_works(world: Any, reviewer: Any) -> None:
    expired = [{"url": APP, "private": True, "tokens": [TOKEN], "expired_tokens": ["expired"]}]
    world.control.repositories(expired)
    old = create(world, reviewer, mount(token="expired"))

    assert [error.type for error in world.errors(old["id"])] == ["repository_authentication_error"]
    assert world.errors(create(world, reviewer, mount())["id"]) == []


def test_a_token_rotation_request_repairs_the_session_too(world: Any, reviewer: Any) -> None:
    session = create(world, reviewer, mount(token="wrong"))
    assert len(world.errors(session["id"])) == 1
    resource = session["resources"][0]["id"]

    world.call("POST", f"sessions/{session['id']}/resources/{resource}", {"authorization_token": TOKEN})

    assert len(world.errors(session["id"])) == 1
    assert len(world.control.rotations(session["id"])) == 1


def test_repositories_are_not_swapped_on_a_running_session(world: Any, reviewer: Any) -> None:
    session = create(world, reviewer, mount())
    path = f"sessions/{session['id']}"
    resource = f"{path}/resources/{session['resources'][0]['id']}"

    world.call("POST", path, {"resources": [mount("frontend")]}, status=400)
    world.call("POST", f"{path}/resources", mount("frontend"), status=400)
    world.call("POST", resource, {"url": APP, "authorization_token": TOKEN}, status=400)
    world.call("POST", resource, {"mount_path": "/app/other", "authorization_token": TOKEN}, status=400)
    assert world.call("GET", path)["resources"] == session["resources"]


def test_an_enterprise_server_has_no_field_of_its_own(world: Any, reviewer: Any) -> None:
    session = create(world, reviewer, mount() | {"url": "https://github.your-org.example/your-org/your-repo"})

    assert session["resources"][0]["url"].startswith("https://github.your-org.example/")


def test_the_mount_ends_with_the_session(world: Any, reviewer: Any) -> None:
    session = create(world, reviewer, mount())["id"]
    world.call("POST", f"sessions/{session}/archive")

    world.call(
        "POST",
        f"sessions/{session}/resources/{world.control.mounts(session)[0]['resource_id']}",
        {"authorization_token": TOKEN},
        status=409,
    )
