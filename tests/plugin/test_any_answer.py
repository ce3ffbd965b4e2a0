"""Every answer of every kind's life, twisted at random, through both front ends and on both platforms.

No exception of somebody else, no second object, no lost id, nothing that the engine takes for a mark of its own.
"""

from __future__ import annotations

import os
import random
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from core.bending import Bent, bent_server
from core.noise import obeyed
from core.odd_states import Real, real_states, world
from core.twisting import twisted
from google.protobuf import struct_pb2
from plugin.client import urn
from plugin.front_ends import classes
from plugin.servicer import Ended, ServicerContext
from plugin.wired import _wire
from pulumi.runtime.proto import provider_pb2 as pb

from pulumi_managed_agents.declaration.marks import Digest, Internal
from pulumi_managed_agents.declaration.signatures import SECRET, SIGNATURE, UNKNOWNS
from pulumi_managed_agents.dynamic.connection import engine_provider, given
from pulumi_managed_agents.dynamic.errors import Error
from pulumi_managed_agents.dynamic.provider import LOGICAL_NAME, RESOURCE_URN
from pulumi_managed_agents.functions.registry import FUNCTIONS
from pulumi_managed_agents.plan.state import PENDING
from pulumi_managed_agents.plugin.codec import encode
from pulumi_managed_agents.plugin.plugin import Plugin
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag

DRAWS, SEED = int(os.environ.get("ANSWER_DRAWS", "3")), int(os.environ.get("ANSWER_SEED", "1"))
"""Lives of each kind, on each platform, through each front end; where the drawing begins."""

CASES = [(platform, name) for platform in ("claude", "qoder") for name in KINDS if KINDS[name].is_on(platform)]  # type: ignore[arg-type]
NUMBERS = count(1)
TOLD = ("may exist", "may have been done", "was cut off", "looked for")
"""How somebody is told that there may be one more."""


@dataclass
class Place:
    """One of each kind on a platform, behind a server that twists what it answers."""

    bent: Bent
    platform: str
    folder: Path
    reals: list[Real]
    draw: random.Random = field(default_factory=random.Random)
    twists: bool = False
    makes: bool = False

    @property
    def settings(self) -> dict[str, str]:
        """What a front end is told."""
        return {**self.bent.settings(self.platform), "githubUrl": f"{self.bent.url}/github", "timeoutSeconds": "20"}  # type: ignore[arg-type]

    def answer(self, good: Bag) -> Any:
        """What comes of a good answer. A list that leaves something out lies in a form that nobody can tell."""
        is_lie = self.makes and "data" in good
        return twisted(self.draw, good) if self.twists and not is_lie and self.draw.random() < 0.5 else good

    def real(self, name: str) -> Real:
        """The first of a kind."""
        return next(real for real in self.reals if real.kind.name == name)

    def objects(self, real: Real) -> int:
        """How many there are of a kind on the platform."""
        known = {
            "vaults.credentials": "credentials",
            "memory_stores.memories": "memories",
            "tunnels.certificates": "certificates",
        }
        collection = real.kind.lifecycle.collection
        found = self.bent.emulator.control.on(self.platform).objects(known.get(collection, collection))  # type: ignore[arg-type]
        return sum(1 for item in found if not item.get("archived_at"))


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    """Both platforms."""
    with (
        place(tmp_path_factory.mktemp("claude"), "claude") as claude,
        place(tmp_path_factory.mktemp("qoder"), "qoder") as qoder,
    ):
        yield {"claude": claude, "qoder": qoder}


@contextmanager
def place(folder: Path, platform: Any) -> Iterator[Place]:
    with world(folder, platform) as at, bent_server(folder / "world.emulator") as bent:
        made = Place(bent, platform, folder, real_states(at))
        bent.bends(".", made.answer)
        yield made
        engine_provider(given(made.settings.get)).close()


def marks_in(bag: struct_pb2.Struct, secrets: bool = True) -> list[str]:
    """What the engine takes for a mark of its own; secrets are ours."""
    found: list[str] = []
    for key, value in bag.fields.items():
        if key == SIGNATURE and not (secrets and value.string_value == SECRET):
            found.append(key)
        found += marks_of(value)
    return found


def marks_of(value: struct_pb2.Value) -> list[str]:
    match value.WhichOneof("kind"):
        case "struct_value":
            return marks_in(value.struct_value)
        case "list_value":
            return [mark for item in value.list_value.values for mark in marks_of(item)]
        case "string_value":
            return [value.string_value] if value.string_value in UNKNOWNS else []
        case "number_value":
            assert abs(value.number_value) <= 1.8e308
    return []


