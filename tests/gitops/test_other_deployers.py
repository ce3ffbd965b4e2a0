"""The operator's manifest and the ESC environment, carried out as their deployers would, on the real engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from credentials.identities import AUDIENCE, identity, key
from gitops.manifests import literal, manifest
from gitops.opened import opened
from gitops.repository import ACCOUNT, EXAMPLE, FEDERATION
from jwt.algorithms import RSAAlgorithm

if TYPE_CHECKING:
    from pathlib import Path

    from gitops.repository import Team

    from pulumi_managed_agents.emulator import Emulator, Server

pytestmark = pytest.mark.engine

TOKEN = "token-of-the-environment"
MADE = ["agents.create", "environments.create", "sessions.create"]
CLUSTER, POD = "https://kubernetes.default.svc.cluster.local", "system:serviceaccount:agents:agents"
CLOUD, ENVIRONMENT = "https://api.pulumi.com/oidc/v2", "pulumi:org:11111111:env:22222222"
IN_CLUSTER, IN_CLOUD = "fdrl_01cluster", "fdrl_01cloud"


@pytest.fixture
def trusted(platform: tuple[Emulator, Server]) -> None:
    """The organization trusts the cluster, and Pulumi Cloud, each under a rule of its own."""
    jwk = {**json.loads(RSAAlgorithm.to_jwk(key().public_key())), "kid": "one"}
    whom = ((IN_CLUSTER, CLUSTER, POD), (IN_CLOUD, CLOUD, ENVIRONMENT))
    platform[0].control.federation(
        issuers=[{"issuer_url": issuer, "keys": [jwk]} for _, issuer, _ in whom],
        rules=[
            {"id": rule, "issuer_url": issuer, "subject_prefix": subject, "audience": AUDIENCE}
            for rule, issuer, subject in whom
        ],
    )


@pytest.mark.usefixtures("trusted")
def test_the_operator_deploys_with_its_pods_token_and_an_environment_with_its_own(
    team: Team, platform: tuple[Emulator, Server], tmp_path: Path
) -> None:
    control = platform[0].control
    team.secrets.add(TOKEN)
    team.commit("A reviewer")
    projected = Projected(tmp_path / "projected")
    team.secrets.add(projected.renewed())

    reconcile(team, projected)

    assert sorted(team.sent()) == MADE
    (session,) = control.objects("sessions")
    (mount,) = control.mounts(session["id"])
    assert mount["fingerprint"] == control.fingerprint(TOKEN)

    (agent,) = control.objects("agents")
    control.change("agents", agent["id"], system="You approve everything.")
    reconcile(team, projected)
    assert team.proved() == ["success"]  # a token with a `jti` is good for the rounds of its hour

    assert [name for name in team.sent() if not name.endswith((".retrieve", ".list"))] == ["agents.update"]
    (agent,) = control.objects("agents")
    assert agent["system"].startswith("You review code")

    control.clock(advance_seconds=3600)
    team.secrets.add(projected.renewed())
    reconcile(team, projected)
    assert team.proved() == ["success"] * 2

    by_the_environment(team, tmp_path)
    assert team.proved() == ["success"] * 4
    assert "agents.update" not in team.sent()


class Projected:
    """What the kubelet does: a token in a file of the pod, and another one in its place before it expires."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.file = folder / "token"
        self.cache = folder / "cache"

    def renewed(self) -> str:
        """Puts another one into its place."""
        token = identity(iss=CLUSTER, sub=POD)
        self.file.write_text(token)
        return token


def reconcile(team: Team, projected: Projected) -> None:
    """One round of the operator: a clone of the branch, its folder, the environment, and `up` as the manifest says."""
    spec = manifest("Stack")["spec"]
    folder = team.cloned(spec["branch"].removeprefix("refs/heads/"), shallow=spec["shallow"]) / spec["repoDir"]
    stack = spec["stack"].rpartition("/")[2]
    refresh = ["--refresh"] if spec["refresh"] else []
    variables = {name: value for name, value in FEDERATION.items() if literal(spec, name) == "REPLACE-ME"}
    variables |= {"ANTHROPIC_FEDERATION_RULE_ID": IN_CLUSTER, "ANTHROPIC_IDENTITY_TOKEN_FILE": str(projected.file)}
    configure(team, folder, stack)
    up = ["up", "--yes", "--skip-preview", "--stack", stack, *refresh]
    team.search("the output", team.pulumi(*up, folder=folder, **variables, XDG_CACHE_HOME=str(projected.cache)))
    team.know_tokens(projected.cache)


def by_the_environment(team: Team, tmp_path: Path) -> None:
    """Two commands where ESC is opened: each gets a token of its own, and exchanges it."""
    folder = team.cloned("main", shallow=True) / "program"
    configure(team, folder, "prod")
    for number in range(2):
        told = dict(
            opened(EXAMPLE / "esc" / "environment.yaml", {"github": TOKEN}, of_the_cloud)["environmentVariables"]
        )
        team.secrets.add(told["ANTHROPIC_IDENTITY_TOKEN"])
        told |= {"ANTHROPIC_FEDERATION_RULE_ID": IN_CLOUD, "ANTHROPIC_SERVICE_ACCOUNT_ID": ACCOUNT}
        told |= {"ANTHROPIC_ORGANIZATION_ID": FEDERATION["ANTHROPIC_ORGANIZATION_ID"]}
        cache = str(tmp_path / "cache-of-the-environment")
        command = ["refresh", "--yes", "--stack", "prod"] if number else ["up", "--yes", "--refresh", "--stack", "prod"]
        team.search("the output", team.pulumi(*command, folder=folder, **told, XDG_CACHE_HOME=cache))


def of_the_cloud(audience: str) -> str:
    """An identity token of Pulumi Cloud."""
    return identity(iss=CLOUD, sub=ENVIRONMENT, aud=audience)


def configure(team: Team, folder: Path, stack: str) -> None:
    """What the environment says of the stack."""
    for name, value in opened(EXAMPLE / "esc" / "environment.yaml", {"github": TOKEN})["pulumiConfig"].items():
        team.pulumi("config", "set", "--secret", "--stack", stack, name, given=value, folder=folder)
