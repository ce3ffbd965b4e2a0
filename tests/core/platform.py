"""The emulator mounted behind the real backend: what a test acts on, with time that does not pass."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import httpx
from core.bags import CONTEXT, Shelf, checked

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms import PLATFORM_TYPES
from pulumi_managed_agents.platforms.mounted import mounted_emulator
from pulumi_managed_agents.platforms.rest import RestBackend
from pulumi_managed_agents.resources.registry import KINDS
from pulumi_managed_agents.transport.pace import Pace
from pulumi_managed_agents.transport.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pulumi_managed_agents.declaration.platform import PlaceKey, PlatformKey
    from pulumi_managed_agents.declaration.values import Bag
    from pulumi_managed_agents.emulator import Control
    from pulumi_managed_agents.lifecycle.kind import Kind
    from pulumi_managed_agents.lifecycle.steps import State

MODEL = "claude-opus-5-5"
MODELS: Mapping[PlatformKey, str] = {"claude": MODEL, "qoder": "ultimate"}
SERVER = {"type": "url", "name": "github", "url": "https://mcp.example.com/"}
USES_SERVER = {"type": "mcp_toolset", "mcpServerName": "github"}
HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
APP = "https://github.com/org/app"


def repository(**words: Any) -> Bag:
    """A repository among a session's resources."""
    return {"type": "github_repository", "url": APP, "mountPath": "/workspace/app", **words}


class Wire(httpx.BaseTransport):
    """What lies between the provider and the emulator: here an answer may be bent out of shape."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.bends: Callable[[str], Any] = lambda _: False
        self.bend: Callable[[Bag], Any] = dict
        self.meanwhile: Callable[[], None] = lambda: None
        """Happens when a request is on its way, before its body is read."""
        self.invents = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.meanwhile()
        response = self._inner.handle_request(request)
        if not self.bends(f"{request.method} {request.url.path}"):
            return response
        if response.is_error and not self.invents:
            return response
        made = self.bend(json.loads(response.read()))
        content = made if isinstance(made, bytes) else json.dumps(made).encode()
        return httpx.Response(200 if self.invents else response.status_code, content=content)

    def close(self) -> None:
        self._inner.close()


@dataclass
class Platform:
    """One emulated world with a provider in front of it."""

    control: Control
    wire: Wire
    context: apply.Context
    slept: list[float]
    warnings: list[str] = field(default_factory=list)
    mark: int = 0
    draws: bool = False
    """Whether each check draws another random text."""
    drawn: int = 0
    unseen: list[str] = field(default_factory=list)

    def create(self, kind: str, bag: Bag) -> State:
        """Creates what the bag declares, as the engine would."""
        return apply.create(self.kind(kind), self.checked(kind, bag), self.context)

    def update(self, kind: str, state: State | Bag, bag: Bag, id_: str = "") -> State:
        """Makes the object what the bag declares; the old outputs are what the last operation answered."""
        old = state if isinstance(state, dict) else state.outputs
        wanted = self.checked(kind, bag, old)
        return apply.update(self.kind(kind), id_ or state.id, old, wanted, self.context)  # type: ignore[union-attr]

    def checked(self, kind: str, bag: Bag, old: Bag | None = None) -> Bag:
        """The bag as the engine hands it on."""
        return checked(self.kind(kind), bag, old, self.context.files, self.checking())

    def read(self, kind: str, id_: str, managed: Bag | None = None) -> State | None:
        """The object as it is now."""
        return apply.read(self.kind(kind), id_, managed, self.context)

    def delete(self, kind: str, state: State) -> None:
        """Removes the object."""
        apply.delete(self.kind(kind), state.id, state.outputs, self.context)

    def checking(self) -> plan.CheckContext:
        if self.draws:
            self.drawn += 1
        return replace(
            CONTEXT,
            capabilities=self.context.backend.capabilities,
            random_hex=(lambda digits: f"{self.drawn:0{digits}x}") if self.draws else CONTEXT.random_hex,
        )

    def kind(self, name: str) -> Kind:
        """The kind as the platform has it."""
        return KINDS[name].on(self.context.backend.capabilities.key)

    def session(self, **words: Any) -> State:
        """A new session in a new environment."""
        return self.create("Session", self.session_bag(**words))

    def session_bag(self, **words: Any) -> Bag:
        """What declares a session of a new agent in a new environment."""
        agent = self.create("Agent", {"name": "worker", "model": self.model})
        environment = self.create("Environment", {"name": "sandbox"})
        self.traffic()
        return {"agent": agent.id, "environmentId": environment.id, **words}

    @property
    def model(self) -> str:
        """A model that the platform has."""
        return MODELS[self.context.backend.capabilities.key]

    def traffic(self) -> list[str]:
        """The operations asked for since the last look."""
        rows = self.control.requests(self.mark)
        self.mark = rows[-1]["n"] if rows else self.mark
        found, self.unseen = [*self.unseen, *(str(row["operation"]) for row in rows)], []
        return found

    def stored(self, collection: str, id_: str) -> Bag:
        """An object as the platform has it; this look counts as no traffic."""
        before = self.traffic()
        lives_in, _, own = id_.rpartition("/")
        parent, _, name = collection.rpartition(".")
        ids = {f"{name[:-1]}_id": own, **({f"{parent[:-1]}_id": lives_in} if parent else {})}
        found = self.context.backend.send(Call(Operation(collection, "retrieve"), ids))
        self.traffic()
        self.unseen += before
        return found


@contextmanager
def bent(platform: Platform, request: str, bend: Callable[[Bag], Any], *, invents: bool = False) -> Iterator[None]:
    """While it lasts, the answers to requests that match come as `bend` makes them; it may `invent` them."""
    platform.wire.bends, platform.wire.bend = re.compile(request).fullmatch, bend
    platform.wire.invents = invents
    yield
    platform.wire.bends = lambda _: False


def mounted(
    path: Path, *, retries: int = 4, seed: int = 1, platform: PlatformKey = "claude", place: PlaceKey | None = None
) -> AbstractContextManager[Platform]:
    """A platform of its own in the file, in one of its places."""
    return _Mounted(path, retries, seed, platform, place)


class _Mounted:
    def __init__(self, path: Path, retries: int, seed: int, key: PlatformKey, place: PlaceKey | None) -> None:
        self._emulator = Emulator(path)
        self._emulator.control.seed(seed)
        slept: list[float] = []
        wire = Wire(mounted_emulator(path, "a test"))
        workspace = "wrkspc_01emulator" if place == "aws" else None
        platform = PLATFORM_TYPES[key](workspace, place) if place else PLATFORM_TYPES[key]()
        if place:
            self._emulator.control.settings(place=place)
        address = "http://localhost" if key == "claude" else "http://localhost/api/v1/cloud"
        client = httpx.Client(base_url=address, headers=platform.credential("key"), transport=wire)
        pace = Pace(clock=lambda: sum(slept))
        self._transport = Transport(client, retries=retries, pace=pace, sleep=slept.append)
        warnings: list[str] = []
        context = apply.Context(RestBackend(platform, self._transport), warnings.append, slept.append, Shelf())
        self._platform = Platform(self._emulator.control.on(key), wire, context, slept, warnings)

    def __enter__(self) -> Platform:
        return self._platform

    def __exit__(self, *_: object) -> None:
        self._transport.close()
        self._emulator.close()


def fixture(path: Path) -> Iterator[Platform]:
    """What the conftests make a fixture of."""
    with mounted(path) as platform:
        yield platform
