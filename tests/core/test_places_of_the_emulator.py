"""The emulator in each place: it asks for what the place asks for, and lacks what the place lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from core.platform import MODEL, mounted

from pulumi_managed_agents.errors import Refused
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.settings import configure

if TYPE_CHECKING:
    from pathlib import Path

AGENTS = Call(Operation("agents", "list"))


@pytest.mark.parametrize("place", ["hosted", "self-hosted", "aws", "google-cloud"])
def test_nothing_but_the_place_has_to_be_said_to_the_emulator(place: str, tmp_path: Path) -> None:
    """Who tries a place out has no workspace in it yet."""
    backend = connect(configure({"place": place, "emulator": str(tmp_path / "world.emulator")}, {}))

    assert backend.send(AGENTS)["data"] == []
    backend.close()


@pytest.mark.parametrize(
    ("place", "variable"),
    [("aws", "ANTHROPIC_AWS_WORKSPACE_ID"), ("google-cloud", "ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID")],
)
def test_a_workspace_of_the_environment_is_the_real_places(place: str, variable: str, tmp_path: Path) -> None:
    """As a key of the environment is: an emulator works on a machine that is set up for the place."""
    given = {"place": place, "emulator": str(tmp_path / "world.emulator")}
    backend = connect(configure(given, {variable: "wrkspc_real"}))

    assert backend.send(AGENTS)["data"] == []
    backend.close()


def test_a_workspace_that_is_configured_is_the_one_that_is_asked_for(tmp_path: Path) -> None:
    """Another one is refused, as it would be."""
    given = {"place": "aws", "workspaceId": "wrkspc_other", "emulator": str(tmp_path / "world.emulator")}
    backend = connect(configure(given, {}))

    with pytest.raises(Refused, match="another workspace"):
        backend.send(AGENTS)
    backend.close()


@pytest.mark.parametrize(("place", "is_refused"), [("aws", True), ("hosted", False)])
def test_on_aws_no_store_is_mounted_on_machines_of_ones_own(place: Any, is_refused: bool, tmp_path: Path) -> None:
    """A preview cannot see what an environment is."""
    with mounted(tmp_path / "world", place=place) as platform:
        agent = platform.create("Agent", {"name": "worker", "model": MODEL})
        environment = platform.create("Environment", {"name": "own", "config": {"type": "self_hosted"}})
        store = platform.create("MemoryStore", {"name": "store"})
        mount = {"type": "memory_store", "memoryStoreId": store.id}
        session = {"agent": agent.id, "environmentId": environment.id, "resources": [mount]}

        if is_refused:
            with pytest.raises(Refused, match="memory"):
                platform.create("Session", session)
        else:
            platform.create("Session", session)


def test_on_aws_nothing_is_fast(tmp_path: Path) -> None:
    """As its table says."""
    with mounted(tmp_path / "world", place="aws") as platform:
        body = {"name": "worker", "model": {"id": MODEL, "speed": "fast"}}
        with pytest.raises(Refused, match="fast"):
            platform.context.backend.send(Call(Operation("agents", "create"), {}, body))
