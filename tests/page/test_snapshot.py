"""What the page is told, read without a browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import loopback
import pytest

from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.emulator.claude import Claude
from pulumi_managed_agents.emulator.page import snapshot, summary
from pulumi_managed_agents.emulator.world import Record
from pulumi_managed_agents.emulator.world import World as File

if TYPE_CHECKING:
    from pathlib import Path

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}


def objects(world: Any, kind: str) -> list[Any]:
    return list(world.control.snapshot()["platforms"]["claude"][kind]["objects"])


def test_every_object_stands_under_its_platform_and_kind_with_its_name(world: Any) -> None:
    session = world.session("review")
    vault = world.beta.vaults.create(display_name="keys")

    shown = world.control.snapshot()["platforms"]["claude"]

    assert {kind: [each["name"] for each in found["objects"]] for kind, found in shown.items()} == {
        "agents": ["worker"],
        "environments": ["sandbox"],
        "sessions": ["review"],
        "vaults": ["keys"],
    }
    assert shown["vaults"]["objects"][0]["id"] == vault.id
    assert shown["sessions"]["objects"][0]["status"] == "idle"
    assert ["agent", session.agent.id] in shown["sessions"]["objects"][0]["facts"]


def test_a_mount_shows_its_address_its_path_its_checkout_and_when_its_token_was_rotated(world: Any, repo: Any) -> None:
    checkout = {"type": "branch", "name": "main"}
    session = world.session(resources=[repo(checkout=checkout, authorization_token="first")])
    before = world.control.snapshot()["platforms"]["claude"]["sessions"]["objects"][0]["mounts"]
    marks = [world.rotate(session, "second"), world.rotate(session, "third")]

    told = world.control.snapshot()
    (mount,) = world.control.snapshot(session.id)["opened"]["mounts"]

    assert before[0]["fingerprint"] == world.control.fingerprint("first")[:8]
    assert before[0]["rotated_at"] is None
    assert (mount["url"], mount["path"], mount["checkout"]) == (
        "https://github.com/acme/app",
        "/workspace/app",
        "main",
    )
    assert [each["fingerprint"] for each in mount["rotations"]] == marks[::-1]
    assert mount["fingerprint"] == marks[1]
    times = [each["time"] for each in world.control.rotations(session.id)]
    assert [each["time"] for each in mount["rotations"]] == times[::-1]
    assert [(each["owner"], each["time"]) for each in told["rotations"]] == [(session.id, each) for each in times[::-1]]


def test_a_credential_shows_which_secret_was_rotated_when(world: Any) -> None:
    vault = world.beta.vaults.create(display_name="keys")
    auth = {"type": "static_bearer", "mcp_server_url": "https://mcp.example.com", "token": "first"}
    credential = world.beta.vaults.credentials.create(vault.id, auth=auth)
    change = {"type": "static_bearer", "token": "second"}
    world.beta.vaults.credentials.update(credential.id, vault_id=vault.id, auth=change)

    (secret,) = world.control.snapshot(credential.id)["opened"]["secrets"]

    mark = world.control.fingerprint("second")[:8]
    assert (secret["id"], secret["fingerprint"]) == ("auth.token", mark)
    assert [each["fingerprint"] for each in secret["rotations"]] == [mark]


def test_neither_a_token_nor_a_whole_fingerprint_is_told(world: Any, repo: Any) -> None:
    session = world.session(resources=[repo(authorization_token="token-of-old")])
    world.rotate(session, "token-of-new")

    told = json.dumps(world.control.snapshot(session.id))

    for token in ("token-of-old", "token-of-new"):
        assert token not in told
        assert world.control.fingerprint(token) not in told


def test_what_may_stand_beside_an_address_or_in_a_variable_is_left_out() -> None:
    body = {"server": "https://someone:made-up@example.com/mcp", "environment_variables": {"KEY": "made-up"}}

    shown = summary.document(body) + json.dumps(summary.facts(body))

    assert "made-up" not in shown
    assert "https://…@example.com/mcp" in shown
    assert '"KEY": "…"' in shown


def test_the_last_error_of_a_session_and_its_events_are_told_the_newest_first(world: Any, repo: Any) -> None:
    world.control.repositories([{"url": "https://github.com/acme/app", "private": True}])
    session = world.session(resources=[repo()], initial_events=[HELLO])

    opened = world.control.snapshot(session.id)["opened"]

    assert opened["error"]["type"] == "repository_authentication_error"
    assert [each["type"] for each in opened["events"]] == ["session.error", "session.status_running", "user.message"]
    assert opened["events"][-1]["text"] == "hello"
    assert json.loads(opened["document"])["title"] == "review"


def test_what_is_archived_or_deleted_is_told_after_what_is_live(world: Any) -> None:
    names = ["one", "two", "three"]
    first, second, third = (world.agent(name) for name in names)
    session = world.session("gone", agent=first.id)
    world.beta.agents.archive(third.id)
    world.beta.sessions.delete(session.id)

    assert [(each["name"], each["state"]) for each in objects(world, "agents")] == [
        ("two", None),
        ("one", None),
        ("three", "archived"),
    ]
    assert [(each["name"], each["state"]) for each in objects(world, "sessions")] == [("gone", "deleted")]
    assert world.control.snapshot()["platforms"]["claude"]["agents"]["live"] == 2
    assert second.id in [each["id"] for each in objects(world, "agents")]


def test_a_snapshot_is_bounded(world: Any) -> None:
    for number in range(snapshot.OBJECTS + 2):
        world.agent(f"agent {number}", system="x" * 90_000 if number == 0 else None)
    session = world.session()
    for number in range(snapshot.EVENTS + 2):
        world.control.emit(session.id, {"type": "agent.message", "content": [{"type": "text", "text": f"{number}"}]})

    told = world.control.snapshot(session.id)

    agents = told["platforms"]["claude"]["agents"]
    assert (len(agents["objects"]), agents["live"]) == (snapshot.OBJECTS, snapshot.OBJECTS + 3)
    assert len(told["requests"]) == snapshot.REQUESTS
    assert told["requests"][0]["operation"] == "sessions.create"
    assert [each["text"] for each in told["opened"]["events"]][:2] == [str(snapshot.EVENTS + 1), str(snapshot.EVENTS)]
    assert len(told["opened"]["events"]) == snapshot.EVENTS
    first = next(each for each in world.control.objects("agents") if each["name"] == "agent 0")
    assert len(world.control.snapshot(first["id"])["opened"]["document"]) == summary.DOCUMENT


def test_looking_is_no_read_and_no_request(world: Any) -> None:
    world.control.settings(run_ends="after 1 reads")
    session = world.session(initial_events=[HELLO])
    asked = world.control.requests()

    seen = [world.control.snapshot(session.id)["opened"]["status"] for _ in range(3)]

    assert seen == ["running"] * 3
    assert world.beta.sessions.retrieve(session.id).status == "running"
    assert world.beta.sessions.retrieve(session.id).status == "idle"
    assert len(world.control.requests()) == len(asked) + 2


def test_the_number_stays_while_nothing_is_written(world: Any) -> None:
    session = world.session()
    number = world.control.snapshot()["number"]

    unchanged = world.control.snapshot(session.id, since=number)
    world.control.change("sessions", session.id, title="other")
    changed = world.control.snapshot(session.id, since=number)

    assert set(unchanged) == {"number", "now", "clock"}
    assert unchanged["number"] == number
    assert changed["opened"]["name"] == "other"
    assert changed["number"] != number


@pytest.mark.parametrize(
    "write",
    [
        lambda control: control.reset(),
        lambda control: control.clock(now="2026-11-01T00:00:00Z"),
        lambda control: control.faults([{"nth": 1, "status": 500}]),
        lambda control: control.repositories([{"url": "https://github.com/acme/app"}]),
    ],
    ids=["reset", "clock", "faults", "repositories"],
)
def test_the_number_moves_with_whatever_is_written(world: Any, write: Any) -> None:
    world.session()
    number = world.control.snapshot()["number"]

    write(world.control)

    assert "platforms" in world.control.snapshot(since=number)


def test_another_process_that_writes_the_file_is_seen(tmp_path: Path) -> None:
    with Emulator(tmp_path / "world") as looking, Emulator(tmp_path / "world") as acting:
        number = looking.control.snapshot()["number"]
        with acting.serve() as server, loopback.claude(server.url) as client:
            client.beta.agents.create(name="from afar", model="claude-opus-5-5")

        told = looking.control.snapshot(since=number)

    assert told["platforms"]["claude"]["agents"]["objects"][0]["name"] == "from afar"


def test_an_id_that_nothing_has_opens_nothing(world: Any) -> None:
    assert world.control.snapshot("sesn_none")["opened"] is None


def test_kinds_that_nobody_foresaw_show_under_their_platform(tmp_path: Path) -> None:
    file = File(tmp_path / "world")
    platforms = {"claude": Claude(), "other": Claude()}
    time = "2026-11-01T00:00:00.000000Z"
    with file.transaction() as tx:
        for kind in ("gadgets", "other.gadgets", "other.widgets"):
            tx.add(Record(kind, f"{kind}-1", {"id": f"{kind}-1", "created_at": time, "colour": "red"}, {}))
        tx.add(Record("other.bookkeeping", "x", {"created_at": time, "document": {}}, {}))
    with file.transaction(writes=False) as tx:
        told = snapshot.take(tx, platforms, "x", None)
    file.close()

    shown = told["platforms"]
    assert {platform: sorted(kinds) for platform, kinds in shown.items()} == {
        "claude": ["gadgets"],
        "other": ["gadgets", "widgets"],
    }
    assert shown["other"]["gadgets"]["objects"][0]["facts"] == [["colour", "red"]]
    assert told["opened"] is None
