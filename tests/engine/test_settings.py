"""Settings of a stack on the real engine: a misspelt one asks nobody, and which of them a state keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.declare import environment

if TYPE_CHECKING:
    from engine.stack import Stack

KEY = "key-of-the-account"


def providers(stack: Stack) -> str:
    """What the state has of providers, in which secrets are encrypted."""
    stack.state()
    rows = [row for row in stack.deployment["resources"] if row["type"].startswith("pulumi:providers:")]
    return json.dumps(rows)


def test_a_misspelt_setting_is_refused_before_anybody_is_asked(stack: Stack) -> None:
    stack.declare(environment())
    stack.forget("managed-agents:emulator")
    stack.configure("managed-agents:emulater", "world.emulator")
    with stack.emulator() as emulator, emulator.serve() as server:
        real = {"ANTHROPIC_BASE_URL": server.url, "ANTHROPIC_API_KEY": KEY}
        for command in (("preview",), ("up", "--yes", "--skip-preview")):
            told = " ".join(stack.fail(*command, env=real).output.split())
            assert "managed-agents:emulater is no setting: did you mean `managed-agents:emulator`?" in told

    assert stack.log() == []


def test_a_key_of_the_environment_is_in_no_state_and_a_configured_one_is_encrypted(stack: Stack) -> None:
    stack.declare(environment())
    with stack.served(KEY) as server:
        stack.forget("managed-agents:apiKey")
        stack.succeed("up", "--yes", "--skip-preview", env={"ANTHROPIC_API_KEY": KEY})
        assert "apiKey" not in providers(stack)
        stack.configure("managed-agents:apiKey", KEY, secret=True)
        stack.up()
        assert "apiKey" in providers(stack)
        assert server.url in providers(stack)


def test_a_refresh_goes_by_the_settings_of_the_last_update(stack: Stack) -> None:
    stack.declare(environment())
    stack.up()
    stack.configure("managed-agents:emulator", "another.emulator")

    assert stack.refresh().refreshed == {}

    assert not (stack.folder / "another.emulator").exists()
