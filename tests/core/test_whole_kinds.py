"""A kind is whole: each place that the recipe in CONTRIBUTING names has it, and this says which one lacks it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pulumi_managed_agents import resources
from pulumi_managed_agents.declaration.marks import Replaces
from pulumi_managed_agents.declaration.names import is_ours
from pulumi_managed_agents.declaration.platform import PLATFORMS, PlatformKey
from pulumi_managed_agents.declaration.shape import written
from pulumi_managed_agents.emulator.claude.headers import FREE
from pulumi_managed_agents.emulator.claude.routes import TABLE as CLAUDE_TABLE
from pulumi_managed_agents.emulator.qoder.routes import TABLE as QODER_TABLE
from pulumi_managed_agents.functions.registry import FUNCTIONS
from pulumi_managed_agents.importing.kinds import CONFIGURATION, TUNNELS, USERS, WORK
from pulumi_managed_agents.lifecycle.kind import Kind
from pulumi_managed_agents.lifecycle.steps import Call
from pulumi_managed_agents.platforms import PLATFORM_TYPES
from pulumi_managed_agents.platforms.claude import Claude
from pulumi_managed_agents.resources.registry import ANSWERING, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TABLES = {"claude": CLAUDE_TABLE, "qoder": QODER_TABLE}
EMULATED_OTHERWISE = {
    # The official SDKs call uploads so, and what they read of a file.
    "files.create": "files.upload",
    "files.retrieve": "files.retrieve_metadata",
}


def on_each_platform() -> Iterator[tuple[PlatformKey, str]]:
    """Every kind that a platform keeps in a collection, on each platform that has it."""
    for platform in PLATFORMS:
        for kind in KINDS.values():
            if kind.lifecycle.listed and kind.is_on(platform):
                yield platform, kind.name


def sources(folder: str, ending: str) -> str:
    """What the files of a folder say."""
    return "\n".join(path.read_text() for path in sorted((ROOT / folder).glob(f"{ending}")))


def names(text: str, word: str) -> bool:
    """Whether a text holds just this word."""
    return re.search(rf"(?<![\w.:]){re.escape(word)}(?![\w])", text) is not None


def test_every_declared_kind_is_registered() -> None:
    names = [module.name for module in pkgutil.walk_packages(resources.__path__, f"{resources.__name__}.")]
    declared = [value for name in names for value in vars(importlib.import_module(name)).values()]

    assert {kind.name for kind in declared if isinstance(kind, Kind)} == KINDS.keys()
    assert [kind.name for kind in KINDS.values()] == list(KINDS)


def test_whoever_reads_an_answer_is_known_by_its_collection() -> None:
    reading: dict[str, tuple[str, ...]] = {}
    for kind in KINDS.values():
        own = {kind.lifecycle.collection} if kind.lifecycle.listed else set()
        for collection in own | kind.answers.keys():
            reading[collection] = (*reading.get(collection, ()), kind.name)

    assert reading == ANSWERING


def test_a_function_is_known_by_its_name() -> None:
    assert [function.name for function in FUNCTIONS.values()] == list(FUNCTIONS)
    assert [name for name in ("getRepositoryResource", "listAgent", "get", "getAgents", "") if name in FUNCTIONS] == []


@pytest.mark.parametrize(("platform", "name"), [*on_each_platform()])
def test_a_platform_has_a_route_for_whatever_is_done_with_a_kind(platform: PlatformKey, name: str) -> None:
    kind = KINDS[name].on(platform)
    verbs = ("create", "list", "retrieve", *kind.lifecycle.removal, *(["update"] if changes_in_place(kind) else []))
    needed = {kind.lifecycle.operation(verb) for verb in verbs}

    assert needed - PLATFORM_TYPES[platform].routes.keys() == set()


def changes_in_place(kind: Kind) -> bool:
    """Whether the platform is told of any change of a living object."""
    sent = (prop.shape for prop in written(kind.shape) if not is_ours(prop.shape))
    return any((mark := shape.mark(Replaces)) is None or mark.when != "changed" for shape in sent)


def test_a_beta_is_asked_for_where_the_emulator_wants_one() -> None:
    for operation in Claude.routes:
        asked = "anthropic-beta" in Claude().headers(Call(operation))

        assert asked is (operation.root not in FREE), operation


@pytest.mark.parametrize("platform", [*PLATFORMS])
def test_the_emulator_answers_whatever_a_platform_is_asked(platform: PlatformKey) -> None:
    asked = {str(operation) for operation in PLATFORM_TYPES[platform].routes}
    answered = TABLES[platform].routes.keys()

    assert {EMULATED_OTHERWISE.get(operation, operation) for operation in asked} - answered == set()


@pytest.mark.parametrize(("platform", "name"), [*on_each_platform()])
def test_the_official_sdk_proves_the_emulator_s_part_of_a_kind(platform: PlatformKey, name: str) -> None:
    folder = "tests/contract" if platform == "claude" else "tests/contract/qoder"
    collection = KINDS[name].lifecycle.collection.rpartition(".")[2]

    assert re.search(rf"\b{collection}\b", sources(folder, "*.py"))


@pytest.mark.parametrize("name", [*KINDS])
def test_an_example_declares_the_kind(name: str) -> None:
    programs = sources("examples", "**/__main__.py") + sources("examples", "**/Pulumi.yaml")

    assert names(programs, f"managed-agents:{name}") or f"ma.{name}(" in programs


@pytest.mark.parametrize("name", [*KINDS])
def test_the_documents_name_the_kind(name: str) -> None:
    assert f"[{name}](docs/reference/{name}.md)" in (ROOT / "README.md").read_text()
    assert names((ROOT / "CHANGELOG.md").read_text(), name)
    assert (ROOT / "docs" / "reference" / f"{name}.md").exists()


TAKEN_OVER_OTHERWISE = {
    "Dream": "a job that was run is no configuration",
    "SessionEvents": "what was said to a session is part of its history",
    "GitHubInstallationToken": "GitHub shows it once",
}


@pytest.mark.parametrize("name", [*KINDS])
def test_importing_has_a_place_for_the_kind(name: str) -> None:
    assert (name in (*CONFIGURATION, *WORK, *USERS, *TUNNELS)) is (name not in TAKEN_OVER_OTHERWISE)
