"""Whatever a platform, a state, a file or a program says: no command writes what a terminal obeys."""

from __future__ import annotations

import ast
import gc
import io
import json
import sys
import urllib.error
import urllib.request
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from core.bending import Bent, bent_server
from core.crashed import STACK, Crashed
from core.noise import FORGED, NOISE, NOISES, obeyed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_managed_agents.declaration.values import Bag

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""A command's connections end with its process."""

NAMING = ("name", "display_name", "title", "filename", "description", "system", "path", "message", "type")


def noisy(value: Any, names: tuple[str, ...] = NAMING[:-1]) -> Any:
    """The value with noise in its names and prose."""
    if isinstance(value, dict):
        return {
            key: f"{item}{NOISE}" if key in names and isinstance(item, str) else noisy(item, names)
            for key, item in value.items()
        }
    return [noisy(item, names) for item in value] if isinstance(value, list) else value


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bent]:
    """A platform that the environment names, with one of some kinds in it."""
    crashed = Crashed(tmp_path / "world.emulator")
    for kind in ("Agent", "Environment", "File", "Credential", "Memory"):
        crashed.creates(kind, crashed.checked(kind, crashed.declared(kind)))
    crashed.provider.close()
    with bent_server(tmp_path / "world.emulator") as bent:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", bent.url)
        monkeypatch.setenv("ANTHROPIC_API_KEY", "test-key")
        yield bent
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command: its exit code, and all that it wrote."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            code = main(words)
        except SystemExit as end:
            code = int(str(end.code))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def standard_input(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))


def test_a_list_of_what_there_is_obeys_nothing(world: Bent, told: Any) -> None:
    world.bends("^GET ", noisy)

    _, out, err = told("import", "--list")

    assert obeyed(out) == obeyed(err) == []
    assert FORGED in out


def test_the_same_as_json_is_the_very_text_and_obeys_nothing(world: Bent, told: Any) -> None:
    world.bends("^GET ", noisy)

    code, out, err = told("import", "--list", "--json")

    assert code == 0, err
    assert obeyed(out) == []
    assert any(row["name"].endswith(NOISE) for row in json.loads(out))


@pytest.mark.parametrize("language", ["yaml", "python"])
def test_a_program_that_is_written_holds_no_line_of_somebody_else(
    language: str, world: Bent, told: Any, tmp_path: Path
) -> None:
    world.bends("^GET ", noisy)

    code, out, err = told("import", "--out", str(tmp_path / "out"), "--language", language)

    assert code == 0, err
    assert obeyed(out) == obeyed(err) == []
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            text = path.read_text()
            assert FORGED not in [line.lstrip("# ")[: len(FORGED)] for line in text.splitlines()], path
            assert [sign for sign in text if not sign.isprintable() and sign != "\n"] == [], path
    if language == "python":
        ast.parse((tmp_path / "out" / "__main__.py").read_text())
    else:
        yaml.safe_load((tmp_path / "out" / "Pulumi.yaml").read_text())


ASKED: dict[str, tuple[str, ...]] = {
    "import": ("import", "--list"),
    "import an id": ("import", "--list", "--id", f"agent_{NOISE}"),
    "doctor": ("doctor",),
    "orphans": ("orphans",),
    "redact": ("redact", "memstore_1", "memver_1", "--yes"),
    "recover": ("recover",),
}
CASES = [pytest.param(words, id=name) for name, words in ASKED.items()]


