"""Every example, as it is, through the life of a stack on the real engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from examples.prepared import EXAMPLES, language_of
from examples.rows import PLATFORMS, ROWS, Row, Step

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from examples.example_stack import ExampleStack

LAST_WEEK, THIS_WEEK = "of-last-week", "of-this-week"

KINDS = ("agents", "environments", "sessions", "vaults", "memory_stores", "deployments")
"""What is archived; files, skills, credentials and memories are deleted."""
DELETED = ("credentials", "memories", "files", "skills")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_an_example_is_created_changed_and_removed(row: Row, example: Callable[[str, str], ExampleStack]) -> None:
    stack = example(row.name, row.stack)
    for name in row.secrets:
        stack.configure(name, f"{name}-{LAST_WEEK}", secret=True)

    assert stack.planned() == dict.fromkeys(row.created, ["create"])
    stack.up()
    stack.sent()
    assert stack.up().operations == {}
    assert [each["operation"] for each in stack.sent() if not (row.asks and each["method"] == "GET")] == []

    for step in row.steps:
        take(stack, step)

    stack.destroy()
    assert stack.state() == {}
    assert [id_ for path in stack.emulators for id_ in alive(path)] == []
    stack.search_files()


def take(stack: ExampleStack, step: Step) -> None:
    """Changes the project: the preview says what that means, and no more than that happens."""
    before = ids(stack)
    for name in step.rotated:
        stack.configure(name, f"{name}-{THIS_WEEK}", secret=True)
    for name, value in step.configured.items():
        stack.configure(name, value)
    for file, old, new in step.edits:
        stack.edit(file, (old, new))

    assert stack.planned() == dict.fromkeys(step.updated, ["update"]) | dict.fromkeys(step.replaced, ["replace"])
    stack.sent()
    stack.up()

    operations = sorted(each["operation"] for each in stack.sent() if each["method"] != "GET")
    assert step.sent is None or operations == list(step.sent)
    after = ids(stack)
    assert {name for name in before if before[name] != after[name]} == step.replaced
    outputs = stack.outputs() if step.outputs else {}
    assert {name: outputs[name] for name in step.outputs} == step.outputs


def test_every_example_has_a_row() -> None:
    folders = {path.name for path in EXAMPLES.iterdir() if (path / "Pulumi.yaml").exists()}

    assert folders == {row.name for row in ROWS}


def test_the_examples_of_a_language_need_the_same_so_that_one_installation_serves_them() -> None:
    for language in ("nodejs", "go", "python"):
        examples = [path for path in sorted(EXAMPLES.iterdir()) if language_of(path) == language]
        assert examples
        assert len({needs(path) for path in examples}) == 1


def needs(example: Path) -> str:
    package = example / "package.json"
    if package.exists():
        described = json.loads(package.read_text())
        wanted = [described["dependencies"], described["devDependencies"]]
        return json.dumps(wanted) + (example / ".npmrc").read_text()
    manifests = (example / name for name in ("go.mod", "requirements.txt"))
    return next(path for path in manifests if path.exists()).read_text()


def ids(stack: ExampleStack) -> dict[str, str]:
    return {name: row["id"] for name, row in stack.state().items() if "id" in row}


def alive(path: Path) -> list[str]:
    """What the stack made and left: what a deployment started goes on, and what a dream wrote stays."""
    with Emulator(path) as emulator:
        platforms = [emulator.control.on(platform) for platform in PLATFORMS]
        archived = [item for platform in platforms for kind in KINDS for item in platform.objects(kind)]
        deleted = [item for platform in platforms for kind in DELETED for item in platform.objects(kind)]
    living = [item for item in archived if not item["archived_at"] and not item.get("deployment_id")]
    return [item["id"] for item in (*living, *deleted) if not str(item.get("name")).startswith("dream drm_")]
