"""Every example, as it is, through the life of a stack on the real engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from examples.prepared import EXAMPLES, language_of
from examples.rows import ROWS, Row

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from examples.example_stack import ExampleStack

OLD, NEW = "token-of-last-week", "token-of-this-week"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_example_is_created_rotated_replaced_and_removed(row: Row, example: Callable[[str], ExampleStack]) -> None:
    stack = example(row.name)
    stack.configure("githubToken", OLD, secret=True)

    assert stack.planned() == dict.fromkeys(row.created, ["create"])
    stack.up()
    first = ids(stack)
    stack.sent()
    assert stack.up().operations == {}
    assert stack.sent() == []

    stack.configure("githubToken", NEW, secret=True)
    assert stack.planned() == dict.fromkeys(row.rotated, ["update"])
    stack.up()
    assert [request["operation"] for request in stack.sent()] == ["sessions.resources.update"] * row.tokens
    assert ids(stack) == first

    stack.edit(row.file, *row.edits)
    assert stack.planned() == dict.fromkeys(row.replaced, ["replace"])
    stack.up()
    second = ids(stack)
    assert {name for name in first if first[name] != second[name]} == row.replaced

    stack.destroy()
    assert stack.state() == {}
    assert [id_ for path in stack.emulators for id_ in alive(path)] == []
    stack.search_files()


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
    with Emulator(path) as emulator:
        objects = [*emulator.control.objects("sessions"), *emulator.control.objects("agents")]
    return [item["id"] for item in objects if not item["archived_at"]]
