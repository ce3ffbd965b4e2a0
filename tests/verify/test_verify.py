"""A server is told what the emulator was told: no difference where there is none, and each where there is one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import waiting
from verify.__main__ import main
from verify.altered import altered
from verify.client import PLATFORMS, served
from verify.kinds import KINDS, MARK, new_label
from verify.verification import Plan, plan, verify

from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.emulator.claude import routes as claude
from pulumi_managed_agents.emulator.qoder import routes as qoder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verify.report import Report
    from verify.run import Run

TESTS = Path(__file__).parents[1]
KEY = "key-of-somebody-who-verifies"

DREAMS = {
    f"dreams.{verb}": "a model works, whatever is asked for"
    for verb in ("archive", "cancel", "create", "list", "retrieve")
}
"""A dream runs as soon as there is one; without one there is nothing to be read."""

TUNNELS = dict.fromkeys(
    [
        *(f"tunnels.{verb}" for verb in ("archive", "create", "list", "retrieve", "reveal_token", "rotate_token")),
        *(f"tunnels.certificates.{verb}" for verb in ("archive", "create", "list", "retrieve")),
    ],
    "a key opens none, and what is retired keeps its hostname for ever",
)

NOT_TOLD = {
    "claude": {
        **DREAMS,
        **TUNNELS,
        "oauth.token": "a credential is the SDK's own matter",
        "sessions.events.send": "a model works (WORK=1)",
        "sessions.events.stream": "a model works (WORK=1)",
        "sessions.threads.archive": "of the primary thread no document says whether it can be archived",
        "vaults.credentials.mcp_oauth_validate": "the platform asks a server, which is not there",
        "deployments.run": "a model works (WORK=1)",
    },
    "qoder": {
        **DREAMS,
        "agents.delete": "only third parties report it",
        "sessions.cancel": "of a session that has nothing to do no document says what it answers",
        "sessions.events.send": "a model works (WORK=1)",
        "sessions.events.stream": "a model works (WORK=1)",
        "sessions.threads.archive": "of the primary thread no document says whether it can be archived",
        "sessions.threads.events.stream": "a model works (WORK=1)",
        "vaults.credentials.mcp_oauth_validate": "the platform asks a server, which is not there",
        "files.bytes": "own uploads are not given back",
        "skills.versions.download": "its bytes are the server's own",
        "deployments.run": "a model works (WORK=1)",
        "deployments.runs.list": "the same list as the runs'",
        "deployments.runs.retrieve": "the same run as the runs'",
    },
}
"""Operations that no story asks for, and why."""


@dataclass
class Place:
    """A served emulator and who verifies it."""

    emulator: Emulator
    url: str

    def verified(self, told: Plan, platform: str) -> tuple[Report, Run]:
        with served(platform, self.url, told.at_most, KEY) as client:
            return verify(told, client, say=lambda _: None)

    def alive(self, platform: str) -> set[str]:
        """Objects that are neither removed nor archived."""
        control = self.emulator.control.on(platform)
        found = [each for kind in KINDS[platform] for each in control.objects(kind.name)]
        return {each["id"] for each in found if not each.get("archived_at")}


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return {platform: plan(platform) for platform in PLATFORMS}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with Emulator(tmp_path / "other.emulator") as emulator, emulator.serve() as server:
        yield Place(emulator, server.url)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_served_emulator_differs_in_nothing(plans: dict[str, Plan], place: Place, platform: str) -> None:
    report, run = place.verified(plans[platform], platform)

    assert [each.document() for each in report.comparison.differences] == []
    assert run.ended == plans[platform].expected.ended == {}
    assert [step.name for step in run.steps if step.unfit] == []
    assert report.requests <= plans[platform].at_most
    assert place.alive(platform) == set()
    assert report.cleaned.left == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_operation_is_asked_for(plans: dict[str, Plan], place: Place, platform: str) -> None:
    place.verified(plans[platform], platform)
    asked = set(place.emulator.control.on(platform).counters())
    operations = {"claude": claude.TABLE, "qoder": qoder.TABLE}[platform].routes.keys()

    assert operations - asked == set(NOT_TOLD[platform])


@pytest.mark.parametrize("platform", PLATFORMS)
def test_work_is_done_when_it_is_asked_for(place: Place, platform: str) -> None:
    told = plan(platform, work=True, only="work")

    report, _ = place.verified(told, platform)

    assert "a model works 2 times" in told.cost()
    assert [each.document() for each in report.comparison.differences] == []
    assert place.alive(platform) == set()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_nobody_elses_object_is_touched_or_told(plans: dict[str, Plan], place: Place, platform: str) -> None:
    with served(platform, place.url, 10, KEY) as client:
        client.at("environments").create(name="verify-nothing", metadata={MARK: "somebody's word"})
    before = place.alive(platform)

    report, _ = place.verified(plans[platform], platform)

    assert len(before) == 1
    assert place.alive(platform) == before
    assert report.comparison.differences == []


SMALL = "environments: made"


def rows(report: Report) -> set[tuple[str, str, Any, Any]]:
    return {(each.step, each.where, each.emulator, each.server) for each in report.comparison.differences}


def without_scope(document: Any, _: bytes) -> Any:
    document.pop("scope", None)
    return document


def with_colour(document: Any, _: bytes) -> Any:
    return document | ({"colour": "red"} if document.get("type") == "environment" else {})


def with_times_as_numbers(document: Any, _: bytes) -> Any:
    return document | ({"created_at": 1} if "created_at" in document else {})


def with_other_ids(document: Any, _: bytes) -> Any:
    return json.loads(json.dumps(document).replace("env_", "environment_"))


def with_other_errors(document: Any, _: bytes) -> Any:
    return {"detail": "no"} if document.get("type") == "error" else document


def backwards(document: Any, _: bytes) -> Any:
    return document | ({"data": document["data"][::-1]} if "data" in document else {})


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (without_scope, ("a read", "body.scope", "organization", "(not there)")),
        (with_colour, ("a read", "body.colour", "(not there)", "red")),
        (with_times_as_numbers, ("a read", "body.created_at", "<time>", 1)),
        (with_other_errors, ("a read of what is removed", "error", "there", "not in the envelope of the API")),
    ],
)
def test_one_difference_is_told_at_its_field(tmp_path: Path, change: Any, row: Any) -> None:
    with Emulator(tmp_path / "other.emulator") as emulator, altered(emulator, change) as server:
        report, _ = Place(emulator, server.url).verified(plan("claude", only=SMALL), "claude")

    assert row in rows(report)


def test_the_order_of_a_list_counts(tmp_path: Path) -> None:
    with Emulator(tmp_path / "other.emulator") as emulator, altered(emulator, backwards) as server:
        report, _ = Place(emulator, server.url).verified(plan("claude", only="memories: written"), "claude")

    assert any(step == "its versions, the newest first" for step, *_ in rows(report))


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ({"operation": "environments.retrieve", "status": 500}, ("a read", "status", 200, 500)),
        ({"operation": "environments.archive", "drop": "before"}, ("an archive", "status", 200, "no answer")),
        (
            {"operation": "environments.create", "status": 501, "nth": 1},
            ("a create with all of it", "the whole of it", "there", 501),
        ),
    ],
)
def test_a_server_that_fails_is_a_difference_and_no_crash(place: Place, rule: Any, row: Any) -> None:
    place.emulator.control.faults([rule])

    report, _ = place.verified(plan("claude", only=SMALL), "claude")

    assert row in rows(report)
    assert place.alive("claude") == set()


def test_a_choice_of_the_emulator_is_made_for_both(place: Place) -> None:
    place.emulator.control.settings(missing_beta_status=404)
    few = "requests"

    found = place.verified(plan("claude", only=few), "claude")[0].comparison.differences
    assert {each.server for each in found} == {404}
    alike = plan("claude", only=few, settings={"missing_beta_status": 404})
    assert place.verified(alike, "claude")[0].comparison.differences == []


def test_a_busy_server_is_waited_for(place: Place) -> None:
    place.emulator.control.faults([{"every": 5, "status": 429, "retry_after": 0, "times": 8}])

    report, run = place.verified(plan("claude", only=SMALL), "claude")

    assert run.client.wire.repeats > 2
    assert report.comparison.differences == []


def test_what_a_lost_answer_made_is_taken_away(place: Place) -> None:
    place.emulator.control.faults([{"operation": "environments.create", "nth": 1, "drop": "after"}])

    place.verified(plan("claude", only=SMALL), "claude")

    assert place.alive("claude") == set()
    assert place.emulator.control.counters()["environments.delete"] == 1


def test_what_a_server_cannot_remove_is_named(place: Place) -> None:
    place.emulator.control.faults([{"operation": "environments.delete", "status": 404}])

    report, _ = place.verified(plan("claude", only="environments: with nothing"), "claude")

    (left,) = place.alive("claude")
    assert report.cleaned.left == [("environments", left, "there is no way to remove it: 404")]


@pytest.mark.parametrize(("age", "stays"), [("20200101-000000", False), (None, True)])
def test_a_run_takes_away_what_an_older_one_left(place: Place, age: str | None, stays: bool) -> None:
    label = f"verify-{age}-0a1b2c" if age else new_label()
    with served("claude", place.url, 10, KEY) as client:
        client.at("environments").create(name=f"{label} box", metadata={MARK: label})
        client.at("vaults").create(display_name=f"{label} keys")

    place.verified(plan("claude", only=SMALL), "claude")

    assert len(place.alive("claude")) == (2 if stays else 0)


def echoing(document: Any, sent: bytes) -> Any:
    """A server that shows in each answer what it was sent."""
    return document | {"sent": sent.decode(errors="replace"), "again": KEY}


def test_no_secret_stands_in_a_report(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    with Emulator(tmp_path / "other.emulator") as emulator, altered(emulator, echoing) as server:
        code = run(monkeypatch, server.url, "--only", "credentials", "--report", str(tmp_path))
    told = capsys.readouterr()
    written = [told.out, told.err, *(path.read_text() for path in tmp_path.glob("claude.*"))]

    assert code == 1
    assert "a secret came back" in told.out
    assert len(written) == 4
    for text in written:
        assert "token-of-a-verification" not in text
        assert KEY not in text


def run(monkeypatch: Any, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["verify", *arguments])
    before = signal.getsignal(signal.SIGTERM)
    try:
        return main()
    finally:
        signal.signal(signal.SIGTERM, before)


def test_the_exit_code_says_what_is_new(place: Place, tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    few = ("--only", "sessions")
    assert run(monkeypatch, place.url, *few) == 0
    place.emulator.control.settings(missing_reference_status=400)

    assert run(monkeypatch, place.url, *few, "--report", str(tmp_path)) == 1
    assert run(monkeypatch, place.url, *few, "--known", str(tmp_path / "claude.json")) == 0
    place.emulator.control.faults([{"operation": "sessions.retrieve", "status": 500}])
    assert run(monkeypatch, place.url, *few, "--known", str(tmp_path / "claude.json")) == 1
    place.emulator.control.faults([{"operation": "environments.delete", "status": 500}])
    assert run(monkeypatch, place.url, *few) == 3
    assert "left behind: environments env_" in capsys.readouterr().err
    place.emulator.control.clear_faults()
    assert run(monkeypatch, place.url, "--clean", "all") == 0
    assert place.alive("claude") == set()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:1", "nothing answers"),
        ("http://api.example.com", "URL must begin with https://"),
        ("https://user:word@api.example.com", "URL must begin with https://"),
        ("ftp://127.0.0.1", "URL must begin with https://"),
    ],
)
def test_what_cannot_be_asked_is_said(url: str, words: str, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)

    assert run(monkeypatch, url, "--only", SMALL) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rule", "words"),
    [({"status": 401}, "refuses the credential (401)"), ({"status": 404}, "is this the address of the API?")],
)
def test_a_server_that_is_none_gets_one_request(
    place: Place, rule: Any, words: str, monkeypatch: Any, capsys: Any
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    place.emulator.control.faults([rule])

    assert run(monkeypatch, place.url, "--only", SMALL) == 2
    assert words in capsys.readouterr().err
    assert len(place.emulator.control.requests()) == 1


@pytest.mark.parametrize("platform", PLATFORMS)
def test_without_a_credential_nothing_is_asked(place: Place, platform: str, monkeypatch: Any, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith(("ANTHROPIC_", "QODER_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))

    assert run(monkeypatch, place.url, "--only", SMALL, "--platform", platform) == 2
    assert place.emulator.control.requests() == []


def test_the_cost_is_said_and_nothing_asked(place: Place, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)

    assert run(monkeypatch, place.url, "--cost") == 0
    assert "requests, at most" in capsys.readouterr().err
    assert place.emulator.control.requests() == []


ENDS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]


@pytest.mark.parametrize(("number", "code"), ENDS, ids=[number.name for number, _ in ENDS])
def test_an_interrupted_run_leaves_nothing(place: Place, number: signal.Signals, code: int) -> None:
    place.emulator.control.faults([{"latency_seconds": 0.05}])
    command = [sys.executable, "-m", "verify", place.url]
    surroundings = os.environ | {"PYTHONPATH": str(TESTS), "ANTHROPIC_API_KEY": KEY}
    process = subprocess.Popen(command, env=surroundings, stderr=subprocess.PIPE, text=True)
    waiting.until(lambda: place.emulator.control.counters().get("vaults.credentials.create", 0) > 1)

    process.send_signal(number)
    _, told = process.communicate(timeout=60)

    assert process.returncode == code
    if number is signal.SIGKILL:
        assert len(place.alive("claude")) > 1
        cleaned = subprocess.run([*command, "--clean", label(told)], env=surroundings, check=False, timeout=60)
        assert cleaned.returncode == 0
    assert place.alive("claude") == set()


def label(told: str) -> str:
    return told.partition("the label of this run is ")[2].split()[0]
