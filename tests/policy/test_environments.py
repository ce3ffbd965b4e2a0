"""The rule that each environment has tokens of its own, in one stack and over several exported states."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from policy.views import MOUNT, broken, declared, found, not_checked, repository, session, urn

from pulumi_managed_agents.cli import main
from pulumi_managed_agents.policy.rules.environments import TOKEN_OF_SEVERAL_ENVIRONMENTS
from pulumi_managed_agents.policy.view import Declared, Withheld

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = "github_pat_of-last-week", "github_pat_of-this-week"
OTHER = {**MOUNT, "url": "https://github.com/org/docs", "mountPath": "/workspace/docs"}


def at_work(name: str, environment: Any, token: Any = ONE, mount: Any = MOUNT, kind: str = "Session") -> Declared:
    return session(name, environmentId=environment, resources=[{**mount, "authorizationToken": token}], kind=kind)


def test_one_token_in_two_environments_is_found_once() -> None:
    review, pair = at_work("review", "env_1"), at_work("pair", "env_2", mount=OTHER)

    assert found(TOKEN_OF_SEVERAL_ENVIRONMENTS, review, pair) == [
        ("review", "uses the token of `pair`, which runs in another environment")
    ]


@pytest.mark.parametrize("kind", ["Session", "Deployment"])
def test_a_repository_of_its_own_is_looked_at_in_each_environment_that_mounts_it(kind: str) -> None:
    app = repository(authorizationToken=ONE)

    assert broken(
        TOKEN_OF_SEVERAL_ENVIRONMENTS, app, at_work("nightly", "env_2", kind=kind), at_work("review", "env_1")
    ) == [sorted(["nightly", "review"])[1] if kind == "Session" else "review"]


def test_tokens_of_their_own_and_one_environment_are_fine() -> None:
    for others in (at_work("pair", "env_2", TWO), at_work("pair", "env_1"), at_work("pair", "env_2", None)):
        assert broken(TOKEN_OF_SEVERAL_ENVIRONMENTS, at_work("review", "env_1"), others) == []


def test_environments_that_a_preview_is_about_to_make_are_told_apart_by_their_declarations() -> None:
    def new(name: str, environment: str) -> Declared:
        made = at_work(name, Withheld.UNKNOWN)
        return replace(made, references={**made.references, "environmentId": (urn("Environment", environment),)})

    sandboxes = [declared("Environment", name) for name in ("one", "two")]

    assert broken(TOKEN_OF_SEVERAL_ENVIRONMENTS, *sandboxes, new("a", "one"), new("b", "two")) == ["b"]
    assert broken(TOKEN_OF_SEVERAL_ENVIRONMENTS, *sandboxes, new("a", "one"), new("b", "one")) == []


def test_what_cannot_be_seen_is_told_where_there_is_something_to_keep_apart() -> None:
    hidden = at_work("review", "env_1", Withheld.SECRET)

    assert not_checked(TOKEN_OF_SEVERAL_ENVIRONMENTS, hidden) == []
    assert not_checked(TOKEN_OF_SEVERAL_ENVIRONMENTS, hidden, at_work("pair", "env_2")) == ["review"]
    assert not_checked(TOKEN_OF_SEVERAL_ENVIRONMENTS, at_work("a", Withheld.UNKNOWN), at_work("b", "env_2")) == ["a"]


def test_the_mount_of_a_session_made_elsewhere_belongs_to_that_session_s_environment() -> None:
    bound = repository("bound", sessionId="sesn_1", authorizationToken=ONE)
    there = replace(session("there", environmentId="env_1"), id="sesn_1")

    assert broken(TOKEN_OF_SEVERAL_ENVIRONMENTS, bound, there, at_work("review", "env_2")) == ["bound"]
    assert not_checked(TOKEN_OF_SEVERAL_ENVIRONMENTS, bound, at_work("review", "env_2")) == ["bound"]


def state(folder: Path, stack: str, token: str, *, encrypted: bool = False) -> str:
    """The state that a stack with one session exports."""
    kept = {"ciphertext": "x"} if encrypted else {"plaintext": json.dumps(token)}
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", **kept}
    prefix = f"urn:pulumi:{stack}::under-test::managed-agents:index"
    rows = [
        {"urn": f"{prefix}:Environment::sandbox", "type": "managed-agents:index:Environment", "id": f"env_{stack}"},
        {
            "urn": f"{prefix}:Session::review",
            "type": "managed-agents:index:Session",
            "id": f"sesn_{stack}",
            "inputs": {
                "agent": {"id": "agent_1", "version": 1},
                "budget": {"type": "limit", "maxListCost": {"amount": "500", "currency": "USD"}},
                "environmentId": f"env_{stack}",
                "resources": [{**MOUNT, "authorizationToken": secret}],
            },
            "propertyDependencies": {"environmentId": [f"{prefix}:Environment::sandbox"]},
        },
    ]
    path = folder / f"{stack}.json"
    path.write_text(json.dumps({"version": 3, "deployment": {"resources": [{"custom": True, **row} for row in rows]}}))
    return str(path)


def looked_at(capsys: pytest.CaptureFixture[str], *states: str) -> str:
    main(["policy", *states])
    return capsys.readouterr().out


def test_states_of_two_stacks_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    states = [state(tmp_path, "dev", ONE), state(tmp_path, "production", ONE)]

    told = looked_at(capsys, *states)

    assert (
        "production: [advisory] token-of-several-environments: `review` uses the token of `review` of stack dev, which "
        "runs in another environment." in told
    )
    assert ONE not in told
    assert "token-of-several-environments" not in looked_at(capsys, states[0])
    assert "token-of-several-environments" not in looked_at(capsys, states[0], state(tmp_path, "production", TWO))


def test_encrypted_states_of_two_stacks_are_said_not_to_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    states = [state(tmp_path, stack, ONE, encrypted=True) for stack in ("dev", "production")]

    assert "dev: [not checked] token-of-several-environments: `review`: " in looked_at(capsys, *states)


def test_a_file_among_several_that_is_no_state_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.json").write_text("{}")

    assert main(["policy", state(tmp_path, "dev", ONE), str(tmp_path / "other.json")]) == 2
    assert "other.json: This is no exported state" in capsys.readouterr().err
