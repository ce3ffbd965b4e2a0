import concurrent.futures
import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import anthropic
import loopback
import pytest

from pulumi_managed_agents.emulator import Emulator, EmulatorError

TOKENS = ["token-that-reads-app", "token-that-expired", "token-for-a-rotation", "token-of-a-refused-create"]


def test_the_file_never_contains_a_token(world: Any, repo: Any, database: Path) -> None:
    world.control.repositories(
        [{"url": "https://github.com/acme/app", "private": True, "tokens": TOKENS[:1], "expired_tokens": TOKENS[1:2]}]
    )
    session = world.session(resources=[repo(authorization_token=token) for token in TOKENS[:1]])
    resource = session.resources[0].id
    world.sessions.resources.update(resource, session_id=session.id, authorization_token=TOKENS[2])
    world.sessions.resources.update(resource, session_id=session.id, authorization_token=TOKENS[1])
    with pytest.raises(anthropic.BadRequestError):
        world.session(resources=[repo(authorization_token=TOKENS[3], colour="red")])
    with pytest.raises(anthropic.BadRequestError):
        world.session(resources=[repo(url=f"https://{TOKENS[3]}@github.com/acme/app")])

    stored = bytes_of(database)

    assert session.id.encode() in stored
    for secret in [*TOKENS, "test-key"]:
        assert secret.encode() not in stored


def bytes_of(database: Path) -> bytes:
    files = [database, database.with_name(database.name + "-wal"), database.with_name(database.name + "-shm")]
    return b"".join(file.read_bytes() for file in files)


def test_the_file_never_contains_the_secret_of_a_credential(world: Any, database: Path) -> None:
    vault, server = world.vault().id, "https://mcp.example.com"
    client = {"type": "client_secret_post", "client_secret": "secret-of-a-client"}
    refresh = {"token_endpoint": server, "client_id": "client", "refresh_token": "token-that-refreshes"}
    oauth = {
        "type": "mcp_oauth",
        "access_token": "token-of-a-user",
        "refresh": refresh | {"token_endpoint_auth": client},
    }
    bearer = {"type": "static_bearer", "token": "token-of-a-server"}
    variable = {"type": "environment_variable", "secret_value": "value-of-a-variable"}
    anywhere = {"type": "unrestricted"}

    made = [
        world.credentials.create(vault, auth=oauth | {"mcp_server_url": server}),
        world.credentials.create(vault, auth=bearer | {"mcp_server_url": f"{server}/other"}),
        world.credentials.create(vault, auth=variable | {"secret_name": "KEY", "networking": anywhere}),
    ]
    for credential, auth in zip(made, (oauth, bearer, variable), strict=True):
        with pytest.raises(anthropic.BadRequestError):
            world.credentials.create(vault, auth=auth | {"colour": "red"})
        rotated = json.loads(json.dumps(auth).replace("-of-a-", "-for-a-rotation-of-a-"))
        rotated.pop("refresh", None)
        world.credentials.update(credential.id, vault_id=vault, auth=rotated)
    world.credentials.update(
        made[0].id, vault_id=vault, auth={"type": "mcp_oauth", "refresh": {"refresh_token": "token-that-refreshes-too"}}
    )

    stored = bytes_of(database)
    assert made[0].id.encode() in stored
    for word in (b"-of-a-", b"that-refreshes"):
        assert word not in stored


def test_the_file_never_contains_the_token_of_a_deployment(world: Any, repo: Any, database: Path) -> None:
    made = world.deployment(resources=[repo(authorization_token="token-of-a-deployment")])
    run = world.deployments.run(made.id)
    world.deployments.update(made.id, resources=[repo(authorization_token="token-of-a-deployment-later")])
    with pytest.raises(anthropic.BadRequestError):
        world.deployment(resources=[repo(authorization_token="token-of-a-deployment-refused", colour="red")])

    stored = bytes_of(database)

    assert run.session_id.encode() in stored
    assert b"token-of-a-deployment" not in stored


def test_a_second_emulator_sees_the_world_of_the_first(world: Any, database: Path) -> None:
    agent = world.agent(name="shared")
    world.control.faults([{"operation": "agents.retrieve", "status": 500}])

    with Emulator(database) as other, other.serve() as server:
        assert other.control.objects("agents")[0]["name"] == "shared"
        assert other.control.counters() == {"agents.create": 1}
        with (
            loopback.claude(server.url) as client,
            pytest.raises(anthropic.InternalServerError),
        ):
            client.beta.agents.retrieve(agent.id)


