"""The page for every reader: on a phone, in the dark, by keyboard, and with names that mean harm."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

import anthropic
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

if TYPE_CHECKING:
    from page.conftest import World
    from page.reader import Reader

HOSTILE = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>'
COLOURS = ("--text", "--dim", "--accent", "--good", "--warn", "--bad")
READABLE = 4.5
"""The contrast that the accessibility guidelines (WCAG 2.2, 1.4.3) ask of text."""


def test_hostile_text_is_shown_and_never_run(world: World, reader: Reader, repo: Any) -> None:
    agent = world.agent(HOSTILE, description=HOSTILE)
    session = world.session(HOSTILE, agent=agent.id, resources=[repo(authorization_token="x")])
    world.rotate(session, "y")
    world.control.change("sessions", session.id, status=HOSTILE)
    world.control.emit(session.id, {"type": "session.error", "error": {"type": HOSTILE, "message": HOSTILE}})
    world.control.emit(session.id, {"type": HOSTILE, "content": [{"type": "text", "text": HOSTILE}]})
    with pytest.raises(anthropic.NotFoundError):
        world.beta.agents.retrieve(HOSTILE)

    assert reader.row("Agents", HOSTILE).count(HOSTILE) == 2
    reader.row("Sessions", HOSTILE)
    reader.row("Last requests", HOSTILE)
    assert HOSTILE in reader.text("#news")
    reader.open(f"?open={session.id}")
    assert reader.text("#opened") == HOSTILE
    assert reader.row("Events", HOSTILE)
    reader.look_again()
    assert reader.run("return window.harmed ?? null") is None
    assert reader.run("return document.querySelectorAll('img, body script, [onerror]').length") == 0


def test_the_browser_itself_refuses_markup_made_of_text(reader: Reader) -> None:
    script = "try { document.body.innerHTML = '<b>x</b>'; } catch (error) { return error.name; } return 'taken';"

    assert reader.run(script) == "TypeError"


def test_nothing_is_loaded_from_anywhere_else(world: World, reader: Reader) -> None:
    session = world.session("review")
    reader.open(f"?open={session.id}")
    reader.follow("Everything")
    reader.row("Sessions", "review")

    loaded = reader.run("return performance.getEntries().map(({name}) => name).filter((name) => name.includes(':'))")

    assert len(loaded) >= 4
    assert [address for address in loaded if not address.startswith(f"{world.server.url}/")] == []


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_everything_without_scrolling_sideways(
    world: World, reader: Reader, repo: Any, width: int
) -> None:
    long = "x" * 200
    world.control.repositories([{"url": "https://github.com/acme/app", "private": True}])
    checkout = {"type": "branch", "name": long}
    resources = [repo(mount_path=f"/workspace/{long}", checkout=checkout, authorization_token="first")]
    session = world.session(long, agent=world.agent(long, description=long).id, resources=resources)
    world.rotate(session, "second")
    world.control.emit(session.id, {"type": "agent.message", "content": [{"type": "text", "text": long}]})
    reader.sit_at(width, 800)

    for fragment in ("", f"?open={session.id}"):
        reader.open(fragment)
        reader.run("for (const each of document.querySelectorAll('details')) each.open = true")
        reader.row("Token rotations", long)
        assert reader.run("return document.documentElement.scrollWidth") == width

    # Rows are blocks here, and still a table to those who hear it.
    assert reader.browser.find_element(By.CSS_SELECTOR, "#places td").aria_role == "cell"
    assert reader.browser.find_element(By.CSS_SELECTOR, "#places table").aria_role == "table"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground_by_day_and_by_night(reader: Reader, scheme: str) -> None:
    reader.sit_at(1440, 900, scheme)
    reader.open()

    def light(name: str) -> float:
        script = "return getComputedStyle(document.documentElement).getPropertyValue(arguments[0])"
        return luminance(str(reader.run(script, name)).strip())

    grounds = {name: light(name) for name in ("--ground", "--card", "--fresh")}
    assert (grounds["--ground"] < 0.1) == (scheme == "dark")
    weak = {
        (colour, ground): contrast(light(colour), lit)
        for colour in COLOURS
        for ground, lit in grounds.items()
        if contrast(light(colour), lit) < READABLE
    }
    assert weak == {}


def test_the_keyboard_leads_to_a_session_and_back(world: World, reader: Reader) -> None:
    world.session("review")
    reader.row("Sessions", "review")

    reader.tab_to("review")
    reader.press(Keys.ENTER)
    reader.wait(lambda: reader.run("return document.activeElement.id") == "opened")
    reader.tab_back()
    reader.press(Keys.ENTER)

    reader.wait(lambda: reader.run("return document.activeElement.innerText") == "review")
    reader.row("Sessions", "review")


def test_the_focus_stays_on_a_row_that_changes(world: World, reader: Reader) -> None:
    session = world.session("review")
    reader.row("Sessions", "review")
    reader.tab_to("review")

    world.control.change("sessions", session.id, title="renamed")
    reader.row("Sessions", "renamed")

    assert reader.run("return document.activeElement.innerText") == "renamed"


def test_the_page_is_built_of_what_assistive_technology_knows(world: World, reader: Reader) -> None:
    world.session("review")
    reader.row("Sessions", "review")

    assert reader.run("return document.documentElement.lang") == "en"
    headings = reader.run("return [...document.querySelectorAll('h1, h2, h3, h4')].map((each) => each.tagName[1])")
    assert headings[0] == "1"
    assert all(int(after) <= int(before) + 1 for before, after in itertools.pairwise(headings))
    tables = reader.browser.find_elements(By.TAG_NAME, "table")
    assert [table.accessible_name for table in tables][:2] == ["Sessions", "Agents"]
    assert reader.run("return document.querySelectorAll('th:not([scope=col])').length") == 0
    shown = "return [...document.querySelectorAll(arguments[0])].filter((each) => each.checkVisibility()).length"
    assert reader.run(shown, "h1, header, main, form[role=search], aside[aria-label]") == 5
    assert reader.run(shown, "nav[aria-label]") == 2
    assert reader.run(shown, "[role=status]") == 2
    names = ["Filter", "Archived and deleted"]
    assert [each.accessible_name for each in reader.browser.find_elements(By.TAG_NAME, "input")] == names


def luminance(colour: str) -> float:
    """The relative luminance of #rrggbb."""
    assert re.fullmatch(r"#[0-9a-f]{6}", colour), colour
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
