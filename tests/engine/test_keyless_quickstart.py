"""The quick start, with no key set anywhere: each way to be without one, and what is told of it in any place."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from credentials.identities import ORGANIZATION, REQUEST_TOKEN, RULE, github_actions, identity, trust
from credentials.test_choice import profile
from engine.declare import agent, environment, ref, repository, session
from engine.processes import watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from engine.stack import Stack

    from pulumi_managed_agents.emulator import Emulator

CLONES = "token-of-last-week"
REFRESH, CLIENT, ACCOUNT = "refresh-token-of-last-week", "client-of-the-cli", "key-of-the-service-account"
FEDERATION = {"ANTHROPIC_FEDERATION_RULE_ID": RULE, "ANTHROPIC_ORGANIZATION_ID": ORGANIZATION}
MADE = ["agents.create", "environments.create", "sessions.create"]


@dataclass
class Without:
    """What stands in place of a key: variables, and the files beside them."""

    folder: Path
    world: Emulator
    given: list[str]
    job: dict[str, str]

    def a_file(self) -> dict[str, str]:
        (self.folder / "identity").write_text(self._identity())
        return {**FEDERATION, "ANTHROPIC_IDENTITY_TOKEN_FILE": str(self.folder / "identity")}

    def a_job_of_github(self) -> dict[str, str]:
        return {**FEDERATION, **self.job}

    def a_profile_of_a_federation(self) -> dict[str, str]:
        (self.folder / "identity").write_text(self._identity())
        source = {"identity_token": {"source": "file", "path": str(self.folder / "identity")}}
        said = {"type": "oidc_federation", "federation_rule_id": RULE, **source}
        return self._profile(said, organization_id=ORGANIZATION)

    def a_login(self) -> dict[str, str]:
        self.world.control.federation(logins=[{"client_id": CLIENT, "refresh_token": REFRESH}])
        (self.folder / "credentials").mkdir()
        kept = self.folder / "credentials" / "default.json"
        kept.touch(0o600)
        kept.write_text(
            json.dumps(
                {"version": "1.0", "type": "oauth_token", "access_token": "token-of-last-year", "expires_at": 1}
            ).replace("}", f', "refresh_token": "{REFRESH}"}}')
        )
        return self._profile({"type": "user_oauth", "client_id": CLIENT})

    def a_service_account(self) -> dict[str, str]:
        self.world.control.federation(service_accounts=[{"key": ACCOUNT}])
        return {"QODER_SA_KEY": ACCOUNT}

    def _identity(self) -> str:
        self.given.append(identity())
        return self.given[-1]

    def _profile(self, said: dict[str, Any], **more: str) -> dict[str, str]:
        return {"ANTHROPIC_CONFIG_DIR": str(profile(self.folder, "default", said, **more))}

    @property
    def tokens(self) -> set[str]:
        """All that nobody may see; the two named places of an access token are read for it."""
        kept = [*(self.folder / "cache").rglob("tokens/*.json"), *self.folder.glob("credentials/*.json")]
        documents = [json.loads(path.read_text()) for path in kept]
        found = {
            str(document[name])
            for document in documents
            for name in ("access_token", "refresh_token")
            if name in document
        }
        return {*self.given, *found, REQUEST_TOKEN, REFRESH, ACCOUNT}


WAYS: dict[str, tuple[str, Callable[[Without], dict[str, str]]]] = {
    "file": ("claude", Without.a_file),
    "github": ("claude", Without.a_job_of_github),
    "profile": ("claude", Without.a_profile_of_a_federation),
    "login": ("claude", Without.a_login),
    "account": ("qoder", Without.a_service_account),
}


@contextmanager
def without_a_key(stack: Stack, aside: Path, platform: str = "claude") -> Iterator[Without]:
    """The stack asks a served platform, and nothing that it knows is a key."""
    stack.forget("managed-agents:emulator")
    given: list[str] = []
    with stack.emulator() as world, world.serve() as server, github_actions(given) as job:
        trust(world)
        if platform == "qoder":
            stack.configure("managed-agents:platform", platform)
            stack.configure("managed-agents:exchangeUrl", server.url)
        stack.configure("managed-agents:baseUrl", f"{server.url}/api/v1/cloud" if platform == "qoder" else server.url)
        yield Without(aside, world, given, job)


@pytest.mark.parametrize("way", WAYS)
def test_the_quick_start_runs_without_a_key_and_tells_no_token(
    stack: Stack, tmp_path_factory: pytest.TempPathFactory, way: str
) -> None:
    platform, prepared = WAYS[way]
    aside = tmp_path_factory.mktemp("aside")
    model = {"model": "ultimate"} if platform == "qoder" else {}
    stack.declare(
        agent(**model), environment(), repository("app", authorization_token=CLONES), session(resources=[ref("app")])
    )
    with without_a_key(stack, aside, platform) as without:
        variables = {**prepared(without), "XDG_CACHE_HOME": str(aside / "cache")}
        with watched() as words:
            done = stack.run("up", "--yes", "-v=9", "--logtostderr", env=variables)
        assert done.code == 0, done.output[-5_000:]

        counted = without.world.control.counters()
        exchanges = {name: counted.pop(name) for name in ("oauth.token", "service_tokens.exchange") if name in counted}
        assert sum(exchanges.values()) == 1
        assert sorted(counted) == MADE

        assert "pulumi up" in words.text
        stack.secrets |= without.tokens
        stack.search("the words of commands", words.text)
        stack.search("the output", done.output)
        stack.search("the events", json.dumps(done.events))
        stack.state()
        stack.search_files()
        others = [path for path in aside.rglob("*") if path.is_file() and "tokens" not in path.parts]
        mine = {"identity", "default.json"}
        for path in others:
            if path.name not in mine:
                stack.search(str(path), path.read_bytes().decode(errors="replace"))


MANY = 64


def test_a_token_that_ends_in_the_middle_is_renewed_once_for_all_that_wait(
    stack: Stack, tmp_path_factory: pytest.TempPathFactory
) -> None:
    aside = tmp_path_factory.mktemp("aside")
    # All of them wait for the environment, and begin at once.
    several = [agent(f"agent-{number}", metadata={"works_in": ref("sandbox.id")}) for number in range(MANY)]
    stack.declare(environment(), *several)
    with without_a_key(stack, aside) as without:
        control = without.world.control
        variables = {**without.a_job_of_github(), "XDG_CACHE_HOME": str(aside / "cache")}
        control.faults([{"operation": "environments.create", "latency_seconds": 1.5, "times": 1}])
        with hours_pass(control, "environments.create"):
            stack.succeed("up", "--yes", "--skip-preview", "--parallel", str(MANY), env=variables)

        history = [row["result"] for row in control.authentication_history()]
        assert history == ["success", "success"]
        assert len(control.objects("agents")) == MANY
        assert MANY < control.counters()["agents.create"] <= 2 * MANY

        stack.secrets |= without.tokens
        a_refusal_in_mid_run_is_one_exchange_and_one_repetition(stack, without, several, variables)
    stack.search_files()


def a_refusal_in_mid_run_is_one_exchange_and_one_repetition(
    stack: Stack, without: Without, several: list[dict[str, Any]], variables: dict[str, str]
) -> None:
    control = without.world.control
    for times, done in ((1, True), (5, False)):
        exchanges, updates = (control.counters().get(name, 0) for name in ("oauth.token", "agents.update"))
        first = {**several[0], "args": {**several[0]["args"], "system": f"It was refused {times} times."}}
        stack.declare(environment(), first, *several[1:])
        control.faults([{"operation": "agents.update", "status": 401, "times": times}])
        run = stack.run("up", "--yes", "--skip-preview", env=variables)

        assert (run.code == 0) == done, run.output
        # Another command finds the token that is kept, so that only the refusal makes an exchange.
        assert control.counters()["oauth.token"] == exchanges + 1
        assert control.counters()["agents.update"] == updates + 2
        control.clear_faults()


@contextmanager
def hours_pass(control: Any, operation: str) -> Iterator[None]:
    """Once something was asked for, it is much later on the platform's clock."""
    ended = threading.Event()

    def wait() -> None:
        while not ended.wait(0.05):
            if control.counters().get(operation):
                control.clock(advance_seconds=7_200)
                return

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=60)
