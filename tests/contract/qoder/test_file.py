from pathlib import Path
from typing import Any

import pytest

SECRETS = [f"secret-number-{n}" for n in range(12)]
TOKEN = "pt-test-token"


def session_with_secrets(world: Any, repo: Any) -> None:
    git = {"type": "git_repository", "url": "https://robot@git.example.com/acme/tool", "password": SECRETS[1]}
    session = world.session(resources=[repo(authorization_token=SECRETS[0]), git])
    first, second = session.resources
    world.sessions.resources.update(first.id, session_id=session.id, authorization_token=SECRETS[2])
    world.sessions.resources.update(second.id, session_id=session.id, password=SECRETS[3])


def credentials_with_secrets(world: Any) -> None:
    vault = world.vault().id
    create, update = world.client.vaults.credentials.create, world.client.vaults.credentials.update
    bearer = create(vault, auth={"type": "static_bearer", "mcp_server_url": "https://a.example", "token": SECRETS[4]})
    update(bearer.id, vault_id=vault, auth={"type": "static_bearer", "token": SECRETS[5]})
    client = {"type": "client_secret_basic", "client_secret": SECRETS[6]}
    refresh = {
        "client_id": "c",
        "refresh_token": SECRETS[7],
        "token_endpoint": "https://a.example",
        "token_endpoint_auth": client,
    }
    oauth = {"type": "mcp_oauth", "mcp_server_url": "https://a.example", "access_token": SECRETS[8]}
    create(vault, auth=oauth | {"refresh": refresh})
    networking = {"type": "unrestricted"}
    variable = {"type": "environment_variable", "secret_name": "A", "secret_value": SECRETS[9]}
    create(vault, auth=variable | {"networking": networking})


def test_the_file_never_contains_a_secret(world: Any, repo: Any, database: Path, refused: Any) -> None:
    session_with_secrets(world, repo)
    credentials_with_secrets(world)
    deployment = world.deployment(resources=[repo(authorization_token=SECRETS[10])])
    world.client.deployments.run(deployment.id)
    body = {
        "agent": world.agent().id,
        "environment_id": world.environment().id,
        "resources": [repo(authorization_token=SECRETS[11])],
    }
    for _ in range(2):
        world.call("POST", "sessions", body, idempotency_key="key-of-a-session")
    refused(400, lambda: world.session(resources=[repo(authorization_token=SECRETS[0], colour="red")]))
    refused(400, lambda: world.session(resources=[repo(url=f"https://u:{SECRETS[0]}@github.com/acme/app")]))

    files = [database, database.with_name(database.name + "-wal"), database.with_name(database.name + "-shm")]
    stored = b"".join(file.read_bytes() for file in files)

    assert deployment.id.encode() in stored
    for secret in [*SECRETS, TOKEN, "key-of-a-session"]:
        assert secret.encode() not in stored


@pytest.mark.parametrize("path", ["sessions", "deployments"])
def test_no_list_answers_a_secret(world: Any, repo: Any, path: str) -> None:
    session_with_secrets(world, repo)
    world.deployment(resources=[repo(authorization_token=SECRETS[10])])

    text = world.http.get(path).text

    assert "github_repository" in text
    assert not any(secret in text for secret in SECRETS)
