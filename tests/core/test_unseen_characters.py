"""Characters that nobody sees are refused in whatever becomes a name, a path or an address; in prose they may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.bags import failures_of
from core.test_elsewhere import CONTEXTS

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import render
from pulumi_managed_agents.functions.registry import FUNCTIONS
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from pulumi_managed_agents.declaration.values import Bag

UNSEEN = {
    "NUL": "\x00",
    "a line break": "\n",
    "a carriage return": "\r",
    "a tab": "\t",
    "ESC": "\x1b",
    "DEL": "\x7f",
    "CSI": "\x9b",
    "NEL": "\x85",
    "a line separator": "\u2028",
    "a paragraph separator": "\u2029",
    "right to left": "\u202e",
    "an isolate": "\u2066",
    "a mark": "\u200f",
}
URL = "https://github.com/org/app"
TREE = f"{URL}/tree/{'0' * 40}"
SESSION = {"agent": "agent_1", "environmentId": "env_1"}
DEPLOYMENT = {**SESSION, "initialEvents": [{"type": "user.message", "content": [{"type": "text", "text": "Work."}]}]}


def mounting(**entry: Any) -> Bag:
    return {**SESSION, "resources": [entry]}


PLACES: dict[str, tuple[str, Any]] = {
    "mountPath": ("RepositoryResource", lambda text: {"url": URL, "mountPath": f"/workspace/a{text}b"}),
    "checkout.name": (
        "RepositoryResource",
        lambda text: {"url": URL, "checkout": {"type": "branch", "name": f"a{text}b"}},
    ),
    "resources[0].mountPath": (
        "Session",
        lambda text: mounting(type="github_repository", url=URL, mountPath=f"/workspace/a{text}b"),
    ),
    "resources[0].mountPath (file)": (
        "Session",
        lambda text: mounting(type="file", fileId="f", mountPath=f"/a{text}b"),
    ),
    "resources[0].fileId": ("Session", lambda text: mounting(type="file", fileId=f"file_1{text}x")),
    "resources[0].memoryStoreId": ("Session", lambda text: mounting(type="memory_store", memoryStoreId=f"m{text}x")),
    "title": ("Session", lambda text: {**SESSION, "title": f"a{text}b"}),
    "agent.id": ("Session", lambda text: {**SESSION, "agent": {"id": f"agent{text}1"}}),
    "environmentId": ("Session", lambda text: {**SESSION, "environmentId": f"env{text}1"}),
    "vaultIds[0]": ("Session", lambda text: {**SESSION, "vaultIds": [f"vlt{text}1"]}),
    "agent.id (deployment)": ("Deployment", lambda text: {**DEPLOYMENT, "agent": {"id": f"agent{text}1"}}),
    "name": ("Agent", lambda text: {"model": "m", "name": f"a{text}b"}),
    "model.id": ("Agent", lambda text: {"model": {"id": f"m{text}1"}}),
    "mcpServers[0].name": (
        "Agent",
        lambda text: {
            "model": "m",
            "mcpServers": [{"type": "url", "name": f"a{text}b", "url": "https://mcp.example.com/"}],
            "tools": [{"type": "mcp_toolset", "mcpServerName": f"a{text}b"}],
        },
    ),
    "mcpServers[0].url": (
        "Agent",
        lambda text: {
            "model": "m",
            "mcpServers": [{"type": "url", "name": "a", "url": f"https://mcp.example.com/{text}x"}],
            "tools": [{"type": "mcp_toolset", "mcpServerName": "a"}],
        },
    ),
    "skills[0].skillId": ("Agent", lambda text: {"model": "m", "skills": [{"type": "custom", "skillId": f"s{text}1"}]}),
    "name (environment)": ("Environment", lambda text: {"name": f"a{text}b"}),
    "config.networking.allowedHosts[0]": (
        "Environment",
        lambda text: {
            "config": {"type": "cloud", "networking": {"type": "limited", "allowedHosts": [f"a{text}.example.com"]}}
        },
    ),
    "config.packages.pip[0]": (
        "Environment",
        lambda text: {"config": {"type": "cloud", "packages": {"pip": [f"ruff{text}; x"]}}},
    ),
    "displayName": ("Vault", lambda text: {"displayName": f"a{text}b"}),
    "vaultId": (
        "Credential",
        lambda text: {
            "vaultId": f"vlt{text}1",
            "auth": {"type": "static_bearer", "mcpServerUrl": "https://x.example", "token": "made-up"},
        },
    ),
    "auth.mcpServerUrl": (
        "Credential",
        lambda text: {
            "vaultId": "v",
            "auth": {"type": "static_bearer", "mcpServerUrl": f"https://x.example/{text}x", "token": "made-up"},
        },
    ),
    "name (store)": ("MemoryStore", lambda text: {"name": f"a{text}b"}),
    "memoryStoreId": ("Memory", lambda text: {"memoryStoreId": f"m{text}1", "path": "/a.md"}),
    "path": ("Memory", lambda text: {"memoryStoreId": "m", "path": f"/a{text}b.md"}),
    "filename": ("File", lambda text: {"text": "made-up", "filename": f"a{text}b"}),
    "displayName (skill)": ("Skill", lambda text: {"path": "folder", "displayName": f"a{text}b"}),
    "path (skill)": ("Skill", lambda text: {"path": f"{TREE}/a{text}b"}),
    "path (local skill)": ("Skill", lambda text: {"path": f"folder/a{text}b"}),
    "name (profile)": ("UserProfile", lambda text: {"name": f"a{text}b"}),
    "sessionId": ("SessionEvents", lambda text: {"sessionId": f"s{text}1", "events": [{"type": "user.interrupt"}]}),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_character_that_nobody_sees_is_refused_where_it_stands_without_being_shown(place: str) -> None:
    kind, bag = PLACES[place]
    path = place.partition(" (")[0]

    for text in UNSEEN.values():
        found = failures_of(KINDS[kind], bag(text))

        assert path in found
        assert f"U+{ord(text):04X}" in found[path]
        assert found[path].isprintable()


@pytest.mark.parametrize("platform", CONTEXTS)
def test_it_is_refused_on_both_platforms(platform: str) -> None:
    entry = {"type": "github_repository", "url": URL, "mountPath": "/workspace/\x1b[2J"}
    resource = {"url": URL, "mountPath": "/workspace/a\x00"}

    for kind, bag, path in (
        ("Session", mounting(**entry), "resources[0].mountPath"),
        ("RepositoryResource", resource, "mountPath"),
    ):
        _, failures = plan.check(KINDS[kind].on(platform), {}, bag, CONTEXTS[platform])  # type: ignore[arg-type]
        assert path in [render(failure.path) for failure in failures]


@pytest.mark.parametrize("text", ["\u200b", "\u200d", "\u00ad", "\ufeff", "\U000e0041"])
def test_a_path_has_no_character_without_a_shape_at_all(text: str) -> None:
    assert "mountPath" in failures_of(KINDS["RepositoryResource"], {"url": URL, "mountPath": f"/workspace/a{text}"})
    assert "filename" in failures_of(KINDS["File"], {"text": "made-up", "filename": f"a{text}b"})


@pytest.mark.parametrize("text", ["\u2028", "\u2029", "\ud800"])
def test_a_memory_has_no_path_that_breaks_a_line(text: str) -> None:
    assert "path" in failures_of(KINDS["Memory"], {"memoryStoreId": "m", "path": f"/a{text}b.md"})


def test_half_a_character_is_no_text() -> None:
    reason = "holds half a character (a lone surrogate), which is no text"

    assert failures_of(KINDS["Agent"], {"model": "m", "system": "a\ud800b", "name": "a\ud800b"}) == {
        "name": reason,
        "system": reason,
    }


LINES = "One line,\n\tand another.\r\n\u2028"


def test_prose_has_lines() -> None:
    message = {"type": "user.message", "content": [{"type": "text", "text": LINES}]}
    bags = [
        ("Agent", {"model": "m", "system": LINES, "description": LINES, "metadata": {"note": LINES}}),
        (
            "Agent",
            {
                "model": "m",
                "tools": [{"type": "custom", "name": "x", "description": LINES, "inputSchema": {"type": "object"}}],
            },
        ),
        ("Environment", {"description": LINES}),
        ("MemoryStore", {"description": LINES}),
        ("Memory", {"memoryStoreId": "m", "path": "/a.md", "content": LINES}),
        ("File", {"text": LINES, "filename": "a"}),
        ("Deployment", {**DEPLOYMENT, "description": LINES}),
        ("Session", {**SESSION, "initialEvents": [message]}),
        ("Session", {**SESSION, "agent": {"id": "a", "system": LINES}}),
        ("Session", mounting(type="memory_store", memoryStoreId="m", instructions=LINES)),
        ("SessionEvents", {"sessionId": "s", "events": [message], "trigger": LINES}),
    ]

    assert [failures_of(KINDS[kind], bag) for kind, bag in bags] == [{}] * len(bags)
    script = {"config": {"type": "cloud", "setupScript": LINES}}
    variables = {**SESSION, "environmentVariables": {"KEY": LINES}}
    for kind, bag in (("Environment", script), ("Session", variables)):
        assert plan.check(KINDS[kind].on("qoder"), {}, bag, CONTEXTS["qoder"])[1] == []


@pytest.mark.parametrize(
    "name",
    [
        "Prüfer",
        "評価者",
        "\u0628\u0631\u0631\u0633\u06cc\u200c\u06a9\u0646\u0646\u062f\u0647",
        "👩\u200d💻",
        "a b",
        "naïve-1",
    ],
)
def test_names_in_every_script_are_fine(name: str) -> None:
    assert failures_of(KINDS["Agent"], {"model": "m", "name": name}) == {}
    assert failures_of(KINDS["Session"], {**SESSION, "title": name}) == {}


@pytest.mark.parametrize("function", ["getAgent", "getSession", "listSessionEvents"])
def test_what_is_looked_up_by_an_id_is_asked_for_with_one(function: str) -> None:
    wire = "sessionId" if function.startswith("list") else "id"
    (failure,) = FUNCTIONS[function].failures({wire: "agent_\x1b1"})

    assert str(failure) == f"`{wire}` holds the character U+001B, which nobody sees: leave it out"
