"""Odd states through both front ends, and the last resort of each call: our own sentences, whatever comes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from core.odd_states import TOKEN, Real, World, odd, real_states, world
from google.protobuf import empty_pb2, struct_pb2
from plugin.client import Client, urn
from plugin.front_ends import classes
from plugin.servicer import Ended, ServicerContext
from pulumi.runtime.proto import plugin_pb2
from pulumi.runtime.proto import provider_pb2 as pb

from pulumi_managed_agents.declaration.values import Secret, bare
from pulumi_managed_agents.dynamic import KindProvider
from pulumi_managed_agents.dynamic.errors import Error
from pulumi_managed_agents.dynamic.provider import LOGICAL_NAME
from pulumi_managed_agents.plugin.codec import decode, encode
from pulumi_managed_agents.plugin.plugin import Plugin
from pulumi_managed_agents.plugin.provider import Provider
from pulumi_managed_agents.provider.configured import ConfiguredProvider
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_managed_agents.declaration.values import Bag

EACH = 41
"""Of the odd states, each so many-th goes through a front end; the core's own tests see more of them."""

CASES = [(platform, name) for platform in ("claude", "qoder") for name in KINDS if KINDS[name].is_on(platform)]  # type: ignore[arg-type]
each_kind = pytest.mark.parametrize(("platform", "name"), CASES)

Worlds = dict[str, tuple[World, list[Real]]]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    """One of each kind, on each platform."""
    with (
        world(tmp_path_factory.mktemp("claude"), "claude") as claude,
        world(tmp_path_factory.mktemp("qoder"), "qoder") as qoder,
    ):
        yield {"claude": (claude, real_states(claude)), "qoder": (qoder, real_states(qoder))}


def plugin_of(at: World) -> Plugin:
    provider = Plugin()
    provider.Configure(pb.ConfigureRequest(args=encode(at.settings), acceptSecrets=True), ServicerContext())
    return provider


def answered(method: Any, request: Any) -> Any:
    """The answer, or None where there is a status; one that calls it our defect is an error."""
    try:
        return method(request, ServicerContext())
    except Ended as end:
        code, text, _ = end.args
        assert code != grpc.StatusCode.INTERNAL, text
        assert TOKEN not in text
    return None


def through_the_plugin(plugin: Plugin, real: Real, outputs: Bag, inputs: Bag, *, removed: bool) -> None:
    """Everything that the engine may ask for of such a state."""
    at = {"id": real.id, "urn": urn(real.kind.name, "thing")}
    old, last = encode(outputs), encode(inputs)
    for new in map(encode, real.others):
        answered(plugin.Check, pb.CheckRequest(urn=at["urn"], name="thing", olds=last, news=new))
        diff = answered(plugin.Diff, pb.DiffRequest(**at, olds=old, old_inputs=last, news=new))
        if diff is not None and not diff.replaces:
            for preview in (True, False):
                answered(plugin.Update, pb.UpdateRequest(**at, olds=old, old_inputs=last, news=new, preview=preview))
    answered(plugin.Read, pb.ReadRequest(**at, properties=old, inputs=last))
    if real.gone and removed:
        answered(plugin.Delete, pb.DeleteRequest(id=real.gone, urn=at["urn"], properties=old, old_inputs=last))


@each_kind
def test_odd_states_go_through_the_plugin(worlds: Worlds, platform: str, name: str) -> None:
    at, reals = worlds[platform]
    plugin = plugin_of(at)
    for real in (real for real in reals if real.kind.name == name):
        for index, (_, _, outputs) in enumerate(list(odd(real.outputs))[::EACH]):
            # That something is gone is asked twice, with a second between.
            through_the_plugin(plugin, real, outputs, real.inputs, removed=index == 1)
        for _, _, inputs in list(odd(real.inputs))[::EACH]:
            through_the_plugin(plugin, real, real.outputs, inputs, removed=False)
    plugin.close()


