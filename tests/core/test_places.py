"""One program in every place: what a place lacks is refused with the way out, and what it probably lacks is doubted."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from core.bags import CONTEXT
from core.platform import MODEL, mounted
from resources.authorities import authority

from pulumi_managed_agents import plan
from pulumi_managed_agents.apply.whereabouts import Whereabouts
from pulumi_managed_agents.commands.options.target import add_target
from pulumi_managed_agents.declaration.platform import PLACE_NAMES
from pulumi_managed_agents.emulator.settings import SETTINGS
from pulumi_managed_agents.errors import ConfigError, OtherPlatform, Refused
from pulumi_managed_agents.functions.registry import FUNCTIONS
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.provider.configured import ConfiguredProvider
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_managed_agents.declaration.values import Bag

REPOSITORY = {"type": "github_repository", "url": "https://github.com/org/app"}
HELLO: Bag = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}
PICTURE: Bag = {
    "type": "user.message",
    "content": [{"type": "image", "source": {"type": "file", "fileId": "file_1"}}],
}
MCP = "https://mcp.example.com/"
OAUTH: Bag = {"type": "mcp_oauth", "mcpServerUrl": MCP, "accessToken": "token-of-last-week"}
VARIABLE: Bag = {
    "type": "environment_variable",
    "secretName": "KEY",
    "secretValue": "value-of-last-week",
    "networking": {"type": "unrestricted"},
}
RUN: Bag = {"agent": "agent_1", "environmentId": "env_1"}

EXAMPLE: dict[str, tuple[str, Bag]] = {
    "agent": ("Agent", {"name": "worker", "model": {"id": MODEL, "inferenceGeo": "eu"}}),
    "fast agent": ("Agent", {"name": "worker", "model": {"id": MODEL, "speed": "fast"}}),
    "identified agent": ("Agent", {"name": "w", "model": MODEL, "executionIdentity": {"type": "service_account"}}),
    "environment": ("Environment", {"name": "sandbox"}),
    "cloud": ("Environment", {"name": "sandbox", "config": {"type": "cloud"}}),
    "own machines": ("Environment", {"name": "sandbox", "config": {"type": "self_hosted"}}),
    "repository": ("RepositoryResource", {"url": REPOSITORY["url"]}),
    "session": ("Session", dict(RUN)),
    "session with a repository": ("Session", {**RUN, "resources": [REPOSITORY]}),
    "session with a file": ("Session", {**RUN, "resources": [{"type": "file", "fileId": "file_1"}]}),
    "session with a store": (
        "Session",
        {**RUN, "resources": [{"type": "memory_store", "memoryStoreId": "memstore_1"}]},
    ),
    "events": ("SessionEvents", {"sessionId": "sesn_1", "events": [HELLO]}),
    "events with a file": ("SessionEvents", {"sessionId": "sesn_1", "events": [PICTURE]}),
    "interrupt of a thread": (
        "SessionEvents",
        {"sessionId": "sesn_1", "events": [{"type": "user.interrupt", "sessionThreadId": "sthr_1"}]},
    ),
    "deployment": ("Deployment", {**RUN, "initialEvents": [HELLO]}),
    "deployment with a file": (
        "Deployment",
        {**RUN, "initialEvents": [HELLO], "resources": [{"type": "file", "fileId": "file_1"}]},
    ),
    "vault": ("Vault", {"displayName": "vault"}),
    "bearer": (
        "Credential",
        {"vaultId": "vlt_1", "auth": {"type": "static_bearer", "mcpServerUrl": MCP, "token": "token-of-last-week"}},
    ),
    "oauth": ("Credential", {"vaultId": "vlt_1", "auth": OAUTH}),
    "variable": ("Credential", {"vaultId": "vlt_1", "auth": VARIABLE}),
    "store": ("MemoryStore", {"name": "store"}),
    "memory": ("Memory", {"memoryStoreId": "memstore_1", "path": "/a.md", "content": "a"}),
    "file": ("File", {"filename": "a.txt", "text": "a"}),
    "skill": ("Skill", {"path": "skill"}),
    "profile": ("UserProfile", {"name": "somebody"}),
    "dream": ("Dream", {"memoryStoreId": "memstore_1", "sessionIds": ["sesn_1"], "model": MODEL}),
    "tunnel": ("Tunnel", {"displayName": "office"}),
    "certificate": ("TunnelCertificate", {"tunnelId": "tnl_1", "caCertificatePem": authority()}),
}
"""Every kind, and every part of one that some place lacks."""

REFUSED: dict[str, dict[str, str]] = {
    "hosted": {},
    "google-cloud": {},
    "self-hosted": {
        "cloud": "write `self_hosted`",
        "session with a file": "directory of the worker",
        "events with a file": "`base64`",
        "deployment with a file": "directory of the worker",
        "oauth": "`static_bearer`",
        "file": "directory of the worker",
    },
    "aws": {
        "fast agent": "`standard`",
        "deployment": "`SessionEvents`",
        "deployment with a file": "`SessionEvents`",
        "dream": "leave the resource out",
        "tunnel": "leave the resource out",
        "certificate": "leave the resource out",
    },
}
DOUBTED: dict[str, set[str]] = {
    "hosted": set(),
    "google-cloud": set(),
    "self-hosted": {
        "identified agent",
        "repository",
        "session with a repository",
        "variable",
        "profile",
        "tunnel",
        "certificate",
    },
    "aws": {"profile", "interrupt of a thread"},
}


def provider(place: str, warnings: list[str]) -> ConfiguredProvider:
    return ConfiguredProvider(configure({"place": place}, {}), warnings.append)


def checked(name: str, place: str) -> tuple[Bag, list[str], list[str]]:
    """The inputs of an example, what is wrong with them in the place, and what is doubted."""
    warnings: list[str] = []
    chosen = provider(place, warnings)
    kind, bag = EXAMPLE[name]
    naming = replace(CONTEXT, capabilities=chosen.capabilities)
    inputs, failures = chosen.check(chosen.kind(kind), {}, bag, naming)
    return inputs, list(map(str, failures)), warnings


@pytest.mark.parametrize("place", REFUSED)
def test_a_preview_refuses_what_the_place_lacks_and_nothing_else(place: str) -> None:
    """Each refusal names the place and the way out; what is only inferred is a warning."""
    wrong = {name: failures for name in EXAMPLE if (failures := checked(name, place)[1])}
    doubted = {name for name in EXAMPLE if checked(name, place)[2]}

    assert set(wrong) == set(REFUSED[place])
    assert all(len(wrong[name]) == 1 and way in wrong[name][0] for name, way in REFUSED[place].items()), wrong
    assert doubted == DOUBTED[place]


def test_every_kind_is_in_the_example() -> None:
    """A kind that nobody has thought about in the places is found here."""
    assert {kind for kind, _ in EXAMPLE.values()} == {*KINDS} - {"GitHubInstallationToken"}


def test_an_environment_that_says_nothing_is_of_the_place() -> None:
    """There is no cloud on a server of one's own, so nobody has to say so."""
    assert checked("environment", "self-hosted")[0]["config"] == {"type": "self_hosted"}
    assert "config" not in checked("environment", "hosted")[0]


