"""Check, as the engine asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugin.client import Client, urn
from pulumi.runtime.proto import provider_pb2 as pb

from pulumi_managed_agents.declaration.values import UNKNOWN, Secret
from pulumi_managed_agents.plugin.codec import decode, encode

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

URL = "https://github.com/org/app"
MOUNT = {"type": "github_repository", "url": URL, "mountPath": "/workspace/app", "authorizationToken": "a-token"}
Naming = pb.CheckRequest.AutonamingOptions


def test_our_own_mount_that_comes_as_one_secret_is_a_secret_token_in_a_plain_mount(plugin: Client) -> None:
    inputs = plugin.check("RepositoryResource", {key: value for key, value in MOUNT.items() if key != "type"})
    _, outputs = plugin.create("RepositoryResource", inputs, preview=True)
    session = {"agent": "agent_1", "environmentId": "env_1", "resources": [outputs["mount"]]}

    checked = plugin.check("Session", session)

    assert plugin.failures == {}
    assert checked["resources"] == [{**MOUNT, "authorizationToken": Secret("a-token")}]


def test_a_list_of_our_own_mounts_that_comes_as_one_secret_keeps_each_token_secret(plugin: Client) -> None:
    session = {"agent": "agent_1", "environmentId": "env_1", "resources": Secret([{**MOUNT, "restIsOpen": True}])}

    assert plugin.check("Session", session)["resources"] == [{**MOUNT, "authorizationToken": Secret("a-token")}]


@pytest.mark.parametrize("given", [Secret([MOUNT]), [Secret(MOUNT)], Secret([{**MOUNT, "restIsOpen": False}])])
def test_what_the_user_made_secret_as_a_whole_stays_so_as_a_whole(plugin: Client, given: Any) -> None:
    session = {"agent": "agent_1", "environmentId": "env_1", "resources": given}

    made = plugin.check("Session", session)["resources"]

    assert made == ([Secret(MOUNT)] if isinstance(given, list) else Secret([MOUNT]))


def test_a_token_written_in_the_clear_becomes_secret(plugin: Client) -> None:
    checked = plugin.check("RepositoryResource", {"url": URL, "authorizationToken": "a-token"})

    assert checked["authorizationToken"] == Secret("a-token")


@pytest.mark.parametrize(
    "news",
    [
        {"model": "claude-opus-4-8", "system": Secret("between us")},
        {"model": "claude-opus-4-8", "metadata": {"owner": Secret("somebody")}},
        {"model": "claude-opus-4-8", "description": Secret(UNKNOWN)},
    ],
    ids=["a property", "an entry of a map", "one that is not known yet"],
)
def test_what_the_user_made_secret_stays_secret(plugin: Client, news: dict[str, Any]) -> None:
    checked = plugin.check("Agent", news)

    name = next(key for key in news if key != "model")
    assert checked[name] == (UNKNOWN if name == "description" else news[name])


def test_what_is_not_known_yet_passes_at_any_depth(plugin: Client) -> None:
    news = {
        "agent": {"id": UNKNOWN, "version": UNKNOWN},
        "environmentId": UNKNOWN,
        "resources": [{"type": "github_repository", "url": UNKNOWN, "authorizationToken": UNKNOWN}, UNKNOWN],
        "metadata": {"team": UNKNOWN},
    }

    checked = plugin.check("Session", news)

    assert plugin.failures == {}
    assert checked["resources"][0]["authorizationToken"] is UNKNOWN
    assert checked["agent"]["id"] is UNKNOWN


def test_failures_stand_at_property_paths(plugin: Client) -> None:
    plugin.check("Agent", {"tools": [{"type": "custom", "name": "x y"}], "sytem": "?", "metadata": {"a.b": "x" * 600}})

    assert set(plugin.failures) == {
        "model",
        "sytem",
        "tools[0].name",
        "tools[0].description",
        "tools[0].inputSchema",
        'metadata["a.b"]',
    }


def test_a_name_is_made_of_the_engine_s_seed(plugin: Client) -> None:
    first = plugin.check("Environment", {}, name="sandbox")["name"]

    assert first == plugin.check("Environment", {}, name="sandbox")["name"]
    assert first.startswith("sandbox-")
    assert len(first) == len("sandbox-") + 7


def test_a_name_made_up_once_is_kept(plugin: Client) -> None:
    assert plugin.check("Environment", {}, {"name": "sandbox-0123456"})["name"] == "sandbox-0123456"


def test_the_engine_s_own_naming_is_followed(plugin: Client) -> None:
    naming = Naming(proposed_name="team-reviewer", mode=Naming.ENFORCE)

    assert plugin.check("Agent", {"model": "claude-opus-4-8"}, autonaming=naming)["name"] == "team-reviewer"


def test_without_automatic_names_one_has_to_be_written(plugin: Client) -> None:
    plugin.check("Agent", {"model": "claude-opus-4-8"}, autonaming=Naming(mode=Naming.DISABLE))

    assert plugin.failures == {"name": "is required: automatic names are turned off"}


def test_a_resource_inside_a_component_is_checked_as_its_own_kind(plugin: Client) -> None:
    request = pb.CheckRequest(
        urn=urn("Agent", "inner", parent="acme:index:Team$"), news=encode({"model": "claude-opus-4-8"}), randomSeed=b"1"
    )

    assert decode(plugin.stub.Check(request).inputs)["name"] == "inner"


def test_local_files_are_what_they_seem(plugin: Client, tmp_path: Path) -> None:
    (tmp_path / "real").write_text("words")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / ".env").write_text("words")

    plugin.check("File", {"path": str(tmp_path / "link")})
    assert "is not followed: name what it leads to" in plugin.failures["path"]
    plugin.check("Agent", {"model": "m", "source": str(tmp_path / "link")})
    assert "is not followed: name what it leads to" in plugin.failures["source"]
    plugin.check("File", {"path": str(tmp_path / ".env")})
    assert plugin.failures["path"].endswith("`including`")
    plugin.make("File", {"path": str(tmp_path / ".env"), "including": [".env"]})
