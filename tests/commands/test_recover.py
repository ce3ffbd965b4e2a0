"""`managed-agents recover` as a shell calls it: what it writes, what it tells, and how it ends."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from core.crashed import Crashed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.declaration.signatures import SECRET, SIGNATURE
from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag


@pytest.fixture
def crashed(tmp_path: Path) -> Crashed:
    return Crashed(tmp_path / "world.emulator")


class Shell:
    """Calls the command with a text on standard input."""

    def __init__(self, crashed: Crashed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.crashed, self._monkeypatch, self._capsys = crashed, monkeypatch, capsys

    def __call__(self, *options: str, text: bytes | None = None) -> tuple[int, str, str]:
        """The exit code, and what was written and told."""
        given_text = self.crashed.text() if text is None else text
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given_text)))
        code = main(["recover", *(options or ("--emulator", str(self.crashed.path)))])
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err


@pytest.fixture
def shell(crashed: Crashed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(crashed, monkeypatch, capsys)


def test_a_state_with_nothing_pending_comes_out_as_it_went_in(shell: Shell) -> None:
    text = {"version": 3, "deployment": {"manifest": {"x": 1.5}, "resources": [], "new": "\ud800 \u00e4"}}

    code, out, err = shell(text=json.dumps(text).encode())

    assert (code, json.loads(out), err) == (0, text, "")


@pytest.mark.parametrize("deployment", [None, {}, {"resources": None, "pending_operations": None}])
def test_an_empty_stack_is_a_state_too(shell: Shell, deployment: Any) -> None:
    code, out, _ = shell(text=json.dumps({"version": 3, "deployment": deployment}).encode())

    assert (code, json.loads(out)["deployment"]) == (0, deployment)


def test_what_was_found_and_what_was_not_is_told(shell: Shell) -> None:
    crashed = shell.crashed
    inputs = crashed.checked("Agent", crashed.declared("Agent"))
    made = crashed.creates("Agent", inputs)
    crashed.pending("Agent", inputs, "made")
    crashed.pending("Vault", crashed.checked("Vault", {}), "not-made")

    code, out, err = shell()

    assert code == 0
    assert [line.rpartition("::")[2] for line in err.splitlines()] == [
        f"made: found as {made.id}",
        "not-made: nothing was created",
    ]
    assert json.loads(out)["deployment"]["resources"][-1]["id"] == made.id


def test_what_became_of_it_is_told_as_json_beside_the_state(shell: Shell) -> None:
    crashed = shell.crashed
    inputs = crashed.checked("Agent", crashed.declared("Agent"))
    made = crashed.creates("Agent", inputs)
    crashed.pending("Agent", inputs, "made")
    where = ("--emulator", str(crashed.path))

    code, out, err = shell("--json", *where)

    told = json.loads(err)
    assert (code, told["written"]) == (0, True)
    [create] = told["creates"]
    assert create["urn"].endswith("::made")
    assert (create["settled"], create["finding"]) == (True, f"found as {made.id}")
    assert json.loads(out)["version"] == 3

    code, out, err = shell("--json", "--emulator", str(crashed.path.with_name("nowhere")))

    told = json.loads(err)
    assert (code, out, told["written"], told["creates"][0]["settled"]) == (1, "", False, False)


def test_nothing_is_written_while_something_cannot_be_settled(shell: Shell) -> None:
    crashed = shell.crashed
    inputs = crashed.checked("File", crashed.declared("File"))
    made = crashed.creates("File", inputs)
    urn = crashed.pending("File", inputs)["urn"]
    target = ("--emulator", str(crashed.path))

    code, out, err = shell()
    assert (code, out) == (1, "")
    assert "cannot be settled: files carry no stamp" in err
    assert "Nothing is written" in err
    code, out, _ = shell("--partly", *target)
    assert code == 1
    assert len(json.loads(out)["deployment"]["pending_operations"]) == 1
    code, out, _ = shell("--made", urn, made.id, *target)
    assert (code, json.loads(out)["deployment"]["resources"][-1]["id"]) == (0, made.id)
    code, out, _ = shell("--not-made", urn, *target)
    assert (code, json.loads(out)["deployment"]["pending_operations"]) == (0, [])


def test_an_emulator_that_is_not_there_is_not_made(shell: Shell, tmp_path: Path) -> None:
    shell.crashed.pending("Agent", shell.crashed.checked("Agent", shell.crashed.declared("Agent")))
    mistyped = tmp_path / "wrold.emulator"

    code, out, err = shell("--emulator", str(mistyped))

    assert (code, out) == (1, "")
    assert f"cannot be settled: there is no emulator in {mistyped}" in err
    assert not mistyped.exists()


def test_without_a_key_nothing_is_settled(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    shell.crashed.pending("Agent", shell.crashed.checked("Agent", shell.crashed.declared("Agent")))

    code, _, err = shell("--platform", "claude")

    assert code == 1
    assert "cannot be settled: No API key" in err


def test_a_create_that_is_not_pending_cannot_be_spoken_of(shell: Shell) -> None:
    code, out, err = shell("--not-made", "urn:pulumi:dev::shop::a:b:C::d")

    assert (code, out) == (2, "")
    assert "There is no pending create of urn:pulumi:dev::shop::a:b:C::d" in err


def test_a_terminal_is_told_what_to_hand_over(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del shell
    leader, follower = os.openpty()
    with os.fdopen(follower) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        assert main(["recover"]) == 2
    os.close(leader)

    assert "pulumi stack export | managed-agents" in capsys.readouterr().err


NOT_STATES: dict[str, bytes] = {
    "nothing": b"",
    "no-json": b"error: no stack selected",
    "half": b'{"deployment": {"resources": [',
    "no-text": b"\xff\xfe\xfa",
    "infinite": b'{"deployment": {"resources": [], "x": Infinity}}',
    "long-number": b'{"deployment": ' + b"9" * 9000 + b"}",
    "list": b"[]",
    "word": b'"deployment"',
    "no-deployment": b"{}",
    "deployment-list": b'{"deployment": []}',
    "resources-object": b'{"deployment": {"resources": {}}}',
    "resources-of-words": b'{"deployment": {"resources": ["urn"]}}',
    "resource-without-urn": b'{"deployment": {"resources": [{"type": "t"}]}}',
    "resource-with-number": b'{"deployment": {"resources": [{"urn": 5, "type": "t"}]}}',
    "operations-word": b'{"deployment": {"pending_operations": "x"}}',
    "operation-word": b'{"deployment": {"pending_operations": ["x"]}}',
    "operation-without-resource": b'{"deployment": {"pending_operations": [{"type": "creating"}]}}',
    "operation-without-type": b'{"deployment": {"pending_operations": [{"resource": {"urn": "u", "type": "t"}}]}}',
    "deep-list": b"[" * 200_000,
    "deep-state": b'{"deployment": ' + b'{"x": ' * 100_000 + b"1" + b"}" * 100_001,
}


@pytest.mark.parametrize("text", NOT_STATES.values(), ids=list(NOT_STATES))
def test_what_is_no_state_is_one_sentence(shell: Shell, text: bytes) -> None:
    code, out, err = shell(text=text)

    assert (code, out) == (2, "")
    assert err.startswith("managed-agents recover: ")
    assert err.count("\n") == 1


def test_inputs_that_are_nested_too_deeply_are_no_traceback(shell: Shell) -> None:
    entry = shell.crashed.entry("Agent", {}, "it")
    deep: Any = []
    for _ in range(600):
        deep = [deep]
    entry["inputs"] = {"creationId": "x", "tools": deep}
    shell.crashed.operations.append({"type": "creating", "resource": entry})

    code, _, err = shell()

    assert code in (0, 1, 2)
    assert "Traceback" not in err


ODD: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(("a", "type", "id")), inner, max_size=2)
    ),
    max_leaves=4,
)
PLACES = ("id", "inputs", "outputs", "parent", "provider", "dependencies", "propertyDependencies", "created", "delete")
INPUTS = ("creationId", "vaultId", "metadata", "auth", "displayName", "__provider", "path", "sessionId", "events")


@pytest.mark.timeout(300)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    kind=st.sampled_from(("Vault", "Credential", "Memory", "SessionEvents", "Session", "Deployment")),
    wrong=st.dictionaries(st.sampled_from(PLACES), ODD, max_size=2),
    inputs=st.dictionaries(st.sampled_from(INPUTS), ODD, max_size=4),
    others=st.dictionaries(st.sampled_from(PLACES), ODD, max_size=3),
)
def test_odd_values_anywhere_are_told_and_never_a_traceback(
    shell: Shell, kind: str, wrong: Bag, inputs: Bag, others: Bag
) -> None:
    crashed = Crashed(shell.crashed.path)
    crashed.resources.append({**crashed.entry("Vault", {}, "other"), **others})
    operation = crashed.entry(kind, {}, "it")
    operation["inputs"] = {"creationId": "0123456789abcdef", **inputs}
    crashed.operations.append({"type": "creating", "resource": {**operation, **wrong}})

    deployment, findings = crashed.recover()

    assert len(findings) == 1
    assert json.dumps(deployment)


def test_a_hundred_megabytes_take_seconds(shell: Shell) -> None:
    crashed = shell.crashed
    text = "x" * 2000
    for number in range(40_000):
        inputs = {"name": f"agent-{number}", "system": text, "creationId": f"{number:024x}"}
        entry = crashed.entry("Agent", {}, f"agent-{number}", id=f"agent_{number}", created=str(number))
        crashed.resources.append({**entry, "inputs": inputs, "outputs": {**inputs, "version": 1}})
    for number in range(200):
        crashed.pending("Vault", crashed.checked("Vault", {}), f"vault-{number}")
    state = crashed.text()
    assert len(state) > 100_000_000
    began = time.monotonic()

    code, out, _ = shell(text=state)

    assert code == 0
    assert len(out) > 100_000_000
    assert time.monotonic() - began < 60


def test_what_an_export_shows_is_not_repeated_by_a_refusal(crashed: Crashed, shell: Shell) -> None:
    secret = "the prompt that nobody else may read"
    shown = {SIGNATURE: SECRET, "plaintext": json.dumps(secret)}
    entry = crashed.pending("Agent", crashed.checked("Agent", {**crashed.declared("Agent"), "system": secret}))
    entry["inputs"]["system"] = shown
    with Emulator(crashed.path) as emulator:
        emulator.control.faults([{"operation": "agents.list", "status": 400, "message": f"no <{secret}>"}])

    _, _, told = shell()

    assert "no <[secret]>" in told
    assert secret not in told
