"""What of a platform's answer the user's words cover: equal in meaning gives the very same words back."""

from dataclasses import dataclass
from typing import Any

import pytest
from core.platform import MODEL

from pulumi_managed_agents.comparison.observed import observed
from pulumi_managed_agents.declaration.marks import Instant
from pulumi_managed_agents.declaration.shape import Scalar, shape_of
from pulumi_managed_agents.declaration.values import JSON, Bag
from pulumi_managed_agents.lifecycle.outputs import outputs_of
from pulumi_managed_agents.resources.registry import KINDS

TOOLSET = "agent_toolset_20260401"
ALLOW, ASK = {"type": "always_allow"}, {"type": "always_ask"}
FILLED_MODEL = {"id": MODEL, "effort": {"type": "high"}, "speed": "standard", "inference_geo": None}
NO_PACKAGES = {"type": "packages", "apt": [], "cargo": [], "gem": [], "go": [], "npm": [], "pip": []}


def toolset(*configs: Bag, **defaults: Any) -> Bag:
    """A toolset as the platform answers it."""
    whole = {"enabled": True, "permission_policy": ALLOW, **defaults}
    return {"type": TOOLSET, "default_config": whole, "configs": list(configs)}


def config(name: str, **words: Any) -> Bag:
    """A tool's settings as the platform answers them."""
    return {"name": name, "type": name, "enabled": True, "permission_policy": ALLOW, **words}


def cloud(**parts: Any) -> Bag:
    return {"type": "cloud", "networking": {"type": "unrestricted"}, "packages": NO_PACKAGES, **parts}


def limited(**words: Any) -> Bag:
    network = {"type": "limited", "allowed_hosts": [], "allow_mcp_servers": False, "allow_package_managers": False}
    return cloud(networking={**network, **words})


@dataclass(frozen=True)
class Case:
    """One property as it was declared and as the platform answers it."""

    id: str
    kind: str
    wire: str
    managed: JSON
    answer: JSON
    expected: JSON = None


LIMITED = {"type": "cloud", "networking": {"type": "limited", "allowedHosts": ["b.com", "a.com"]}}
WITH_CONFIG = [{"type": TOOLSET, "configs": [{"name": "bash", "permissionPolicy": ASK}]}]
DENYING = [{"type": TOOLSET, "defaultConfig": {"enabled": False}, "configs": [{"name": "read", "enabled": True}]}]
SCHEMA = {"type": "object", "properties": {"a": {}, "b": 1}}
CUSTOM = {"type": "custom", "name": "ask", "description": "d"}
MEMBERS = [{"type": "agent", "id": "agent_1", "version": 4}, {"type": "agent", "id": "agent_2", "version": 1}]

THE_SAME = [
    Case("a model by id", "Agent", "model", MODEL, FILLED_MODEL),
    Case("a model and its speed", "Agent", "model", {"id": MODEL, "speed": "standard"}, FILLED_MODEL),
    Case("an effort as a word", "Agent", "model", {"id": MODEL, "effort": "high"}, FILLED_MODEL),
    Case("an empty prompt, which the platform forgets", "Agent", "system", "", None),
    Case("no tools, which the platform may leave out", "Agent", "tools", [], None),
    Case("a toolset with everything filled in", "Agent", "tools", [{"type": TOOLSET}], [toolset()]),
    Case(
        "tools in another order",
        "Agent",
        "tools",
        [{"type": TOOLSET}, {**CUSTOM, "inputSchema": SCHEMA}],
        [{**CUSTOM, "input_schema": SCHEMA}, toolset()],
    ),
    Case("one config", "Agent", "tools", WITH_CONFIG, [toolset(config("bash", permission_policy=ASK))]),
    Case(
        "one config among others that only repeat the defaults",
        "Agent",
        "tools",
        WITH_CONFIG,
        [toolset(config("read"), config("bash", permission_policy=ASK), config("web_fetch"))],
    ),
    Case(
        "configs that repeat defaults of the user's own",
        "Agent",
        "tools",
        DENYING,
        [toolset(config("read"), config("bash", enabled=False), enabled=False)],
    ),
    Case(
        "a member by id",
        "Agent",
        "multiagent",
        {"type": "coordinator", "agents": ["agent_2", "agent_1"]},
        {"type": "coordinator", "agents": MEMBERS},
    ),
    Case(
        "a skill without its version",
        "Agent",
        "skills",
        [{"type": "custom", "skillId": "a"}],
        [{"type": "custom", "skill_id": "a", "version": "7"}],
    ),
    Case("metadata beside what others set", "Agent", "metadata", {"mine": "1"}, {"mine": "1", "theirs": "2"}),
    Case("a cloud container", "Environment", "config", {"type": "cloud"}, cloud()),
    Case("hosts in another order", "Environment", "config", LIMITED, limited(allowed_hosts=["a.com", "b.com"])),
    Case("defaults written down", "Environment", "config", {"type": "cloud", "packages": {"apt": []}}, cloud()),
    Case(
        "a default that the platform leaves out",
        "Environment",
        "config",
        {"type": "cloud", "networking": {"type": "limited", "allowMcpServers": False}},
        cloud(networking={"type": "limited"}),
    ),
    Case("what is not read back", "Session", "initialEvents", [{"type": "user.message", "content": []}], None),
    Case("a secret, which is never returned", "RepositoryResource", "authorizationToken", "token-of-last-week", None),
    Case(
        "a checkout", "RepositoryResource", "checkout", {"type": "branch", "name": "a"}, {"type": "branch", "name": "a"}
    ),
]