def test_a_doubt_names_the_resource_and_that_it_is_inferred() -> None:
    """A warning can be found in a program of many resources."""
    (doubt,) = checked("session with a repository", "self-hosted")[2]

    assert doubt.startswith("Session reviewer: `resources[0].type`")
    assert "inferred" in doubt


@pytest.mark.parametrize(
    ("place", "function", "arguments"),
    [
        ("self-hosted", "listModels", {}),
        ("self-hosted", "getFile", {"id": "file_1"}),
        ("aws", "getDeployment", {"id": "depl_1"}),
    ],
)
def test_a_look_up_of_what_the_place_lacks_says_so(place: str, function: str, arguments: Bag) -> None:
    """Nothing is asked: the refusal says where it is, and what to do."""
    with pytest.raises(OtherPlatform, match="does not exist on"):
        provider(place, []).call(FUNCTIONS[function], arguments)


@pytest.mark.parametrize("place", ["self-hosted", "aws"])
def test_what_a_preview_refuses_the_emulator_refuses_there_too(place: str, tmp_path: Path) -> None:
    """The emulator plays the place by a setting, as the documentation has it."""
    refusals = {
        "self-hosted": [
            Call(Operation("environments", "create"), {}, {"name": "a", "config": {"type": "cloud"}}),
            Call(Operation("models", "list")),
            Call(Operation("files", "list")),
            Call(Operation("user_profiles", "list")),
        ],
        "aws": [Call(Operation("deployments", "list")), Call(Operation("deployment_runs", "list"))],
    }
    with mounted(tmp_path / "world", place=place) as platform:
        for call in refusals[place]:
            with pytest.raises(Refused):
                platform.context.backend.send(call)