def test_the_world_outlives_the_emulator(database: Path) -> None:
    with Emulator(database) as first:
        first.control.settings(title_null="keep")
        fingerprint = first.control.fingerprint("token")
    with Emulator(database) as second:
        assert second.control.settings()["title_null"] == "keep"
        assert second.control.fingerprint("token") == fingerprint


def test_many_threads_on_two_emulators_lose_nothing(emulator: Emulator, database: Path) -> None:
    with (
        Emulator(database) as other,
        emulator.serve() as one,
        other.serve() as two,
        loopback.claude(one.url) as first,
        loopback.claude(two.url) as second,
        concurrent.futures.ThreadPoolExecutor(16) as pool,
    ):
        agent = first.beta.agents.create(name="shared", model="claude-opus-5-5")

        def work(n: int) -> str:
            client = (first, second)[n % 2]
            client.beta.agents.update(agent.id, metadata={"last": str(n)})
            return client.beta.agents.create(name=str(n), model="claude-opus-5-5").id

        made = list(pool.map(work, range(60)))

    assert len(set(made)) == 60
    assert sorted(each["name"] for each in emulator.control.objects("agents") if each["id"] in made) == sorted(
        map(str, range(60))
    )
    assert next(each for each in emulator.control.objects("agents") if each["id"] == agent.id)["version"] == 61
    times = [each["created_at"] for each in emulator.control.objects("agents")]
    assert times == sorted(set(times))


def test_a_version_guards_against_a_concurrent_update(world: Any) -> None:
    agent = world.agent()

    def update(n: int) -> int | None:
        try:
            return world.agents.update(agent.id, name=f"name {n}", version=1).version
        except anthropic.ConflictError:
            return None

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert sorted(filter(None, pool.map(update, range(8)))) == [2]


def test_several_processes_can_found_one_file(tmp_path: Path) -> None:
    program = """
        import sys
        from pulumi_managed_agents.emulator import Emulator
        with Emulator(sys.argv[1]) as emulator:
            print(emulator.control.fingerprint("token"))
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(tmp_path / "new.sqlite")]

    processes = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    said = {process.communicate(timeout=60)[0] for process in processes}

    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    assert len(said) == 1


def test_a_kill_leaves_a_readable_file(database: Path) -> None:
    program = """
        import sys
        from werkzeug.test import Client
        from pulumi_managed_agents.emulator import Emulator
        client = Client(Emulator(sys.argv[1]).wsgi)
        headers = {"x-api-key": "k", "anthropic-version": "1", "anthropic-beta": "managed-agents-2026-04-01"}
        while True:
            answer = client.post("/v1/agents", json={"name": "n", "model": "claude-opus-5-5"}, headers=headers)
            print(answer.json["id"], flush=True)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(database)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(20)]
    os.kill(process.pid, signal.SIGKILL)
    told += process.communicate(timeout=60)[0].split()

    with Emulator(database) as emulator:
        kept = [each["id"] for each in emulator.control.objects("agents")]
        assert set(told) <= set(kept)
        assert len(kept) == emulator.control.counters()["agents.create"]
        emulator.control.reset()


def test_a_directory_or_a_missing_one_is_named(tmp_path: Path) -> None:
    for wrong in (tmp_path, tmp_path / "missing" / "file"):
        with pytest.raises(EmulatorError, match=str(wrong)):
            Emulator(wrong)


def test_a_file_that_is_no_database_is_left_alone(database: Path) -> None:
    database.write_text("these are not the tables you are looking for\n" * 100)

    with pytest.raises(EmulatorError, match="not a database"):
        Emulator(database)

    assert database.read_text().startswith("these are not")


def test_a_database_of_another_program_is_left_alone(database: Path) -> None:
    db = sqlite3.connect(database)
    db.execute("CREATE TABLE songs (name TEXT)")
    db.commit()
    db.close()

    with pytest.raises(EmulatorError, match="another program"):
        Emulator(database)


def test_a_closed_emulator_says_so(database: Path) -> None:
    emulator = Emulator(database)
    emulator.close()
    emulator.close()

    with pytest.raises(EmulatorError, match="closed"):
        emulator.control.counters()
