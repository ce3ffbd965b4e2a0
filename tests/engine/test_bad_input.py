"""What is wrong with a declaration: all of it at once, each at its place, in a sentence, and never the value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine.bad_declarations import CASES, PASSWORD
from engine.declare import URL, agent, environment, ref, repository, session

if TYPE_CHECKING:
    from engine.stack import Stack


# In YAML the language host finds unknown properties and wrong types by itself, with the schema, before the provider is
# asked: what the plugin answers to them is tested over gRPC.
@pytest.mark.front_end("dynamic")
@pytest.mark.parametrize("kind", CASES)
def test_everything_that_is_wrong_is_told_at_once_with_its_place(stack: Stack, kind: str) -> None:
    stack.secrets.add(PASSWORD)
    row, expected = CASES[kind]
    stack.declare(row)

    refused = stack.fail("preview")

    prefix = f"{stack.token}{kind} resource 'wrong' has a problem: "
    problems = [text.removeprefix(prefix).strip() for severity, text in refused.diagnostics if severity == "error"]
    assert sorted(problems) == sorted(f"`{path}` {sentence}" for path, sentence in expected.items())


TWICE = {"type": "github_repository", "url": URL, "mount_path": "/workspace/app"}
WRONG_VALUES = {
    "url, mountPath": repository("app", url=f"https://someone:{PASSWORD}@github.com/org/app", mount_path="/etc"),
    "description, metadata": agent(description="x" * 2049, metadata={f"key-{number}": "value" for number in range(17)}),
    "title, resources[1].mountPath": session(
        agent="agent_1", environment_id="env_1", resources=[TWICE, TWICE], title=""
    ),
}


@pytest.mark.front_end("plugin")
@pytest.mark.parametrize("paths", WRONG_VALUES)
def test_every_wrong_value_is_told_at_once_and_never_shown(stack: Stack, paths: str) -> None:
    stack.secrets.add(PASSWORD)
    stack.declare(WRONG_VALUES[paths])

    refused = stack.fail("preview")

    told = "\n".join(text for severity, text in refused.diagnostics if severity == "error")
    assert [path for path in paths.split(", ") if f"`{path}` " not in told] == []


def test_an_agent_that_does_not_exist_is_refused_by_the_platform_in_its_own_words(stack: Stack) -> None:
    stack.declare(environment(), session(agent="agent_missing"))
    stack.preview()

    refused = stack.fail("up", "--yes", "--skip-preview")

    assert (
        "POST /v1/sessions: 404 not_found_error: agent: agent 'agent_missing' was not found. (request id req_"
        in refused.output
    )


def test_a_preview_needs_no_key_and_an_up_says_how_to_set_one(stack: Stack) -> None:
    stack.forget("managed-agents:emulator")
    stack.declare(agent(), environment(), repository("app"), session(resources=[ref("app")]))

    stack.preview()
    refused = stack.fail("up", "--yes", "--skip-preview")

    assert "No API key: set it with `pulumi config set --secret managed-agents:apiKey`" in refused.output
    assert "ANTHROPIC_API_KEY" in refused.output


SETTINGS = {
    "plain HTTP": (
        {"baseUrl": "http://api.example.com"},
        "managed-agents:baseUrl is plain HTTP to api.example.com, which would send the key in the clear: use `https://`",
    ),
    "no address": ({"baseUrl": "api.example.com"}, "managed-agents:baseUrl is no address: write it as `https://HOST`"),
    "wrong values": (
        {"maxRetries": "many", "platform": "other"},
        "managed-agents:platform must be 'claude' or 'qoder'; managed-agents:maxRetries must be a valid integer",
    ),
    "a file that cannot be written": ({"emulator": "Pulumi.yaml/world"}, "managed-agents:emulator: "),
    "a file of another program": ({"emulator": "Pulumi.yaml"}, "managed-agents:emulator: "),
}


@pytest.mark.parametrize(("settings", "sentence"), SETTINGS.values(), ids=list(SETTINGS))
def test_a_setting_that_cannot_be_used_is_named(stack: Stack, settings: dict[str, str], sentence: str) -> None:
    for name, value in settings.items():
        stack.configure(f"managed-agents:{name}", value)
    stack.declare(agent())

    refused = stack.fail("up", "--yes", "--skip-preview")

    (told,) = {text for severity, text in refused.diagnostics if severity == "error" and "managed-agents:" in text}
    assert sentence in told
