"""What a server repeats of a secret is told without it, and what a user marks as secret stays so to the last leaf."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import grpc
import pytest
from plugin.client import init_failed
from plugin.front_ends import classes
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2 as pb

from pulumi_managed_agents.declaration.values import Secret, bare
from pulumi_managed_agents.plugin.codec import decode

if TYPE_CHECKING:
    from pathlib import Path

    from plugin.client import Client

    from pulumi_managed_agents.emulator import Emulator

PROMPT = "the prompt that nobody else may read"
URL = "https://github.com/org/app"
OLD, NEW = "token-of-last-week", "token-of-this-week"
HIDDEN = Secret("https://code-name-of-it.example.com")
PEM = "-----BEGIN made-up-----\nfirst-line-of-it\nlast-line-of-it\n-----END made-up-----"


def refuse(world: Emulator, operation: str, message: str, status: int = 400) -> None:
    world.control.faults([{"operation": operation, "status": status, "message": message}])


def text_of(failure: pytest.ExceptionInfo[grpc.RpcError]) -> str:
    """All that the engine hears of a failure."""
    return f"{failure.value.details()} {failure.value.trailing_metadata()}"


FORMS = {
    "as it is": str,
    "as JSON has it": lambda text: json.dumps(text)[1:-1],
    "as an address has it": lambda text: quote(text, safe=""),
    "without the blanks at its ends": str.strip,
}


# What comes back


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", [PROMPT, f' {PROMPT}, "quoted"\n', PEM], ids=["plain", "quoted", "of lines"])
def test_a_refusal_does_not_repeat_what_the_user_marked(
    plugin: Client, world: Emulator, secret: str, form: str
) -> None:
    refuse(world, "agents.create", f"cannot use <{FORMS[form](secret)}> here")
    inputs = plugin.check("Agent", {"model": "claude-opus-4-8", "system": Secret(secret)})

    with pytest.raises(grpc.RpcError) as failure:
        plugin.create("Agent", inputs)

    assert "cannot use <[secret]> here" in text_of(failure)


def test_a_refusal_does_not_repeat_a_token_of_the_state(plugin: Client, world: Emulator) -> None:
    session, outputs, inputs = mounted(plugin, OLD)
    refuse(world, "sessions.update", f"{OLD} was good")
    renamed = {**inputs, "title": "another"}

    with pytest.raises(grpc.RpcError) as failure:
        plugin.update("Session", session, outputs, renamed)

    assert "[secret] was good" in text_of(failure)
    assert OLD not in text_of(failure)


def mounted(plugin: Client, token: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """A session with a repository: its id, its outputs and its inputs."""
    agent, _ = plugin.make("Agent", {"model": "claude-opus-4-8"})
    environment, _ = plugin.make("Environment", {})
    mount = {"type": "github_repository", "url": URL, "authorizationToken": Secret(token)}
    inputs = plugin.check("Session", {"agent": agent, "environmentId": environment, "resources": [mount]})
    session, outputs = plugin.create("Session", inputs)
    return session, outputs, inputs


def test_a_clone_error_does_not_repeat_the_token(plugin: Client, world: Emulator) -> None:
    session, outputs, inputs = mounted(plugin, OLD)
    error = {
        "type": "repository_authentication_error",
        "message": f"cannot read https://x-access-token:{OLD}@github.com/org/app and {NEW}",
        "repository_url": URL,
    }
    world.control.emit(session, {"type": "session.error", "error": error})
    rotated = {**inputs, "resources": [{**inputs["resources"][0], "authorizationToken": Secret(NEW)}]}

    read = decode(plugin.read("Session", session, outputs, rotated).properties)

    told = json.dumps(bare(read["lastError"]))
    assert "cannot read https://[secret]@github.com/org/app and [secret]" in told


def test_an_output_that_holds_a_secret_is_one(plugin: Client) -> None:
    agent, _ = plugin.make("Agent", {"model": "claude-opus-4-8", "name": Secret(PROMPT)})
    environment, _ = plugin.make("Environment", {})

    _, outputs = plugin.make("Session", {"agent": Secret(agent), "environmentId": environment, "title": Secret(PROMPT)})

    assert isinstance(outputs["resolvedAgent"], Secret)
    assert bare(outputs["resolvedAgent"])["id"] == agent


@pytest.mark.parametrize("said", ["no GET /repos/org/code-name-of-it", "org%2Fcode-name-of-it is missing", f"{URL}x"])
def test_what_is_behind_the_host_of_a_secret_address_is_not_repeated(
    plugin: Client, world: Emulator, said: str
) -> None:
    agent, _ = plugin.make("Agent", {"model": "claude-opus-4-8"})
    environment, _ = plugin.make("Environment", {})
    mount = {"type": "github_repository", "url": Secret("https://github.com/org/code-name-of-it.git")}
    refuse(world, "sessions.create", said)
    inputs = plugin.check("Session", {"agent": agent, "environmentId": environment, "resources": [mount]})

    with pytest.raises(grpc.RpcError) as failure:
        plugin.create("Session", inputs)

    assert "code-name-of-it" not in text_of(failure)


def test_a_look_at_a_secret_repository_does_not_name_it(plugin: Client, world: Emulator) -> None:
    world.control.settings(unknown_repositories="refuse")
    secret = Secret("https://github.com/org/code-name-of-it")

    plugin.check("RepositoryResource", {"url": secret, "verifyAccess": True})

    assert plugin.failures
    assert "code-name-of-it" not in str(plugin.failures)


def test_what_was_marked_in_the_state_stays_so_where_an_update_is_cut_short(plugin: Client, world: Emulator) -> None:
    agent, _ = plugin.make("Agent", {"model": "claude-opus-4-8", "name": PROMPT})
    environment, _ = plugin.make("Environment", {})
    mounts = [{"type": "github_repository", "url": URL, "authorizationToken": OLD}]
    given = {"agent": agent, "environmentId": environment, "title": "one", "resources": mounts}
    session, outputs = plugin.make("Session", given)
    outputs["resolvedAgent"] = Secret(outputs["resolvedAgent"])
    refuse(world, "sessions.resources.update", "not now")
    rotated = [{**mounts[0], "authorizationToken": NEW}]
    wanted = plugin.check("Session", {**given, "title": "two", "resources": rotated}, outputs)

    with pytest.raises(grpc.RpcError) as failure:
        plugin.update("Session", session, outputs, wanted)

    kept = decode(init_failed(failure.value).properties)
    assert bare(kept)["title"] == "two"
    assert PROMPT not in clear(kept)


# What a mark covers


def clear(value: Any) -> str:
    """What of a value anybody may read."""
    return json.dumps(_clear(value))


def _clear(value: Any) -> Any:
    if isinstance(value, Secret):
        return "[secret]"
    if isinstance(value, dict):
        return {key: _clear(item) for key, item in value.items()}
    return [_clear(item) for item in value] if isinstance(value, list) else value


def test_a_mark_on_an_object_stays_on_all_of_it(plugin: Client) -> None:
    vault, _ = plugin.make("Vault", {})
    auth = {"type": "static_bearer", "mcpServerUrl": "https://mcp.example.com/key-in-the-path", "token": OLD}
    inputs = plugin.check("Credential", {"vaultId": vault, "auth": Secret(auth)})

    _, outputs = plugin.create("Credential", inputs)

    for bag in (inputs, outputs):
        assert bare(bag)["auth"] == auth
        assert "key-in-the-path" not in clear(bag)


SNAKES = [
    ("Credential", {"vaultId": "vault_1", "auth": {"type": "static_bearer", "token": OLD, "mcp_server_url": HIDDEN}}),
    ("Session", {"agent": "agent_1", "environment_id": HIDDEN}),
    ("Session", {"agent": "a", "environmentId": "e", "resources": [{"type": "file", "file_id": HIDDEN}]}),
    ("Environment", {"config": {"type": "cloud", "networking": {"type": "limited", "allowed_hosts": [HIDDEN]}}}),
]


@pytest.mark.parametrize(("kind", "given"), SNAKES)
def test_a_mark_stays_on_what_is_spelt_as_the_platform_does(plugin: Client, kind: str, given: dict[str, Any]) -> None:
    checked = plugin.check(kind, given)

    assert bare(HIDDEN) in json.dumps(bare(checked))
    assert bare(HIDDEN) not in clear(checked)


def test_what_is_marked_later_is_marked_in_the_state(plugin: Client) -> None:
    given = {"model": "claude-opus-4-8", "metadata": {"owner": PROMPT}}
    id_, outputs = plugin.make("Agent", given)
    wanted = plugin.check("Agent", {**given, "metadata": {"owner": Secret(PROMPT)}}, outputs)

    diff = plugin.diff("Agent", outputs, wanted, id_)
    updated = plugin.update("Agent", id_, outputs, wanted)

    assert list(diff.detailedDiff) == ["metadata"]
    assert not diff.replaces
    assert PROMPT not in clear(updated)
    assert plugin.diff("Agent", updated, wanted, id_).changes == pb.DiffResponse.DIFF_NONE


def test_what_follows_from_a_secret_is_one(plugin: Client) -> None:
    secret = "https://github.com/org/code-name-of-it"
    inputs = plugin.check("RepositoryResource", {"url": Secret(secret), "authorizationToken": OLD})

    id_, outputs = plugin.create("RepositoryResource", inputs)

    assert bare(outputs)["mount"]["url"] == secret
    assert bare(inputs)["mountPath"] == "/workspace/code-name-of-it"
    assert "code-name-of-it" not in f"{clear(inputs)} {clear(outputs)} {id_}"


def test_the_name_and_the_digest_of_a_secret_file_are_secrets(plugin: Client, tmp_path: Path) -> None:
    path = tmp_path / "code-name-of-it"
    path.write_text(PROMPT)

    inputs = plugin.check("File", {"path": Secret(str(path))})

    assert bare(inputs)["filename"] == "code-name-of-it"
    assert isinstance(inputs["sha256"], Secret)
    assert "code-name-of-it" not in clear(inputs)


# The Python classes


def shown(value: Any) -> Any:
    """The value as the engine gives it back to a dynamic provider: without marks."""
    value = rpc.unwrap_rpc_secret(value)
    if isinstance(value, dict):
        return {key: shown(item) for key, item in value.items()}
    return [shown(item) for item in value] if isinstance(value, list) else value


def test_a_class_marks_in_the_state_what_is_marked_later(tmp_path: Path, world: Emulator) -> None:
    provider = classes("Agent", emulator=str(tmp_path / "world.emulator"))
    del world
    given = {"model": "claude-opus-4-8", "name": "review", "metadata": {"owner": PROMPT}}
    made = provider.create({**provider.check({}, given).inputs, "__provider": "x"})
    state = {**made.outs, "__provider": "x"}
    wanted = shown(provider.check(state, {**given, "secretInputs": [["metadata", "owner"]]}).inputs)

    assert provider.diff(made.id, state, wanted).changes
    updated = {**provider.update(made.id, state, wanted).outs, "__provider": "x"}

    assert updated["secretInputs"] == [["metadata", "owner"]]
    assert not provider.diff(made.id, shown(updated), wanted).changes


def test_a_class_takes_no_secret_out_of_a_file(tmp_path: Path, world: Emulator) -> None:
    source = tmp_path / "review.md"
    mount = f"{{type: github_repository, url: {URL}, authorization_token: {OLD}}}"
    source.write_text(f"---\nname: review\nresources:\n- {mount}\n---\nLook.\n")
    given = {"source": str(source), "agent": "agent_1", "environmentId": "env_1", "logicalName": "review"}
    del world

    checked = classes("Deployment", emulator=str(tmp_path / "world.emulator")).check({}, given)

    [failure] = checked.failures
    assert "`source`" in failure.reason
    assert "`resources[0].authorization_token`" in failure.reason
    assert OLD not in f"{failure.reason} {checked.inputs}"


def test_a_class_tells_a_refusal_without_what_the_user_marked(tmp_path: Path, world: Emulator) -> None:
    refuse(world, "agents.create", f"cannot use <{PROMPT}> here")
    provider = classes("Agent", emulator=str(tmp_path / "world.emulator"))
    given = {"model": "claude-opus-4-8", "system": PROMPT, "secretInputs": [["system"]]}

    with pytest.raises(Exception, match="cannot use <\\[secret\\]> here"):
        provider.create(provider.check({}, given).inputs)
