"""Tokens and keys are nowhere in the clear: not in the state, an output, an event, a log, an error or a file."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import URL, agent, environment, ref, repository, row, session

from pulumi_managed_agents import apply
from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.errors import CallFailed
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from engine.stack import Stack

OLD, NEW, INLINE = "token-of-last-week", "token-of-this-week", "token-in-a-session"
KEY = "key-of-a-made-up-account"


def declare(stack: Stack, token: str, inline: str = INLINE) -> None:
    """The token as text, marked as secret, and another one written into the session itself."""
    inlined = {"type": "github_repository", "url": "https://github.com/org/docs", "authorization_token": inline}
    app, infra = (
        repository("app", authorization_token=token),
        repository("infra", authorization_token={"$secret": token}),
    )
    stack.declare(agent(), environment(), app, infra, session(resources=[ref("app"), ref("infra"), inlined]))


@pytest.fixture
def watched(stack: Stack) -> Stack:
    """A stack in which every output and state is searched for the tokens."""
    stack.secrets |= {OLD, NEW, INLINE}
    return stack


def test_tokens_are_nowhere_in_the_clear(watched: Stack) -> None:
    declare(watched, OLD)
    watched.preview("--diff")
    watched.up("--diff")
    declare(watched, NEW)
    watched.preview("--diff")
    watched.up("--diff")
    watched.refresh("--diff")

    state = watched.state()

    for name in ("app", "infra"):
        assert "ciphertext" in state[name]["inputs"]["authorizationToken"]
        assert "ciphertext" in state[name]["outputs"]["authorizationToken"]
    watched.destroy()
    watched.search_files()


def test_a_token_that_the_platform_repeats_in_an_error_is_not_shown(watched: Stack) -> None:
    with watched.emulator() as emulator:
        complaint = {"status": 400, "message": f"{OLD} is no token of ours"}
        emulator.control.faults([{"operation": "sessions.create", **complaint}])
    declare(watched, OLD)

    failed = watched.fail("up", "--yes", "--skip-preview")

    assert "[secret] is no token of ours" in failed.output


def test_a_preview_with_a_wrong_token_shows_where_it_is_and_not_what(watched: Stack) -> None:
    long = "token-of-last-week" * 300
    watched.secrets.add(long)
    declare(watched, long, inline="")

    failed = watched.fail("preview")

    assert "has 5400 characters: at most 4096 are accepted" in failed.output


def test_the_key_is_neither_in_the_state_nor_in_a_file(stack: Stack) -> None:
    declare(stack, OLD)

    with stack.served(KEY):
        stack.up()
        stack.refresh()
        stack.state()
        stack.search_files()
        with stack.emulator() as emulator:
            refusal = {"status": 401, "error_type": "authentication_error", "message": f"invalid x-api-key {KEY}"}
            emulator.control.faults([{"operation": "agents.archive", **refusal}])
        refused = stack.fail("destroy", "--yes", "--skip-preview")

    assert "401 authentication_error: invalid x-api-key [secret]" in refused.output
    assert "Check `managed-agents:apiKey`." in refused.output


MARKED = "https://github.com/org/code-name-of-it"
IN_THE_PATH = "key-in-the-path"
PROMPT = "between us and the agent alone"


def test_what_is_marked_later_is_nowhere_in_the_clear_from_then_on(stack: Stack) -> None:
    stack.declare(agent(system=PROMPT, metadata={"owner": PROMPT}))
    stack.up()
    stack.declare(agent(system={"$secret": PROMPT}, metadata={"owner": {"$secret": PROMPT}}))
    stack.up()

    stack.secrets |= {PROMPT}
    stack.state()
    stack.up("--diff")
    stack.state()
    stack.refresh("--diff")
    stack.state()
    stack.quiet()


def test_what_the_program_makes_secret_is_nowhere_in_the_clear(stack: Stack) -> None:
    """An object as a whole, an address, a prompt, and what follows from each."""
    stack.secrets |= {OLD, "code-name-of-it", IN_THE_PATH, PROMPT}
    auth = {"type": "static_bearer", "mcpServerUrl": f"https://mcp.example.com/{IN_THE_PATH}", "token": OLD}
    declared = [
        agent(system={"$secret": PROMPT}, metadata={"owner": {"$secret": PROMPT}}),
        environment(),
        row("Vault")("keys"),
        row("Credential")("docs", vault_id=ref("keys.id"), auth={"$secret": auth}),
        repository("app", url={"$secret": MARKED}, authorization_token=OLD),
        session(title={"$secret": PROMPT}, resources=[ref("app")]),
    ]
    stack.declare(*declared)
    stack.preview("--diff")
    stack.up("--diff")
    stack.quiet()
    with stack.emulator() as emulator:
        refusal = {"status": 400, "message": f"cannot take {PROMPT} nor {MARKED}"}
        emulator.control.faults([{"operation": "sessions.update", **refusal}])
    stack.declare(*declared[:-1], session(title={"$secret": f"{PROMPT}, again"}, resources=[ref("app")]))

    failed = stack.fail("up", "--yes", "--diff")

    assert "cannot take [secret] nor [secret]" in failed.output
    with stack.emulator() as emulator:
        emulator.control.clear_faults()
    stack.up("--diff")
    stack.refresh("--diff")
    stack.state()
    stack.destroy()


@pytest.mark.front_end("plugin")
def test_a_mount_shows_all_but_its_token(watched: Stack) -> None:
    declare(watched, OLD)
    watched.up()

    first, *_ = watched.state()["review"]["inputs"]["resources"]

    assert first["url"] == URL
    assert "ciphertext" in first["authorizationToken"]


def test_our_own_log_shows_requests_without_tokens_and_keys(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    mount = {"type": "github_repository", "url": URL, "mountPath": "/workspace/app", "authorizationToken": OLD}
    with Emulator(tmp_path / "world") as emulator, emulator.serve() as server:
        backend = connect(configure({"baseUrl": server.url, "apiKey": KEY}, {}))
        context = apply.Context(backend, pytest.fail)
        made = {name: apply.create(KINDS[name], inputs, context) for name, inputs in PLAIN.items()}
        inputs = {"agent": made["Agent"].id, "environmentId": made["Environment"].id, "resources": [mount]}
        session = apply.create(KINDS["Session"], inputs, context)
        rotated = {**inputs, "resources": [{**mount, "authorizationToken": NEW}]}
        apply.update(KINDS["Session"], session.id, session.outputs, rotated, context)
        emulator.control.faults([{"operation": "sessions.create", "status": 400, "message": f"{KEY} {OLD}"}])
        with pytest.raises(CallFailed) as failure:
            apply.create(KINDS["Session"], inputs, context)
        backend.close()

    printed = capfd.readouterr()
    shown = "\n".join([caplog.text, printed.out, printed.err, str(failure.value), repr(failure.value), repr(context)])
    assert "POST /v1/sessions: 200 in" in caplog.text
    assert not {word for word in (KEY, OLD, NEW) if word in shown}


PLAIN: dict[str, dict[str, Any]] = {
    "Agent": {"name": "reviewer", "model": "claude-opus-4-8"},
    "Environment": {"name": "sandbox"},
}
