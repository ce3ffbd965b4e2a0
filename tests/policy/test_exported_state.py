"""The command that looks at an exported state."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.policy.rule import PAGE
from pulumi_managed_agents.policy.state import exported_stack
from pulumi_managed_agents.policy.view import Withheld

if TYPE_CHECKING:
    from pathlib import Path

SIGNATURE = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
CIPHERTEXT = {**SIGNATURE, "ciphertext": "v1:abc"}
DYNAMIC, PLUGIN = "pulumi-python:dynamic/managedagents:", "managed-agents:index:"
TOKEN = "ghp_of-last-week"


def row(token: str, name: str, inputs: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"urn": f"urn:pulumi:dev::p::{token}::{name}", "type": token, "inputs": inputs or {}, **more}


def exported(*rows: dict[str, Any]) -> str:
    return json.dumps({"version": 3, "deployment": {"resources": rows}})


def plaintext(value: Any) -> dict[str, str]:
    return {**SIGNATURE, "plaintext": json.dumps(value)}


@pytest.mark.parametrize("family", [DYNAMIC, PLUGIN])
def test_resources_of_both_front_ends_are_read(family: str) -> None:
    stack = exported_stack(
        exported(
            row("pulumi:pulumi:Stack", "p-dev"),
            row("random:index:RandomId", "other"),
            row(f"{family}Vault", "secrets", {"displayName": "Secrets"}, protect=True, outputs={"createdAt": "then"}),
            row(f"{family}Vault", "looked-up", external=True),
            row(f"{family}Vault", "replaced", delete=True),
        )
    )

    (vault,) = stack.resources
    assert (vault.kind, vault.name, vault.protect) == ("Vault", "secrets", True)
    assert vault.properties == {"displayName": "Secrets", "createdAt": "then"}


def test_secrets_are_withheld_unless_the_state_shows_them() -> None:
    hidden, shown = exported_stack(
        exported(
            row(f"{PLUGIN}RepositoryResource", "a", {"authorizationToken": CIPHERTEXT}),
            row(f"{PLUGIN}RepositoryResource", "b", {"authorizationToken": plaintext(TOKEN)}),
        )
    ).resources

    assert hidden.get("authorizationToken") is Withheld.SECRET
    assert shown.get("authorizationToken") == TOKEN


@pytest.mark.parametrize("setting", ["platform", "managed-agents:platform"])
def test_the_platform_is_the_one_of_the_resources_provider(setting: str) -> None:
    provider = row("pulumi:providers:managed-agents", "default", {setting: "qoder"}, id="1")
    there = row(f"{PLUGIN}Session", "there", provider=f"{provider['urn']}::1")
    here = row(f"{PLUGIN}Session", "here", provider="urn:pulumi:dev::p::pulumi:providers:managed-agents::other::2")

    stack = exported_stack(exported(provider, there, here))

    assert {item.name: item.platform for item in stack.resources} == {"there": "qoder", "here": "claude"}


def test_an_empty_stack_is_fine(tmp_path: Path) -> None:
    assert run(tmp_path, exported()) == 0
    assert run(tmp_path, json.dumps({"version": 3, "deployment": {"manifest": {}}})) == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", "3", '{"deployment": null}', '{"deployment": {"resources": [{}]}}'])
def test_what_is_no_exported_state_is_refused(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, text) == 2

    assert (
        capsys.readouterr().err
        == "managed-agents policy: This is no exported state: write one with `pulumi stack export`.\n"
    )


def run(folder: Path, state: str, *arguments: str, config: Any = None) -> int:
    (folder / "state.json").write_text(state)
    if config is not None:
        (folder / "config.json").write_text(config if isinstance(config, str) else json.dumps(config))
        arguments = (*arguments, "--config", str(folder / "config.json"))
    return main(["policy", str(folder / "state.json"), *arguments])


APP = row(f"{PLUGIN}RepositoryResource", "app", {"url": "https://github.com/org/app", "authorizationToken": CIPHERTEXT})
REVIEW = row(f"{PLUGIN}Session", "review", {"agent": "agent_1", "environmentId": "env_1"})


def test_advice_is_told_and_is_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, exported(APP, REVIEW)) == 0

    assert capsys.readouterr().out.splitlines() == [
        "[not checked] classic-token: `app`: its token is encrypted in the exported state.",
        "[not checked] token-of-several-owners: `app`: its token is encrypted in the exported state.",
        f"[advisory] session-budget: `review` has no budget. Set `budget` to a limit. See {PAGE}#session-budget.",
        "1 found, 0 of them mandatory; 2 not checked.",
    ]


@pytest.mark.parametrize("level", ["mandatory", "remediate"])
def test_what_is_mandatory_is_a_failure(level: str, tmp_path: Path) -> None:
    assert run(tmp_path, exported(REVIEW), config={"session-budget": level}) == 1


def test_the_same_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, exported(APP, REVIEW), "--json", config={"session-budget": "mandatory"}) == 1

    told = json.loads(capsys.readouterr().out)
    assert told["broken"] == [
        {
            "rule": "session-budget",
            "urn": REVIEW["urn"],
            "kind": "Session",
            "name": "review",
            "level": "mandatory",
            "severity": "medium",
            "sentence": "has no budget",
            "fix": "Set `budget` to a limit.",
            "link": "docs/guides/policies.md#session-budget",
        }
    ]
    assert [item["rule"] for item in told["notChecked"]] == ["classic-token", "token-of-several-owners"]


def test_a_state_with_its_secrets_shown_is_checked_and_they_are_not_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = row(APP["type"], "app", {**APP["inputs"], "authorizationToken": plaintext(TOKEN)})

    assert run(tmp_path, exported(shown), config={"classic-token": "mandatory"}) == 1

    assert TOKEN not in capsys.readouterr().out


def test_the_state_may_come_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(exported(REVIEW)))

    assert main(["policy", "-"]) == 0


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"session-budget": {"budgetCents": 0}}, "managed-agents policy: session-budget: `budgetCents` has to be "),
        ("not json", "managed-agents policy: "),
    ],
)
def test_a_wrong_configuration_is_refused(
    config: Any, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, exported(), config=config) == 2

    assert capsys.readouterr().err.startswith(message)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", str(tmp_path / "state.json")]) == 2

    assert "No such file" in capsys.readouterr().err
