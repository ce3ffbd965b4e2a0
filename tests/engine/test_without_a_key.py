"""No key is set anywhere: whole commands with an identity token, a preview of what is new with nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credentials.identities import ORGANIZATION, REQUEST_TOKEN, RULE, github_actions, identity, trust

if TYPE_CHECKING:
    import pytest
    from engine.stack import Stack

ROWS = (
    {"kind": "Agent", "name": "worker", "args": {"model": "claude-opus-4-8"}},
    {"kind": "Environment", "name": "sandbox", "args": {}},
    {
        "kind": "Session",
        "name": "work",
        "args": {"agent": {"$ref": "worker.id"}, "environment_id": {"$ref": "sandbox.id"}},
    },
)
FEDERATION = {"ANTHROPIC_FEDERATION_RULE_ID": RULE, "ANTHROPIC_ORGANIZATION_ID": ORGANIZATION}


def test_a_whole_update_makes_one_exchange(
    stack: Stack, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several processes of preview, update and refresh share it, although the token's `jti` is good once."""
    aside = tmp_path_factory.mktemp("aside")
    file = aside / "identity"
    file.write_text(identity())
    stack.secrets.add(file.read_text())
    stack.forget("managed-agents:emulator")
    stack.declare(*ROWS)
    stack.preview()  # what is new needs no credential

    with stack.emulator() as world, world.serve() as server:
        trust(world)
        variables = {**FEDERATION, "ANTHROPIC_IDENTITY_TOKEN_FILE": str(file), "ANTHROPIC_BASE_URL": server.url}
        for name, value in {**variables, "XDG_CACHE_HOME": str(aside / "cache")}.items():
            monkeypatch.setitem(stack.environment, name, value)
        stack.succeed("up", "--yes")
        assert world.control.counters()["oauth.token"] == 1

        (kept,) = (aside / "cache").rglob("tokens/*.json")
        assert "sk-ant-oat01-" in kept.read_text()
        stack.secrets.add(kept.read_text().partition("sk-ant-oat01-")[2].partition('"')[0])
        stack.refresh()
        assert world.control.counters()["oauth.token"] == 1

        world.control.clock(advance_seconds=7200)
        denied = stack.fail("refresh", "--yes", "--skip-preview")
        assert "The identity token has a `jti`, so that it is good for one exchange" in denied.output
        assert "authentication history" in denied.output

        with github_actions() as job:
            stack.secrets.add(REQUEST_TOKEN)
            monkeypatch.delitem(stack.environment, "ANTHROPIC_IDENTITY_TOKEN_FILE")
            for name, value in job.items():
                monkeypatch.setitem(stack.environment, name, value)
            stack.refresh()
            stack.destroy()
        history = [row["result"] for row in world.control.authentication_history()]
        assert history.count("success") == 2
    stack.search_files()
