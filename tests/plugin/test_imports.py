"""What `pulumi import` asks of the provider: by an id that is none, without its secrets, under a wrong type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as pb

from pulumi_managed_agents.plugin.codec import decode, encode

if TYPE_CHECKING:
    from plugin.client import Client

    from pulumi_managed_agents.emulator import Emulator

APP = "https://github.com/org/app"
MCP = "https://mcp.example.com/"


@pytest.mark.parametrize(
    "id_",
    [
        "sesn_1",
        "sesn_1/",
        "/sesrsc_1",
        "sesrsc_1",
        "app",
        "",
        "org/app/",
        "a/b/c",
        "https://github.com/org",
        f"{APP}#app",
    ],
)
def test_a_repository_is_not_imported_by_an_id_that_is_none(plugin: Client, id_: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        plugin.read("RepositoryResource", id_)

    assert "SESSION/RESOURCE" in caught.value.details()


def test_a_repository_of_a_state_is_read_by_its_address(plugin: Client) -> None:
    assert decode(plugin.read("RepositoryResource", f"{APP}#/workspace/app").inputs)["mountPath"] == "/workspace/app"
    id_, outputs = plugin.make("RepositoryResource", {"url": APP})

    assert plugin.read("RepositoryResource", id_, outputs, {"url": APP}).id == id_


AUTHS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a bearer": ({"type": "static_bearer", "mcpServerUrl": MCP, "token": "token-of-last-week"}, ["token"]),
    "a variable": (
        {
            "type": "environment_variable",
            "secretName": "KEY",
            "secretValue": "value-of-last-week",
            "networking": {"type": "unrestricted"},
        },
        ["secretValue"],
    ),
    "oauth": (
        {
            "type": "mcp_oauth",
            "mcpServerUrl": MCP,
            "accessToken": "token-of-last-week",
            "refresh": {
                "tokenEndpoint": "https://tokens.example.com/",
                "clientId": "id",
                "refreshToken": "refresh-of-last-week",
                "tokenEndpointAuth": {"type": "client_secret_post", "clientSecret": "secret-of-last-week"},
            },
        },
        ["accessToken", "refresh.refreshToken", "refresh.tokenEndpointAuth.clientSecret"],
    ),
}


def imported(plugin: Client, auth: dict[str, Any]) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The id of a credential, and the inputs and outputs that an import finds."""
    vault, _ = plugin.make("Vault", {})
    id_, _ = plugin.make("Credential", {"vaultId": vault, "auth": auth})
    answer = plugin.read("Credential", id_)
    return id_, decode(answer.inputs), decode(answer.properties)


def emptied(auth: dict[str, Any], places: list[str]) -> dict[str, Any]:
    """What the command line writes of what it does not know: an empty text wherever one is required."""
    made: dict[str, Any] = {key: emptied(part, []) if isinstance(part, dict) else part for key, part in auth.items()}
    for place in places:
        *path, last = place.split(".")
        inner = made
        for part in path:
            inner = inner[part]
        inner[last] = ""
    return made


@pytest.mark.parametrize("case", AUTHS)
@pytest.mark.parametrize("written", ["as an empty text", "not at all"])
def test_an_imported_credential_is_complete_without_its_secret(
    plugin: Client, world: Emulator, case: str, written: str
) -> None:
    auth, places = AUTHS[case]
    id_, inputs, outputs = imported(plugin, auth)
    program = {**inputs, "auth": emptied(inputs["auth"], places)} if written == "as an empty text" else inputs
    mark = world.control.requests()[-1]["n"]

    checked = plugin.check("Credential", program, inputs)

    assert plugin.failures == {}
    assert plugin.diff("Credential", outputs, checked, id_).changes == pb.DiffResponse.DIFF_NONE
    named = {**checked, "metadata": {"a": "1"}}
    plugin.update("Credential", id_, outputs, named)
    assert [row["operation"] for row in world.control.requests(mark)] == ["vaults.credentials.update"]