@pytest.mark.parametrize("words", CASES)
def test_an_error_of_a_command_obeys_nothing(
    words: tuple[str, ...], world: Bent, told: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    world.emulator.control.faults([{"status": 400, "error_type": NOISE, "message": NOISE}])
    crashed = Crashed(tmp_path / "other.emulator")
    crashed.pending("Agent", crashed.checked("Agent", crashed.declared("Agent")), f"it{NOISE}")
    crashed.provider.close()
    standard_input(monkeypatch, crashed.text())

    _, out, err = told(*words)

    assert obeyed(out) == obeyed(err) == []
    assert FORGED in out + err


def test_the_headers_of_a_platform_obey_nothing(world: Bent, told: Any) -> None:
    world.bends("^GET /v1/agents", dict)
    world.headers = (("anthropic-ratelimit-noise", "a\x9b1mb"),)

    _, out, err = told("doctor")

    assert obeyed(out) == obeyed(err) == []
    assert "ratelimit-noise" in out


def test_what_an_emulator_was_asked_obeys_nothing(world: Bent, told: Any, tmp_path: Path) -> None:
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{world.url}/v1/agents/%1b%5b2J%0aok%20%20%20FORGED%c2%9b")  # noqa: S310 - loopback

    _, out, err = told("requests", str(tmp_path / "world.emulator"))

    assert obeyed(out) == obeyed(err) == []
    assert FORGED in out


@pytest.mark.parametrize("words", [("check-access", f"https://github.com/{NOISE}"), ("requests", f"no{NOISE[:20]}")])
def test_what_a_command_was_given_obeys_nothing(words: tuple[str, ...], told: Any, tmp_path: Path) -> None:
    with Emulator(tmp_path / "w.emulator"):
        pass
    more = ("--emulator", str(tmp_path / "w.emulator")) if words[0] == "check-access" else ()

    _, out, err = told(*words, *more)

    assert obeyed(out) == obeyed(err) == []


def test_a_word_that_no_command_knows_obeys_nothing(told: Any) -> None:
    code, out, err = told("doctor", f"--no{NOISE[1:]}")

    assert code == 2
    assert obeyed(out) == obeyed(err) == []


def state(kind: str = "Vault", **more: Any) -> Bag:
    """A state with noise in all its names."""
    token = f"managed-agents:index:{kind}"
    urn = f"urn:pulumi:dev::shop::{token}::it{NOISE}"
    named = {"displayName": NOISE}
    entry = {"urn": urn, "type": token, "custom": True, "id": f"vlt_1{NOISE}"}
    entry |= {"inputs": named, "outputs": named, **more}
    stack = {"urn": STACK, "type": "pulumi:pulumi:Stack", "custom": False}
    return {"version": 3, "deployment": {"resources": [stack, entry], "pending_operations": []}}


def test_what_the_rules_find_obeys_nothing(told: Any, tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text(json.dumps(state()))

    _, out, err = told("policy", str(tmp_path / "state.json"))

    assert obeyed(out) == obeyed(err) == []
    assert FORGED in out


@pytest.mark.parametrize("config", [{"pinned-agent": {NOISE: 1}}, NOISE], ids=["parameter", "no JSON"])
def test_what_is_wrong_with_the_configuration_of_the_rules_obeys_nothing(
    config: Any, told: Any, tmp_path: Path
) -> None:
    (tmp_path / "state.json").write_text(json.dumps(state()))
    place = tmp_path / f"config{NOISE[:18]}.json"
    place.write_text(config if isinstance(config, str) else json.dumps(config))

    _, out, err = told("policy", str(tmp_path / "state.json"), "--config", str(place))

    assert obeyed(out) == obeyed(err) == []


def test_what_is_due_obeys_nothing(told: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = state("GitHubInstallationToken", outputs={"expiresAt": "2020-01-01T00:00:00Z"})
    (tmp_path / "state.json").write_text(json.dumps(written))
    engine = tmp_path / "pulumi"
    engine.write_text(f"#!/bin/sh\ncat '{tmp_path / 'state.json'}'\n")
    engine.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{Path('/usr/bin')}:/bin")

    _, out, err = told("rotate", "--dry-run")

    assert "Due: " in err
    assert obeyed(out) == obeyed(err) == []


# Any text, in every place where somebody else speaks


def named(noise: str) -> dict[str, tuple[tuple[str, ...], Bag | None]]:
    """Each command with the words and the state that it is given."""
    urn = f"urn:pulumi:dev::shop::managed-agents:index:Agent::it{noise}"
    agent = {"urn": urn, "type": "managed-agents:index:Agent", "custom": True, "id": f"agent_1{noise}"}
    pending = {**agent, "inputs": {"name": noise, "creationId": f"a-b-{noise}"}, "provider": f"urn::{noise}::1"}
    stack = {"urn": STACK, "type": "pulumi:pulumi:Stack", "custom": False}
    exported = {
        "version": 3,
        "deployment": {
            "manifest": {"time": noise},
            "resources": [stack, {**agent, "type": "managed-agents:index:Vault", "outputs": {"account": noise}}],
            "pending_operations": [{"resource": pending, "type": "creating"}, {"resource": pending, "type": noise}],
        },
    }
    return {
        "import": (("import", "--list"), None),
        "import as json": (("import", "--list", "--json"), None),
        "import an id": (("import", "--list", "--id", noise), None),
        "doctor": (("doctor",), None),
        "orphans": (("orphans",), exported),
        "orphans as json": (("orphans", "--json"), exported),
        "orphans to remove": (("orphans", "--remove", f"x{noise}"), exported),
        "recover": (("recover",), exported),
        "recover partly": (("recover", "--partly"), exported),
        "recover with words": (("recover", "--made", urn, f"agent_1{noise}"), exported),
        "recover with wrong words": (("recover", "--not-made", f"x{noise}"), exported),
        "policy": (("policy", "-"), exported),
        "policy as json": (("policy", "-", "--json"), exported),
        "policy without": (("policy", f"x{noise}"), None),
        "check-access": (("check-access", f"https://github.com/org/{noise}"), None),
        "requests": (("requests", f"x{noise}"), None),
        "redact": (("redact", f"x{noise}", f"y{noise}"), None),
        "rotate": (("rotate", "--cwd", f"x{noise}"), None),
        "unknown": ((f"x{noise}",), None),
        "unknown option": (("import", f"--x{noise}"), None),
    }


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
@given(noise=NOISES, way=st.sampled_from(["names", "refusals"]))
def test_no_command_writes_what_a_terminal_obeys(
    noise: str, way: str, world: Bent, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noised(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: noise if key in NAMING[:-1] else noised(item) for key, item in value.items()}
        return [noised(item) for item in value] if isinstance(value, list) else value

    world.bends("^GET " if way == "names" else "", noised)
    world.refusal = {"type": noise, "message": noise} if way == "refusals" else None
    for name, (words, exported) in named(noise).items():
        standard_input(monkeypatch, json.dumps(exported).encode())

        _, out, err = told(*words)

        assert obeyed(out) == obeyed(err) == [], name
