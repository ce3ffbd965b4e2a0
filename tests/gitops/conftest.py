"""A team with a repository, its pipelines, the platform and GitHub."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from credentials.identities import github_actions, trust
from gitops.hosting import Hosting
from gitops.repository import DEPLOYS, NAME, Identity, Team

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_managed_agents.emulator import Server


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[tuple[Emulator, Server]]:
    """The platform behind a port."""
    assert shutil.which("pulumi"), "no engine on PATH: run the tests with `make test`"
    with Emulator(tmp_path / "world.emulator") as emulator, emulator.serve() as server:
        yield emulator, server


@pytest.fixture
def team(tmp_path: Path, platform: tuple[Emulator, Server]) -> Iterator[Team]:
    """The team, before its first commit."""
    emulator, server = platform
    # GitHub's own: a job of the environment `prod`, and what is good once is good once.
    trust(emulator, subject_prefix=DEPLOYS, claims={"repository": NAME})
    about: dict[str, str] = {}
    given: list[str] = []
    with Hosting() as hosting, github_actions(given, about) as variables:
        yield Team(tmp_path, emulator, server.url, hosting, Identity(variables, about, given))
