"""A provider that is killed in mid-create leaves a note; the next create for the resource settles what it made."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from core.platform import HELLO, Platform, mounted
from core.test_gone import DECLARED

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.apply.deeds import deed_of
from pulumi_managed_agents.apply.intents import Intent
from pulumi_managed_agents.declaration.stamp import STAMP, Origin
from pulumi_managed_agents.errors import ConfigError, LostAnswer, Refused
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.provider.journal import MOST_ENTRIES, Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.lifecycle.steps import State


class Killed(BaseException):
    """The end of a process, wherever it stands."""


class World:
    """A platform with a program that creates one resource, again and again, from one process after another."""

    def __init__(self, platform: Platform, folder: Path) -> None:
        self.platform = platform
        self.folder = folder / "journal"
        self.drawn = 0
        self.process()

    def process(self) -> None:
        """Another process: it knows nothing but the journal."""
        old = self.platform.context
        self.journal = Journal("somewhere", self.platform.warnings.append, self.folder)
        self.platform.context = apply.Context(
            old.backend, self.platform.warnings.append, old.sleep, old.files, old.github, intents=self.journal
        )

    def inputs(self, kind: str, bag: Bag, name: str = "thing", stack: str = "0123") -> Bag:
        """The checked inputs of a new object."""
        self.drawn += 1
        context = replace(
            self.platform.checking(),
            random_hex=lambda digits: f"{self.drawn:0{digits}x}",
            origin=Origin(f"urn:pulumi:dev::test::managed-agents:index:{kind}::{name}", stack),
        )
        inputs, failures = plan.check(self.platform.kind(kind), {}, bag, context)
        assert failures == []
        return inputs

    def create(self, kind: str, inputs: Bag, *, handed_over: bool = True) -> State:
        state = apply.create(self.platform.kind(kind), inputs, self.platform.context)
        if handed_over:
            self.journal.handed_over(inputs["creationId"])
        return state

    def killed(self, kind: str, inputs: Bag, *, after: bool) -> None:
        """The process dies when a request is about to be sent, or when its answer is there."""
        backend = self.platform.context.backend
        send = backend.send

        def dying(call: Call) -> Bag:
            if not after:
                raise Killed
            answer = send(call)
            if call.operation.only_reads:
                return answer
            raise Killed

        try:
            backend.send = dying  # type: ignore[method-assign]
            with pytest.raises(Killed):
                self.create(kind, inputs)
        finally:
            backend.send = send  # type: ignore[method-assign]
        self.died()

    def killed_by_run(self, inputs: Bag) -> None:
        """The process dies when the run of a new deployment has started."""
        backend = self.platform.context.backend
        send = backend.send

        def dying(call: Call) -> Bag:
            answer = send(call)
            if call.operation.verb == "run":
                raise Killed
            return answer

        backend.send = dying  # type: ignore[method-assign]
        with pytest.raises(Killed):
            self.create("Deployment", inputs)
        backend.send = send  # type: ignore[method-assign]
        self.died()

    def died(self) -> None:
        """The notes are as they are, and their process is gone."""
        for path in self.folder.glob("*.json"):
            entry = json.loads(path.read_text())
            ended = subprocess.Popen([sys.executable, "-c", ""])
            ended.wait(timeout=60)
            entry["owner"] = {"host": os.uname().nodename, "pid": ended.pid, "started": 1.0}
            path.write_text(json.dumps(entry))
        self.process()

    def notes(self) -> list[Path]:
        return list(self.folder.glob("*.json"))


@pytest.fixture(params=["claude", "qoder"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """One emulated world of each platform."""
    with mounted(tmp_path / "world", platform=request.param) as platform:
        yield World(platform, tmp_path)


COLLECTIONS = {
    "Agent": "agents",
    "Environment": "environments",
    "Session": "sessions",
    "Vault": "vaults",
    "Credential": "credentials",
    "MemoryStore": "memory_stores",
    "Deployment": "deployments",
    "Memory": "memories",
}
each_kind = pytest.mark.parametrize("kind", COLLECTIONS)


def alive(world: World, kind: str) -> list[str]:
    """The ids of the living objects of a kind."""
    return [item["id"] for item in world.platform.control.objects(COLLECTIONS[kind]) if not item.get("archived_at")]


@each_kind
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_what_a_killed_create_made_goes_and_the_new_one_stays(kind: str, after: bool, world: World) -> None:
    bag = DECLARED[kind](world.platform)
    world.killed(kind, world.inputs(kind, bag), after=after)
    assert len(alive(world, kind)) == int(after)

    state = world.create(kind, world.inputs(kind, bag))

    assert alive(world, kind) == [state.id.rpartition("/")[2]]
    assert world.notes() == []
    assert any("was removed" in text for text in world.platform.warnings) is after


@each_kind
def test_a_create_that_ends_leaves_no_note_and_costs_no_request_more(kind: str, world: World) -> None:
    bag = DECLARED[kind](world.platform)
    world.platform.traffic()

    world.create(kind, world.inputs(kind, bag))

    assert world.notes() == []
    assert len(world.platform.traffic()) == 1


def test_a_create_is_noted_until_its_answer_is_handed_over(world: World) -> None:
    inputs = world.inputs("Vault", {"displayName": "v"})
    state = world.create("Vault", inputs, handed_over=False)

    (note,) = world.notes()
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    assert stat.S_IMODE(note.parent.stat().st_mode) == 0o700
    world.journal.handed_over(inputs["creationId"])
    assert world.notes() == []
    assert alive(world, "Vault") == [state.id]


def test_a_state_that_holds_the_object_settles_its_note(world: World) -> None:
    inputs = world.inputs("Vault", {"displayName": "v"})
    state = world.create("Vault", inputs, handed_over=False)
    world.died()

    world.platform.read("Vault", state.id, state.outputs)

    assert world.notes() == []


def test_a_create_whose_outcome_nobody_knows_is_settled_by_the_next_one_of_the_same_process(world: World) -> None:
    operation = "vaults.create"
    world.platform.control.faults(
        [{"operation": operation, "drop": "after"}, {"operation": "vaults.list", "status": 500}]
    )
    with pytest.raises(LostAnswer, match="may exist"):
        world.create("Vault", world.inputs("Vault", {"displayName": "v"}))
    world.platform.control.clear_faults()
    (left,) = alive(world, "Vault")

    state = world.create("Vault", world.inputs("Vault", {"displayName": "v"}))

    assert alive(world, "Vault") == [state.id]
    assert left != state.id
    assert world.notes() == []


def test_a_create_that_is_refused_leaves_no_note(world: World) -> None:
    world.platform.control.faults([{"operation": "vaults.create", "status": 400}])

    with pytest.raises(Exception, match="400"):
        world.create("Vault", world.inputs("Vault", {"displayName": "v"}))

    assert world.notes() == []


def test_what_a_living_process_makes_is_let_alone(world: World) -> None:
    state = world.create("Vault", world.inputs("Vault", {"displayName": "v"}), handed_over=False)
    world.process()

    world.create("Vault", world.inputs("Vault", {"displayName": "v"}))

    assert state.id in alive(world, "Vault")
    assert len(world.notes()) == 1


@pytest.mark.parametrize("other", [{"name": "another"}, {"stack": "4567"}], ids=["another resource", "another stack"])
def test_what_was_cut_off_for_somebody_else_is_let_alone(other: dict[str, str], world: World) -> None:
    world.killed("Vault", world.inputs("Vault", {"displayName": "v"}), after=True)
    (left,) = alive(world, "Vault")

    world.create("Vault", world.inputs("Vault", {"displayName": "v"}, **other))

    assert left in alive(world, "Vault")


def test_a_session_that_was_cut_off_is_interrupted_and_its_work_told(world: World) -> None:
    bag = DECLARED["Session"](world.platform)
    world.killed("Session", world.inputs("Session", bag), after=True)
    (left,) = alive(world, "Session")
    world.platform.control.settings(run_ends="never")
    world.platform.context.backend.send(
        Call(Operation("sessions.events", "send"), {"session_id": left}, {"events": [HELLO]})
    )

    state = world.create("Session", world.inputs("Session", bag))

    assert alive(world, "Session") == [state.id]
    assert any("Its work may have begun" in text for text in world.platform.warnings)


@pytest.mark.parametrize("before", [0, 1], ids=["alone", "after equal words"])
def test_events_that_a_killed_create_sent_are_not_sent_again(before: int, world: World) -> None:
    session = world.platform.session()
    bag = {"sessionId": session.id, "events": [HELLO]}
    for number in range(before):
        world.create("SessionEvents", world.inputs("SessionEvents", bag, f"other-{number}"))
    world.process()
    world.killed("SessionEvents", world.inputs("SessionEvents", bag), after=True)

    state = world.create("SessionEvents", world.inputs("SessionEvents", bag))

    listed = world.platform.context.backend.send(Call(Operation("sessions.events", "list"), {"session_id": session.id}))
    said = [event["id"] for event in listed["data"] if event["type"] == "user.message"]
    assert len(said) == before + 1
    assert state.outputs["eventIds"] == said[-1:]
    assert world.notes() == []


@pytest.mark.parametrize("look", [False, True], ids=["before the look", "after the look"])
def test_events_that_were_not_sent_yet_are_sent_although_others_said_the_same(look: bool, world: World) -> None:
    session = world.platform.session()
    bag = {"sessionId": session.id, "events": [HELLO]}
    first = world.create("SessionEvents", world.inputs("SessionEvents", bag, "removed since"))
    world.process()
    send = world.platform.context.backend.send

    def dying(call: Call) -> Bag:
        if not call.operation.only_reads or not look:
            raise Killed
        return send(call)

    world.platform.context.backend.send = dying  # type: ignore[method-assign]
    with pytest.raises(Killed):
        world.create("SessionEvents", world.inputs("SessionEvents", bag))
    world.platform.context.backend.send = send  # type: ignore[method-assign]
    world.died()

    state = world.create("SessionEvents", world.inputs("SessionEvents", bag))

    listed = send(Call(Operation("sessions.events", "list"), {"session_id": session.id}))
    said = [event["id"] for event in listed["data"] if event["type"] == "user.message"]
    assert said == [*first.outputs["eventIds"], *state.outputs["eventIds"]]
    assert world.notes() == []


def test_a_run_that_a_killed_create_started_is_not_repeated(world: World) -> None:
    bag = {**DECLARED["Deployment"](world.platform), "runTrigger": "one"}
    world.killed_by_run(world.inputs("Deployment", bag))

    state = world.create("Deployment", world.inputs("Deployment", bag))

    runs = world.platform.control.objects("deployment_runs")
    assert [run["id"] for run in runs] == [state.outputs["triggeredRunId"]]
    assert state.outputs["runTrigger"] == "one"
    assert alive(world, "Deployment") == [state.id]


@pytest.mark.parametrize("kind", ["File", "Skill"])
def test_what_carries_no_stamp_is_told(kind: str, world: World) -> None:
    bag = DECLARED[kind](world.platform)
    world.killed(kind, world.inputs(kind, bag), after=True)

    world.create(kind, world.inputs(kind, bag))

    assert any("was cut off" in text and "no stamp" in text for text in world.platform.warnings)


def test_a_note_holds_nothing_that_was_declared(world: World) -> None:
    world.create("Vault", world.inputs("Vault", {"displayName": "a-telling-name"}), handed_over=False)

    (note,) = world.notes()

    assert "telling" not in note.read_text()
    assert STAMP not in note.read_text()


NO_NOTES = [
    "",
    "{",
    "[]",
    "null",
    '{"owner": 3}',
    '{"kind": "Vault"}',
    '"\\ud800"',
    '{"owner": {"host": "", "pid": 1e999, "started": 0}}',
]


@pytest.mark.parametrize("text", NO_NOTES)
def test_a_note_that_is_none_stops_nothing(text: str, world: World) -> None:
    world.killed("Vault", world.inputs("Vault", {"displayName": "v"}), after=True)
    for note in world.notes():
        note.write_text(text)
    world.process()

    world.create("Vault", world.inputs("Vault", {"displayName": "v"}))


@pytest.mark.parametrize("odd", ["a link to nowhere", "a folder", "a link to itself"])
def test_what_else_lies_in_the_folder_hides_no_note(odd: str, world: World) -> None:
    world.killed("Vault", world.inputs("Vault", {"displayName": "v"}), after=True)
    path = world.folder / "odd.json"
    if odd == "a folder":
        path.mkdir()
    else:
        path.symlink_to(path if "itself" in odd else world.folder / "nowhere")
    world.process()

    state = world.create("Vault", world.inputs("Vault", {"displayName": "v"}))

    assert alive(world, "Vault") == [state.id]


def test_many_that_begin_at_once_each_settle_their_own_note(world: World) -> None:
    world.folder.mkdir()
    for number in range(900):
        (world.folder / f"{number}.json").write_text("{}")
    intents = [Intent(f"aaaa-{number:x}-01", "Vault", None, stamped=True) for number in range(64)]

    together = threading.Barrier(len(intents), timeout=60)

    def create(journal: Journal, intent: Intent) -> None:
        together.wait(60)
        with journal.unfinished(intent.place):
            journal.begin(intent)
        journal.answered(intent.creation_id)
        journal.handed_over(intent.creation_id)

    with often_interrupted(), ThreadPoolExecutor(len(intents)) as pool:
        for _ in range(10):
            world.process()
            list(pool.map(partial(create, world.journal), intents))

    assert len(world.notes()) == 900


@contextmanager
def often_interrupted() -> Iterator[None]:
    """While it lasts, threads take turns at every step."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def test_a_folder_that_cannot_be_written_is_told_once_and_stops_nothing(world: World, tmp_path: Path) -> None:
    world.folder = tmp_path / "file" / "journal"
    (tmp_path / "file").write_text("")
    world.process()

    for number in range(2):
        world.create("Vault", world.inputs("Vault", {"displayName": "v"}, f"v{number}"))

    assert len([text for text in world.platform.warnings if "journal" in text]) == 1


