"""What somebody sees who has the page open while a program works against the emulator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anthropic
import loopback
from selenium.webdriver.common.by import By

if TYPE_CHECKING:
    from page.conftest import World
    from page.reader import Reader

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
WATCH = """
window.drawn = 0;
const options = {subtree: true, childList: true, characterData: true, attributes: true};
new MutationObserver((records) => { window.drawn += records.length; }).observe(document.body, options);
"""


WATCH_ROWS = """
const options = {subtree: true, childList: true, characterData: true};
new MutationObserver((records) => { for (const {target} of records) {
  const row = (target.closest ? target : target.parentElement)?.closest("tr");
  if (row && !(target.closest ? target : target.parentElement).closest("time")) row.dataset.seen = "yes";
} }).observe(document.querySelector("#at-claude-agent tbody"), options);
"""


def test_an_empty_world_says_so(reader: Reader) -> None:
    assert reader.text("#empty").startswith("Nothing is here yet")


def test_what_is_created_appears_without_a_reload_and_stands_out(world: World, reader: Reader) -> None:
    reader.run("window.loaded = 'once'")

    world.agent("reviewer")
    world.session("review")

    assert "idle" in reader.row("Sessions", "review")
    assert "claude-opus-5-5" in reader.row("Agents", "reviewer")
    reader.wait(lambda: "review" in reader.text("#news"))
    assert any("review" in row for row in reader.fresh("Sessions"))
    assert reader.text("#empty") == ""
    assert "2 Agents" in reader.text("#at-claude nav")
    assert reader.run("return window.loaded") == "once"


def test_the_objects_of_both_platforms_stand_apart(world: World, reader: Reader, repo: Any) -> None:
    world.session("of one")
    with loopback.client(
        base_url=f"{world.server.url}/api/v1/cloud", headers={"Authorization": "Bearer test"}
    ) as client:
        agent = client.post("/agents", json={"name": "worker", "model": "ultimate"}).json()["id"]
        environment = client.post("/environments", json={"name": "sandbox"}).json()["id"]
        mounted = {"resources": [repo(authorization_token="first")], "environment_variables": {"KEY": "hush"}}
        sent = mounted | {"agent": agent, "environment_id": environment, "title": "of the other"}
        session = client.post("/sessions", json=sent).json()["id"]

    reader.wait(lambda: "of the other" in reader.text("#at-qoder"))
    assert "of one" in reader.text("#at-claude")
    assert "of one" not in reader.text("#at-qoder")
    reader.open(f"?open={session}")
    assert world.control.fingerprint("first")[:8] in reader.row("Mounts", "acme/app")
    assert "hush" not in reader.browser.page_source


def test_what_was_there_before_is_no_news(world: World, reader: Reader) -> None:
    world.agent("old")
    reader.open()

    world.agent("new")
    reader.row("Agents", "new")

    assert len(reader.fresh("Agents")) == 1
    assert "old" not in reader.text("#news")


def test_nothing_is_drawn_again_while_nothing_changes(world: World, reader: Reader) -> None:
    world.control.clock(now="2026-11-01T00:00:00Z")
    world.session("review")
    reader.row("Sessions", "review")
    reader.look_again()
    reader.run(WATCH)

    reader.look_again()

    assert reader.run("return window.drawn") == 0
    assert "2026-11-01" in reader.text("#world")


def test_only_the_row_that_changed_is_made_anew(world: World, reader: Reader) -> None:
    first, _ = world.agent("first"), world.agent("second")
    reader.row("Agents", "second")
    rows = "return [...document.querySelectorAll('#at-claude-agent tbody tr')]"
    reader.run(WATCH_ROWS)
    reader.run(f"window.before = new Map(({rows[7:]}).map((row) => [row.dataset.key, row]))")

    world.beta.agents.update(first.id, name="changed")
    reader.row("Agents", "changed")

    kept = reader.run(f"{rows}.filter((row) => window.before.get(row.dataset.key) === row).map((row) => row.innerText)")
    assert len(kept) == 2
    assert reader.run(f"return {rows[7:]}.filter((row) => row.dataset.seen).length") == 1


def test_a_click_on_a_session_opens_what_it_mounts_and_what_happened_in_it(
    world: World, reader: Reader, repo: Any
) -> None:
    checkout = {"type": "branch", "name": "main"}
    mounted = repo(checkout=checkout, mount_path="/workspace/here", authorization_token="first")
    session = world.session("review", resources=[mounted], initial_events=[HELLO])
    reader.row("Sessions", "review")

    reader.follow("review")

    mount = reader.row("Mounts", "acme/app")
    assert all(text in mount for text in ("main", "/workspace/here", world.control.fingerprint("first")[:8], "never"))
    assert "hello" in reader.row("Events", "user.message")
    assert reader.run("return location.search") == f"?open={session.id}"
    assert reader.text("#opened") == "review"
    assert reader.rows("Sessions") == []


def test_an_address_with_an_id_opens_it_at_once(world: World, reader: Reader) -> None:
    session = world.session("review")

    reader.open(f"?open={session.id}")

    assert reader.text("#opened") == "review"
    assert "review" in reader.browser.title


def test_an_address_with_an_id_of_nothing_says_so(reader: Reader) -> None:
    reader.open("?open=sesn_none")

    assert reader.text("#opened") == "Nothing has this id"


def test_back_leads_back(world: World, reader: Reader) -> None:
    world.session("review")
    reader.row("Sessions", "review")
    reader.follow("review")
    reader.wait(lambda: reader.text("#opened") == "review")

    reader.browser.back()

    reader.row("Sessions", "review")
    assert reader.text("#details") == ""
    assert reader.run("return document.activeElement.innerText") == "review"


def test_a_rotation_appears_where_it_happened_and_in_the_list_of_all(world: World, reader: Reader, repo: Any) -> None:
    session = world.session("review", resources=[repo(authorization_token="token-of-old")])
    reader.open(f"?open={session.id}")
    reader.row("Mounts", "acme/app", "never")

    first = world.rotate(session, "token-of-new")
    reader.row("Mounts", first)
    second = world.rotate(session, "token-of-today")

    reader.row("Mounts", first, second)
    assert "acme/app" in reader.row("Token rotations", second, "review")
    reader.follow("Everything")
    assert "rotated" in reader.row("Mounted repositories", second)
    assert "token-of" not in reader.browser.page_source


def test_the_last_error_shows_and_is_past_when_a_rotation_follows(world: World, reader: Reader, repo: Any) -> None:
    world.control.repositories([{"url": "https://github.com/acme/app", "private": True, "tokens": ["good"]}])
    session = world.session("review", resources=[repo(authorization_token="bad")])
    assert "before the last rotation" not in reader.row("Sessions", "review", "repository authentication error")

    world.rotate(session, "good")

    reader.row("Sessions", "review", "repository authentication error", "before the last rotation")


def test_requests_show_with_their_answers_and_faults(world: World, reader: Reader) -> None:
    world.control.faults([{"operation": "agents.list", "status": 503}])
    try:
        world.beta.agents.list()
    except anthropic.InternalServerError:
        world.agent()

    reader.row("Last requests", "agents.list", "GET /v1/agents", "503", "status 503")
    reader.row("Last requests", "agents.create", "POST /v1/agents", "200")
    assert "Fault rules" in reader.text("#world")


def test_a_click_on_a_request_leaves_what_has_to_do_with_its_object(world: World, reader: Reader) -> None:
    one, other = world.session("one"), world.session("other")
    for session in (one, other):
        world.beta.sessions.retrieve(session.id)
    reader.row("Last requests", other.id)

    reader.click(By.CSS_SELECTOR, f"a[data-about='{one.id}']")

    reader.wait(lambda: len(reader.rows("Last requests")) == 1)
    assert [row for row in reader.rows("Sessions") if one.id in row] == reader.rows("Sessions")
    reader.click(By.ID, "clear")
    reader.wait(lambda: len(reader.rows("Sessions")) == 2)
    assert len(reader.rows("Last requests")) > 2


def test_a_filter_that_nothing_matches_says_so(world: World, reader: Reader) -> None:
    world.agent()
    reader.row("Agents", "worker")

    reader.write("#filter", "no such thing")

    reader.wait(lambda: reader.text("#empty") == "Nothing here matches the filter.")
    assert reader.run("return location.search") == "?q=no+such+thing"


def test_archived_and_deleted_objects_show_when_they_are_wanted(world: World, reader: Reader) -> None:
    agent, session = world.agent("retired"), world.session("finished")
    reader.row("Sessions", "finished")

    world.beta.agents.archive(agent.id)
    world.beta.sessions.delete(session.id)

    reader.wait(lambda: not reader.rows("Sessions"))
    reader.wait(lambda: "finished (deleted)" in reader.text("#news"))
    reader.click(By.ID, "gone")
    reader.row("Sessions", "finished", "deleted")
    reader.row("Agents", "retired", "archived")
    reader.click(By.ID, "gone")
    reader.wait(lambda: reader.rows("Sessions") == [])


def test_what_was_opened_stays_while_the_world_goes_on(world: World, reader: Reader) -> None:
    session = world.session("review", initial_events=[HELLO])
    reader.open(f"?open={session.id}")
    reader.click(By.CSS_SELECTOR, "#events summary")
    reader.click(By.CSS_SELECTOR, ".whole summary")

    world.control.emit(session.id, {"type": "agent.message", "content": [{"type": "text", "text": "later"}]})
    world.control.change("sessions", session.id, title="renamed")

    reader.row("Events", "agent.message", "later")
    reader.wait(lambda: reader.text("#opened") == "renamed")
    assert reader.run("return document.querySelectorAll('#details details[open]').length") == 2


def test_what_was_typed_stays_while_the_world_goes_on(world: World, reader: Reader) -> None:
    session = world.session("review")
    reader.row("Sessions", "review")
    reader.write("#filter", "work")
    reader.wait(lambda: reader.text("#clear") == "Clear")

    world.control.change("sessions", session.id, title="workshop")

    reader.row("Sessions", "workshop")
    assert reader.run("return [document.activeElement.id, document.activeElement.value]") == ["filter", "work"]
    reader.press("s")
    assert reader.run("return document.activeElement.value") == "works"


def test_a_page_that_gets_no_answer_says_so_and_recovers(world: World, reader: Reader) -> None:
    world.agent("still in sight")
    reader.row("Agents", "still in sight")

    world.server.close()
    reader.wait(lambda: "No answer" in reader.text("#connection"))
    assert reader.rows("Agents")
    with world.emulator.serve(world.server.port):
        reader.wait(lambda: reader.text("#connection") == "Live")
        world.control.reset()
        reader.wait(lambda: not reader.rows("Agents"))


def test_the_page_stands_in_no_log_and_moves_no_session(world: World, reader: Reader) -> None:
    world.control.settings(run_ends="after 1 reads")
    session = world.session("review", initial_events=[HELLO])
    reader.open(f"?open={session.id}")

    reader.look_again()

    assert [each["operation"] for each in world.control.requests()][-1] == "sessions.create"
    assert world.beta.sessions.retrieve(session.id).status == "running"
