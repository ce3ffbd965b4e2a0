"""Secrets in every field of every kind, repeated in every way by a server: nowhere in what the engine is told."""

from __future__ import annotations

import json
import logging
import os
import random
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from core.odd_states import Real, World, at_place, real_states, world
from core.places import places, put
from plugin.client import urn
from plugin.echoing import FORMS, Echo, echoing
from plugin.front_ends import classes, close
from plugin.servicer import Ended, ServicerContext
from pulumi.runtime.proto import provider_pb2 as pb

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.marks import Digest, InPath, Internal
from pulumi_managed_agents.declaration.secrecy import secrets_of, shape_at
from pulumi_managed_agents.declaration.shape import Scalar
from pulumi_managed_agents.declaration.signatures import SECRET, SIGNATURE
from pulumi_managed_agents.declaration.values import Secret
from pulumi_managed_agents.dynamic.errors import Error
from pulumi_managed_agents.dynamic.provider import LOGICAL_NAME
from pulumi_managed_agents.plan.files import LocalFiles
from pulumi_managed_agents.plan.state import SECRET_INPUTS
from pulumi_managed_agents.plugin.codec import decode, encode
from pulumi_managed_agents.plugin.plugin import Plugin
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_managed_agents.declaration.values import Bag, Path

DRAWS, SEED = int(os.environ.get("LEAK_DRAWS", "6")), int(os.environ.get("LEAK_SEED", "1"))
"""Programs of each kind, on each platform, through each front end; where the drawing begins."""

CASES = [(platform, name) for platform in ("claude", "qoder") for name in KINDS if KINDS[name].is_on(platform)]  # type: ignore[arg-type]
KEY = "key-of-a-made-up-account"
OF_IDS = ("sessionId", "vaultId", "memoryStoreId")
"""Parts of what the engine keeps as an id, which is never a secret."""
SIGNS = "abcXYZ0189_-./+= \"'&%<\\\n\u00e4\u4e2d"


@dataclass
class Place:
    """One of each kind on a platform, behind a server that repeats what it is told to."""

    at: World
    echo: Echo
    settings: dict[str, str]
    reals: list[Real]


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    """Both platforms."""
    with (
        place(tmp_path_factory.mktemp("claude"), "claude") as claude,
        place(tmp_path_factory.mktemp("qoder"), "qoder") as qoder,
    ):
        yield {"claude": claude, "qoder": qoder}


@contextmanager
def place(folder: FilePath, platform: Any) -> Iterator[Place]:
    with world(folder, platform) as at, echoing(at.emulator) as (echo, address):
        base = address if platform == "claude" else f"{address}/api/v1/cloud"
        settings = {"platform": platform, "baseUrl": base, "apiKey": KEY, "githubUrl": f"{address}/github"}
        settings["maxRetries"] = "0"
        yield Place(at, echo, settings, real_states(at))
        close(settings)


class Reader:
    """Looks through everything that is told for secrets that are not marked as such."""

    def __init__(self) -> None:
        self.forms: set[str] = set()
        self.looks = 0

    def watch(self, secrets: set[str]) -> None:
        """Another program's secrets."""
        written = {form(secret) for secret in secrets for form in FORMS.values()}
        self.forms = {form for form in written | {json.dumps(form)[1:-1] for form in written} if len(form) >= 8}

    def look(self, where: str, value: Any) -> None:
        """Nothing of a secret stands there."""
        self.looks += 1
        text = value if isinstance(value, str) else json.dumps(readable(value), ensure_ascii=False)
        assert not [form for form in self.forms if form in text], f"{where}: {text}"


def readable(value: Any) -> Any:
    """What of a value anybody may read."""
    if isinstance(value, Secret) or (isinstance(value, dict) and value.get(SIGNATURE) == SECRET):
        return "[secret]"
    if isinstance(value, dict):
        return {key: readable(item) for key, item in value.items()}
    return [readable(item) for item in value] if isinstance(value, list) else value


