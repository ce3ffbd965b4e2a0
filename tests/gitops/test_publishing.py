"""Where reports go, and what they never say."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from gitops.hosting import TOKEN, Hosting
from gitops.repository import EXAMPLE, NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AGENT = "urn:pulumi:prod::gitops::pulumi-python:dynamic/managedagents:Agent::reviewer"


@pytest.fixture
def hosting() -> Iterator[Hosting]:
    with Hosting() as running:
        yield running


def publish(hosting: Hosting, folder: Path, text: str, kind: str, where: str) -> None:
    report = folder / "report.md"
    report.write_text(text)
    environment = {"GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": NAME, "GITHUB_API_URL": hosting.url}
    command = [sys.executable, EXAMPLE / "ci" / "publish.py", report, kind, where]
    subprocess.run(command, check=True, env={**environment, "PULUMI_STACK": "prod"}, timeout=240)


def report(digest: Any, title: str = "Preview of prod") -> str:
    given = digest if isinstance(digest, str) else json.dumps(digest)
    command = [sys.executable, EXAMPLE / "ci" / "report.py", title]
    return subprocess.run(command, check=True, input=given, capture_output=True, text=True, timeout=240).stdout


@pytest.mark.parametrize(("kind", "where"), [("comment", "7"), ("issue", "Drift in prod")])
def test_an_earlier_report_is_replaced(kind: str, where: str, hosting: Hosting, tmp_path: Path) -> None:
    for number in range(120):  # more than one page
        hosting.comment(7, f"Comment {number}")
    publish(hosting, tmp_path, "first\n", kind, where)
    publish(hosting, tmp_path, "second\n", kind, where)

    (written,) = [item for item in (*hosting.comments, *hosting.issues) if "<!-- pulumi" in item["body"]]
    assert written["body"] == f"<!-- pulumi {kind} prod -->\nsecond\n"


@pytest.mark.parametrize("account", [None, "a-robot"], ids=["a job's token", "a personal token"])
@pytest.mark.parametrize(("kind", "where"), [("comment", "7"), ("issue", "Drift in prod")])
def test_what_a_stranger_wrote_under_the_mark_is_left_alone(
    kind: str, where: str, account: str | None, hosting: Hosting, tmp_path: Path
) -> None:
    hosting.account = account
    theirs = f"<!-- pulumi {kind} prod -->\nEverything is fine."
    hosting.comment(7, theirs)
    hosting.issue(theirs)

    publish(hosting, tmp_path, "first\n", kind, where)
    publish(hosting, tmp_path, "second\n", kind, where)

    kept = hosting.comments if kind == "comment" else hosting.issues
    assert [(item["user"]["login"], item["body"].partition("\n")[2]) for item in kept] == [
        ("stranger", "Everything is fine."),
        (account or "github-actions[bot]", "second\n"),
    ]


def test_a_pull_request_is_no_issue(hosting: Hosting, tmp_path: Path) -> None:
    """GitHub lists pull requests among issues."""
    hosting.issue("<!-- pulumi issue prod -->\nA change.", login="github-actions[bot]", pull_request={"url": "u"})

    publish(hosting, tmp_path, "first\n", "issue", "Drift in prod")

    assert [item["body"].partition("\n")[2] for item in hosting.issues] == ["A change.", "first\n"]


def test_comments_on_another_pull_request_are_left_alone(hosting: Hosting, tmp_path: Path) -> None:
    publish(hosting, tmp_path, "first\n", "comment", "7")
    publish(hosting, tmp_path, "second\n", "comment", "8")

    assert [item["number"] for item in hosting.comments] == [7, 8]


def test_a_report_names_properties_and_shows_no_value() -> None:
    old, new = ({"inputs": {"system": text, "creationId": text}} for text in ("a hidden text", "another hidden text"))
    step = {"op": "update", "urn": AGENT, "oldState": old, "newState": new}

    text = report({"steps": [step], "changeSummary": {"update": 1, "same": 3}, "diagnostics": None})

    assert "### Preview of prod: 1 to update\n" in text
    assert "| update | `reviewer` | Agent | `system` |" in text
    assert "hidden" not in text
    assert "creationId" not in text


def test_the_paths_of_a_plugins_detailed_difference_are_shown() -> None:
    step = {"op": "replace", "urn": AGENT, "detailedDiff": {"resources[0].url": {"kind": "UPDATE_REPLACE"}}}

    assert "| **replace** | `reviewer` | Agent | `resources[0].url` |" in report({"steps": [step]})


def test_words_of_others_cannot_leave_their_fence() -> None:
    said = {"severity": "warning", "message": "~~~\n@everyone <img src=x>"}

    text = report({"steps": [], "diagnostics": [said, said]})

    assert text.count("~~~") == 2
    assert text.count("@everyone") == 1
    assert text.index("~~~text") < text.index("@everyone") < text.rindex("~~~")


def test_a_resource_that_is_gone_stands_out() -> None:
    text = report({"steps": [{"op": "refresh", "urn": AGENT, "oldState": {}}], "changeSummary": {"delete": 1}})

    assert "### Preview of prod: 1 to delete\n" in text
    assert "| **gone** | `reviewer` | Agent |  |" in text


@pytest.mark.parametrize("printed", ["", "error: incorrect passphrase", "{ half a digest"])
def test_no_digest_is_a_report_too(printed: str) -> None:
    assert "see the job's log" in report(printed)