def through_the_classes(provider: KindProvider, real: Real, outputs: Bag, *, removed: bool) -> None:
    """Everything that the engine may ask a dynamic provider for of such a state."""
    for new in real.others:
        said(provider.check, outputs, {**new, LOGICAL_NAME: "thing"})
        diff = said(provider.diff, real.id, {**outputs, "__provider": "x"}, new)
        if diff is not None and not diff.replaces:
            said(provider.update, real.id, outputs, new)
    said(provider.read, real.id, outputs)
    if real.gone and removed:
        said(provider.delete, real.gone, outputs)


def said(method: Any, *arguments: Any) -> Any:
    try:
        return method(*arguments)
    except Error as error:
        assert "defect" not in str(error), str(error)
        assert TOKEN not in str(error)
    return None


@each_kind
def test_odd_states_go_through_the_python_classes(worlds: Worlds, platform: str, name: str) -> None:
    at, reals = worlds[platform]
    provider = classes(name, **at.settings)
    for real in (real for real in reals if real.kind.name == name):
        for index, (_, _, outputs) in enumerate(list(odd(real.outputs))[::EACH]):
            through_the_classes(provider, real, outputs, removed=index == 1)


# What another version wrote


@pytest.fixture
def agent(plugin: Client) -> tuple[str, Bag, Bag]:
    """An agent with its inputs and outputs."""
    inputs = plugin.check("Agent", {"model": "claude-opus-4-8"})
    id_, outputs = plugin.create("Agent", inputs)
    return id_, inputs, outputs


def test_what_another_version_wrote_comes_back_as_it_is(plugin: Client, agent: tuple[str, Bag, Bag]) -> None:
    id_, inputs, outputs = agent
    more = {"priority": "high", "signature": Secret(TOKEN)}

    read = plugin.read("Agent", id_, {**outputs, **more}, {**inputs, "priority": "high"})
    updated = plugin.update("Agent", id_, {**outputs, **more}, {**inputs, "system": "Be brief."})

    for bag in (decode(read.properties), updated):
        assert {key: bag[key] for key in more} == more
    assert decode(read.inputs)["priority"] == "high"
    assert decode(read.inputs).keys() == inputs.keys() | {"priority"}


def test_what_another_version_wrote_inside_may_be_a_secret(plugin: Client) -> None:
    agent, _ = plugin.make("Agent", {"model": "claude-opus-4-8"})
    environment, _ = plugin.make("Environment", {})
    mount = {"type": "github_repository", "url": "https://github.com/org/app", "mountPath": "/workspace/app"}
    inputs = plugin.check("Session", {"agent": agent, "environmentId": environment, "resources": [mount]})
    id_, outputs = plugin.create("Session", inputs)
    outputs["resources"] = Secret([{**bare(outputs["resources"])[0], "signature": TOKEN}])

    updated = plugin.update("Session", id_, outputs, {**inputs, "title": "another"})

    assert isinstance(updated["resources"], Secret)
    assert bare(updated["resources"])[0]["signature"] == TOKEN


def test_a_state_without_its_stamp_is_no_import(plugin: Client) -> None:
    vault, _ = plugin.make("Vault", {})
    auth = {"type": "static_bearer", "mcpServerUrl": "https://mcp.example.com/", "token": TOKEN}
    inputs = plugin.check("Credential", {"vaultId": vault, "auth": auth})
    id_, outputs = plugin.create("Credential", inputs)
    lost = {wire: value for wire, value in outputs.items() if wire != "creationId"}

    read = plugin.read("Credential", id_, lost, {wire: inputs[wire] for wire in inputs if wire != "creationId"})

    assert bare(decode(read.properties)["auth"])["token"] == TOKEN


# The last resort

