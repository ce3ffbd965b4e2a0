"""`managed-agents orphans`: what was made for a stack and its state lacks is listed, and only what was listed goes."""

from __future__ import annotations

import io
import itertools
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from core.crashed import HELLO, PROVIDERS, STACK, Crashed

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.declaration.stamp import Origin
from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State

STAMPED = [name for name, kind in KINDS.items() if kind.lifecycle.stamped]
STACK_ID = "5f2e8c"
NUMBERS = itertools.count()


class Stack:
    """A world, the state of a stack in it, and the command."""

    def __init__(self, crashed: Crashed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.crashed, self._monkeypatch, self._capsys = crashed, monkeypatch, capsys
        self.crashed.resources[1]["inputs"]["stackId"] = STACK_ID

    def made(self, kind: str, bag: Bag | None = None, *, stack: str = STACK, id_: str = STACK_ID, **more: str) -> State:
        """An object that a stack made; with `more`, an older version of the provider, which checked less."""
        declared = self.crashed.declared(kind) if bag is None else bag
        stamp = Origin(f"{stack.rpartition('::')[0]}::x", id_).stamp(f"{next(NUMBERS):012x}")
        return self.crashed.creates(kind, {**self.crashed.checked(kind, declared), **more, "creationId": stamp})

    def kept(self, kind: str, state: State) -> None:
        """The state has it."""
        self.crashed.resources.append(self.crashed.entry(kind, {}, kind, id=state.id, outputs=state.outputs))

    def __call__(self, *options: str, text: bytes | None = None) -> tuple[int, str, str]:
        """The exit code, and what was written and told."""
        given = self.crashed.text() if text is None else text
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        target = ("--emulator", str(self.crashed.path), "--platform", self.crashed.platform)
        code = main(["orphans", *options, *target])
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err

    def listed(self, *options: str) -> list[Bag]:
        """What it lists, which is told by the exit code too."""
        code, out, err = self("--json", *options)
        rows: list[Bag] = json.loads(out)
        assert (code, err) == (3 if rows else 0, "")
        return rows

    def ids(self) -> set[str]:
        """The ids of what it lists."""
        return {row["id"] for row in self.listed()}


@pytest.fixture(params=["claude", "qoder"])
def stack(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Stack:
    return Stack(Crashed(tmp_path / "world.emulator", request.param), monkeypatch, capsys)


@pytest.mark.parametrize("kind", STAMPED)
def test_what_the_state_lacks_is_listed_and_what_it_has_is_not(stack: Stack, kind: str) -> None:
    if not KINDS[kind].is_on(stack.crashed.platform):
        pytest.skip("the platform has no such kind")
    declared = stack.crashed.declared(kind)
    lost, kept = (stack.made(kind, declared if number == 0 else None) for number in range(2))
    stack.kept(kind, kept)

    (row,) = stack.listed()

    assert (row["kind"], row["id"], row["removable"]) == (kind, lost.id, True)


def test_objects_of_other_stacks_and_of_nobody_are_not_listed(stack: Stack) -> None:
    stack.made("Vault", stack="urn:pulumi:prod::shop::x::y")
    stack.made("Vault", stack="urn:pulumi:dev::other::x::y")
    stack.made("Vault", id_="another")
    stack.crashed.creates("Vault", stack.crashed.checked("Vault", {}))

    assert stack.listed() == []


def test_what_is_under_way_is_for_recover(stack: Stack) -> None:
    state = stack.made("Vault")
    inputs = {"creationId": state.outputs["creationId"]}
    stack.crashed.pending("Vault", inputs)

    assert stack.listed() == []


def test_an_archived_one_is_none(stack: Stack) -> None:
    state = stack.made("Agent")
    with Emulator(stack.crashed.path) as emulator:
        control = emulator.control.on(stack.crashed.platform)
        control.change("agents", state.id, archived_at="2026-11-21T10:00:00Z")

    assert stack.listed() == []


def test_what_is_left_of_many_is_on_the_last_page_and_the_looking_is_told(stack: Stack) -> None:
    lost = stack.made("Vault")
    for _ in range(1010):
        stack.crashed.creates("Vault", stack.crashed.checked("Vault", {}))

    code, out, err = stack("--json")

    assert (code, [row["id"] for row in json.loads(out)]) == (3, [lost.id])
    assert "vaults: " in err
    assert " looked at" in err


def test_the_table_is_for_people(stack: Stack) -> None:
    state = stack.made("Agent", name="re\x1bviewer")

    code, out, _ = stack()

    head, row = out.splitlines()
    assert code == 3
    assert head.split() == ["KIND", "NAME", "ID", "CREATED", "THROUGH"]
    assert row.split()[:3] == ["Agent", "re\\x1bviewer", state.id]
    assert row.endswith("plugin")


def test_where_there_is_none_nothing_is_printed(stack: Stack) -> None:
    assert stack() == (0, "", "")


def test_a_renamed_stack_loses_nothing(stack: Stack) -> None:
    before = stack.made("Vault")
    stack.kept("Vault", before)
    renamed = [
        json.loads(json.dumps(entry).replace("pulumi:dev::", "pulumi:prod::")) for entry in stack.crashed.resources
    ]
    stack.crashed.resources[:] = renamed

    assert stack.listed() == []
    lost = stack.made("Vault", stack="urn:pulumi:prod::shop::x::y")
    assert stack.ids() == {lost.id}
    code, _, err = stack("--remove", before.id)
    assert code == 1
    assert f"{before.id}: is not among what this stack made and its state lacks" in err


def test_a_copy_takes_nothing_from_its_original_and_gives_nothing_away(stack: Stack) -> None:
    of_both = stack.made("Vault")
    stack.kept("Vault", of_both)
    of_the_original = stack.made("Vault")
    of_the_copy = stack.made("Vault", stack="urn:pulumi:copy::shop::x::y")

    assert stack.ids() == {of_the_original.id}
    text = json.dumps(stack.crashed.resources).replace("pulumi:dev::", "pulumi:copy::")
    stack.crashed.resources[:] = json.loads(text)
    assert stack.ids() == {of_the_copy.id}


def test_only_what_is_named_is_removed(stack: Stack) -> None:
    named, other = stack.made("Agent"), stack.made("Agent")

    code, _, err = stack("--remove", named.id)

    assert (code, err) == (0, f"{named.id}: removed\n")
    assert stack.ids() == {other.id}


def test_what_others_need_goes_last(stack: Stack) -> None:
    agent = stack.made("Agent")
    environment = stack.made("Environment")
    session = stack.made("Session", {"agent": agent.id, "environmentId": environment.id})
    vault = stack.made("Vault")
    auth = {**stack.crashed.declared("Credential"), "vaultId": vault.id}
    credential = stack.made("Credential", auth)
    with Emulator(stack.crashed.path) as emulator:
        mark = max(row["n"] for row in emulator.control.requests())

    ids = [state.id for state in (agent, environment, session, vault, credential)]
    assert stack("--remove", *ids)[0] == 0

    with Emulator(stack.crashed.path) as emulator:
        rows = [row for row in emulator.control.requests(mark) if row["method"] in ("POST", "DELETE")]
    assert list(dict.fromkeys(row["operation"].rpartition(".")[0] for row in rows)) == [
        "vaults.credentials",
        "vaults",
        "sessions",
        "environments",
        "agents",
    ]
    assert stack.listed() == []


def test_a_session_at_work_is_interrupted(stack: Stack) -> None:
    agent, environment = stack.made("Agent"), stack.made("Environment")
    session = stack.made("Session", {"agent": agent.id, "environmentId": environment.id})
    with Emulator(stack.crashed.path) as emulator:
        emulator.control.on(stack.crashed.platform).set_status(session.id, "running")

    assert stack("--remove", session.id)[0] == 0

    with Emulator(stack.crashed.path) as emulator:
        sent = [row["operation"] for row in emulator.control.requests()]
    assert "sessions.events.send" in sent
    assert session.id not in stack.ids()


def test_an_id_that_is_not_listed_keeps_everything_where_it_is(stack: Stack) -> None:
    lost, kept = stack.made("Vault"), stack.made("Vault")
    stack.kept("Vault", kept)

    code, _, err = stack("--remove", lost.id, kept.id)

    assert code == 1
    assert f"{kept.id}: is not among" in err
    assert "Nothing was removed." in err
    assert stack.ids() == {lost.id}


def test_what_the_python_classes_made_is_listed_and_never_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = Stack(Crashed(tmp_path / "world.emulator", "claude", "dynamic"), monkeypatch, capsys)
    lost = stack.made("Vault", id_="")

    (row,) = stack.listed()
    assert (row["id"], row["removable"]) == (lost.id, False)
    code, _, err = stack("--remove", lost.id)

    assert code == 1
    assert "know no id of their stack" in err
    assert stack.ids() == {lost.id}


def test_a_removal_that_fails_is_told(stack: Stack) -> None:
    first, second = stack.made("Agent"), stack.made("Agent")
    with Emulator(stack.crashed.path) as emulator:
        emulator.control.faults([{"path": f"{first.id}", "method": "POST", "status": 400, "message": "Not now."}])

    code, _, err = stack("--remove", first.id, second.id)

    assert code == 1
    assert "Not now." in err
    assert f"{second.id}: removed" in err


def test_a_list_that_breaks_off_is_told_beside_what_was_found(stack: Stack) -> None:
    lost = stack.made("Agent")
    with Emulator(stack.crashed.path) as emulator:
        emulator.control.faults([{"operation": "vaults.list", "status": 400, "message": "Not now."}])

    code, out, err = stack("--json")

    assert (code, [row["id"] for row in json.loads(out)]) == (1, [lost.id])
    assert "Not now." in err


@pytest.mark.parametrize(
    "told", [{"platform": "qoder"}, {"emulator": "another.emulator"}, {"baseUrl": "https://elsewhere.example.com"}]
)
def test_another_place_than_the_stack_s_is_not_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], told: Bag
) -> None:
    stack = Stack(Crashed(tmp_path / "world.emulator"), monkeypatch, capsys)
    stack.crashed.resources[1]["inputs"] |= told

    code, _, err = stack()

    assert code == 1
    assert "The objects of this state are elsewhere" in err


