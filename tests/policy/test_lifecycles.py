"""Rules about what comes to its end: models, versions that were left behind, credentials."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from policy.views import agent, broken, declared, session

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.policy.rules import LASTING_CREDENTIAL, LIVING_MODEL, RECENT_AGENT

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-06-01T00:00:00Z"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"lifecycle": "active"}, []),
        ({"lifecycle": "deprecated"}, ["reviewer"]),
        ({"lifecycle": "retired"}, ["reviewer"]),
        ({"lifecycle": "active", "retiresAt": "2026-06-20T00:00:00Z"}, ["reviewer"]),
        ({"lifecycle": "active", "retiresAt": "2027-06-20T00:00:00Z"}, []),
        ({"lifecycle": "active", "retiresAt": None}, []),
        ({}, []),
    ],
)
def test_a_model_lives(facts: dict[str, Any], expected: list[str]) -> None:
    models = [{"id": "claude-x", **facts}]

    assert broken(LIVING_MODEL, agent(model="claude-x"), models=models, now=NOW) == expected
    assert broken(LIVING_MODEL, agent(model="claude-y"), models=models, now=NOW) == []


@pytest.mark.parametrize(("version", "expected"), [(1, ["review"]), (2, []), (12, []), (None, [])])
@pytest.mark.parametrize("kind", ["Session", "Deployment"])
def test_a_pinned_version_is_recent(kind: str, version: int | None, expected: list[str]) -> None:
    reference = {"id": "agent_1", "version": version} if version else "agent_1"

    assert broken(RECENT_AGENT, agent(version=12), session(kind=kind, agent=reference), maxBehind=10) == expected


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        ({"type": "static_bearer"}, []),
        ({"type": "mcp_oauth", "expiresAt": "2026-06-05T00:00:00Z"}, ["github"]),
        ({"type": "mcp_oauth", "expiresAt": "2026-06-05T00:00:00Z", "refresh": {"clientId": "c"}}, []),
        ({"type": "mcp_oauth", "expiresAt": "2026-09-05T00:00:00Z"}, []),
    ],
)
def test_a_token_that_nobody_renews_lasts(auth: dict[str, Any], expected: list[str]) -> None:
    assert broken(LASTING_CREDENTIAL, declared("Credential", "github", auth=auth), now=NOW) == expected


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_file_tells_the_command_of_models(tmp_path: Path, capsys: pytest.CaptureFixture[str], wrapped: bool) -> None:
    urn = "urn:pulumi:dev::p::managed-agents:index:Agent::reviewer"
    row = {
        "urn": urn,
        "custom": True,
        "type": "managed-agents:index:Agent",
        "id": "agent_1",
        "inputs": {"model": "old"},
    }
    models = [{"id": "old", "lifecycle": "deprecated"}]
    (tmp_path / "state.json").write_text(json.dumps({"version": 3, "deployment": {"resources": [row]}}))
    (tmp_path / "models.json").write_text(json.dumps({"models": models} if wrapped else models))

    code = main(["policy", str(tmp_path / "state.json"), "--models", str(tmp_path / "models.json")])

    assert code == 0
    assert "[advisory] living-model: `reviewer` names a model that is deprecated" in capsys.readouterr().out
