"""What it takes to look at much: `status` and the page, over 5,000 objects of 200 stacks."""

from __future__ import annotations

import json
import runpy
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import httpx
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from benchmarks.measure import Row, interleaved
from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.apply.exported import read_state
from pulumi_managed_agents.commands.ui import ASSETS, Pages
from pulumi_managed_agents.declaration.tokens import PLUGIN_FAMILY
from pulumi_managed_agents.emulator import Emulator, Server
from pulumi_managed_agents.observation.live import Live
from pulumi_managed_agents.observation.look import look
from pulumi_managed_agents.page.site import Site
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.provider.configured import ConfiguredProvider

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pulumi_managed_agents.apply.exported import Exported
    from pulumi_managed_agents.declaration.values import Bag

STACKS = 200
AGENTS, ENVIRONMENTS, SESSIONS = 5, 5, 15
OBJECTS = STACKS * (AGENTS + ENVIRONMENTS + SESSIONS)
TOOL = Path(__file__).resolve().parents[1] / "tools" / "browser" / "__main__.py"
COLLECTIONS = ("agents", "environments", "sessions")
HEADERS = {"x-api-key": "made-up", "anthropic-version": "2023-06-01", "anthropic-beta": "managed-agents-2026-04-01"}


def looks() -> Iterator[Row]:
    """The command first, then the page over stacks, and the emulator's over its world."""
    with tempfile.TemporaryDirectory() as name, Emulator(Path(name) / "world.emulator") as emulator:
        made = _provider(emulator=str(Path(name) / "world.emulator"))
        states = [read_state(_stack(made, number)) for number in range(STACKS)]
        made.close()
        with emulator.serve() as server, closing(_provider(baseUrl=server.url, apiKey="made-up")) as provider:
            yield _status(states, provider, emulator, server.url)
            browser = _browser()
            if browser is None:
                return
            with browser as chrome:
                yield from _page("The emulator's page", chrome, server.url)
                live = Live(lambda: states, provider, 3600.0)
                with closing(live), Server(Pages(Site(live, ASSETS)), 0) as served:
                    live.overview()
                    yield from _page("`ui`", chrome, served.url)


def _status(states: Sequence[Exported], provider: ConfiguredProvider, emulator: Emulator, url: str) -> Row:
    asked = len(emulator.control.counters()) and sum(emulator.control.counters().values())
    seen = look(states, provider)
    requests = sum(emulator.control.counters().values()) - asked
    assert len(seen.things) == OBJECTS, len(seen.things)  # noqa: S101 - the benchmark's own words
    assert not seen.unread, seen.unread  # noqa: S101 - as above
    mine, bare = interleaved(lambda: look(states, provider) and None, partial(_pages, url))
    note = f"{requests} requests, {len(json.dumps(seen.told())):,} bytes of JSON"
    return Row(f"`status`: {OBJECTS:,} objects of {STACKS} stacks, against their list pages", mine, bare, None, note)


def _pages(url: str) -> None:
    """Every page of the lists, from the HTTP library alone."""
    with httpx.Client(base_url=url, headers=HEADERS) as client:
        for collection in COLLECTIONS:
            cursor: str | None = None
            while True:
                query = {"limit": "100", **({"page": cursor} if cursor else {})}
                cursor = client.get(f"/v1/{collection}", params=query).raise_for_status().json().get("next_page")
                if cursor is None:
                    break


def _page(title: str, chrome: Chrome, url: str) -> Iterator[Row]:
    """First paint of the page, against a page of as many bytes without anything; and of one kind of 3,000."""
    for what, query in (("overview", ""), ("filter", "?q=review"), ("3,000 sessions", "?kind=Session")):
        text = httpx.get(f"{url}/{query}", timeout=60).raise_for_status().content
        with Server(_Bare(len(text)), 0) as bare:
            mine, theirs = interleaved(partial(_paint, chrome, f"{url}/{query}"), partial(_paint, chrome, bare.url))
        note = f"{len(text):,} bytes"
        yield Row(f"{title}, {OBJECTS:,} objects: first paint, {what}, against bare", mine, theirs, None, note)


class _Bare:
    """A page of so many bytes, which are all text."""

    def __init__(self, size: int) -> None:
        line = "<p>a line of a page that holds nothing but lines of text, one below the other\n"
        self._body = ("<!doctype html><title>bare</title>" + line * (size // len(line))).encode()

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        """Answers every request alike."""
        del environ
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(self._body)))])
        return [self._body]


_PAINT = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def _paint(chrome: Chrome, url: str) -> float:
    """Seconds from the click to the first paint."""
    chrome.get("about:blank")
    chrome.get(url)
    while (found := chrome.execute_script(_PAINT)) is None:
        pass
    return float(found) / 1000


def _browser() -> Any:
    found = runpy.run_path(str(TOOL))["pair"]()
    if found is None:
        return None
    options = ChromeOptions()
    options.binary_location = str(found[0])
    for switch in ("--headless", "--no-sandbox", "--disable-gpu"):
        options.add_argument(switch)
    return Chrome(options=options, service=ChromeService(str(found[1])))


def _provider(**settings: str) -> ConfiguredProvider:
    return ConfiguredProvider(configure(settings, {}), lambda _: None)


def _stack(provider: ConfiguredProvider, number: int) -> bytes:
    """The state of a stack, with its objects made."""
    resources: list[Bag] = []

    def made(kind: str, name: str, words: Bag, uses: tuple[str, ...] = ()) -> tuple[str, str]:
        naming = plan.CheckContext(provider.capabilities, name, lambda digits: token_hex(digits)[:digits])
        inputs, failures = provider.check(provider.kind(kind), {}, words, naming)
        assert not failures, failures  # noqa: S101 - the benchmark's own words
        state = apply.create(provider.kind(kind), inputs, provider.context)
        token = f"{PLUGIN_FAMILY}{kind}"
        urn = f"urn:pulumi:dev{number}::shop::{token}::{name}"
        entry = {"urn": urn, "type": token, "custom": True, "id": state.id, "inputs": inputs, "dependencies": [*uses]}
        resources.append({**entry, "outputs": state.outputs})
        return state.id, urn

    agents = [made("Agent", f"agent-{each}", {"model": "claude-opus-5-5"}) for each in range(AGENTS)]
    places = [made("Environment", f"sandbox-{each}", {}) for each in range(ENVIRONMENTS)]
    for each in range(SESSIONS):
        (agent, one), (place, other) = agents[each % AGENTS], places[each % ENVIRONMENTS]
        made(
            "Session",
            f"review-{each}",
            {"agent": agent, "environmentId": place, "title": f"review {each}"},
            (one, other),
        )
    return json.dumps({"version": 3, "deployment": {"resources": resources}}).encode()
