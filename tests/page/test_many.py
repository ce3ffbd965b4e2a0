"""The page over 5,000 objects: of bounded size, with the numbers of all, and found by the server whatever is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from page.reader import Reader

from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.emulator.world import Record
from pulumi_managed_agents.emulator.world import World as File

OBJECTS = 5_000
LARGEST = 150_000
TIME = "2026-11-01T00:00:00.000000Z"


@pytest.fixture
def emulator(tmp_path: Path) -> Any:
    """A world with many agents and sessions, some of which ended."""
    path = tmp_path / "emulator.sqlite"
    file = File(path)
    with file.transaction() as tx:
        for number in range(OBJECTS // 2):
            agent, session = f"agent_{number:04}", f"sesn_{number:04}"
            body = {"id": agent, "name": f"worker {number}", "created_at": TIME, "archived_at": None}
            tx.add(Record("agents", agent, body, {}))
            status = "terminated" if number % 100 == 0 else "idle"
            title = {"title": f"review {number}", "agent": {"id": agent, "name": f"worker {number}"}}
            told = {"id": session, **title, "status": status, "created_at": TIME, "archived_at": None}
            tx.add(Record("sessions", session, told, {}))
    file.close()
    with Emulator(path) as found:
        yield found


def test_a_page_says_how_many_there_are_and_shows_the_first(world: Any) -> None:
    answer = httpx.get(world.server.url, timeout=60)

    assert len(answer.content) < LARGEST
    assert "<strong>2,500</strong> Agents" in answer.text
    assert "All 2,500 Sessions" in answer.text
    assert answer.text.count("<tr") < 100


@pytest.mark.parametrize(
    ("query", "rows", "text"),
    [
        ("kind=Session&page=25", 100, "Page 25 of 25"),
        ("kind=Session&status=terminated", 25, "review 2400"),
        ("q=worker+1", 20 + 20, "worker 1"),
        ("q=agent_0007", 2, "worker 7"),
        ("q=review+2499", 1, "sesn_2499"),
    ],
)
def test_what_is_wanted_is_found_by_the_server(world: Any, query: str, rows: int, text: str) -> None:
    answer = httpx.get(f"{world.server.url}/?{query}", timeout=60).text

    assert answer.count('<tr role="row" data-key') == rows
    assert text in answer


def test_what_needs_somebody_is_grouped_and_folded(world: Any, reader: Reader) -> None:
    del world
    assert "failed 25" in reader.text("#at-attention")
    assert reader.text("#at-attention details summary") == "19 more"
    shown = "return [...document.querySelectorAll('.concerns li')].filter((each) => each.checkVisibility()).length"
    assert reader.run(shown) == 6


def test_what_changes_among_many_is_there_within_two_seconds(world: Any, reader: Reader) -> None:
    world.control.change("sessions", "sesn_0200", title="renamed")

    reader.write("#filter", "renamed")

    assert "renamed" in reader.row("Sessions", "renamed")
