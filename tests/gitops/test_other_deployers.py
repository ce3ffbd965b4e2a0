"""The operator's manifest and the ESC environment, carried out as their deployers would, on the real engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from gitops.opened import opened
from gitops.repository import EXAMPLE, KEY

if TYPE_CHECKING:
    from gitops.repository import Team

    from pulumi_managed_agents.emulator import Emulator, Server

pytestmark = pytest.mark.engine

TOKEN = "token-of-the-environment"
MADE = ["agents.create", "environments.create", "sessions.create"]


def test_the_operator_deploys_what_the_environment_configures_and_repairs_drift(
    team: Team, platform: tuple[Emulator, Server]
) -> None:
    control = platform[0].control
    team.secrets.add(TOKEN)
    team.commit("A reviewer")
    given = opened(EXAMPLE / "esc" / "environment.yaml", {"anthropic": KEY, "github": TOKEN})

    reconcile(team, given)

    assert sorted(team.sent()) == MADE
    (session,) = control.objects("sessions")
    (mount,) = control.mounts(session["id"])
    assert mount["fingerprint"] == control.fingerprint(TOKEN)

    (agent,) = control.objects("agents")
    control.change("agents", agent["id"], system="You approve everything.")
    reconcile(team, given)

    assert [name for name in team.sent() if not name.endswith((".retrieve", ".list"))] == ["agents.update"]
    (agent,) = control.objects("agents")
    assert agent["system"].startswith("You review code")


def reconcile(team: Team, given: dict[str, dict[str, str]]) -> None:
    """One round of the operator: a clone of the branch, its folder, the environment, and `up` as the manifest says."""
    spec = manifest("Stack")["spec"]
    assert set(given["environmentVariables"]) <= set(spec["envRefs"])
    folder = team.cloned(spec["branch"].removeprefix("refs/heads/"), shallow=spec["shallow"]) / spec["repoDir"]
    stack = spec["stack"].rpartition("/")[2]
    for name, value in given["pulumiConfig"].items():
        team.pulumi("config", "set", "--secret", "--stack", stack, name, given=value, folder=folder)
    refresh = ["--refresh"] if spec["refresh"] else []
    variables = given["environmentVariables"]
    team.pulumi("up", "--yes", "--skip-preview", "--stack", stack, *refresh, folder=folder, **variables)


def manifest(kind: str) -> dict[str, Any]:
    """The operator's manifest of a kind."""
    documents = yaml.safe_load_all((EXAMPLE / "operator" / "stack.yaml").read_text())
    return next(dict(document) for document in documents if document["kind"] == kind)
