"""From a commit to a rotated token: the workflows' own steps, on a bare repository, the engine and the emulator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from gitops.repository import EXCHANGE, PULL_REQUEST
from walks.walk import Walk

if TYPE_CHECKING:
    from gitops.repository import Team

    from pulumi_managed_agents.emulator import Control, Emulator, Server

pytestmark = pytest.mark.engine

LAST_WEEK, THIS_WEEK = "token-of-last-week", "token-of-this-week"
MADE = ["agents.create", "environments.create", "sessions.create"]
DRIFT = 7


@pytest.fixture
def deployed(team: Team) -> Team:
    """A team whose first commit is deployed."""
    team.keep_secret("githubToken", LAST_WEEK)
    team.commit("A reviewer")
    team.deploy()
    assert sorted(team.sent()) == MADE
    return team


def test_from_a_commit_to_a_rotated_token(deployed: Team, platform: tuple[Emulator, Server]) -> None:
    control = platform[0].control
    (session,) = control.objects("sessions")

    with Walk("docs/guides/pipelines.md", deployed) as reader:
        a_pull_request_is_previewed_in_one_comment(deployed, reader)
        what_is_merged_is_deployed_once(deployed)
        drift_raises_an_alarm(deployed, control)
        a_deployment_that_reads_first_repairs_it(deployed, control)
        a_rotation_is_a_commit_and_one_request(deployed, reader)

    (rotated,) = control.rotations(session["id"])
    assert rotated["fingerprint"] == control.fingerprint(THIS_WEEK)
    each_job_that_asked_the_platform_proved_itself_once(deployed, control)
    assert [item["id"] for item in control.objects("sessions") if not item["archived_at"]] == [session["id"]]


def each_job_that_asked_the_platform_proved_itself_once(team: Team, control: Control) -> None:
    """The one that found nothing to do had no need to."""
    jobs_with_something_to_do = 6
    assert team.proved() == ["success"] * jobs_with_something_to_do
    assert len(team.tokens) == control.counters()[EXCHANGE] == jobs_with_something_to_do


def a_pull_request_is_previewed_in_one_comment(team: Team, reader: Walk) -> None:
    team.edit("program/__main__.py", '"You review code.', '"You review code and tests.')
    team.edit("program/__main__.py", 'mount_path="/workspace/app", ', 'mount_path="/workspace/code", ')
    team.commit("Another place", "another-place")
    team.hosting.comment(PULL_REQUEST, "Looks good.")

    previewed = team.workflow("preview", "another-place")

    assert previewed.code == 0, previewed.output
    theirs, ours = team.hosting.comments
    assert theirs["body"] == "Looks good."
    reader.see(ours["body"])
    assert "`mount_path` changed (needs a new object: a mounted clone cannot be moved)" in ours["body"]
    assert previewed.summary in ours["body"]

    team.edit("program/__main__.py", 'mount_path="/workspace/code", ', 'mount_path="/workspace/app", ')
    team.commit("The place it was")
    team.workflow("preview", "another-place")

    assert team.hosting.comments == [theirs, ours]
    assert "### Preview of prod: 1 to update\n" in ours["body"]
    assert "replace" not in ours["body"]
    assert team.sent() == []


def what_is_merged_is_deployed_once(team: Team) -> None:
    team.merge("another-place")
    team.deploy()
    assert team.sent() == ["agents.update"]

    team.deploy()
    assert team.sent() == []


def drift_raises_an_alarm(team: Team, control: Control) -> None:
    control.change("agents", control.objects("agents")[0]["id"], system="You approve everything.")

    alarmed = team.workflow("drift")

    assert alarmed.code == DRIFT
    (issue,) = team.hosting.issues
    assert issue["title"] == "Drift in prod"
    assert "### Drift in prod: 1 to update\n" in issue["body"]
    assert ": `system` changed (in place)" in issue["body"]
    assert "You approve everything." not in issue["body"]
    assert alarmed.summary in issue["body"]


def a_deployment_that_reads_first_repairs_it(team: Team, control: Control) -> None:
    team.sent()
    team.deploy(refresh=True)

    assert [name for name in team.sent() if not name.endswith((".retrieve", ".list"))] == ["agents.update"]
    assert control.objects("agents")[0]["system"].startswith("You review code and tests.")
    assert team.workflow("drift").code == 0
    assert len(team.hosting.issues) == 1


def a_rotation_is_a_commit_and_one_request(team: Team, reader: Walk) -> None:
    team.sent()
    reader.run(THIS_WEEK)
    team.push()
    team.deploy()

    assert team.sent() == ["sessions.resources.update"]


def test_a_job_of_another_environment_deploys_nothing_and_is_told_where_to_look(
    team: Team, platform: tuple[Emulator, Server]
) -> None:
    team.keep_secret("githubToken", LAST_WEEK)
    team.edit(".github/workflows/deploy.yml", "environment: prod", "environment: staging")
    team.commit("Another environment")

    denied = team.workflow("deploy")

    assert denied.code != 0
    assert "Authentication failed" in denied.output
    assert "authentication history" in denied.output
    assert set(team.proved()) == {"match_subject_prefix"}
    assert platform[0].control.objects("agents") == []

    team.edit(".github/workflows/deploy.yml", "      id-token: write  # the job proves itself; there is no key\n", "")
    team.commit("No right to ask")
    assert "id-token: write" in team.workflow("deploy").output


def test_a_preview_that_fails_says_why_and_fails_the_check(team: Team) -> None:
    team.keep_secret("githubToken", LAST_WEEK)
    team.edit("program/__main__.py", '"claude-sonnet-4-6"', '""')
    team.commit("No model", "no-model")

    failed = team.workflow("preview", "no-model")

    assert failed.code != 0
    (comment,) = team.hosting.comments
    assert "**Errors**" in comment["body"]
    assert "`model` must not be shorter than 1 character(s)" in comment["body"]


def test_what_cannot_be_looked_at_is_no_drift_and_an_alarm_all_the_same(
    deployed: Team, platform: tuple[Emulator, Server]
) -> None:
    refused = {"operation": "agents.retrieve", "status": 403, "message": "No."}
    platform[0].control.faults([refused])

    failed = deployed.workflow("drift")

    assert failed.code not in (0, DRIFT)
    (issue,) = deployed.hosting.issues
    assert "403" in issue["body"]


def test_an_object_that_somebody_removed_is_gone(deployed: Team, platform: tuple[Emulator, Server]) -> None:
    control = platform[0].control
    control.remove("sessions", control.objects("sessions")[0]["id"])

    alarmed = deployed.workflow("drift")

    assert alarmed.code == DRIFT
    (issue,) = deployed.hosting.issues
    assert "`review`" in issue["body"]
    assert "Session" in issue["body"]