def unique(real: Real, bag: Bag, number: int) -> Bag:
    """The bag for another object, where two cannot be alike."""
    match real.kind.name:
        case "Environment":
            return {**bag, "name": f"environment-{number}"}
        case "Memory":
            return {**bag, "path": f"/style-{number}.md"}
        case "Credential":
            return {**bag, "auth": {**bag["auth"], "mcpServerUrl": f"https://mcp-{number}.example.com/"}}
    return bag


def declared(real: Real, bag: Bag) -> Bag:
    """What a program would say."""
    made = [wire for wire, prop in real.kind.shape.properties.items() if prop.mark(Internal) or prop.mark(Digest)]
    return {wire: value for wire, value in bag.items() if wire not in made}


class Ends:
    """What the engine is told of a life: both front ends do the same."""

    def __init__(self, at: Place, name: str) -> None:
        self.at, self.name, self.told = at, name, list[str]()

    def hears(self, text: str) -> None:
        """A sentence for the user."""
        assert "defect" not in text, text
        assert obeyed(text) == [], ascii(text)
        self.told.append(text)

    def takes(self, *bags: struct_pb2.Struct) -> None:
        """What goes into a state."""
        for bag in bags:
            assert marks_in(bag) == [], self.name


class OfPlugin(Ends):
    """The plugin."""

    def __init__(self, at: Place, name: str) -> None:
        super().__init__(at, name)
        self.provider = Plugin()
        self.provider.Configure(pb.ConfigureRequest(args=encode(at.settings), acceptSecrets=True), ServicerContext())
        self.urn = urn(name, f"thing-{next(NUMBERS)}")

    def ask(self, method: Any, request: Any) -> Any:
        try:
            answer = method(request, ServicerContext())
        except Ended as end:
            code, text, kept = end.args
            assert code not in (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN), text
            self.hears(text)
            for detail in kept:
                self.takes(detail.properties, detail.inputs)
                for reason in detail.reasons:
                    self.hears(reason)
            return kept[0] if kept else None
        answer.SerializeToString()
        for part in ("properties", "inputs"):
            self.takes(*([getattr(answer, part)] if hasattr(answer, part) else []))
        return answer

    def check(self, bag: Bag) -> Any:
        answer = self.ask(self.provider.Check, pb.CheckRequest(urn=self.urn, name="thing", news=encode(bag)))
        return None if answer is None or answer.failures else answer.inputs

    def create(self, inputs: Any) -> Any:
        made = self.ask(self.provider.Create, pb.CreateRequest(urn=self.urn, properties=inputs))
        if made is None:
            return None
        # The server tells when the answer is handed over.
        self.provider.provider._provider.journal.close()  # noqa: SLF001
        return made.id, made.properties

    def goes_on(self, id_: str, old: Any, inputs: Any, later: Any) -> None:
        at = {"urn": self.urn, "id": id_}
        self.ask(self.provider.Diff, pb.DiffRequest(**at, olds=old, old_inputs=inputs, news=later))
        self.ask(self.provider.Read, pb.ReadRequest(**at, properties=old, inputs=inputs))
        self.ask(self.provider.Read, pb.ReadRequest(**at))
        self.ask(self.provider.Update, pb.UpdateRequest(**at, olds=old, old_inputs=inputs, news=later))
        self.ask(self.provider.Delete, pb.DeleteRequest(**at, properties=old, old_inputs=inputs))

    def looks(self, id_: str) -> None:
        try:
            for found in self.provider.List(
                pb.ListRequest(token=f"managed-agents:index:{self.name}"), ServicerContext()
            ):
                found.SerializeToString()
        except Ended as end:
            self.hears(end.args[1])
        for name, arguments in self.functions(id_).items():
            if name in FUNCTIONS:
                request = pb.InvokeRequest(tok=f"managed-agents:index:{name}", args=encode(arguments))
                answer = self.ask(self.provider.Invoke, request)
                self.takes(*([getattr(answer, "return")] if answer is not None else []))

    def functions(self, id_: str) -> dict[str, Bag]:
        """What can be looked up, with ids that are there."""
        agent, session = self.at.real("Agent").id, self.at.real("Session").id
        return {
            f"get{self.name}": {"id": id_},
            "getAgentVersions": {"id": agent},
            "listSessionEvents": {"sessionId": session},
            "listSessionResources": {"sessionId": session},
            "listModels": {},
        }

    def close(self) -> None:
        self.provider.close()