def test_a_user_without_a_home_is_told_once_and_stops_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    # As in a container that runs as a number of which no list of users knows.
    monkeypatch.setattr(os, "getuid", lambda: 2**31 - 5)
    world.platform.context = replace(
        world.platform.context, intents=Journal("somewhere", world.platform.warnings.append)
    )
    world.platform.control.faults([{"operation": "vaults.create", "nth": 1, "status": 400}])
    with pytest.raises(Refused):
        world.create("Vault", world.inputs("Vault", {"displayName": "v"}))

    state = world.create("Vault", world.inputs("Vault", {"displayName": "v"}))

    assert alive(world, "Vault") == [state.id]
    assert len([text for text in world.platform.warnings if "journal" in text and "home" in text]) == 1


def test_no_more_notes_are_kept_than_anybody_has_use_for(world: World) -> None:
    world.folder.mkdir()
    for number in range(MOST_ENTRIES + 5):
        (world.folder / f"{number}.json").write_text("{}")
    world.process()

    world.create("Vault", world.inputs("Vault", {"displayName": "v"}))

    assert len(world.notes()) == MOST_ENTRIES


def test_stamps_tell_stacks_and_resources_apart(world: World) -> None:
    stamps: list[Any] = [
        world.inputs("Vault", {"displayName": "v"}, name, stack)["creationId"] for name in "ab" for stack in "12"
    ]

    assert len({stamp.partition("-")[0] for stamp in stamps}) == 2
    assert len({stamp.rpartition("-")[0] for stamp in stamps}) == 4