DRIFT = [
    Case("another model", "Agent", "model", MODEL, {**FILLED_MODEL, "id": "b"}, "b"),
    Case(
        "another effort",
        "Agent",
        "model",
        {"id": MODEL, "effort": "low"},
        FILLED_MODEL,
        {"id": MODEL, "effort": "high"},
    ),
    Case("a prompt that was taken away", "Agent", "system", "a", None, None),
    Case(
        "a permission of one tool",
        "Agent",
        "tools",
        WITH_CONFIG,
        [toolset(config("bash"))],
        [{"type": TOOLSET, "configs": [{"name": "bash", "permissionPolicy": ALLOW}]}],
    ),
    Case(
        "a default permission",
        "Agent",
        "tools",
        [{"type": TOOLSET, "defaultConfig": {"permissionPolicy": ALLOW}}],
        [toolset(permission_policy=ASK)],
        [{"type": TOOLSET, "defaultConfig": {"permissionPolicy": ASK}}],
    ),
    Case(
        "a config that somebody added and that departs from the defaults",
        "Agent",
        "tools",
        WITH_CONFIG,
        [toolset(config("bash", permission_policy=ASK), config("read", enabled=False))],
        [
            {
                "type": TOOLSET,
                "configs": [
                    {"name": "bash", "permissionPolicy": ASK},
                    {"name": "read", "type": "read", "enabled": False, "permissionPolicy": ALLOW},
                ],
            }
        ],
    ),
    Case(
        "a config that somebody took away",
        "Agent",
        "tools",
        WITH_CONFIG,
        [toolset()],
        [{"type": TOOLSET, "configs": []}],
    ),
    Case("a tool that somebody took away", "Agent", "tools", [{"type": TOOLSET}], [], []),
    Case(
        "a tool that somebody added",
        "Agent",
        "tools",
        [{"type": TOOLSET}],
        [toolset(), {**CUSTOM, "input_schema": SCHEMA}],
        [{"type": TOOLSET}, {**CUSTOM, "inputSchema": SCHEMA}],
    ),
    Case(
        "a document",
        "Agent",
        "tools",
        [{**CUSTOM, "inputSchema": SCHEMA}],
        [{**CUSTOM, "input_schema": {"type": "object"}}],
        [{**CUSTOM, "inputSchema": {"type": "object"}}],
    ),
    Case("a value of the metadata", "Agent", "metadata", {"mine": "1"}, {"mine": "2", "theirs": "2"}, {"mine": "2"}),
    Case(
        "a key of the metadata that was taken away",
        "Agent",
        "metadata",
        {"mine": "1", "other": "1"},
        {"other": "1"},
        {"other": "1"},
    ),
    Case(
        "a host that was added",
        "Environment",
        "config",
        LIMITED,
        limited(allowed_hosts=["a.com", "b.com", "c.com"]),
        {"type": "cloud", "networking": {"type": "limited", "allowedHosts": ["b.com", "a.com", "c.com"]}},
    ),
    Case(
        "a switch",
        "Environment",
        "config",
        {"type": "cloud", "networking": {"type": "limited", "allowMcpServers": True}},
        limited(),
        {"type": "cloud", "networking": {"type": "limited", "allowMcpServers": False}},
    ),
    Case(
        "a network of another type",
        "Environment",
        "config",
        LIMITED,
        cloud(),
        {"type": "cloud", "networking": {"type": "unrestricted"}},
    ),
    Case(
        "a variant that is not known here",
        "Environment",
        "config",
        {"type": "cloud"},
        {"type": "lunar"},
        {"type": "lunar"},
    ),
    Case("a value of another type", "Environment", "config", {"type": "cloud"}, "cloud", "cloud"),
]


def outputs(case: Case) -> Bag:
    kind = KINDS[case.kind]
    name = shape_of(kind.inputs).properties[case.wire].name
    return outputs_of(kind, {case.wire: case.managed}, {name: case.answer})


@pytest.mark.parametrize("case", THE_SAME, ids=lambda case: case.id)
def test_what_means_the_same_stays_in_the_users_words(case: Case) -> None:
    assert outputs(case)[case.wire] is case.managed


@pytest.mark.parametrize("case", DRIFT, ids=lambda case: case.id)
def test_what_was_changed_on_the_platform_is_seen(case: Case) -> None:
    assert outputs(case).get(case.wire) == case.expected


def test_what_the_user_never_wrote_is_not_looked_at() -> None:
    answer = {"name": "worker", "system": "a", "tools": [toolset()], "metadata": {"theirs": "1"}, "version": 3}

    assert outputs_of(KINDS["Agent"], {"name": "worker"}, answer) == {"name": "worker", "version": 3}


SAME_MOMENT = {
    "another zone": ("2026-11-01T12:00:00Z", "2026-11-01T13:00:00+01:00"),
    "a fraction of zeros": ("2026-11-01T12:00:00Z", "2026-11-01T12:00:00.000000Z"),
    "no zone, which is UTC": ("2026-11-01T12:00:00Z", "2026-11-01T12:00:00"),
    "no moment at all, twice": ("soon", "soon"),
}
INSTANT = Scalar(marks=(Instant(),))


@pytest.mark.parametrize("case", SAME_MOMENT)
def test_an_instant_is_compared_as_an_instant(case: str) -> None:
    one, other = SAME_MOMENT[case]

    assert observed(INSTANT, one, other) is one


@pytest.mark.parametrize("other", ["2026-11-01T12:00:01Z", "2026-11-01T12:00:00+01:00", "soon", "", 4], ids=repr)
def test_another_instant_is_another_value(other: JSON) -> None:
    assert observed(INSTANT, "2026-11-01T12:00:00Z", other) == other