class OfClasses(Ends):
    """The Python classes."""

    def __init__(self, at: Place, name: str) -> None:
        super().__init__(at, name)
        self.provider = classes(name, **at.settings)
        self.urn = f"urn:pulumi:dev::test::pulumi-python:dynamic/managedagents:{name}::thing-{next(NUMBERS)}"

    def ask(self, method: Any, *arguments: Any) -> Any:
        try:
            answer = method(*arguments)
        except Error as error:
            self.hears(str(error))
            return None
        for part in ("inputs", "outs"):
            bag = getattr(answer, part, None)
            self.takes(*([_wire({**bag, "__provider": "x"})] if bag else []))
        return answer

    def check(self, bag: Bag) -> Any:
        answer = self.ask(self.provider.check, {}, {**bag, LOGICAL_NAME: "thing", RESOURCE_URN: self.urn})
        return None if answer is None or answer.failures else answer.inputs

    def create(self, inputs: Any) -> Any:
        made = self.ask(self.provider.create, opened(inputs))
        if made is None:
            return None
        pb.CreateResponse(id=made.id).SerializeToString()
        self.provider._operations._provider.journal.close()  # noqa: SLF001
        self.told += [str(made.outs[PENDING])] if PENDING in made.outs else []
        return made.id, made.outs

    def goes_on(self, id_: str, old: Any, inputs: Any, later: Any) -> None:
        del inputs
        was = {key: value for key, value in opened(old).items() if key != PENDING}
        self.ask(self.provider.diff, id_, {**was, "__provider": "x"}, opened(later))
        self.ask(self.provider.read, id_, was)
        self.ask(self.provider.read, id_, {LOGICAL_NAME: "thing"})
        self.ask(self.provider.update, id_, was, opened(later))
        self.ask(self.provider.delete, id_, was)

    def looks(self, id_: str) -> None:
        """Its functions ask as the plugin's do."""

    def close(self) -> None:
        """All of a place share one provider."""


def opened(value: Any) -> Any:
    """What the engine hands to a dynamic provider: it takes the marks off."""
    if isinstance(value, dict):
        inner = value["value"] if value.get(SIGNATURE) == SECRET else None
        return opened(inner) if inner is not None else {key: opened(item) for key, item in value.items()}
    return [opened(item) for item in value] if isinstance(value, list) else value


@pytest.mark.timeout(300)
@pytest.mark.parametrize("front_end", [OfPlugin, OfClasses])
@pytest.mark.parametrize(("platform", "name"), CASES)
def test_no_answer_breaks_or_doubles_anything(
    everywhere: dict[str, Place],
    platform: str,
    name: str,
    front_end: type[OfPlugin | OfClasses],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = everywhere[platform]
    monkeypatch.chdir(at.folder)
    monkeypatch.setattr("pulumi_managed_agents.transport.cancel.Cancellation.sleep", lambda *_: None)
    for number in range(DRAWS):
        at.draw = random.Random(f"{SEED} {platform} {name} {front_end.__name__} {number}")
        one_life(at, name, front_end, capfd)


def one_life(at: Place, name: str, front_end: Any, capfd: pytest.CaptureFixture[str]) -> None:
    real = at.draw.choice([real for real in at.reals if real.kind.name == name])
    engine = front_end(at, name)
    number = next(NUMBERS)
    bag = unique(real, declared(real, real.inputs), number)
    before = at.objects(real) if real.kind.lifecycle.listed else 0
    inputs = engine.check(bag)
    assert inputs is not None, engine.told
    with twisting(at, makes=True):
        made = engine.create(inputs)
    if made is None:
        # The next `up`.
        made = engine.create(engine.check(bag))
        assert made is not None, engine.told
    told = [*engine.told, capfd.readouterr().err]
    if real.kind.lifecycle.listed:
        doubled = at.objects(real) - before - 1
        assert doubled == 0 or any(word in text for text in told for word in TOLD), (at.objects(real), before, told)
    later = engine.check(unique(real, declared(real, at.draw.choice([real.inputs, *real.others])), number))
    assert later is not None, engine.told
    with twisting(at):
        engine.looks(made[0])
        engine.goes_on(*made, inputs, later)
    engine.hears(capfd.readouterr().err.rstrip("\n").replace("\n", " "))
    engine.close()


@contextmanager
def twisting(at: Place, *, makes: bool = False) -> Iterator[None]:
    at.twists, at.makes = True, makes
    yield
    at.twists = False