DEEDS: dict[str, tuple[Bag, Bag, str]] = {
    "Deployment": ({"runTrigger": "one"}, {"runTrigger": "two"}, "run"),
    "SessionEvents": ({"trigger": "one"}, {"trigger": "two"}, "send"),
    "Skill": ({"path": "once"}, {"path": "twice"}, "create"),
}
"""What each kind declares before an update and after, and what that does that must not be done twice."""


def deeds(world: World, kind: str, state: State) -> list[str]:
    """The runs, events or versions that there are."""
    control = world.platform.control
    if kind == "Deployment":
        return [run["id"] for run in control.objects("deployment_runs")]
    if kind == "Skill":
        return [version["id"] for version in control.objects("skill_versions")]
    call = Call(Operation("sessions.events", "list"), {"session_id": state.id.partition("/")[0]})
    listed = world.platform.context.backend.send(call)
    return [event["id"] for event in listed["data"] if event["type"] == "user.message"]


def cut_off(world: World, verb: str, *, after: bool, update: Callable[[], object]) -> None:
    """The process dies when a request is about to be sent, or when its answer is there."""
    backend = world.platform.context.backend
    send = backend.send

    def dying(call: Call) -> Bag:
        if call.operation.verb == verb and not after:
            raise Killed
        answer = send(call)
        if call.operation.verb == verb:
            raise Killed
        return answer

    backend.send = dying  # type: ignore[method-assign]
    try:
        with pytest.raises(Killed):
            update()
    finally:
        backend.send = send  # type: ignore[method-assign]
    world.died()


