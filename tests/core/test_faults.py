"""Thousands of operations on a platform that fails in every fifth request: nothing doubled, nothing lost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from random import Random

import pytest
from core.bags import CONTEXT
from core.platform import MODEL, Platform, mounted, repository

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.declaration.stamp import STAMP
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import CallFailed, LostAnswer, NotReady
from pulumi_managed_agents.lifecycle.steps import State
from pulumi_managed_agents.resources.registry import KINDS

OPERATIONS = 4000
FAULTS: list[Bag] = [
    {"status": 429, "retry_after": 1},
    {"status": 429},
    {"status": 500},
    {"status": 500, "after_commit": True},
    {"status": 502},
    {"status": 503, "after_commit": True},
    {"status": 529},
    {"drop": "before"},
    {"drop": "after"},
    {"body": "garbage"},
    {"body": "truncated"},
]
SHARE = 0.2
COLLECTIONS = {"Agent": "agents", "Environment": "environments", "Session": "sessions"}


@dataclass
class Living:
    """An object that the program has, and what is known of it."""

    kind: str
    inputs: Bag
    state: State
    in_sync: bool = True


@dataclass
class Program:
    """A program that creates, changes and removes objects at random, and keeps the books."""

    platform: Platform
    dice: Random
    living: list[Living] = field(default_factory=list)
    unsure: list[Bag] = field(default_factory=list)
    leaving: list[Living] = field(default_factory=list)
    removed: list[Living] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        numbers = count(1)
        self.checking = replace(CONTEXT, random_hex=lambda digits: f"{next(numbers):0{digits}x}")
        self.agent = self.platform.create("Agent", {"name": "worker", "model": MODEL}).id
        self.environment = self.platform.create("Environment", {"name": "sandbox"}).id

    def step(self) -> None:
        action = self.dice.choices(("create", "update", "read", "delete"), (3, 4, 2, 2))[0]
        if action == "create" or not self.living:
            self.create(self.dice.choice(sorted(COLLECTIONS)))
        else:
            getattr(self, action)(self.dice.choice(self.living))

    def bag(self, kind: str) -> Bag:
        word = f"word-{self.dice.randrange(1000)}"
        labels = {key: word for key in ("a", "b", "c") if self.dice.random() < 0.5}
        if kind == "Agent":
            return {"name": word, "model": MODEL, "system": word, "metadata": labels}
        if kind == "Environment":
            return {"name": word, "config": {"type": "cloud", "packages": {"apt": [word]}}, "metadata": labels}
        files = [{"type": "file", "fileId": f"file_{n}"} for n in range(3) if self.dice.random() < 0.5]
        mount = repository(authorizationToken=f"token-{word}")
        resources = [*files, mount]
        return {"agent": self.agent, "environmentId": self.environment, "title": word, "resources": resources}

    def checked(self, kind: str, old: Bag) -> Bag:
        inputs, failures = plan.check(KINDS[kind], old, self.bag(kind), self.checking)
        assert failures == []
        return inputs

    def create(self, kind: str) -> None:
        inputs = self.checked(kind, {})
        self.count["create"] += 1
        try:
            state = apply.create(KINDS[kind], inputs, self.platform.context)
        except LostAnswer:
            self.count["create unsure"] += 1
            self.unsure.append({"kind": kind, **inputs})
        except CallFailed:
            self.count["create failed"] += 1
            assert self.found(kind, inputs) == []
        else:
            self.living.append(Living(kind, inputs, state))

    def update(self, thing: Living) -> None:
        wanted = self.checked(thing.kind, thing.inputs)
        self.count["update"] += 1
        try:
            thing.state = apply.update(
                KINDS[thing.kind], thing.state.id, thing.state.outputs, wanted, self.platform.context
            )
            thing.in_sync = True
        except NotReady as unready:
            self.count["update unready"] += 1
            # Its id is among those that are looked for in the end.
            thing.state, thing.in_sync = State(unready.id, unready.state), False
        except CallFailed:
            self.count["update failed"] += 1
            thing.in_sync = False
        thing.inputs = wanted

    def read(self, thing: Living) -> None:
        self.count["read"] += 1
        try:
            found = apply.read(KINDS[thing.kind], thing.state.id, thing.state.outputs, self.platform.context)
        except CallFailed:
            self.count["read failed"] += 1
            return
        assert found is not None, "an object that lives was taken for gone"
        assert found.id == thing.state.id
        thing.state = found

    def delete(self, thing: Living) -> None:
        self.living.remove(thing)
        self.count["delete"] += 1
        try:
            apply.delete(KINDS[thing.kind], thing.state.id, thing.state.outputs, self.platform.context)
        except CallFailed:
            self.count["delete failed"] += 1
            self.leaving.append(thing)
        else:
            self.removed.append(thing)

    def found(self, kind: str, inputs: Bag) -> list[Bag]:
        """The objects that carry the stamp of a creation."""
        stamp = inputs["creationId"]
        return [item for item in self.alive(kind) if item["metadata"].get(STAMP) == stamp]

    def alive(self, kind: str) -> list[Bag]:
        ours = (self.agent, self.environment)
        objects = self.platform.control.objects(COLLECTIONS[kind])
        return [item for item in objects if item["archived_at"] is None and item["id"] not in ours]


@pytest.fixture(scope="module", params=[1, 2])
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program after a long bad day; the faults end with it."""
    path: Path = tmp_path_factory.mktemp("faults") / "world.emulator"
    with mounted(path, retries=1, seed=request.param) as platform:
        program = Program(platform, Random(request.param))
        each = SHARE / len(FAULTS)
        # A rule only sees what the ones before it let pass.
        platform.control.faults([{**fault, "probability": each / (1 - n * each)} for n, fault in enumerate(FAULTS)])
        for _ in range(OPERATIONS // 2):
            program.step()
        platform.control.clear_faults()
        yield program


def test_every_object_that_was_made_exists_once_and_no_other(program: Program) -> None:
    for kind in COLLECTIONS:
        stamps = Counter(item["metadata"].get(STAMP) for item in program.alive(kind))
        known = {thing.inputs["creationId"] for thing in program.living if thing.kind == kind}
        maybe = {bag["creationId"] for bag in program.unsure if bag["kind"] == kind}
        maybe |= {thing.inputs["creationId"] for thing in program.leaving if thing.kind == kind}

        assert max(stamps.values()) == 1
        assert known <= set(stamps)
        assert set(stamps) <= known | maybe


def test_no_id_is_lost(program: Program) -> None:
    alive = {item["id"]: item for kind in COLLECTIONS for item in program.alive(kind)}

    for thing in program.living:
        assert alive[thing.state.id]["metadata"][STAMP] == thing.inputs["creationId"]


def test_what_was_reported_removed_is_gone(program: Program) -> None:
    alive = {item["id"] for kind in COLLECTIONS for item in program.alive(kind)}

    assert [thing for thing in program.removed if thing.state.id in alive] == []
    assert len(program.removed) > 100


def test_what_was_reported_done_is_done(program: Program) -> None:
    checked = 0
    for thing in program.living:
        if thing.in_sync:
            found = program.platform.read(thing.kind, thing.state.id, thing.state.outputs)
            assert found is not None
            assert plan.diff(KINDS[thing.kind], found.outputs, thing.inputs) == ()
            checked += 1
    assert checked > 30


def test_the_token_in_force_is_the_last_that_was_reported(program: Program) -> None:
    sessions = [thing for thing in program.living if thing.kind == "Session" and thing.in_sync]
    for thing in sessions:
        (mount,) = program.platform.control.mounts(thing.state.id)
        token = thing.inputs["resources"][-1]["authorizationToken"]
        assert mount["fingerprint"] == program.platform.control.fingerprint(token)
    assert len(sessions) > 5


def test_files_are_attached_once(program: Program) -> None:
    for thing in program.living:
        if thing.kind == "Session":
            stored = program.platform.stored("sessions", thing.state.id)["resources"]
            files = Counter(entry["file_id"] for entry in stored if entry["type"] == "file")
            assert set(files.values()) <= {1}


def test_the_next_run_finishes_what_was_begun(program: Program) -> None:
    for thing in program.living:
        known = program.platform.read(thing.kind, thing.state.id, thing.state.outputs)
        assert known is not None
        done = apply.update(KINDS[thing.kind], known.id, known.outputs, thing.inputs, program.platform.context)
        assert plan.diff(KINDS[thing.kind], done.outputs, thing.inputs) == ()
    for thing in program.leaving:
        apply.delete(KINDS[thing.kind], thing.state.id, thing.state.outputs, program.platform.context)
        assert program.found(thing.kind, thing.inputs) == []


def test_the_day_was_as_bad_as_meant(program: Program) -> None:
    requests = program.platform.control.requests()
    struck = [row for row in requests if row["fault"]]

    assert len(requests) > OPERATIONS // 2
    assert len(struck) > 0.1 * len(requests)
    assert program.count["update failed"] > 0
    assert program.count["create"] > 200
