import json
from pathlib import Path
from typing import Any

import pytest

from pulumi_managed_agents.emulator import Emulator, EmulatorError

APP = "https://github.com/acme/app"


def test_the_same_calls_exist_by_http(github: Any) -> None:
    control = f"{github.server.url}/_emulator"
    app = {"app_id": 4711, "public_key": github.keys.public, "installations": [{"id": 99, "account": "acme"}]}
    repository = {"url": APP, "private": True, "tokens": [{"token": "token-a", "kind": "fine_grained"}]}

    answers = [
        github.http.post(f"{control}/github_apps", json={"github_apps": [app]}),
        github.http.post(f"{control}/github_apps", json=[app]),
        github.http.post(f"{control}/repositories", json=[repository]),
    ]

    assert [(each.status_code, each.json()) for each in answers] == [(200, {})] * 3
    assert github.ask("/repos/acme/app", "token-a").status_code == 200
    token = github.mint()["token"]
    (told,) = github.http.get(f"{control}/github_tokens").json()
    assert told["fingerprint"] == github.control.fingerprint(token)


def test_what_cannot_be_meant_is_refused_by_http(github: Any) -> None:
    body = [{"app_id": 1, "public_key": "secret-word"}]

    answer = github.http.post(f"{github.server.url}/_emulator/github_apps", json=body)

    assert answer.status_code == 400
    assert "public_key" in answer.json()["error"]
    assert "secret-word" not in answer.text


def test_a_private_key_is_turned_away(github: Any) -> None:
    with pytest.raises(EmulatorError, match="public key") as caught:
        github.control.github_apps([{"app_id": 1, "public_key": github.keys.private}])

    assert github.keys.private.split("\n")[1] not in str(caught.value)


@pytest.mark.parametrize(
    "app",
    [
        {"app_id": 0},
        {"app_id": "one"},
        {"public_key": ""},
        {"public_key": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"},
        {"colour": "red"},
        {"installations": [{"id": 0, "account": "acme"}]},
        {"installations": [{"id": 1}]},
        {"installations": [{"id": 1, "account": "acme", "repositories": ["acme/app"]}]},
        {"installations": [{"id": 1, "account": "acme", "repositories": "some"}]},
        {"installations": [{"id": 1, "account": "acme", "permissions": {"contents": "all"}}]},
        {"installations": [{"id": 1, "account": "acme"}, {"id": 1, "account": "other"}]},
    ],
)
def test_an_app_that_cannot_be_meant_is_refused(github: Any, app: Any) -> None:
    with pytest.raises(EmulatorError):
        github.control.github_apps([{"app_id": 5, "public_key": github.keys.public} | app])

    assert github.ask("/app", github.jwt(iss="5")).status_code == 404


def test_an_app_that_is_described_again_is_replaced(github: Any) -> None:
    github.described(repositories=["app"])
    github.described(account="other")

    assert github.ask("/repos/acme/app/installation", github.jwt()).status_code == 404
    assert github.ask("/repos/other/lib/installation", github.jwt()).status_code == 200


def test_a_reset_forgets_apps_tokens_and_limits(github: Any) -> None:
    github.described()
    token = github.mint()["token"]
    github.ask("/repos/acme/app", token)

    github.control.reset()

    assert github.control.github_tokens() == []
    assert github.ask("/app", github.jwt()).status_code == 404
    assert github.ask("/repos/acme/app", token).headers["x-ratelimit-used"] == "1"


def test_the_page_knows_nothing_of_minted_tokens(github: Any) -> None:
    github.described()
    token = github.mint()["token"]

    snapshot = github.control.snapshot()

    assert set(snapshot["platforms"]) == {"claude", "qoder"}
    assert github.control.fingerprint(token) not in json.dumps(snapshot)


def test_a_world_is_shared_and_outlives_the_emulator(github: Any, database: Path) -> None:
    github.described()
    github.control.repositories([{"url": APP, "private": True}])
    token = github.mint()["token"]

    with Emulator(database) as other, other.serve() as server:
        headers = {"authorization": f"Bearer {token}"}
        assert github.http.get(f"{server.url}/github/repos/acme/app", headers=headers).status_code == 200


def test_the_file_never_contains_a_token(github: Any, database: Path) -> None:
    tokens = [{"token": "token-that-is-fine", "kind": "fine_grained", "expires_at": "2026-12-01"}, "token-that-is-old"]
    github.control.repositories([{"url": APP, "private": True, "tokens": tokens, "expired_tokens": ["token-that-was"]}])
    github.described()
    minted = [github.mint()["token"], github.mint(repositories=["app"])["token"]]
    signed = github.jwt()
    github.ask("/app", signed)
    for token in ("token-that-is-fine", "token-that-is-old", "token-that-was", "token-that-nobody-knows", *minted):
        github.ask("/repos/acme/app", token)
        github.ask("/repos/acme/app", headers={"authorization": f"Basic {token}"})
    github.ask("/installation/token", minted[0], "DELETE")

    stored = b"".join(database.with_name(database.name + end).read_bytes() for end in ("", "-wal", "-shm"))

    assert github.control.fingerprint(minted[0]).encode() in stored
    for secret in ("token-that-", *minted, minted[0][10:60], signed):
        assert secret.encode() not in stored