@pytest.mark.parametrize("case", AUTHS)
def test_an_imported_credential_takes_its_secret_once(plugin: Client, case: str) -> None:
    auth, _ = AUTHS[case]
    id_, inputs, outputs = imported(plugin, auth)

    checked = plugin.check("Credential", {**inputs, "auth": auth}, inputs)

    assert plugin.failures == {}
    assert plugin.diff("Credential", outputs, checked, id_).changes == pb.DiffResponse.DIFF_SOME
    after = plugin.update("Credential", id_, outputs, checked)
    assert plugin.diff("Credential", after, checked, id_).changes == pb.DiffResponse.DIFF_NONE


@pytest.mark.parametrize("case", AUTHS)
def test_a_secret_that_was_there_is_not_emptied(plugin: Client, case: str) -> None:
    auth, places = AUTHS[case]
    bag = {"vaultId": "vlt_1", "auth": auth}

    for old in ({}, bag):
        plugin.check("Credential", {**bag, "auth": emptied(auth, places)}, old)
        assert sorted(plugin.failures) == sorted(f"auth.{place}" for place in places)


def test_the_folder_of_an_imported_skill_may_come_later(plugin: Client, world: Emulator) -> None:
    inputs = {"displayName": "reviewing", "skillName": "reviewing"}

    for program in ({**inputs, "path": ""}, inputs):
        plugin.check("Skill", program, inputs)
        assert plugin.failures == {}
    plugin.check("Skill", {"path": ""}, {})
    assert list(plugin.failures) == ["path"]
    assert world.control.objects("skills") == []


@pytest.mark.parametrize(
    ("token", "meant"),
    [
        ("managed-agents:index:agent", "managed-agents:index:Agent"),
        ("managed-agents:index:Agnet", "managed-agents:index:Agent"),
        ("managed-agents:agent", "managed-agents:index:Agent"),
        ("managed-agents:resources:Agent", "managed-agents:index:Agent"),
        ("managed-agents:index/Agent:Agent", "managed-agents:index:Agent"),
        ("managed-agents:index:memory_store", "managed-agents:index:MemoryStore"),
        ("managed-agents:index:Repository", "managed-agents:index:RepositoryResource"),
    ],
)
def test_a_type_that_is_none_is_told_with_the_one_that_is_meant(plugin: Client, token: str, meant: str) -> None:
    urn = f"urn:pulumi:dev::test::{token}::thing"

    for request in (
        lambda: plugin.stub.Read(pb.ReadRequest(id="agent_1", urn=urn)),
        lambda: plugin.stub.Check(pb.CheckRequest(urn=urn, news=encode({}))),
    ):
        with pytest.raises(grpc.RpcError) as caught:
            request()

        assert caught.value.details() == (f"There is no resource of the type `{token}`: did you mean `{meant}`?")


def test_a_type_that_is_like_none_is_told_with_all_that_there_are(plugin: Client) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        plugin.stub.Read(pb.ReadRequest(id="x", urn="urn:pulumi:dev::test::managed-agents:index:Xyzzy::thing"))

    assert "`managed-agents:index:Xyzzy`" in caught.value.details()
    assert "Agent, Environment" in caught.value.details()


@pytest.mark.parametrize("kind", ["Session", "Environment", "SessionEvents", "Vault", "File"])
def test_an_object_is_not_imported_by_the_id_of_another_kind(plugin: Client, kind: str) -> None:
    agent, _ = plugin.make("Agent", {"model": "claude-sonnet-4-6"})

    with pytest.raises(grpc.RpcError) as caught:
        plugin.read(kind, agent)

    assert f"'{agent}' is the id of an Agent, and a" in caught.value.details()
    assert f" {kind} is meant" in caught.value.details()
    assert plugin.read("Agent", "agent_gone").id == ""


@pytest.mark.parametrize(
    ("function", "argument", "kind"),
    [("getEnvironment", "id", "Environment"), ("listSessionEvents", "sessionId", "Session")],
)
def test_nothing_is_looked_up_by_the_id_of_another_kind(
    plugin: Client, world: Emulator, function: str, argument: str, kind: str
) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        plugin.invoke(function, {argument: "agent_1"})

    assert f"'agent_1' is the id of an Agent, and a{'n' * (kind[0] in 'AE')} {kind} is meant" in caught.value.details()
    assert world.control.requests() == []
