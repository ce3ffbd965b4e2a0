"""One program of all kinds in each place: a preview refuses what the place lacks, and the rest is made and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import row
from engine.yaml_stack import YamlStack

if TYPE_CHECKING:
    from pathlib import Path

MCP = "https://mcp.example.com/"
HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
MODELS = {"cn": "ultimate"}
RUN = {"agent": {"$ref": "worker.id"}, "environment_id": {"$ref": "sandbox.id"}}


def bearer(token: str = "token-of-last-week") -> dict[str, Any]:  # noqa: S107 - of nobody
    return {"type": "static_bearer", "mcp_server_url": MCP, "token": {"$secret": token}}


def program(place: str) -> dict[str, dict[str, Any]]:
    """Every kind that the platform of the place has, each once, and what some place lacks besides."""
    rows = [
        row("Agent")("worker", model=MODELS.get(place, "claude-opus-5-5")),
        row("Environment")("sandbox"),
        row("Vault")("secrets"),
        row("Credential")("tracker", vault_id={"$ref": "secrets.id"}, auth=bearer()),
        row("MemoryStore")("knowledge"),
        row("Memory")("style", memory_store_id={"$ref": "knowledge.id"}, path="/style.md", content="short"),
        row("Skill")("reviewing", path="skill"),
        row("File")("notes", text="notes", filename="notes.txt"),
        row("Session")("review", **RUN, vault_ids=[{"$ref": "secrets.id"}]),
        row("SessionEvents")("task", session_id={"$ref": "review.id"}, events=[HELLO]),
        row("Deployment")("nightly", **RUN, initial_events=[HELLO]),
    ]
    if place != "cn":
        rows += [
            row("UserProfile")("somebody"),
            row("Environment")("rented", config={"type": "cloud"}),
            row("Agent")("hasty", model={"id": "claude-opus-5-5", "speed": "fast"}),
            row("Credential")(
                "login",
                vault_id={"$ref": "secrets.id"},
                auth={"type": "mcp_oauth", "mcp_server_url": "https://other.example.com/", "access_token": "old"},
            ),
        ]
    return {each["name"]: each for each in rows}


REFUSED = {
    "self-hosted": {
        "notes": "File does not exist on self-hosted Claude Managed Agents: put the file",
        "rented": "`cloud` does not exist on self-hosted Claude Managed Agents: write `self_hosted`",
        "login": "`mcp_oauth` does not exist on self-hosted Claude Managed Agents: store a token that lasts",
    },
    "aws": {
        "nightly": "Deployment does not exist on Claude Platform on AWS: start a `Session`",
        "hasty": "`fast` does not exist on Claude Platform on AWS: remove the property",
    },
    "google-cloud": {},
    "cn": {},
}
WARNED = {"self-hosted": ["UserProfile somebody"], "aws": ["UserProfile somebody"], "google-cloud": [], "cn": []}


@pytest.mark.parametrize("place", REFUSED)
def test_a_program_of_all_kinds_in_its_place(place: str, tmp_path: Path) -> None:
    stack = YamlStack(tmp_path)
    stack.configure("managed-agents:place", place)
    if place == "cn":
        stack.configure("managed-agents:platform", "qoder")
    stack.write({"skill/SKILL.md": "---\nname: reviewing\ndescription: How to review\n---\nRead.\n"})
    rows = program(place)

    refused = dict(REFUSED[place])
    while refused:  # the engine ends with the first that is wrong
        stack.declare(*rows.values())
        told = " ".join(stack.fail("preview").output.split())
        name = next(name for name, sentence in refused.items() if sentence in told)
        del refused[name], rows[name]
    stack.declare(*rows.values())
    warned = " ".join(stack.preview().output.split())
    assert all(name in warned for name in WARNED[place])
    if place == "self-hosted":  # a warning: this server has none
        del rows["somebody"]
        stack.declare(*rows.values())
    stack.up()
    stack.quiet()
    assert stack.refresh().refreshed == {}

    if place == "self-hosted":
        assert stack.objects("environments")[0]["config"] == {"type": "self_hosted"}
    if place == "aws":
        assert "not available here" in stack.fail("destroy", "--yes").output
        assert "somebody" in stack.state()
    else:
        stack.succeed("destroy", "--yes")
