"""A served emulator, the official SDK in front of it, and a real browser that looks at its page."""

from __future__ import annotations

import runpy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anthropic
import loopback
import pytest
from page.reader import Reader
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from pulumi_managed_agents.emulator import Control, Emulator, Server

if TYPE_CHECKING:
    from collections.abc import Iterator

TOOL = Path(__file__).resolve().parents[2] / "tools" / "browser" / "__main__.py"
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP rebound.example 127.0.0.1",  # a name of somebody else that leads here
)


@dataclass
class World:
    """One emulator with a client: what happens while somebody looks at the page."""

    client: anthropic.Anthropic
    server: Server
    emulator: Emulator

    @property
    def control(self) -> Control:
        return self.emulator.control

    @property
    def beta(self) -> Any:
        return self.client.beta

    def agent(self, name: str = "worker", **fields: Any) -> Any:
        return self.beta.agents.create(**{"name": name, "model": "claude-opus-5-5"} | fields)

    def session(self, title: str = "review", **fields: Any) -> Any:
        fields.setdefault("agent", None)
        fields["agent"] = fields["agent"] or self.agent().id
        environment = self.beta.environments.create(name="sandbox")
        return self.beta.sessions.create(**{"title": title, "environment_id": environment.id} | fields)

    def rotate(self, session: Any, token: str, index: int = 0) -> str:
        """Rotates a token; answers what the page may show of it."""
        resource = session.resources[index].id
        self.beta.sessions.resources.update(resource, session_id=session.id, authorization_token=token)
        return self.control.fingerprint(token)[:8]


def repository(name: str = "app", **fields: Any) -> dict[str, Any]:
    return {"type": "github_repository", "url": f"https://github.com/acme/{name}"} | fields


@pytest.fixture
def repo() -> Any:
    return repository


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    with Emulator(tmp_path / "emulator.sqlite") as found:
        found.control.seed(1)
        yield found


@pytest.fixture
def world(emulator: Emulator) -> Iterator[World]:
    with (
        emulator.serve() as server,
        loopback.claude(server.url) as client,
    ):
        yield World(client, server, emulator)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser for all tests, named by its path: nothing is ever downloaded."""
    tool = runpy.run_path(str(TOOL))
    found = tool["pair"]()
    if found is None:
        pytest.fail(tool["MISSING"], pytrace=False)
    browser, driver = found
    options = ChromeOptions()
    options.binary_location = str(browser)
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(switch)
    with Chrome(options=options, service=ChromeService(str(driver))) as started:
        yield started


@pytest.fixture(scope="session")
def axe() -> str:
    """The script that looks for what keeps people from using a page."""
    tool = runpy.run_path(str(TOOL.parents[1] / "axe" / "__main__.py"))
    found = tool["script"]()
    if found is None:
        pytest.fail(tool["MISSING"], pytrace=False)
    return str(found.read_text())


@pytest.fixture
def reader(chromium: Chrome, world: World) -> Iterator[Reader]:
    """Somebody at a wide screen who has the page open."""
    found = Reader(chromium, world.server.url)
    found.sit_at(1440, 900)
    found.open()
    yield found
    chromium.get("about:blank")
