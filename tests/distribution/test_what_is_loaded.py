"""What a fresh interpreter has loaded after each way in: nothing that this way does not need.

Every `pulumi` command starts several of these processes, and its user waits for each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from pulumi_managed_agents.cli import COMMANDS
from pulumi_managed_agents.resources.registry import KINDS

OURS = "pulumi_managed_agents"

HEAVY = (
    "grpc",
    "pulumi",
    "pydantic",
    "httpx",
    "werkzeug",
    "yaml",
    "jwt",
    "cryptography",
    "psutil",
    "filelock",
    "sqlite3",
)
"""What others wrote, and takes a while."""

ROOMS = (
    *("declaration", "comparison", "lifecycle", "plan", "functions", "transport", "platforms", "apply"),
    *("provider.configured", "policy", "importing", "generate", "emulator"),
)
"""What of ours does."""

PLUGIN = f"from {OURS}.plugin import stubs; stubs.load(); from {OURS}.plugin.serve import start, Plugin; "

SERVED = (
    f"{PLUGIN}plugin = Plugin(); server, port = start(plugin); import grpc; "
    "from pulumi.runtime.proto import provider_pb2 as pb, provider_pb2_grpc; from google.protobuf import empty_pb2; "
    "stub = provider_pb2_grpc.ResourceProviderStub(grpc.insecure_channel(f'127.0.0.1:{port}')); "
    "stub.Handshake(pb.ProviderHandshakeRequest(engine_address='127.0.0.1:1')); stub.GetPluginInfo(empty_pb2.Empty()); "
)

CHECK = (
    f"{SERVED}stub.Configure(pb.ConfigureRequest(acceptSecrets=True)); "
    f"from {OURS}.plugin.codec import encode; urn = 'urn:pulumi:dev::test::managed-agents:index:Agent::worker'; "
    "stub.Check(pb.CheckRequest(urn=urn, name='worker', news=encode({'model': 'claude-opus-4-8'}))); "
)


def loaded(program: str, environment: dict[str, str] | None = None) -> set[str]:
    """The modules that a program leaves loaded, of the packages that matter here."""
    ended = f"{program}\nimport json, os, sys; print(json.dumps(sorted(sys.modules)), flush=True); os._exit(0)"
    done = subprocess.run(
        [sys.executable, "-c", ended], check=True, capture_output=True, text=True, timeout=120, env=environment
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def heavy(modules: set[str]) -> set[str]:
    """What takes a while, of what is loaded."""
    return {name for name in HEAVY if name in modules}


def rooms(modules: set[str]) -> set[str]:
    """The rooms of ours of which something is loaded; how a wait is ended is no transport yet."""
    rest = modules - {f"{OURS}.transport.cancel"}
    return {room for room in ROOMS for name in rest if f"{name}.".startswith(f"{OURS}.{room}.") and not _is_room(name)}


def _is_room(name: str) -> bool:
    return name.removeprefix(f"{OURS}.") in ROOMS and name != f"{OURS}.provider.configured"


def kinds(modules: set[str]) -> set[str]:
    """The kinds that are loaded."""
    return {name for name, kind in KINDS.items() if kind.inputs.__module__ in modules}


def test_the_package_alone_loads_nothing() -> None:
    modules = loaded(f"import {OURS}")

    assert heavy(modules) == set()
    assert rooms(modules) == set()


def test_the_plugin_tells_its_port_with_the_protocol_alone() -> None:
    modules = loaded(f"{PLUGIN}start(Plugin())")

    assert heavy(modules) == {"grpc", "pulumi"}
    assert rooms(modules) == set()
    assert {name for name in modules if name.startswith("pulumi.runtime.proto.") and not name.endswith("_grpc")} == {
        f"pulumi.runtime.proto.{name}_pb2" for name in ("alias", "engine", "plugin", "provider", "status")
    }
    assert {"pulumi.resource", "pulumi.output", "dill", "debugpy"} & modules == set()


def test_the_plugin_starts_where_the_protocol_is_plain_python() -> None:
    # As on an interpreter for which there are no compiled messages yet.
    plain = {**os.environ, "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION": "python"}

    assert "pulumi.runtime.proto.provider_pb2" in loaded(f"{PLUGIN}start(Plugin())", plain)


def test_a_plugin_for_the_schema_loads_nothing_more() -> None:
    modules = loaded(f"{SERVED}stub.GetSchema(pb.GetSchemaRequest())")

    assert heavy(modules) == {"grpc", "pulumi"}
    assert rooms(modules) == set()


def test_what_judges_inputs_sends_nothing_and_knows_one_kind() -> None:
    modules = loaded(CHECK)

    assert heavy(modules) == {"grpc", "pulumi", "pydantic"}
    assert kinds(modules) == {"Agent"}
    assert {"policy", "importing", "generate", "emulator"} & rooms(modules) == set()
    assert {f"{OURS}.platforms.{name}" for name in ("qoder", "connect", "mounted", "rest")} & modules == set()
    assert f"{OURS}.declaration.yaml_documents" not in modules


def test_a_class_brings_neither_a_provider_nor_a_kind() -> None:
    modules = loaded(f"import {OURS} as ma; ma.Agent")

    assert kinds(modules) == set()
    assert {"apply", "provider.configured", "policy", "importing", "emulator"} & rooms(modules) == set()
    assert {"httpx", "werkzeug", "jwt", "cryptography", "filelock"} & modules == set()
    assert f"{OURS}.platforms.settings" not in modules


def test_a_dynamic_provider_is_known_to_a_program_by_its_name() -> None:
    modules = loaded(f"from {OURS}.dynamic import KindProvider; KindProvider('Agent')")

    assert rooms(modules) == set()
    assert "pydantic" not in modules


def test_a_configured_dynamic_provider_knows_no_kind_yet() -> None:
    modules = loaded(
        f"from pulumi.dynamic import Config, ConfigureRequest; from {OURS}.dynamic import KindProvider; "
        "KindProvider('Agent').configure(ConfigureRequest(Config({}, 'test')))"
    )

    assert kinds(modules) == set()
    assert {"httpx", "werkzeug", "jwt"} & modules == set()


ASKING_NOBODY = (["--help"], ["--version"], ["--no-such-option"], ["no-such-command"])


@pytest.mark.parametrize("words", [*ASKING_NOBODY, *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_help_loads_no_more_than_its_words(words: list[str]) -> None:
    modules = loaded(f"from {OURS}.cli import main\ntry: main({words!r})\nexcept SystemExit: pass")

    assert heavy(modules) == set()
    assert rooms(modules) <= {"importing"}
    assert {name for name in modules if name.startswith(f"{OURS}.importing.")} <= {f"{OURS}.importing.kinds"}


def test_an_emulator_is_there_before_what_answers() -> None:
    modules = loaded(
        f"import tempfile; from {OURS}.emulator import Emulator; "
        "Emulator(tempfile.mkdtemp() + '/world.emulator').serve()"
    )

    assert heavy(modules) == {"sqlite3"}
