"""`managed-agents ui`: stacks as they are, as a page in a real browser."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from core.crashed import Crashed
from observation.standing import APP, TOKEN, Standing
from page.reader import Reader

from pulumi_managed_agents.apply.exported import read_state
from pulumi_managed_agents.commands.ui import ASSETS, Pages
from pulumi_managed_agents.emulator import Server
from pulumi_managed_agents.observation.live import Live
from pulumi_managed_agents.page.site import FILES, Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome


@pytest.fixture(params=["claude", "qoder"])
def stack(request: pytest.FixtureRequest, tmp_path: Path) -> Standing:
    found = Standing(Crashed(tmp_path / "world.emulator", request.param))
    found.session(resources=[{**APP, "authorizationToken": TOKEN}])
    return found


def served(stack: Standing, *states: bytes) -> Iterator[Server]:
    texts = states or (stack.crashed.text(),)
    live = Live(lambda: [read_state(text) for text in texts], stack.crashed.provider, 0.3)
    with Server(Pages(Site(live, ASSETS)), 0) as server:
        yield server
    live.close()


@pytest.fixture
def server(stack: Standing) -> Iterator[Server]:
    yield from served(stack)


@pytest.fixture
def ui(chromium: Chrome, server: Server) -> Iterator[Reader]:
    """Somebody who has the page open."""
    found = Reader(chromium, server.url)
    found.sit_at(1440, 900)
    found.open()
    yield found
    chromium.get("about:blank")


def test_a_stack_is_shown_with_what_runs_and_what_it_works_on(ui: Reader) -> None:
    assert "shop/dev" in ui.text("main")
    assert "idle" in ui.row("Sessions", "review")
    assert "org/app" in ui.row("Mounted repositories", "review")
    assert "Nothing needs somebody." in ui.text("#at-attention")
    nodes = ui.run("return [...document.querySelectorAll('.graph text')].map((each) => each.textContent)")
    assert nodes == ["worker", "review", "org/app"]
    assert ui.run("return document.querySelectorAll('.graph .edge').length") == 2
    assert TOKEN not in ui.browser.page_source


def test_what_happens_is_there_within_two_seconds(stack: Standing, ui: Reader) -> None:
    stack.control().remove("sessions", stack.states["review"].id)
    began = time.monotonic()

    ui.wait(lambda: "review is gone" in ui.text("#at-attention"))

    assert time.monotonic() - began < 2 + 1
    ui.row("Sessions", "gone")


def test_an_object_shows_its_history_and_what_it_is_made_of(stack: Standing, ui: Reader) -> None:
    told = {"type": "agent.message", "content": [{"type": "text", "text": f"done with {TOKEN}"}]}
    stack.control().emit(stack.states["review"].id, told)

    ui.follow("review")

    assert "agent.message" in ui.row("Events", "done with")
    assert "worker" in ui.text(".facts")
    assert "urn:pulumi:dev::shop" in ui.text(".facts")
    assert "org/app" in ui.row("Mounts", "org/app")


def test_many_stacks_are_listed_and_one_of_them_can_be_chosen(chromium: Chrome, stack: Standing) -> None:
    text = stack.crashed.text()
    states = [text.replace(b"urn:pulumi:dev::", f"urn:pulumi:s{number}::".encode()) for number in range(30)]
    for server in served(stack, *states):
        reader = Reader(chromium, server.url)
        reader.sit_at(1440, 900)
        reader.open()

        assert "90" in reader.text(".tiles")
        assert len(reader.rows("Stacks")) == 20
        reader.row("Stacks", "shop/s1")
        reader.open("?stack=shop%2Fs29")
        assert reader.text("h2.narrow") == "of shop/s29"
        assert len(reader.rows("Sessions")) == 1
        reader.open("?kind=Agent")
        assert len(reader.rows("Agents")) == 30
        chromium.get("about:blank")


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_keeps_people_from_using_the_page(chromium: Chrome, stack: Standing, axe: str, width: int) -> None:
    stack.control().set_status(stack.states["review"].id, "terminated")
    text = stack.crashed.text()
    states = [text.replace(b"urn:pulumi:dev::", f"urn:pulumi:s{number}::".encode()) for number in range(3)]
    for server in served(stack, *states):
        reader = Reader(chromium, server.url)
        reader.sit_at(width, 900, "dark")
        for view in ("", "?stack=shop%2Fs1", "?kind=Agent"):
            reader.open(view)
            assert reader.obstacles(axe) == [], view
            assert reader.run("return document.documentElement.scrollWidth") <= width
        chromium.get("about:blank")


def test_no_other_host_is_asked_and_nothing_is_refused_by_the_rules_of_the_page(server: Server, ui: Reader) -> None:
    ui.follow("review")
    ui.wait(lambda: ui.text("#connection") == "Live")

    loaded = ui.run("return performance.getEntries().map(({name}) => name).filter((name) => name.includes(':'))")

    assert [address for address in loaded if not address.startswith(f"{server.url}/")] == []
    assert [entry for entry in ui.browser.get_log("browser") if "Content Security Policy" in entry["message"]] == []


@pytest.mark.parametrize("path", ["/", *(f"{ASSETS}/{name}" for name in FILES)])
def test_the_page_is_only_read_and_only_by_this_machine(server: Server, path: str) -> None:
    url = server.url + path

    assert httpx.get(url).status_code == 200
    assert httpx.head(url).status_code == 200
    assert httpx.post(url).status_code == 405
    assert httpx.get(url, headers={"Host": "evil.example"}).status_code == 403
    assert httpx.get(url, headers={"Origin": "https://evil.example"}).status_code == 403
    assert httpx.get(f"{server.url}/elsewhere").status_code == 404


def test_what_is_unchanged_is_not_sent_again(server: Server) -> None:
    first = httpx.get(server.url)

    again = httpx.get(server.url, headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("query", ["open=x", "page=99999999", "page=-1", "kind=<b>", "q=%00%ff", "stack=" + "x" * 9000])
def test_an_address_that_makes_no_sense_is_answered(server: Server, query: str) -> None:
    answer = httpx.get(f"{server.url}/?{query}")

    assert answer.status_code == 200
    assert "<b>" not in answer.text


def test_nobody_who_looks_means_no_requests(stack: Standing) -> None:
    moment = [0.0]
    live = Live(lambda: [read_state(stack.crashed.text())], stack.crashed.provider, 0.01, lambda: moment[0])
    try:
        live.overview()
        moment[0] = 1000.0
        time.sleep(0.3)
        before = len(stack.control().requests())
        time.sleep(0.3)
        assert len(stack.control().requests()) == before
    finally:
        live.close()


def command(stack: Standing, *words: str) -> list[str]:
    file = stack.path.with_suffix(".json")
    file.write_bytes(stack.crashed.text())
    target = ["--emulator", str(stack.path), "--platform", stack.crashed.platform]
    return [sys.executable, "-m", "pulumi_managed_agents.cli", "ui", str(file), *target, *words]


def test_the_command_prints_the_address_alone_and_ends_with_a_signal(stack: Standing) -> None:
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command(stack), **pipes) as process:
        try:
            assert process.stdout
            address = process.stdout.readline().strip()
            shown = httpx.get(address).text
            process.send_signal(signal.SIGTERM)
            rest, said = process.communicate(timeout=60)
        finally:
            process.kill()

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
    assert "review" in shown
    assert (process.returncode, rest) == (0, "")
    assert "browser" in said


def test_a_port_in_use_and_a_state_that_is_none_are_told(stack: Standing, server: Server, tmp_path: Path) -> None:
    used = subprocess.run(
        command(stack, "--port", str(server.port)), check=False, capture_output=True, text=True, timeout=60
    )
    (tmp_path / "none.json").write_text("{}")
    none = [*command(stack)[:4], str(tmp_path / "none.json"), *command(stack)[5:]]
    wrong = subprocess.run(none, check=False, capture_output=True, text=True, timeout=60)

    assert (used.returncode, "in use" in used.stderr) == (1, True)
    assert (wrong.returncode, "none.json" in wrong.stderr) == (2, True)