def test_a_key_of_another_account_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stack = Stack(Crashed(tmp_path / "world.emulator"), monkeypatch, capsys)
    vault = stack.crashed.entry("Vault", {}, "v", id="vlt_x", outputs={"account": "another/place"})
    stack.crashed.resources.append(vault)

    code, _, err = stack()

    assert code == 1
    assert "the key is of another account" in err


def test_one_of_two_providers_here_is_enough(stack: Stack) -> None:
    other: Any = {**stack.crashed.resources[1], "urn": PROVIDERS["plugin"] + "-two", "id": "2"}
    stack.crashed.resources.append({**other, "inputs": {"platform": "nowhere", "stackId": "another"}})
    lost = stack.made("Vault", id_="another")

    assert stack.ids() == {lost.id}


@pytest.mark.parametrize(
    "text", [b"", b"{}", b'{"deployment": null}', b'{"deployment": {"resources": []}}', b"[" * 9999]
)
def test_what_is_no_state_of_a_stack_is_one_sentence(stack: Stack, text: bytes) -> None:
    code, out, err = stack(text=text)

    assert (code, out, err.count("\n")) == (2, "", 1)


def test_an_emulator_that_is_not_there_is_not_made(stack: Stack, tmp_path: Path) -> None:
    stack.crashed.path = tmp_path / "wrold.emulator"

    code, _, err = stack(text=Crashed(tmp_path / "world.emulator").text())

    assert code == 1
    assert "there is no emulator in" in err
    assert not stack.crashed.path.exists()


def test_events_are_no_objects(stack: Stack) -> None:
    inputs = stack.crashed.checked("SessionEvents", {**stack.crashed.declared("SessionEvents"), "events": [HELLO]})
    stack.crashed.creates("SessionEvents", inputs)

    assert stack.listed() == []
