"""The provider's own settings, and its process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import pytest
from plugin.client import Client
from plugin.front_ends import classes
from pulumi.dynamic import Config, ConfigureRequest
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc
from waiting import until

from pulumi_managed_agents.declaration.values import UNKNOWN, Secret
from pulumi_managed_agents.dynamic import KindProvider
from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.generate.schema import generated_text
from pulumi_managed_agents.plugin.codec import decode, encode
from pulumi_managed_agents.plugin.schema import schema_text


def check_config(client: Client, **settings: object) -> pb.CheckResponse:
    answer: pb.CheckResponse = client.stub.CheckConfig(pb.CheckRequest(news=encode(settings)))
    return answer


def test_a_key_comes_back_secret() -> None:
    with Client() as client:
        assert decode(check_config(client, apiKey="a-key").inputs)["apiKey"] == Secret("a-key")


def test_a_stack_gets_an_id_of_its_own_and_keeps_it() -> None:
    with Client() as client:
        first, other = (decode(check_config(client).inputs) for _ in range(2))
        again = decode(client.stub.CheckConfig(pb.CheckRequest(olds=encode(first), news=encode({}))).inputs)

    assert again == first
    assert first["stackId"] != other["stackId"]


def test_the_id_of_a_stack_is_no_setting_that_changes() -> None:
    with Client() as client:
        answer = client.stub.DiffConfig(pb.DiffRequest(old_inputs=encode({}), news=encode({"stackId": "1"})))

    assert answer.changes == pb.DiffResponse.DIFF_NONE


def test_a_wrong_setting_is_a_failure_that_names_it() -> None:
    with Client() as client:
        [failure] = check_config(client, maxRetries="many", baseUrl="https://example.com").failures

    assert "managed-agents:maxRetries" in failure.reason


def test_a_setting_that_is_not_known_yet_is_no_failure() -> None:
    with Client() as client:
        assert list(check_config(client, apiKey=UNKNOWN, maxRetries=UNKNOWN).failures) == []


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ({"apiKey": "a-key"}, {"apiKey": "another-key"}, pb.DiffResponse.DIFF_SOME),
        ({"apiKey": "a-key"}, {"apiKey": "a-key"}, pb.DiffResponse.DIFF_NONE),
        ({"other:setting": "of the whole stack"}, {}, pb.DiffResponse.DIFF_NONE),
    ],
    ids=["a rotated key", "the same key", "a stack that comes from the dynamic front end"],
)
def test_settings_never_replace(old: dict[str, str], new: dict[str, str], changes: int) -> None:
    with Client() as client:
        answer = client.stub.DiffConfig(pb.DiffRequest(old_inputs=encode(old), news=encode(new)))

    assert answer.changes == changes
    assert list(answer.replaces) == []


def test_no_key_is_needed_until_a_request_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    with Client() as client:
        client.configure()
        inputs = client.check("Agent", {"model": "claude-opus-4-8"})
        client.create("Agent", inputs, preview=True)

        with pytest.raises(grpc.RpcError, match="No API key: set it with"):
            client.create("Agent", inputs)


def test_the_schema_is_the_one_that_the_declarations_give() -> None:
    assert schema_text() == generated_text()
    assert json.loads(schema_text())["name"] == "managed-agents"


def test_the_process_ends_soon_after_the_engine_was_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = (
        "import subprocess, sys, pathlib, time; "
        "command = [sys.executable, '-m', 'pulumi_managed_agents', '127.0.0.1:1']; "
        "child = subprocess.Popen(command, stdout=subprocess.PIPE); "
        f"child.stdout.readline(); pathlib.Path({str(note)!r}).write_text(str(child.pid)); time.sleep(60)"
    )
    engine = subprocess.Popen([sys.executable, "-c", program])
    until(lambda: note.exists() and note.read_text())
    plugin = int(note.read_text())

    engine.send_signal(signal.SIGKILL)
    engine.wait(timeout=60)

    assert _ended(plugin, within=10)


def test_what_others_plug_into_pydantic_sees_no_settings(tmp_path: Path) -> None:
    """Whatever is installed beside the plugin may bring a plugin of pydantic, which is shown all that is validated."""
    listed = tmp_path / "onlooker-1.dist-info"
    listed.mkdir()
    (listed / "METADATA").write_text("Metadata-Version: 2.1\nName: onlooker\nVersion: 1\n")
    (listed / "entry_points.txt").write_text("[pydantic]\nonlooker = onlooker:looking\n")
    (tmp_path / "onlooker.py").write_text("raise SystemExit('an onlooker is loaded')")
    command = [sys.executable, "-m", "pulumi_managed_agents", "127.0.0.1:1"]
    surroundings = {**os.environ, "PYTHONPATH": str(tmp_path)}

    with subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings, text=True) as process:
        assert process.stdout
        with grpc.insecure_channel(f"127.0.0.1:{process.stdout.readline().strip()}") as channel:
            asked = provider_pb2_grpc.ResourceProviderStub(channel)
            answer = asked.CheckConfig(pb.CheckRequest(news=encode({"apiKey": "key-of-last-week"})), timeout=60)
        process.kill()

    assert list(answer.failures) == []


def test_an_interrupt_ends_the_process_without_a_traceback() -> None:
    command = [sys.executable, "-m", "pulumi_managed_agents", "127.0.0.1:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as plugin:
        assert plugin.stdout
        plugin.stdout.readline()
        plugin.send_signal(signal.SIGINT)
        _, told = plugin.communicate(timeout=60)

    assert told == b""


def test_a_call_that_is_under_way_at_the_interrupt_gives_its_answer_first(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pulumi_managed_agents", "127.0.0.1:1"]
    place = tmp_path / "world.emulator"
    with Emulator(place) as world, subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as plugin:
        assert plugin.stdout
        world.control.faults([{"operation": "agents.create", "latency_seconds": 1, "every": 1}])
        with Client(int(plugin.stdout.readline())) as client, ThreadPoolExecutor() as meanwhile:
            client.configure(emulator=str(place))
            made = meanwhile.submit(client.make, "Agent", {"model": "claude-sonnet-4-6"})
            until(world.control.requests)
            plugin.send_signal(signal.SIGINT)
            id_, _ = made.result(timeout=60)
        assert plugin.wait(timeout=60) == 0
        assert [agent["id"] for agent in world.control.objects("agents")] == [id_]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="it is told by /proc how busy a process is")
def test_a_process_that_nobody_asks_anything_rests() -> None:
    command = [sys.executable, "-m", "pulumi_managed_agents", "127.0.0.1:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as plugin:
        assert plugin.stdout
        plugin.stdout.readline()
        before = _ticks(plugin.pid)
        time.sleep(1.5)
        after = _ticks(plugin.pid)
        plugin.kill()

    assert after - before < 0.3 * os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    """The processor's time that a process has had."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return int(user) + int(system)