CALLS: dict[str, Any] = {
    "Handshake": pb.ProviderHandshakeRequest,
    "Attach": plugin_pb2.PluginAttach,
    "GetPluginInfo": empty_pb2.Empty,
    "GetSchema": pb.GetSchemaRequest,
    "CheckConfig": pb.CheckRequest,
    "DiffConfig": pb.DiffRequest,
    "Configure": pb.ConfigureRequest,
    "Cancel": empty_pb2.Empty,
    "Check": pb.CheckRequest,
    "Diff": pb.DiffRequest,
    "Create": pb.CreateRequest,
    "Read": pb.ReadRequest,
    "Update": pb.UpdateRequest,
    "Delete": pb.DeleteRequest,
    "Invoke": pb.InvokeRequest,
    "List": pb.ListRequest,
}


def test_every_call_that_there_is_has_a_last_resort() -> None:
    ours = {name for name in vars(Plugin) if name[:1].isupper()}

    assert ours == CALLS.keys()
    assert all(hasattr({**vars(Plugin), **vars(Provider)}[name], "__wrapped__") for name in ours)


def test_a_provider_that_cannot_be_loaded_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pulumi_managed_agents.plugin.provider", None)

    with pytest.raises(Ended) as caught:
        Plugin().Check(pb.CheckRequest(urn=urn("Agent", "thing")), ServicerContext())

    code, text, _ = caught.value.args
    assert code == grpc.StatusCode.INTERNAL
    assert "ModuleNotFoundError at pulumi_managed_agents." in text


def _all_of(answer: Any) -> None:
    """Answers of a stream come when they are asked for."""
    if isinstance(answer, grpc.RpcError):
        list(answer)


@pytest.mark.parametrize("name", CALLS)
def test_an_error_that_nobody_foresaw_is_a_sentence_without_its_own_text(
    plugin: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError(TOKEN)

    for place in ("EngineLog", "__version__", "schema_text"):
        monkeypatch.setattr(f"pulumi_managed_agents.plugin.plugin.{place}", broken)
    for place in ("decode", "name_of", "token_in", "settings"):
        monkeypatch.setattr(f"pulumi_managed_agents.plugin.provider.{place}", broken)
    monkeypatch.setattr("pulumi_managed_agents.transport.cancel.Cancellation.cancel", broken)
    monkeypatch.setattr(ConfiguredProvider, "objects", broken)
    request = CALLS[name](**{"urn": urn("Agent", "thing")} if "urn" in dir(CALLS[name]) else {})
    if name == "List":
        request.token = "managed-agents:index:Agent"

    with pytest.raises(grpc.RpcError) as caught:
        _all_of(getattr(plugin.stub, name)(request))

    assert caught.value.code() == grpc.StatusCode.INTERNAL
    assert "This is a defect of pulumi-managed-agents, please report it: " in caught.value.details()
    assert "at pulumi_managed_agents.plugin." in caught.value.details()
    assert TOKEN not in caught.value.details()
    monkeypatch.undo()


@pytest.mark.parametrize("name", ["Check", "Diff", "Create", "Read", "Update", "Delete"])
@pytest.mark.parametrize("token", ["", "x", "urn:pulumi:dev::test::other:index:Thing::thing", "::::", "urn:a::b"])
def test_a_request_about_nothing_of_ours_is_a_sentence(plugin: Client, name: str, token: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        getattr(plugin.stub, name)(CALLS[name](urn=token))

    assert caught.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    assert "defect" not in caught.value.details()


def test_settings_of_any_form_are_told(plugin: Client) -> None:
    junk: list[Any] = [3, True, [], {}, [{}], {"a": 3}, "\x00", None, Secret([1])]
    for value in junk:
        bag = encode(dict.fromkeys(("platform", "apiKey", "baseUrl", "maxRetries", "emulator", "stackId"), value))
        for name, request in (
            ("CheckConfig", pb.CheckRequest(news=bag, olds=bag)),
            ("DiffConfig", pb.DiffRequest(news=bag, old_inputs=bag)),
            ("Configure", pb.ConfigureRequest(args=bag)),
        ):
            try:
                getattr(plugin.stub, name)(request)
            except grpc.RpcError as error:
                assert error.code() == grpc.StatusCode.INVALID_ARGUMENT, error.details()
    assert struct_pb2.Struct() == encode({})
