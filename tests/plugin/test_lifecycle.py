"""Create, read, update, delete, import and list, as the engine asks for them."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from plugin.client import Client, init_failed, urn
from pulumi.runtime.proto import plugin_pb2
from pulumi.runtime.proto import provider_pb2 as pb
from waiting import until

from pulumi_managed_agents.declaration.values import UNKNOWN, Secret, bare
from pulumi_managed_agents.plugin.codec import decode, encode

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.emulator import Emulator

AGENT = {"model": "claude-opus-4-8", "system": "Be brief."}
URL = "https://github.com/org/app"
Made = tuple[str, dict[str, Any]]


@pytest.fixture
def session(plugin: Client) -> dict[str, Any]:
    """The inputs of a session with one repository."""
    agent, _ = plugin.make("Agent", AGENT)
    environment, _ = plugin.make("Environment", {})
    _, repository = plugin.make("RepositoryResource", {"url": URL, "authorizationToken": "an-old-token"})
    return {"agent": agent, "environmentId": environment, "resources": [repository["mount"]]}


def test_a_first_preview_knows_the_mount(plugin: Client) -> None:
    inputs = plugin.check("RepositoryResource", {"url": URL, "authorizationToken": Secret("a-token")})

    _, outputs = plugin.create("RepositoryResource", inputs, preview=True)

    assert outputs["mount"] == Secret(
        {"type": "github_repository", "url": URL, "mountPath": "/workspace/app", "authorizationToken": "a-token"}
        | {"restIsOpen": True}
    )


def test_a_preview_knows_what_is_certain_and_nothing_else(plugin: Client) -> None:
    _, outputs = plugin.create("Agent", plugin.check("Agent", AGENT), preview=True)

    assert outputs["model"] == AGENT["model"]
    assert outputs["version"] is UNKNOWN


def test_an_output_with_a_secret_inside_leaves_as_one_secret(plugin: Client, session: dict[str, Any]) -> None:
    _, outputs = plugin.make("Session", session)

    assert isinstance(outputs["resources"], Secret)
    assert bare(outputs["resources"])[0]["authorizationToken"] == "an-old-token"


def test_a_rotated_token_is_an_update_at_its_path_and_one_request(
    plugin: Client, world: Emulator, session: dict[str, Any]
) -> None:
    id_, outputs = plugin.make("Session", session)
    mount = {**bare(session["resources"][0]), "authorizationToken": "a-new-token"}
    news = plugin.check("Session", {**session, "resources": [mount]}, outputs)
    since = len(world.control.requests())

    diff = plugin.diff("Session", outputs, news)
    updated = plugin.update("Session", id_, outputs, news)

    assert list(diff.detailedDiff) == ["resources[0].authorizationToken"]
    assert list(diff.replaces) == []
    assert [row["operation"] for row in world.control.requests()[since:]] == ["sessions.resources.update"]
    assert bare(updated["resources"])[0]["authorizationToken"] == "a-new-token"


def test_a_swapped_element_is_one_replacing_change_at_its_place(plugin: Client, session: dict[str, Any]) -> None:
    _, outputs = plugin.make("Session", session)
    moved = {**bare(session["resources"][0]), "mountPath": "/workspace/elsewhere"}
    news = plugin.check("Session", {**session, "resources": [moved]}, outputs)

    diff = plugin.diff("Session", outputs, news)

    assert {path: detail.kind for path, detail in diff.detailedDiff.items()} == {"resources[0]": 5}
    assert list(diff.replaces) == ["resources"]


def test_import_by_id_gives_inputs_that_check_and_diff_find_right(plugin: Client, session: dict[str, Any]) -> None:
    for kind, made in {
        "Agent": plugin.make("Agent", {**AGENT, "metadata": {"team": "a"}}),
        "Environment": plugin.make("Environment", {"config": {"type": "cloud", "packages": {"pip": ["pytest"]}}}),
        "Session": plugin.make("Session", session),
    }.items():
        answer = plugin.read(kind, made[0])
        inputs = decode(answer.inputs)

        checked = plugin.check(kind, inputs, inputs)

        assert plugin.failures == {}
        assert dict(plugin.diff(kind, decode(answer.properties), checked).detailedDiff) == {}


def test_a_bound_repository_is_imported_by_session_and_mount(
    plugin: Client, world: Emulator, session: dict[str, Any]
) -> None:
    id_, _ = plugin.make("Session", session)
    mount = world.control.objects("sessions")[0]["resources"][0]["id"]

    inputs = decode(plugin.read("RepositoryResource", f"{id_}/{mount}").inputs)

    assert inputs == {"url": URL, "mountPath": "/workspace/app", "sessionId": id_}


def test_what_is_gone_reads_as_nothing(plugin: Client) -> None:
    id_, outputs = plugin.make("Agent", AGENT)
    plugin.delete("Agent", id_, outputs)

    answer = plugin.read("Agent", id_, outputs, outputs)

    assert answer.id == ""
    assert not answer.HasField("properties")


def test_a_refusal_says_what_was_tried_what_came_back_and_the_request(plugin: Client) -> None:
    inputs = plugin.check("Session", {"agent": "agent_nobody", "environmentId": "env_nowhere"})

    with pytest.raises(grpc.RpcError) as refused:
        plugin.create("Session", inputs)

    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert refused.value.details().startswith("POST /v1/sessions: 404 not_found_error")
    assert "request id req_" in refused.value.details()


def test_created_but_not_ready_keeps_the_id_and_an_update_finishes_the_work(
    plugin: Client, world: Emulator, session: dict[str, Any]
) -> None:
    world.control.repositories([{"url": URL, "private": True, "tokens": ["a-good-token"]}])
    waiting = {**session, "waitForReady": True, "readyTimeoutSeconds": 5}

    with pytest.raises(grpc.RpcError) as unready:
        plugin.make("Session", waiting)

    detail = init_failed(unready.value)
    assert detail.id == world.control.objects("sessions")[0]["id"]
    assert "repository_authentication_error" in detail.reasons[0]
    kept = decode(detail.properties)
    mount = {**bare(session["resources"][0]), "authorizationToken": "a-good-token"}
    finished = plugin.update(
        "Session", detail.id, kept, plugin.check("Session", {**waiting, "resources": [mount]}, kept)
    )
    assert "lastError" not in finished


def test_cancel_ends_a_wait_at_once_and_keeps_what_exists(
    plugin: Client, world: Emulator, session: dict[str, Any]
) -> None:
    world.control.settings(run_ends="never")
    message = {"type": "user.message", "content": [{"type": "text", "text": "Go."}]}
    waiting = {**session, "waitForReady": True, "initialEvents": [message]}

    with ThreadPoolExecutor(1) as pool:
        creating = pool.submit(plugin.make, "Session", waiting)
        until(lambda: world.control.objects("sessions"))
        plugin.cancel()
        error = creating.exception(timeout=5)

    assert isinstance(error, grpc.RpcError)
    assert init_failed(error).id == world.control.objects("sessions")[0]["id"]


def test_many_creates_are_under_way_at_once_and_cancel_still_gets_through(plugin: Client, world: Emulator) -> None:
    world.control.settings(run_ends="never")
    world.control.faults([{"operation": "agents.create", "latency_seconds": 6, "every": 1}])
    inputs = plugin.check("Agent", AGENT)
    most = 0

    with ThreadPoolExecutor(64) as pool:
        creating = [pool.submit(plugin.create, "Agent", {**inputs, "creationId": f"{n:024}"}) for n in range(64)]
        deadline = time.monotonic() + 10
        while most < len(creating) and time.monotonic() < deadline:
            most = max(most, plugin.provider.under_way)
            time.sleep(0.01)
        cancelling = threading.Thread(target=plugin.cancel)
        cancelling.start()
        cancelling.join(timeout=1.0)
        assert not cancelling.is_alive()
        assert any(item.running() for item in creating)
        done = {item.result(timeout=60)[0] for item in creating}

    assert most == len(creating)
    assert len(done) == len(creating) == len(world.control.objects("agents"))


def test_functions_look_up_what_exists_and_show_no_secret(
    plugin: Client, world: Emulator, session: dict[str, Any]
) -> None:
    id_, _ = plugin.make("Session", session)

    agent = plugin.invoke("getAgent", {"id": session["agent"]})
    environment = plugin.invoke("getEnvironment", {"id": session["environmentId"]})
    found = plugin.invoke("getSession", {"id": id_})
    mounted = plugin.invoke("listSessionResources", {"sessionId": id_})

    assert agent["version"] == 1
    assert environment["name"] == world.control.objects("environments")[0]["name"]
    assert found["resolvedAgent"]["id"] == session["agent"]
    assert [item["url"] for item in mounted["resources"]] == [URL]
    assert "an-old-token" not in repr([agent, environment, found, mounted])


def test_a_function_without_its_argument_says_so(plugin: Client) -> None:
    plugin.invoke("getAgent", {})

    assert plugin.failures == {"id": "is required"}


def test_looking_up_what_is_not_there_is_an_error(plugin: Client) -> None:
    with pytest.raises(grpc.RpcError, match="404 not_found_error"):
        plugin.invoke("getAgent", {"id": "agent_nobody"})


def test_every_kind_is_listed_by_ids_that_import_takes(plugin: Client, session: dict[str, Any]) -> None:
    id_, _ = plugin.make("Session", session)

    assert plugin.list("Agent") == [(session["agent"], "thing")]
    assert [found for found, _ in plugin.list("Environment")] == [session["environmentId"]]
    assert [found for found, _ in plugin.list("Session")] == [id_]
    [(mount, name)] = plugin.list("RepositoryResource")
    assert mount.startswith(f"{id_}/sesrsc_")
    assert name == URL


def test_a_provider_that_somebody_else_started_outlives_the_cancel_of_one_engine(
    plugin: Client, world: Emulator, tmp_path: Path
) -> None:
    plugin.stub.Attach(plugin_pb2.PluginAttach(address="127.0.0.1:1"))
    plugin.cancel()
    plugin.stub.Attach(plugin_pb2.PluginAttach(address="127.0.0.1:1"))
    plugin.configure(emulator=str(tmp_path / "world.emulator"))
    world.control.faults([{"operation": "agents.list", "nth": 1, "status": 503}])

    assert plugin.list("Agent") == []


def test_custom_timeouts_bound_what_is_waited_for(plugin: Client, world: Emulator, session: dict[str, Any]) -> None:
    world.control.settings(run_ends="never")
    hello = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
    inputs = plugin.check("Session", {**session, "waitForReady": True, "initialEvents": [hello]})
    began = time.monotonic()

    request = pb.CreateRequest(urn=urn("Session", "thing"), properties=encode(inputs), timeout=1.2)
    with pytest.raises(grpc.RpcError) as created:
        plugin.stub.Create(request)

    kept = init_failed(created.value)
    assert "the time that `customTimeouts` gives it is over (1.2 s)" in "".join(kept.reasons)
    assert world.control.objects("sessions")[0]["id"] == kept.id
    update = pb.UpdateRequest(
        id=kept.id, urn=urn("Session", "thing"), olds=kept.properties, news=encode(inputs), timeout=1
    )
    with pytest.raises(grpc.RpcError, match=r"is over \(1 s\)"):
        plugin.stub.Update(update)
    delete = pb.DeleteRequest(id=kept.id, urn=urn("Session", "thing"), properties=kept.properties, timeout=1)
    with pytest.raises(grpc.RpcError, match=r"is over \(1 s\)") as refused:
        plugin.stub.Delete(delete)
    assert refused.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    assert time.monotonic() - began < 60, "the session's own waits take 300 seconds"
