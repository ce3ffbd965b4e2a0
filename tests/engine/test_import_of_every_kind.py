"""What exists already, taken over by its id alone: nothing is created, changed or uploaded, and all is quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import ref, row
from engine.stack import Stack
from resources.authorities import authority

from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from pathlib import Path

MESSAGE = {"type": "user.message", "content": [{"type": "text", "text": "Look."}]}
CRON = {"type": "cron", "expression": "0 8 * * 1", "timezone": "UTC"}
MODELS = {"claude": "claude-opus-4-8", "qoder": "ultimate"}
FILES = {
    "plan.txt": "The plan.",
    "skill/SKILL.md": "---\nname: reviewing\ndescription: What it does.\n---\nLook.\n",
    "agent.md": "---\ndescription: Reads.\n---\nYou review.\n",
}


ONLY_ON = {
    "claude": (
        row("UserProfile")("profile", name="Ada", external_user_details={"country": "GB"}),
        row("Tunnel")("office", display_name="office"),
        row("TunnelCertificate")("trust", tunnel_id=ref("office.id"), ca_certificate_pem=authority("one")),
    )
}
"""Kinds that one platform has."""


TOKENS: dict[str, dict[str, str]] = {"claude": {}, "qoder": {"authorization_token": "a-token"}}
PACKAGES = {"pip": ["httpx"]}


def everything(platform: str, *, before: bool = False) -> list[dict[str, Any]]:
    """One of each kind, as a program declares them; `before` Qoder wanted a token."""
    token = {} if before else TOKENS[platform]
    return [
        row("Agent")("agent", model=MODELS[platform], source="agent.md", tools=[{"type": "agent_toolset_20260401"}]),
        row("Environment")("sandbox", name="sandbox", config={"type": "cloud", "packages": PACKAGES}),
        row("Vault")("vault", metadata={"team": "review"}),
        row("MemoryStore")("store", description="What was learnt."),
        row("Memory")("memory", memory_store_id=ref("store.id"), path="/style.md", content="Short."),
        row("File")("plan", path="plan.txt"),
        row("Skill")("skill", path="skill"),
        row("Session")(
            "session",
            agent=ref("agent.id"),
            environment_id=ref("sandbox.id"),
            title="review",
            vault_ids=[ref("vault.id")],
            resources=[
                {"type": "github_repository", "url": "https://github.com/org/app", **token},
                {"type": "memory_store", "memory_store_id": ref("store.id")},
            ],
        ),
        row("Dream")("dream", memory_store_id=ref("store.id"), session_ids=[ref("session.id")], model=MODELS[platform]),
        *ONLY_ON.get(platform, ()),
        row("SessionEvents")("task", session_id=ref("session.id"), events=[MESSAGE]),
        row("Deployment")(
            "weekly",
            agent=ref("agent.id"),
            environment_id=ref("sandbox.id"),
            initial_events=[MESSAGE],
            schedule=CRON,
            resources=[{"type": "github_repository", "url": "https://github.com/org/app", **token}],
        ),
    ]


SECRET_KINDS = {"Credential"}
"""Their secret is required, and no platform shows it: declaring it again sends it once."""

NOTHING_TO_IMPORT = {"RepositoryResource", "GitHubInstallationToken"}
"""Declared for sessions to take (in bound mode it has tests of its own); shown by GitHub once only."""


TOKENS_SENT = {
    "claude": {},
    "qoder": {"session": "sessions.resources.update", "weekly": "deployments.update"},
}
"""What is sent once: a token that is declared, and that no platform shows."""

LOOKS = ("tunnels.reveal_token",)
"""What changes nothing, although it is posted."""


@pytest.mark.front_end("plugin")
@pytest.mark.parametrize("platform", MODELS)
def test_an_import_by_id_is_quiet_and_sends_no_more_than_tokens(stack: Stack, tmp_path: Path, platform: str) -> None:
    rows = everything(platform)
    elsewhere = {name for name, kind in KINDS.items() if not kind.is_on(platform)}
    assert {item["kind"] for item in rows} == KINDS.keys() - SECRET_KINDS - NOTHING_TO_IMPORT - elsewhere
    stack.use(platform)
    stack.write(FILES)
    stack.declare(*rows)
    stack.up()
    ids = {name: found["id"] for name, found in stack.state().items()}
    (tmp_path / "second").mkdir()
    other = type(stack)(tmp_path / "second")
    other.configure("managed-agents:emulator", str(stack.emulator_path))
    other.emulator_path = stack.emulator_path
    other.use(platform)
    other.write(FILES)
    mark = other.mark()

    other.declare(*({**item, "options": {"import": ids[item["name"]]}} for item in rows))
    run = other.up()

    sent = TOKENS_SENT[platform]
    assert {name: steps for name, steps in run.operations.items() if name in ids and steps != ["import"]} == {
        name: ["import", "update"] for name in sent
    }
    assert {name: found["id"] for name, found in other.state().items()} == ids
    requests = [entry["operation"] for entry in other.log(mark) if entry["method"] != "GET"]
    requests = [each for each in requests if each not in LOOKS]
    assert sorted(requests) == sorted(sent.values())
    other.declare(*rows)
    other.quiet()
    other.refresh("--expect-no-changes")
    other.quiet()


@pytest.mark.front_end("plugin")
def test_the_content_of_an_imported_file_is_watched_from_then_on(stack: Stack) -> None:
    stack.write(FILES)
    stack.declare(row("File")("plan", path="plan.txt"))
    stack.up()
    id_ = stack.id("plan")
    stack.succeed("state", "delete", "--yes", f"urn:pulumi:dev::under-test::{stack.token}File::plan")
    stack.succeed("import", "--yes", "--protect=false", "--generate-code=false", f"{stack.token}File", "plan", id_)
    stack.up()
    stack.quiet()

    stack.write({"plan.txt": "Another plan."})

    assert stack.preview().operations["plan"] == ["create-replacement", "replace", "delete-replaced"]


@pytest.mark.front_end("plugin")
def test_the_secret_of_an_imported_credential_is_sent_once(stack: Stack) -> None:
    auth = {"type": "static_bearer", "mcp_server_url": "https://mcp.example.com/", "token": "made-up-token"}
    rows = [row("Vault")("vault"), row("Credential")("github", vault_id=ref("vault.id"), auth=auth)]
    stack.secrets.add("made-up-token")
    stack.declare(*rows)
    stack.up()
    id_ = stack.id("github")
    stack.succeed("state", "delete", "--yes", f"urn:pulumi:dev::under-test::{stack.token}Credential::github")
    stack.succeed(
        "import", "--yes", "--protect=false", "--generate-code=false", f"{stack.token}Credential", "github", id_
    )
    mark = stack.mark()
    # What the command line writes of a secret that nobody can read.
    empty = row("Credential")("github", vault_id=ref("vault.id"), auth={**auth, "token": ""})
    stack.declare(rows[0], empty)
    stack.quiet()
    stack.declare(*rows)

    assert stack.up().operations == {"github": ["update"]}

    assert [entry["operation"] for entry in stack.log(mark)] == ["vaults.credentials.update"]
    stack.quiet()
