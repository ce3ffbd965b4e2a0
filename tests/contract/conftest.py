"""A served emulator and the official SDK in front of it. Nothing here leaves the loopback interface."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anthropic
import loopback
import pytest

from pulumi_managed_agents.emulator import Control, Emulator, Server

TOOLSET = {"type": "agent_toolset_20260401"}
HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}


@dataclass
class World:
    """One emulator with a client: what a test acts on."""

    client: anthropic.Anthropic
    server: Server
    emulator: Emulator

    @property
    def control(self) -> Control:
        return self.emulator.control

    @property
    def agents(self) -> Any:
        return self.client.beta.agents

    @property
    def environments(self) -> Any:
        return self.client.beta.environments

    @property
    def sessions(self) -> Any:
        return self.client.beta.sessions

    @property
    def vaults(self) -> Any:
        return self.client.beta.vaults

    @property
    def credentials(self) -> Any:
        return self.client.beta.vaults.credentials

    @property
    def stores(self) -> Any:
        return self.client.beta.memory_stores

    @property
    def deployments(self) -> Any:
        return self.client.beta.deployments

    @property
    def runs(self) -> Any:
        return self.client.beta.deployment_runs

    def deployment(self, **fields: Any) -> Any:
        fields["agent"] = fields.get("agent") or self.agent().id
        fields["environment_id"] = fields.get("environment_id") or self.environment().id
        return self.deployments.create(**{"name": "nightly", "initial_events": [HELLO]} | fields)

    def store(self, **fields: Any) -> Any:
        return self.stores.create(**{"name": "notes"} | fields)

    def vault(self, **fields: Any) -> Any:
        return self.vaults.create(**{"display_name": "keys"} | fields)

    def agent(self, **fields: Any) -> Any:
        return self.agents.create(**{"name": "worker", "model": "claude-opus-5-5"} | fields)

    def environment(self, **fields: Any) -> Any:
        return self.environments.create(**{"name": "sandbox"} | fields)

    def session(self, **fields: Any) -> Any:
        fields.setdefault("agent", None)
        fields["agent"] = fields["agent"] or self.agent().id
        fields.setdefault("environment_id", None)
        fields["environment_id"] = fields["environment_id"] or self.environment().id
        return self.sessions.create(**fields)

    def running_session(self, **fields: Any) -> Any:
        self.control.settings(run_ends="never")
        return self.session(initial_events=[HELLO], **fields)

    def events(self, session_id: str, **query: Any) -> list[Any]:
        return list(self.sessions.events.list(session_id, **query))

    def event_types(self, session_id: str, **query: Any) -> list[str]:
        return [event.type for event in self.events(session_id, **query)]

    def errors(self, session_id: str) -> list[Any]:
        return [event.error for event in self.events(session_id, types=["session.error"])]


def repository(name: str = "app", **fields: Any) -> dict[str, Any]:
    return {"type": "github_repository", "url": f"https://github.com/acme/{name}"} | fields


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "emulator.sqlite"


@pytest.fixture
def emulator(database: Path) -> Iterator[Emulator]:
    with Emulator(database) as found:
        found.control.seed(1)
        yield found


@pytest.fixture
def world(emulator: Emulator) -> Iterator[World]:
    with (
        emulator.serve() as server,
        loopback.claude(server.url) as client,
    ):
        yield World(client, server, emulator)


@pytest.fixture
def repo() -> Any:
    return repository
