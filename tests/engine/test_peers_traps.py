"""What other tools in this field stumble over, each on the real engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import agent, environment, ref, row, session
from engine.deployment_fields import cron, message
from engine.vault_fields import bearer, oauth, variable

if TYPE_CHECKING:
    from engine.stack import Stack

pytestmark = pytest.mark.front_end("plugin")

DEPLOYED = {"agent": ref("reviewer.id"), "environment_id": ref("sandbox.id"), "initial_events": [message("Look.")]}
SKILL = "---\nname: {}\ndescription: What it does.\n---\nLook.\n"


def operations(stack: Stack, since: int) -> list[str]:
    """What was asked of the platform."""
    return [str(entry["operation"]) for entry in stack.log(since)]


def test_reordered_and_default_filled_tools_are_no_diff_and_a_permission_changed_elsewhere_is(stack: Stack) -> None:
    configs = [{"name": "bash", "permission_policy": {"type": "always_ask"}}, {"name": "read"}]
    server = {"type": "url", "name": "github", "url": "https://mcp.example.com/"}
    toolset, theirs = {"type": "agent_toolset_20260401"}, {"type": "mcp_toolset", "mcp_server_name": "github"}
    stack.declare(agent(tools=[{**toolset, "configs": configs}, theirs], mcp_servers=[server]))
    stack.up()
    stack.declare(agent(tools=[theirs, {**toolset, "configs": configs[::-1]}], mcp_servers=[server]))
    stack.quiet()
    stack.refresh("--expect-no-changes")
    (found,) = stack.objects("agents")
    loosened = [_allowing(tool) if tool["type"] == toolset["type"] else tool for tool in found["tools"]]
    with stack.emulator() as emulator:
        emulator.control.change("agents", found["id"], tools=loosened)

    stack.refresh()

    assert stack.preview().operations == {"reviewer": ["update"]}


def _allowing(tool: dict[str, Any]) -> dict[str, Any]:
    allow = {"permission_policy": {"type": "always_allow"}}
    return {**tool, "configs": [{**config, **allow} for config in tool["configs"]]}


def test_whatever_is_archived_elsewhere_is_noticed(stack: Stack) -> None:
    rows = [
        agent(),
        environment(),
        row("Vault")("vault"),
        row("MemoryStore")("store"),
        row("Deployment")("weekly", **DEPLOYED),
    ]
    kinds = {"vault": "vaults", "store": "memory_stores", "weekly": "deployments", "sandbox": "environments"}
    stack.declare(*rows)
    stack.up()
    with stack.emulator() as emulator:
        for name, kind in kinds.items():
            emulator.control.change(kind, stack.id(name), archived_at="2026-11-01T00:00:00Z")

    assert stack.refresh().refreshed == dict.fromkeys(kinds, "delete")

    assert {name: steps for name, steps in stack.preview().operations.items() if name in kinds} == {
        name: ["create"] for name in kinds
    }


def test_a_failing_second_call_keeps_the_id(stack: Stack) -> None:
    stack.declare(agent(), environment(), row("Deployment")("weekly", **DEPLOYED, **cron(), paused=True))
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": "deployments.pause", "status": 400, "times": 1}])

    failed = stack.fail("up", "--yes", "--skip-preview")

    (found,) = stack.objects("deployments")
    assert found["id"] in failed.output
    assert stack.id("weekly") == found["id"]
    mark = stack.mark()
    stack.up()
    assert operations(stack, mark) == ["deployments.pause"]


def test_a_pause_by_the_platform_is_reported_and_not_fought(stack: Stack) -> None:
    stack.declare(agent(), environment(), row("Deployment")("weekly", **DEPLOYED, **cron(), paused=False))
    stack.up()
    with stack.emulator() as emulator:
        reason = {"type": "error", "error": {"type": "mcp_egress_blocked_error", "message": "blocked"}}
        emulator.control.change("deployments", stack.id("weekly"), status="paused", paused_reason=reason)

    run = stack.refresh()

    assert any("mcp_egress_blocked_error" in text for severity, text in run.diagnostics if severity == "warning")
    assert stack.state()["weekly"]["outputs"]["pausedReason"] == {
        "type": "error",
        "errorType": "mcp_egress_blocked_error",
    }
    stack.quiet()
    mark = stack.mark()
    stack.up()
    assert operations(stack, mark) == []


def test_a_change_of_one_secret_sends_that_secret_only(stack: Stack) -> None:
    stack.secrets |= {"made-up-access-1", "made-up-refresh-1", "made-up-refresh-2"}
    stack.declare(row("Vault")("vault"), row("Credential")("mcp", vault_id=ref("vault.id"), **oauth()))
    stack.up()
    before = credential_secrets(stack)
    stack.declare(
        row("Vault")("vault"),
        row("Credential")("mcp", vault_id=ref("vault.id"), **oauth(refresh_token="made-up-refresh-2")),
    )

    stack.up()

    after = credential_secrets(stack)
    assert {path for path in after if after[path] != before.get(path)} == {"auth.refresh.refresh_token"}
    with stack.emulator() as emulator:
        rotated = emulator.control.rotations(stack.id("mcp").rpartition("/")[2])
    assert [entry["resource_id"] for entry in rotated] == ["auth.refresh.refresh_token"]


def credential_secrets(stack: Stack) -> dict[str, str]:
    """The fingerprints of what the platform holds."""
    with stack.emulator() as emulator:
        found: dict[str, str] = emulator.control.credential_secrets(stack.id("mcp").rpartition("/")[2])
    return found


def test_the_inner_fields_of_oauth_are_sent(stack: Stack) -> None:
    client = {"token_endpoint_auth": {"type": "client_secret_post", "client_secret": "made-up-client-1"}}
    stack.secrets |= {"made-up-access-1", "made-up-refresh-1", "made-up-client-1"}
    auth = oauth(scope="read", resource="https://mcp.example.com", **client)

    stack.declare(row("Vault")("vault"), row("Credential")("mcp", vault_id=ref("vault.id"), **auth))
    stack.up()

    (found,) = stack.objects("credentials")
    assert found["auth"]["refresh"] == {
        "token_endpoint": "https://mcp.example.com/token",
        "client_id": "client",
        "scope": "read",
        "resource": "https://mcp.example.com",
        "token_endpoint_auth": {"type": "client_secret_post"},
    }
    assert set(credential_secrets(stack)) == {
        "auth.access_token",
        "auth.refresh.refresh_token",
        "auth.refresh.token_endpoint_auth.client_secret",
    }


def test_an_edited_environment_is_never_replaced_unless_its_type_changes(stack: Stack) -> None:
    before = {"type": "cloud", "networking": {"type": "limited", "allowed_hosts": ["example.com"]}}
    after = {"type": "cloud", "networking": {"type": "unrestricted"}, "packages": {"pip": ["httpx"]}}
    stack.declare(environment(name="one", config=before, description="one", metadata={"a": "1"}))
    stack.up()
    stack.declare(environment(name="two", config=after))
    assert stack.preview().operations == {"sandbox": ["update"]}
    stack.declare(environment(name="one", config={"type": "self_hosted"}))

    assert "replace" in stack.preview().operations["sandbox"]


def test_a_mount_path_that_the_platform_fills_in_is_no_diff(stack: Stack) -> None:
    stack.use("qoder")
    stack.declare(
        agent(model="ultimate"),
        environment(),
        session(
            resources=[
                {"type": "github_repository", "url": "https://github.com/org/app", "authorization_token": "a-token"}
            ]
        ),
    )
    stack.up()
    stack.quiet()
    stack.refresh("--expect-no-changes")
    stack.quiet()

    (mounted,) = stack.state()["review"]["outputs"]["mountedResources"]
    assert mounted["mountPath"] == "/data/workspace/app"


def test_lists_are_read_past_their_first_page(stack: Stack) -> None:
    stack.declare(agent())
    stack.up()
    with stack.emulator() as emulator:
        for number in range(130):
            emulator.control.change("agents", stack.id("reviewer"), system=f"words {number}")
    program = (stack.folder / "Pulumi.yaml").read_text()
    call = (
        'fn::invoke: {function: "managed-agents:getAgentVersions", arguments: {id: "${reviewer.id}"}, return: versions}'
    )
    (stack.folder / "Pulumi.yaml").write_text(
        program.replace(
            "outputs:\n", f"variables:\n  versions:\n    {call}\noutputs:\n  oldest: ${{versions[130].version}}\n"
        )
    )
    stack.refresh()

    stack.up()

    assert stack.outputs()["oldest"] == 1


def test_no_retries_means_none(stack: Stack) -> None:
    stack.configure("managed-agents:maxRetries", "0")
    stack.declare(agent(metadata={f"key-{number}": "1" for number in range(16)}))
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": "agents.create", "every": 1, "status": 429}])

    stack.fail("up", "--yes", "--skip-preview")

    assert operations(stack, 0) == ["agents.create"]


def test_a_key_that_is_taken_is_told_with_the_way_to_adopt_its_owner(stack: Stack) -> None:
    stack.secrets |= {"made-up-bearer-1", "made-up-bearer-2"}
    vault, first = (
        row("Vault")("vault"),
        row("Credential")("first", vault_id=ref("vault.id"), **bearer("made-up-bearer-1")),
    )
    stack.declare(vault, first)
    stack.up()
    second = row("Credential")("second", vault_id=ref("vault.id"), **bearer("made-up-bearer-2"))
    stack.declare(vault, {**first, "options": {"retain_on_delete": True}})
    stack.up()
    stack.declare(vault)
    stack.up()
    stack.declare(vault, second)

    failed = stack.fail("up", "--yes", "--skip-preview")

    (taken,) = stack.objects("credentials")
    id_ = f"{stack.id('vault')}/{taken['id']}"
    assert f"pulumi import managed-agents:index:Credential NAME {id_}" in " ".join(failed.output.split())
    stack.succeed(
        "import", "managed-agents:index:Credential", "second", id_, "--yes", "--protect=false", "--generate-code=false"
    )
    stack.up()
    stack.quiet()


def test_a_burst_of_skills_stays_under_the_limit(stack: Stack) -> None:
    names = [f"skill-{number}" for number in range(12)]
    stack.write({f"{name}/SKILL.md": SKILL.format(name) for name in names})
    stack.declare(*(row("Skill")(name, path=name) for name in names))
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": "skills.create", "every": 3, "status": 429, "retry_after": 0.2}])

    stack.up()

    assert len(stack.objects("skills")) == len(names)
    stack.quiet()


def test_what_is_gone_or_archived_already_is_removed_without_complaint(stack: Stack) -> None:
    stack.secrets |= {"made-up-bearer-1", "made-up-bearer-2"}
    stack.write({"skill/SKILL.md": SKILL.format("reviewing")})
    stack.declare(
        agent(),
        environment(),
        row("Vault")("vault"),
        row("Credential")("bearer", vault_id=ref("vault.id"), **bearer("made-up-bearer-1")),
        row("Credential")("variable", vault_id=ref("vault.id"), **variable("made-up-bearer-2")),
        row("MemoryStore")("store"),
        row("Memory")("memory", memory_store_id=ref("store.id"), path="/a.md", content="one"),
        row("File")("file", text="one", filename="a"),
        row("Skill")("skill", path="skill"),
        row("Deployment")("weekly", **DEPLOYED),
    )
    stack.up()
    gone = {"bearer": "credentials", "memory": "memories", "file": "files", "skill": "skills"}
    archived = {"reviewer": "agents", "vault": "vaults", "store": "memory_stores", "weekly": "deployments"}
    with stack.emulator() as emulator:
        for name, kind in gone.items():
            emulator.control.remove(kind, stack.id(name).rpartition("/")[2])
        for name, kind in archived.items():
            emulator.control.change(kind, stack.id(name), archived_at="2026-11-01T00:00:00Z")

    stack.destroy()

    assert stack.state() == {}


def test_a_skill_with_a_link_in_its_folder_is_refused(stack: Stack) -> None:
    stack.write({"skill/SKILL.md": SKILL.format("reviewing")})
    (stack.folder / "skill" / "passwd").symlink_to("/etc/passwd")

    stack.declare(row("Skill")("skill", path="skill"))

    assert "`path` names a folder with a symbolic link, which is not followed: 'passwd'" in refused(stack)


def test_a_skill_that_is_too_large_is_refused(stack: Stack) -> None:
    stack.write({"skill/SKILL.md": SKILL.format("reviewing")})
    with (stack.folder / "skill" / "large.bin").open("wb") as file:
        file.truncate(30_000_000)

    stack.declare(row("Skill")("skill", path="skill"))

    assert "`path` names a folder with more than 29,999,999 bytes in its files" in refused(stack)


def test_a_skill_whose_files_leave_its_folder_is_refused(stack: Stack) -> None:
    stack.write({"skill/SKILL.md": SKILL.format("reviewing"), "skill/a\\..\\b": "words"})

    stack.declare(row("Skill")("skill", path="skill"))

    assert "`path` names a folder with a file whose name cannot be used" in refused(stack)


def refused(stack: Stack) -> str:
    """What a preview that is refused says, on one line; nothing may have been asked of the platform."""
    told = stack.fail("preview").output
    assert stack.log() == []
    return " ".join(told.split())
