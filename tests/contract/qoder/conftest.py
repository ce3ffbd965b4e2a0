"""A served emulator and Qoder's own SDK in front of it; where the SDK cannot say something, a bare HTTP client."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import loopback
import pytest
import qca

from pulumi_managed_agents.emulator import Control, Emulator, Server

TOKEN = "pt-test-token"
TOOLSET = {"type": "agent_toolset_20260401"}
HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}


@dataclass
class World:
    """One emulator with two clients: what a test acts on."""

    client: qca.Managed
    http: httpx.Client
    server: Server
    emulator: Emulator

    @property
    def control(self) -> Control:
        return self.emulator.control.on("qoder")

    @property
    def agents(self) -> Any:
        return self.client.agents

    @property
    def environments(self) -> Any:
        return self.client.environments

    @property
    def sessions(self) -> Any:
        return self.client.sessions

    def agent(self, **fields: Any) -> Any:
        return self.agents.create(**{"name": "worker", "model": "ultimate"} | fields)

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

    def file(self, name: str = "notes.txt", content: bytes = b"some notes", **fields: Any) -> Any:
        return self.client.files.upload(file=(name, content), **fields)

    def store(self, **fields: Any) -> Any:
        return self.client.memory_stores.create(**{"name": "lessons"} | fields)

    def vault(self, **fields: Any) -> Any:
        return self.client.vaults.create(**{"display_name": "keys"} | fields)

    def deployment(self, **fields: Any) -> Any:
        given = {"name": "nightly", "initial_events": [HELLO]} | fields
        given["agent"] = given.get("agent") or self.agent().id
        given["environment_id"] = given.get("environment_id") or self.environment().id
        return self.client.deployments.create(**given)

    def events(self, session_id: str, **query: Any) -> list[Any]:
        return list(self.sessions.events.list(session_id, **query))

    def event_types(self, session_id: str, **query: Any) -> list[str]:
        return [event.type for event in self.events(session_id, **query)]

    def errors(self, session_id: str) -> list[Any]:
        return [event.error for event in self.events(session_id, types=["session.error"])]

    def call(self, method: str, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        """A request that the SDK cannot make; answers the document of the answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.http.request(method, path, json=body, headers=named)
        assert answer.status_code == status, answer.text
        return answer.json()


@dataclass
class Refusals:
    """Calls that must be refused, and what must not be seen in any refusal."""

    secrets: list[str]

    def __call__(self, status: int, call: Callable[[], Any], *words: str, type: str | None = None) -> Any:
        with pytest.raises(qca.APIStatusError) as caught:
            call()
        error = caught.value
        assert error.status_code == status, str(error)
        assert type in (None, error.type)
        for word in words:
            assert word in str(error)
        for secret in self.secrets:
            assert secret not in str(error.body)
        return error


def github(name: str = "app", **fields: Any) -> dict[str, Any]:
    return {"type": "github_repository", "url": f"https://github.com/acme/{name}"} | fields


@pytest.fixture
def world(emulator: Emulator) -> Iterator[World]:
    with emulator.serve() as server:
        base = f"{server.url}/api/v1/cloud/"
        with (
            qca.Managed(
                access_token=TOKEN,
                base_url=base,
                max_retries=0,
                _strict_response_validation=True,
                http_client=loopback.client(),
            ) as client,
            loopback.client(base_url=base, headers={"authorization": f"Bearer {TOKEN}"}) as http,
        ):
            yield World(client, http, server, emulator)


@pytest.fixture
def refused() -> Refusals:
    return Refusals([TOKEN])


@pytest.fixture
def bare_repo() -> Any:
    return github


@pytest.fixture
def repo() -> Any:
    return lambda *name, **fields: github(*name, **{"authorization_token": "token-of-last-week"} | fields)