@dataclass
class Program:
    """What is declared, what of it is marked, and the text that nobody may see; and what is declared later."""

    bag: Bag
    mark: Path
    secrets: set[str]
    """What a server may know by the first of them."""
    more: set[str]
    """What it may know by the later."""
    later: Bag

    def plain(self, bag: Bag) -> Bag:
        """A bag for the Python classes, which note what is marked."""
        return {**bag, LOGICAL_NAME: "thing", SECRET_INPUTS: [list(self.mark)]}

    def marked(self, bag: Bag) -> Bag:
        """A bag for the plugin."""
        marked: Bag = put(bag, self.mark, Secret(at_place(bag, self.mark)))
        return marked


def drawn(draw: random.Random, real: Real, files: LocalFiles) -> Program:
    """A program with a secret in one of its fields; the mark is on the field, or on something around it."""
    kind = real.kind
    made = [wire for wire, prop in kind.shape.properties.items() if prop.mark(Internal) or prop.mark(Digest)]
    bags = [{wire: value for wire, value in bag.items() if wire not in made} for bag in (real.inputs, *real.others)]
    bag = deepcopy(bags[0])
    field = draw.choice([path for path in places(bag) if _may_be_secret(real, bag, path)])
    secret = "".join(draw.choice(SIGNS) for _ in range(draw.randint(8, 40)))
    plain = f"zQ7{secret.encode().hex()}"
    # An upload writes quotes in a file's name otherwise, so that a state has another name than its program.
    for text in (plain,) if field == ("filename",) else (secret, plain):
        context = plan.CheckContext(kind_capabilities(real), "thing", lambda digits: "0" * digits, files=files)
        if len(text.strip()) >= 8 and not plan.check(kind, {}, put(bag, field, text), context)[1]:
            bag = put(bag, field, text)
            break
    mark = field[: draw.randint(1, len(field))]
    later = {**draw.choice(bags[1:] or [bag]), mark[0]: bag[mark[0]]}
    secrets = {str(at_place(bag, field)), KEY, *secrets_of(kind.shape, bag)}
    return Program(bag, mark, secrets, {*secrets, *secrets_of(kind.shape, later)}, later)


def kind_capabilities(real: Real) -> Any:
    from pulumi_managed_agents.platforms import PLATFORM_TYPES  # noqa: PLC0415

    return PLATFORM_TYPES[real.inputs.get("platform", "claude")].capabilities


def _may_be_secret(real: Real, bag: Bag, path: Path) -> bool:
    value = at_place(bag, path)
    if not path or path[0] in OF_IDS or not isinstance(value, str):
        return False
    shape = shape_at(real.kind.shape, bag, path)
    return not (isinstance(shape, Scalar) and shape.enum) and shape.mark(InPath) is None


def of_plugin(reader: Reader, program: Program, draw: random.Random, real: Real, at: Place) -> None:
    """A life through the plugin, with a server that repeats something at each step."""
    provider = Plugin()
    provider.Configure(pb.ConfigureRequest(args=encode(at.settings), acceptSecrets=True), ServicerContext())
    where = {"urn": urn(real.kind.name, "thing")}

    def ask(method: Any, request: Any, *, later: bool = False) -> Any:
        name = type(request).__name__
        at.echo.speak(draw, program.more if later else program.secrets)
        try:
            answer = method(request, ServicerContext())
        except Ended as end:
            code, text, kept = end.args
            assert code != grpc.StatusCode.INTERNAL, text
            reader.look(f"{name}: the status", text)
            for detail in kept:
                reader.look(f"{name}: the reasons", list(detail.reasons))
                reader.look(f"{name}: what is kept", [decode(detail.properties), decode(detail.inputs)])
            return kept[0] if kept else None
        for told in ("properties", "inputs"):
            reader.look(f"{name}: {told}", decode(getattr(answer, told)) if hasattr(answer, told) else {})
        reader.look(f"{name}: all else", str(getattr(answer, "failures", "")) + str(getattr(answer, "diffs", "")))
        return answer

    def checked(bag: Bag, old: Any, *, later: bool = False) -> Any:
        request = pb.CheckRequest(**where, name="thing", olds=old, news=encode(program.marked(bag)))
        return ask(provider.Check, request, later=later)

    first = checked(program.bag, encode({}))
    made = ask(provider.Create, pb.CreateRequest(**where, properties=first.inputs)) if not first.failures else None
    if made is None:
        provider.close()
        return
    old, inputs = made.properties, first.inputs
    later = checked(program.later, inputs, later=True)
    same = {**where, "id": made.id}
    ask(provider.Diff, pb.DiffRequest(**same, olds=old, old_inputs=inputs, news=later.inputs), later=True)
    if read := ask(provider.Read, pb.ReadRequest(**same, properties=old, inputs=inputs)):
        old = read.properties if read.properties.fields else old
    if not later.failures:
        update = pb.UpdateRequest(**same, olds=old, old_inputs=inputs, news=later.inputs)
        ask(provider.Update, update, later=True)
    ask(provider.Delete, pb.DeleteRequest(**same, properties=old, old_inputs=inputs))
    provider.close()


