"""`managed-agents doctor`: which credential is used and why, and what a lasting key hides."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from credentials.identities import ORGANIZATION, RULE, identity, trust

from pulumi_managed_agents.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.emulator import Emulator


@pytest.fixture(autouse=True)
def _federated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str) -> None:
    """A federation in the environment, in a folder without a stack."""
    (tmp_path / "identity").write_text(identity())
    monkeypatch.chdir(tmp_path)
    variables = {
        "ANTHROPIC_BASE_URL": address,
        "ANTHROPIC_FEDERATION_RULE_ID": RULE,
        "ANTHROPIC_ORGANIZATION_ID": ORGANIZATION,
        "ANTHROPIC_IDENTITY_TOKEN_FILE": str(tmp_path / "identity"),
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def found(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    main(["doctor", "--json"])
    told = capsys.readouterr()
    assert "eyJ" not in told.out + told.err
    assert "sk-ant-oat01-" not in told.out + told.err
    return [row for row in json.loads(told.out) if row["what"] in ("credential", "platform")]


def test_it_says_which_one_and_why(world: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    trust(world)

    credential, platform = found(capsys)

    assert credential["good"]
    assert platform["good"]
    assert RULE in credential["finding"]
    assert "ANTHROPIC_IDENTITY_TOKEN_FILE: rule, organization and identity token are there" in credential["finding"]


def test_it_finds_fault_with_a_key_that_hides_it(
    world: Emulator, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "key-of-the-account")

    used, hides, _ = found(capsys)

    assert used["finding"].startswith("key from the environment variable ANTHROPIC_API_KEY")
    assert not hides["good"]
    assert "hides the federation" in hides["finding"]
    assert world.control.counters() == {"agents.list": 1}


def test_it_explains_a_denial(world: Emulator, capsys: pytest.CaptureFixture[str]) -> None:
    trust(world, subject_prefix="repo:org/other:*")

    _, platform = found(capsys)

    assert "authentication history" in platform["finding"]


def test_it_names_what_is_missing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTHROPIC_ORGANIZATION_ID")

    credential = found(capsys)[0]

    assert not credential["good"]
    assert "lacks `managed-agents:organizationId`" in credential["finding"]