def _ended(pid: int, within: float) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_misspelt_setting_is_a_failure_with_what_was_meant() -> None:
    with Client() as client:
        [failure] = check_config(client, emulater="world.emulator").failures

    assert "did you mean `managed-agents:emulator`?" in failure.reason


def test_what_the_engine_adds_to_a_provider_s_inputs_is_no_setting() -> None:
    with Client() as client:
        answer = check_config(client, version="0.4.0", pluginDownloadURL="github://api.github.com/org", __internal={})

    assert list(answer.failures) == []


def test_a_state_of_before_that_has_one_can_still_be_destroyed() -> None:
    with Client() as client:
        client.configure(colour="red")


def test_a_folder_of_the_emulator_s_file_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    with Client() as client:
        [failure] = check_config(client, emulator=str(tmp_path / "nowhere" / "world.emulator")).failures

    assert "nowhere" in failure.reason
    assert not (tmp_path / "nowhere").exists()


def test_the_classes_say_the_same_of_a_folder_that_is_not_there(tmp_path: Path) -> None:
    provider = classes("Agent", emulator=str(tmp_path / "nowhere" / "world.emulator"))

    with pytest.raises(Exception, match="nowhere"):
        provider.check({}, {"model": "claude-opus-4-8", "logicalName": "worker"})


@pytest.mark.parametrize("written", ["emulater", "platfrom"])
def test_the_classes_refuse_a_misspelt_setting_too(written: str) -> None:
    provider = KindProvider("Agent")
    stack = {f"managed-agents:{written}": "x", "other:setting": "of another", "project:anything": "its own"}
    provider.configure(ConfigureRequest(config=Config(stack, "project")))

    with pytest.raises(Exception, match="did you mean"):
        provider.check({}, {"model": "claude-opus-4-8", "logicalName": "worker"})


def test_the_classes_refuse_a_setting_in_a_misspelt_namespace() -> None:
    def failing(key: str, project: str) -> str:
        provider = KindProvider("Agent")
        provider.configure(ConfigureRequest(config=Config({key: "x"}, project)))
        try:
            provider.check({}, {"model": "claude-opus-4-8", "logicalName": "worker"})
        except Exception as refused:  # noqa: BLE001 - what the engine shows
            return str(refused)
        return ""

    for key in ("managed_agents:emulator", "managedAgents:emulator", "managed-agent:emulator"):
        assert failing(key, "project") == f"{key} is in a namespace that nobody reads: did you mean `{MEANT}`?"
    # What a project configures for itself is its own.
    assert failing("managed_agents:emulator", "managed_agents") == ""
    assert failing("managed_agents:colour", "project") == ""


MEANT = "managed-agents:emulator"


def test_what_the_engine_reads_of_a_configuration_is_no_misspelt_setting() -> None:
    provider = KindProvider("Agent")
    provider.configure(ConfigureRequest(config=Config({"managed-agents:version": "0.1.0"}, "project")))

    assert provider.check({}, {"model": "claude-opus-4-8", "logicalName": "worker"}).failures == []


def test_a_project_with_our_name_is_told_why_its_configuration_is_refused() -> None:
    urn = "urn:pulumi:dev::managed-agents::pulumi:providers:managed-agents::default"
    with Client() as client:
        [failure] = client.stub.CheckConfig(pb.CheckRequest(urn=urn, news=encode({"team": "red"}))).failures
    provider = KindProvider("Agent")
    provider.configure(ConfigureRequest(config=Config({"managed-agents:team": "red"}, "managed-agents")))
    with pytest.raises(Exception, match="managed-agents:team is no setting") as caught:
        provider.check({}, {"model": "claude-opus-4-8", "logicalName": "worker"})

    for told in (failure.reason, str(caught.value)):
        assert "the project is called `managed-agents` too" in told
        assert "give it another `name` in Pulumi.yaml" in told