def of_classes(reader: Reader, program: Program, draw: random.Random, real: Real, at: Place) -> None:
    """The same through the Python classes' provider."""
    provider = classes(real.kind.name, **at.settings)

    def ask(method: Any, *arguments: Any, later: bool = False) -> Any:
        at.echo.speak(draw, program.more if later else program.secrets)
        try:
            answer = method(*arguments)
        except Error as error:
            assert "defect" not in str(error), error
            reader.look(f"{method.__name__}: the error", str(error))
            return None
        for told in ("inputs", "outs"):
            reader.look(f"{method.__name__}: {told}", getattr(answer, told, None))
        reader.look(f"{method.__name__}: failures", [wrong.reason for wrong in getattr(answer, "failures", [])])
        return answer

    first = ask(provider.check, {}, program.plain(program.bag))
    made = ask(provider.create, open_(first.inputs)) if first and not first.failures else None
    if made is None or at.echo.way == "answer":
        # What a server has overwritten, a Python class no longer knows: its state is all that it is told.
        return
    old = open_(made.outs)
    later = ask(provider.check, open_(first.inputs), program.plain(program.later), later=True)
    ask(provider.diff, made.id, old, open_(later.inputs), later=True)
    read = ask(provider.read, made.id, old)
    if read and at.echo.way != "answer":
        old = open_(read.outs) or old
    if not later.failures:
        ask(provider.update, made.id, old, open_(later.inputs), later=True)
    ask(provider.delete, made.id, old)


def open_(value: Any) -> Any:
    """What the engine hands to a dynamic provider: it takes the marks off."""
    if isinstance(value, dict):
        return open_(value["value"]) if value.get(SIGNATURE) == SECRET else {k: open_(v) for k, v in value.items()}
    return [open_(item) for item in value] if isinstance(value, list) else value


@contextmanager
def heard() -> Iterator[list[str]]:
    """What our own loggers say meanwhile."""
    told: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(self.format(record))

    ours, ear = logging.getLogger("pulumi_managed_agents"), Ear(logging.DEBUG)
    level = ours.level
    ours.addHandler(ear)
    ours.setLevel(logging.DEBUG)
    yield told
    ours.removeHandler(ear)
    ours.setLevel(level)


@pytest.mark.parametrize("through", [of_plugin, of_classes])
@pytest.mark.parametrize(("platform", "name"), CASES)
def test_no_secret_comes_back(
    everywhere: dict[str, Place],
    platform: str,
    name: str,
    through: Any,
    capfd: pytest.CaptureFixture[str],
    record_property: Any,
) -> None:
    at, reader = everywhere[platform], Reader()
    draw = random.Random(f"{SEED} {platform} {name} {through.__name__}")
    files = LocalFiles(at.at.folder)
    reals = [real for real in at.reals if real.kind.name == name]
    for _ in range(DRAWS):
        real = draw.choice(reals)
        program = drawn(draw, real, files)
        reader.watch(program.more)
        with heard() as told:
            through(reader, program, draw, real, at)
        at.echo.way = "nothing"
        printed = capfd.readouterr()
        reader.look("the log", "\n".join(told))
        reader.look("what is printed", printed.out + printed.err)
    for file in FilePath(os.environ["XDG_STATE_HOME"]).rglob("*"):
        reader.look(str(file), file.read_text(errors="replace") if file.is_file() else "")
    record_property("looks", reader.looks)