@pytest.mark.parametrize("kind", DEEDS)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_what_a_killed_update_did_is_not_done_again(kind: str, after: bool, world: World) -> None:
    before, wanted, verb = DEEDS[kind]
    declared = DECLARED[kind](world.platform)
    state = world.create(kind, world.inputs(kind, {**declared, **before}))
    had = len(deeds(world, kind, state))

    def update() -> State:
        return world.platform.update(kind, state, {**declared, **wanted})

    cut_off(world, verb, after=after, update=update)
    assert len(deeds(world, kind, state)) == had + int(after)
    # A refresh in between forgets nothing.
    world.platform.read(kind, state.id, state.outputs)

    update()

    assert len(deeds(world, kind, state)) == had + 1
    world.journal.handed_over(deed_of(state.outputs["creationId"]))
    assert world.notes() == []


@pytest.mark.parametrize("kind", DEEDS)
def test_what_is_asked_for_anew_after_a_killed_update_is_done(kind: str, world: World) -> None:
    before, wanted, verb = DEEDS[kind]
    declared = DECLARED[kind](world.platform)
    state = world.create(kind, world.inputs(kind, {**declared, **before}))
    had = len(deeds(world, kind, state))
    cut_off(world, verb, after=True, update=lambda: world.platform.update(kind, state, {**declared, **wanted}))

    other = {wire: f"{value}-more" for wire, value in wanted.items()}
    world.platform.update(kind, state, {**declared, **other})

    assert len(deeds(world, kind, state)) == had + 2


