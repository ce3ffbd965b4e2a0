"""Answers that are not what the platform answers, through both front ends to the engine's wire: no id is lost for one,
and nothing that a platform says is taken for a mark of the engine's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from core.bending import Bent, bent_server
from google.protobuf import struct_pb2
from plugin.wired import FRONT_ENDS, Failed, FrontEnd, bag_of

from pulumi_managed_agents.declaration.signatures import UNKNOWNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag

MARK = "4dabf18193072939515e22adb298388d"
ASSET = "c44067f5952c0a294b673a41bacd8c17"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
MODEL = "claude-opus-4-8"
AGENT = {"name": "worker", "model": MODEL, "metadata": {"team": "review"}}
FILE = {"text": "The plan.", "filename": "plan.txt"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Bent]:
    with bent_server(tmp_path / "world.emulator") as bent:
        yield bent


@pytest.fixture(params=FRONT_ENDS)
def front_end(request: pytest.FixtureRequest, world: Bent) -> Iterator[FrontEnd]:
    made = FRONT_ENDS[request.param](world.settings("claude"))
    yield made
    made.close()


def marks_in(value: struct_pb2.Struct) -> list[str]:
    """Whatever the engine would read as a mark of its own."""
    found: list[str] = []

    def look(at: struct_pb2.Value) -> None:
        match at.WhichOneof("kind"):
            case "struct_value":
                found.extend(key for key in at.struct_value.fields if key == MARK)
                for item in at.struct_value.fields.values():
                    look(item)
            case "list_value":
                for item in at.list_value.values:
                    look(item)
            case "string_value":
                found.extend([at.string_value] if at.string_value in UNKNOWNS else [])

    look(struct_pb2.Value(struct_value=value))
    return found


ODD: dict[str, Callable[[Bag], Any]] = {
    "half of a character": lambda found: {**found, "name": "a\ud800b"},
    "half of a character in a key": lambda found: {**found, "metadata": {**found["metadata"], "a\udfffb": "x"}},
    "half of a character in what nobody declared": lambda found: {**found, "tomorrow": ["\ud800"]},
    "a number beyond all numbers": lambda found: {**found, "version": 10**400},
    "a number that is none": lambda found: {**found, "version": float("nan")},
    "an endless number": lambda found: json.dumps({**found, "version": 7}).replace(": 7", ": 1e999").encode(),
    "a number of many digits": lambda found: (
        json.dumps({**found, "version": 7}).replace(": 7", ": " + "9" * 9000).encode()
    ),
    "what is not known yet": lambda found: {**found, "name": UNKNOWN_TEXT},
    "what is not known yet, of another type": lambda found: {**found, "system": min(UNKNOWNS)},
    "an asset in place of a text": lambda found: {**found, "name": {MARK: ASSET, "path": "/etc/hostname"}},
    "an asset in what the platform computed": lambda found: {
        **found,
        "created_at": {MARK: ASSET, "path": "/etc/hostname"},
    },
    "a secret": lambda found: {**found, "name": {MARK: SECRET, "value": "worker"}},
    "a mark that nobody knows": lambda found: {**found, "updated_at": {MARK: "zebra"}},
    "lists in lists": lambda found: {**found, "tomorrow": deep(300)},
    "lists in lists without end": lambda found: (
        json.dumps({**found, "tomorrow": 7}).replace(": 7", ": " + "[" * 50_000 + "]" * 50_000).encode()
    ),
    "bytes that are no text": lambda found: (
        json.dumps({**found, "tomorrow": "zebra"}).encode().replace(b"zebra", b"\xff")
    ),
    "a list in place of a text": lambda found: {**found, "name": ["worker"]},
    "a text in place of a number": lambda found: {**found, "version": "one"},
    "a text in place of a list": lambda found: {**found, "tools": "bash"},
    "a number in place of an object": lambda found: {**found, "multiagent": 3},
    "nothing but the id": lambda found: {"id": found["id"]},
}


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize("case", ODD)
def test_a_create_keeps_the_id_of_an_odd_answer(case: str, world: Bent, front_end: FrontEnd) -> None:
    world.bends("^POST /v1/agents$", ODD[case])

    id_, outputs = front_end.create("Agent", front_end.check("Agent", AGENT))

    assert [item["id"] for item in world.emulator.control.objects("agents")] == [id_]
    assert marks_in(outputs) == []
    assert isinstance(bag_of(outputs).get("name", ""), str)
    assert isinstance(bag_of(outputs).get("version", 1), int)


@pytest.mark.parametrize(
    "case", ["half of a character", "an asset in place of a text", "lists in lists", "nothing but the id"]
)
def test_what_carries_no_stamp_keeps_its_id_too(case: str, world: Bent, front_end: FrontEnd) -> None:
    world.bends("^POST /v1/files$", lambda found: ODD[case]({**found, "name": found["filename"]}))

    id_, _ = front_end.create("File", front_end.check("File", FILE))

    assert [item["id"] for item in world.emulator.control.objects("files")] == [id_]


@pytest.mark.parametrize("case", ODD)
def test_a_read_takes_nothing_for_a_mark_of_the_engine(case: str, world: Bent, front_end: FrontEnd) -> None:
    inputs = front_end.check("Agent", AGENT)
    id_, outputs = front_end.create("Agent", inputs)
    world.bends("^GET /v1/agents", ODD[case])

    try:
        found = front_end.read("Agent", id_, bag_of(outputs), inputs)
    except Failed:
        return

    assert found is not None
    assert marks_in(found) == []


ODD_IDS = ("", " ", ".", "..", "a/b", "a\nb", "\x1b[31ma", "a\u202eb", "a\ud800", UNKNOWN_TEXT, "a" * 5000)
NO_TEXTS: tuple[Any, ...] = (3, True, None, ["a"], {MARK: ASSET})


@pytest.mark.parametrize("id_", [*ODD_IDS, *NO_TEXTS], ids=lambda id_: ascii(id_)[:20])
def test_what_is_no_id_never_becomes_one(id_: Any, world: Bent, front_end: FrontEnd) -> None:
    world.bends("^POST /v1/agents$", lambda found: {**found, "id": id_})

    found, _ = front_end.create("Agent", front_end.check("Agent", AGENT))

    assert [item["id"] for item in world.emulator.control.objects("agents")] == [found]


@pytest.mark.parametrize("moment", [False, 0, "", [], {}, "never", True], ids=repr)
def test_an_object_is_gone_only_where_the_platform_says_when(moment: Any, world: Bent, front_end: FrontEnd) -> None:
    inputs = front_end.check("Agent", AGENT)
    id_, outputs = front_end.create("Agent", inputs)
    world.bends("^GET /v1/agents", lambda found: {**found, "archived_at": moment})

    assert front_end.read("Agent", id_, bag_of(outputs), inputs) is not None