@pytest.mark.parametrize("place", ["self-hosted", "aws", "google-cloud"])
def test_the_rest_of_the_example_runs_in_the_place(place: str, tmp_path: Path) -> None:
    """Made, read and removed: everything that no table of the place names."""
    with mounted(tmp_path / "world", place=place) as platform:
        agent = platform.create("Agent", EXAMPLE["agent"][1])
        environment = platform.create("Environment", {"name": "sandbox"})
        vault = platform.create("Vault", {"displayName": "vault"})
        store = platform.create("MemoryStore", {"name": "store"})
        made: list[tuple[str, Any]] = [
            ("Agent", agent),
            ("Environment", environment),
            ("Vault", vault),
            ("MemoryStore", store),
            ("Memory", platform.create("Memory", {**EXAMPLE["memory"][1], "memoryStoreId": store.id})),
            ("Credential", platform.create("Credential", {**EXAMPLE["bearer"][1], "vaultId": vault.id})),
            ("Skill", platform.create("Skill", EXAMPLE["skill"][1])),
            ("Session", platform.create("Session", {"agent": agent.id, "environmentId": environment.id})),
        ]
        for kind, state in made:
            found = platform.read(kind, state.id, state.outputs)
            assert found is not None
            assert found.outputs == state.outputs or kind in ("Skill", "Session")
        for kind, state in reversed(made):
            platform.delete(kind, state)


def test_a_place_belongs_to_its_platform() -> None:
    """The setting is explicit, and a contradiction is a mistake."""
    with pytest.raises(ConfigError, match=r"managed-agents:place is no place of Qoder Cloud Agents.*`global`, `cn`"):
        configure({"platform": "qoder", "place": "aws"}, {})
    with pytest.raises(ConfigError, match="is the address of the place `cn`"):
        configure({"platform": "qoder", "baseUrl": "https://api.qoder.com.cn/api/v1/cloud"}, {})


@pytest.mark.parametrize(("made", "now"), [("aws", "hosted"), ("hosted", "aws"), ("self-hosted", "google-cloud")])
def test_an_object_of_one_place_is_none_of_another(made: str, now: str, tmp_path: Path) -> None:
    """It would only be missing there, and be dropped or made a second time."""
    with mounted(tmp_path / "there", place=made) as there, mounted(tmp_path / "here", place=now) as here:
        vault = there.create("Vault", {"displayName": "vault"})
        attempts = (
            lambda: here.read("Vault", vault.id, vault.outputs),
            lambda: here.update("Vault", vault, {"displayName": "safe"}),
            lambda: here.delete("Vault", vault),
            lambda: plan.diff(here.kind("Vault"), vault.outputs, here.checked("Vault", {"displayName": "vault"})),
        )
        for attempt in attempts:
            with pytest.raises(OtherPlatform, match=f"set `managed-agents:place` back to `{made}`"):
                attempt()

        assert there.read("Vault", vault.id, vault.outputs) == vault


def test_every_place_has_its_name_wherever_places_are_listed() -> None:
    """The command line loads nothing to know them, and the emulator stands alone: they hold lists of their own."""
    parser = ArgumentParser()
    add_target(parser)

    assert [parser.parse_args(["--place", place]).place for place in PLACE_NAMES] == list(PLACE_NAMES)
    assert all(SETTINGS["place"].allowed(place) for place in PLACE_NAMES)


@pytest.mark.parametrize(
    ("told", "asked", "words"),
    [
        ({"place": "aws"}, {}, "--place aws"),
        ({}, {"place": "aws"}, "--place hosted"),
        ({"platform": "qoder", "place": "cn"}, {"platform": "qoder"}, "--place cn"),
        ({"place": "hosted"}, {}, None),
        ({"platform": "qoder"}, {"platform": "qoder", "place": "global"}, None),
    ],
)
def test_a_command_for_another_place_than_the_stacks_says_which_one(
    told: dict[str, str], asked: dict[str, str], words: str | None
) -> None:
    """Before anything is looked for: in an emulator's file that places share it would even be found."""
    reason = Whereabouts.told(told, None).is_elsewhere(configure(asked, {}).settings)

    assert (words in reason) if reason and words else reason is None is words


def test_a_removal_that_the_place_cannot_do_names_the_way_out(tmp_path: Path) -> None:
    """Who reads it has removed the resource already: an option is too late for the state alone."""
    with mounted(tmp_path / "world", place="aws") as platform:
        profile = platform.create("UserProfile", {"name": "somebody"})

        with pytest.raises(Refused) as refused:
            platform.delete("UserProfile", profile)

    assert "UserProfile cannot be deleted on Claude Platform on AWS" in str(refused.value)
    assert "`retainOnDelete`" in str(refused.value)
    assert "`pulumi state delete URN`" in str(refused.value)