def test_another_trigger_is_another_run(world: World) -> None:
    bag = DECLARED["Deployment"](world.platform)
    world.killed_by_run(world.inputs("Deployment", {**bag, "runTrigger": "one"}))

    state = world.create("Deployment", world.inputs("Deployment", {**bag, "runTrigger": "two"}))

    runs = [run["id"] for run in world.platform.control.objects("deployment_runs")]
    assert len(runs) == 2
    assert state.outputs["triggeredRunId"] in runs


def test_an_answer_that_no_engine_hears_is_none(world: World) -> None:
    world.journal = Journal("somewhere", world.platform.warnings.append, world.folder, is_unheard=lambda: True)
    context = world.platform.context
    world.platform.context = apply.Context(
        context.backend, world.platform.warnings.append, context.sleep, context.files, intents=world.journal
    )
    world.create("Vault", world.inputs("Vault", {"displayName": "v"}))
    world.process()

    state = world.create("Vault", world.inputs("Vault", {"displayName": "v"}))

    assert alive(world, "Vault") == [state.id]
    assert world.notes() == []


def test_a_create_that_could_not_even_connect_leaves_no_note(world: World) -> None:
    def unconnected(call: Call) -> Bag:
        raise ConfigError(f"No API key for {call.operation}.")

    world.platform.context.backend.send = unconnected  # type: ignore[method-assign]

    with pytest.raises(ConfigError):
        world.create("Vault", world.inputs("Vault", {"displayName": "v"}))

    assert world.notes() == []
