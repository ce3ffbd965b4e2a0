"""What can be known in a preview is said there: where, what, and what to do."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from core.bags import CONTEXT, checked
from core.platform import APP, repository
from engine.installation import pair
from hypothesis import given
from hypothesis import strategies as st

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.ids import PREFIXES, kind_by_id
from pulumi_managed_agents.declaration.marks import IdOf
from pulumi_managed_agents.declaration.patterns import IN_WORDS
from pulumi_managed_agents.declaration.shape import ListOf, Object, Shape, Tagged
from pulumi_managed_agents.platforms import PLATFORM_TYPES
from pulumi_managed_agents.resources.parts.github_app import app_token
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_managed_agents.declaration.platform import PlatformKey

ANTHROPIC = "sk-ant-api03-" + "x" * 40
SESSION = {"agent": "agent_1", "environmentId": "env_1"}
DEPLOYMENT = {**SESSION, "initialEvents": [{"type": "user.message", "content": [{"type": "text", "text": "hello"}]}]}


def failures(kind: str, bag: dict[str, Any], platform: PlatformKey = "claude") -> dict[str, str]:
    """What is wrong with a bag, by its path."""
    context = replace(CONTEXT, capabilities=PLATFORM_TYPES[platform].capabilities)
    _, found = plan.check(KINDS[kind].on(platform), {}, bag, context)
    return {".".join(map(str, failure.path)): failure.reason for failure in found}


def mounting(**words: Any) -> dict[str, Any]:
    return {**SESSION, "resources": [repository(**words)]}


# What stands in another form

FORMS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "an owner before the name": (
        "GitHubInstallationToken",
        {"appId": "1", "installationId": "2", "privateKey": "key", "repositories": ["org/app"]},
        "repositories.0",
        "must be the name alone, without its owner",
    ),
    "a branch as a commit": (
        "RepositoryResource",
        {"url": APP, "checkout": {"type": "commit", "sha": "main-branch"}},
        "checkout.sha",
        "must be the commit's SHA, in hexadecimal digits",
    ),
    "a branch by its name": (
        "RepositoryResource",
        {"url": APP, "checkout": "main"},
        "checkout",
        "must be an object with a `type`: one of `branch`, `commit`",
    ),
    "a network by its name": (
        "Environment",
        {"config": {"type": "cloud", "networking": "unrestricted"}},
        "config.networking",
        "must be an object with a `type`: one of `unrestricted`, `limited`",
    ),
    "a schedule by its expression": (
        "Deployment",
        {**DEPLOYMENT, "schedule": "0 9 * * *"},
        "schedule",
        "must be an object with `type`, `expression`, `timezone`",
    ),
    "a prompt by another word": ("Agent", {"model": "m", "prompt": "x"}, "prompt", "did you mean `system`?"),
    "how deep to clone": ("RepositoryResource", {"url": APP, "fetchDepth": 1}, "fetchDepth", "cloned in full"),
}


@pytest.mark.parametrize("case", FORMS)
def test_what_stands_in_another_form_is_told_what_is_meant(case: str) -> None:
    kind, bag, where, told = FORMS[case]

    assert told in failures(kind, bag)[where]


def test_no_message_is_a_pattern() -> None:
    schema = json.dumps([KINDS[kind].inputs.model_json_schema() for kind in KINDS])

    assert set(re.findall(r'"pattern": ("[^"]*")', schema)) <= {json.dumps(pattern) for pattern in IN_WORDS}


# An id of another kind

OTHER_KINDS = {
    "an agent as environment": ("Session", {**SESSION, "environmentId": "agent_1"}, "environmentId", "Environment"),
    "an environment as agent": ("Session", {**SESSION, "agent": "env_1"}, "agent", "Agent"),
    "an environment as agent, in full": ("Session", {**SESSION, "agent": {"id": "env_1"}}, "agent.id", "Agent"),
    "a session as environment": ("Deployment", {**DEPLOYMENT, "environmentId": "sesn_1"}, "environmentId", "Env"),
    "a deployment as agent": ("Deployment", {**DEPLOYMENT, "agent": "depl_1"}, "agent", "Agent"),
    "an agent as vault": ("Session", {**SESSION, "vaultIds": ["agent_1"]}, "vaultIds.0", "Vault"),
    "a credential as vault": ("Session", {**SESSION, "vaultIds": ["vcrd_1"]}, "vaultIds.0", "Vault"),
    "a memory as store": (
        "Session",
        {**SESSION, "resources": [{"type": "memory_store", "memoryStoreId": "mem_1"}]},
        "resources.0.memoryStoreId",
        "MemoryStore",
    ),
    "a skill as file": (
        "Session",
        {**SESSION, "resources": [{"type": "file", "fileId": "skill_1"}]},
        "resources.0.fileId",
        "File",
    ),
    "an agent as a memory's store": (
        "Memory",
        {"memoryStoreId": "agent_1", "path": "/a.md", "content": "a"},
        "memoryStoreId",
        "MemoryStore",
    ),
    "an agent as session": (
        "SessionEvents",
        {"sessionId": "agent_1", "events": DEPLOYMENT["initialEvents"]},
        "sessionId",
        "Session",
    ),
    "an agent as the session of a mount": (
        "RepositoryResource",
        {"url": APP, "sessionId": "agent_1"},
        "sessionId",
        "Session",
    ),
    "a session in a roster": (
        "Agent",
        {
            "name": "lead",
            "model": "claude-opus-5-5",
            "multiagent": {"type": "coordinator", "agents": [{"type": "agent", "id": "sesn_1"}]},
        },
        "multiagent.agents.0.id",
        "Agent",
    ),
}


@pytest.mark.parametrize("case", OTHER_KINDS)
def test_an_id_of_another_kind_is_told(case: str) -> None:
    kind, bag, path, wanted = OTHER_KINDS[case]

    reason = failures(kind, bag)[path]

    assert wanted in reason


@pytest.mark.parametrize("id_", ["env_1", "environment-7", "01J0000", "agentless_1", "AGENT_1", "", "session_1"])
def test_an_id_of_no_form_that_is_known_is_the_platform_s_to_judge(id_: str) -> None:
    found = failures("Session", {**SESSION, "environmentId": id_})

    assert "Environment" not in found.get("environmentId", "")


NAMED_FOR = {
    "agentId": "Agent",
    "environmentId": "Environment",
    "vaultId": "Vault",
    "vaultIds": "Vault",
    "memoryStoreId": "MemoryStore",
    "sessionId": "Session",
    "fileId": "File",
}


def places(shape: Shape, path: str = "") -> Iterator[tuple[str, Shape]]:
    """Every declared place below a shape."""
    yield path, shape
    match shape:
        case Object():
            for wire, prop in shape.properties.items():
                yield from places(prop.shape, f"{path}.{wire}")
        case Tagged():
            for variant in shape.variants.values():
                yield from places(variant, path)
        case ListOf():
            yield from places(shape.item, path)


@pytest.mark.parametrize("kind", KINDS)
def test_every_id_that_a_program_writes_says_whose_it_is(kind: str) -> None:
    unsaid = []
    for path, shape in places(KINDS[kind].shape):
        wanted = NAMED_FOR.get(path.rpartition(".")[2])
        is_text = not isinstance(shape, ListOf | Object | Tagged)
        mark = shape.mark(IdOf)
        if wanted and is_text and (mark is None or mark.kind != wanted):
            unsaid.append(path)

    assert unsaid == []


@given(st.data())
def test_an_id_is_refused_only_where_its_form_is_surely_another_kind_s(data: st.DataObject) -> None:
    platform = data.draw(st.sampled_from(sorted(PREFIXES)))
    kind = data.draw(st.sampled_from(sorted(PREFIXES[platform])))
    own = PREFIXES[platform][kind]
    text = data.draw(st.sampled_from([*PREFIXES[platform].values(), "", "x_"])) + data.draw(
        st.text("abc01_", max_size=9)
    )

    found = kind_by_id(text, platform)

    assert kind_by_id(f"{own}{text}", platform) == kind
    assert (found is None) == (not text.startswith(tuple(PREFIXES[platform].values())))


def test_each_platform_has_its_own_forms() -> None:
    assert failures("Session", {**SESSION, "vaultIds": ["vault_1"]}, "qoder") == {}
    assert failures("Session", {**SESSION, "vaultIds": ["vlt_1"]}, "claude") == {}


# A token of another service

TOKENS = {
    "of a mount": ("Session", lambda token: mounting(authorizationToken=token), "resources.0.authorizationToken"),
    "of a repository": (
        "RepositoryResource",
        lambda token: {"url": APP, "authorizationToken": token},
        "authorizationToken",
    ),
}


@pytest.mark.parametrize("case", TOKENS)
def test_a_key_of_the_platform_is_no_token_of_github(case: str) -> None:
    kind, bag, path = TOKENS[case]

    reason = failures(kind, bag(ANTHROPIC))[path]

    assert "Claude" in reason
    assert ANTHROPIC not in reason


@pytest.mark.parametrize(
    "token",
    ["token-of-last-week", "gho_" + "x" * 36, "github_pat_" + "x" * 40, "v1." + "0" * 40, "0" * 40, "sk-antique"],
)
@pytest.mark.parametrize("case", TOKENS)
def test_a_token_that_may_be_github_s_is_left_to_it(case: str, token: str) -> None:
    kind, bag, path = TOKENS[case]

    assert path not in failures(kind, bag(token))


# Addresses

ADDRESSES = {
    "a branch's page": (f"{APP}/tree/main", ("checkout", "branch")),
    "a branch's folder": (f"{APP}/tree/main/src", ("checkout",)),
    "a commit's page": (f"{APP}/commit/{'0' * 40}", ("checkout", "commit")),
    "a file's page": (f"{APP}/blob/main/README.md", ("checkout",)),
    "a pull request": (f"{APP}/pull/7", ("checkout", "https://github.com/OWNER/REPOSITORY")),
    "GitHub Enterprise": ("https://github.example.com/org/app", ("github.com", "Qoder Cloud Agents")),
    "another forge": ("https://gitlab.com/org/app", ("github.com", "Qoder Cloud Agents")),
}


@pytest.mark.parametrize("case", ADDRESSES)
@pytest.mark.parametrize("place", ["url", "resources.0.url"])
def test_an_address_of_something_else_is_told_with_the_way_out(case: str, place: str) -> None:
    url, words = ADDRESSES[case]
    found = failures("RepositoryResource", {"url": url}) if place == "url" else failures("Session", mounting(url=url))

    assert [word for word in words if word not in found[place]] == []


# Properties that are looked for

LOOKED_FOR = {
    "depth": {"depth": 1},
    "submodules": {"submodules": True},
    "branch": {"branch": "main"},
    "ref": {"ref": "main"},
    "token": {"token": "token-of-last-week"},
    "lfs": {"lfs": True},
}


@pytest.mark.parametrize("case", LOOKED_FOR)
@pytest.mark.parametrize("place", ["", "resources.0."])
def test_a_property_that_one_would_look_for_is_told_with_a_reason(case: str, place: str) -> None:
    words = LOOKED_FOR[case]
    found = failures("Session", mounting(**words)) if place else failures("RepositoryResource", {"url": APP, **words})

    reason = found[f"{place}{case}"]

    assert reason.startswith("is not a property here: ")
    assert "did you mean" not in reason or "`authorizationToken`" in reason


# Two mounts at one place

CLASHES = {
    "the same path": ("/workspace/app", "/workspace/app"),
    "the same path in other words": ("/workspace/app", "/workspace//app/"),
}


@pytest.mark.parametrize("case", CLASHES)
def test_two_mounts_at_one_place_are_both_named_with_the_way_out(case: str) -> None:
    first, second = CLASHES[case]
    mounts = [repository(mountPath=first), repository(url="https://github.com/other/app", mountPath=second)]

    reason = failures("Session", {**SESSION, "resources": mounts})["resources.1.mountPath"]

    assert "resources[0]" in reason
    assert "/workspace/app" in reason
    assert "another `mountPath`" in reason


def test_two_repositories_of_one_name_are_told_that_they_clash_by_default() -> None:
    mounts = [{"type": "github_repository", "url": APP}, {"type": "github_repository", "url": f"{APP.lower()}.git"}]
    mounts[1]["url"] = "https://github.com/other/app"

    reason = failures("Session", {**SESSION, "resources": mounts})["resources.1.mountPath"]

    assert "/workspace/app" in reason
    assert "another `mountPath`" in reason


# Cron

CRONS = {
    "a minute": ("60 9 * * *", "minute"),
    "an hour": ("0 24 * * *", "hour"),
    "a day": ("0 9 32 * *", "day of month"),
    "day nought": ("0 9 0 * *", "day of month"),
    "a month": ("0 9 * 13 *", "month"),
    "a weekday": ("0 9 * * 8", "day of week"),
    "a range": ("0 9 * * 5-9", "day of week"),
    "a range that goes back": ("0 17-9 * * *", "hour"),
    "a step of nothing": ("*/0 9 * * *", "minute"),
}


@pytest.mark.parametrize("case", CRONS)
@pytest.mark.parametrize("platform", PLATFORM_TYPES)
def test_a_field_of_a_schedule_out_of_its_range_is_named(case: str, platform: PlatformKey) -> None:
    expression, field = CRONS[case]
    schedule = {"type": "cron", "expression": expression, "timezone": "UTC"}

    found = failures("Deployment", {**DEPLOYMENT, "schedule": schedule}, platform)

    assert field in found["schedule.expression"]


@pytest.mark.parametrize("expression", ["0  9 * *  1-5", " 0 9 * * 1-5 ", "0\t9 * * 1-5"])
def test_blanks_between_the_fields_of_a_schedule_make_no_difference(expression: str) -> None:
    schedule = {"type": "cron", "expression": expression, "timezone": "UTC"}

    inputs = checked(KINDS["Deployment"], {**DEPLOYMENT, "schedule": schedule})

    assert inputs["schedule"]["expression"] == "0 9 * * 1-5"


@pytest.mark.parametrize(("wire", "empty"), [("repositories", []), ("permissions", {})])
def test_a_token_for_nothing_is_not_one_for_all(wire: str, empty: Any) -> None:
    found = failures("GitHubInstallationToken", {"appId": "1", "installationId": "2", "privateKey": "key", wire: empty})

    assert found[wire].startswith("is empty, which GitHub may take for all that there is: name some")


def test_a_day_that_no_month_has_is_named() -> None:
    schedule = {"type": "cron", "expression": "0 9 31 2 *", "timezone": "UTC"}

    found = failures("Deployment", {**DEPLOYMENT, "schedule": schedule})

    assert found.get("schedule.expression") is None or "day of month" in found["schedule.expression"]


# The key of a GitHub App


@pytest.mark.parametrize(
    "written",
    [
        lambda key: key.replace("\n", "\\n"),
        lambda key: key.replace("\n", "\\r\\n"),
        lambda key: f'"{key}"'.replace("\n", "\\n"),
        lambda key: key.replace("\n", "\r\n"),
        lambda key: key.strip(),
        lambda key: key,
    ],
    ids=["\\n", "\\r\\n", "quoted", "CRLF", "without its last line's end", "as it is"],
)
def test_a_private_key_may_be_written_as_pipelines_hold_it(written: Any) -> None:
    private, _ = pair()

    assert app_token("4711", written(private), 1_793_534_400.0)


@pytest.mark.parametrize(
    "key",
    [
        "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\nbm90IGEga2V5\n-----END PUBLIC KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----",
    ],
    ids=["no key inside", "a public key", "its first line alone"],
)
def test_a_private_key_that_is_none_is_found_in_the_preview(key: str) -> None:
    bag = {"appId": "4711", "installationId": "1", "privateKey": key}

    reason = failures("GitHubInstallationToken", bag)["privateKey"]

    assert "bm90IGEga2V5" not in reason
