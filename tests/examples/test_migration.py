"""A stack moves from one front end to the other and back: nothing is replaced, made or removed on the way."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from examples.prepared import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from examples.example_stack import ExampleStack

OLD, NEW = "token-of-last-week", "token-of-this-week"
NAMES = ("sandbox", "code-reviewer", "app", "review")
PLUGIN, DYNAMIC = "managed-agents:index:", "pulumi-python:dynamic/managedagents:"


def becomes(stack: ExampleStack, name: str) -> None:
    """The same resources in the words of another example; the project keeps its name, which is in every URN."""
    for path in EXAMPLES.joinpath(name).iterdir():
        if path.name in ("Pulumi.yaml", "__main__.py", "requirements.txt"):
            shutil.copy(path, stack.folder)
    stack.edit("Pulumi.yaml", (f"name: {name}\n", "name: quickstart-python\n"))
    stack.equip()


def types(stack: ExampleStack) -> set[str]:
    return {row["type"].rpartition(":")[0] + ":" for row in stack.state().values()}


@pytest.mark.parametrize("name", ["quickstart-yaml", "quickstart-python-sdk"])
def test_a_stack_of_dynamic_resources_moves_to_the_plugin(name: str, example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-python")
    stack.configure("githubToken", OLD, secret=True)
    stack.up()
    ids = {name: stack.id(name) for name in NAMES}
    assert types(stack) == {DYNAMIC}
    stack.sent()
    becomes(stack, name)

    assert stack.planned() == {"app": ["update"]}
    stack.up()

    assert types(stack) == {PLUGIN}
    stays_as_it_was(stack, ids)


def test_a_stack_of_the_plugin_moves_to_dynamic_resources(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-python")
    becomes(stack, "quickstart-yaml")
    stack.configure("githubToken", OLD, secret=True)
    stack.up()
    ids = {name: stack.id(name) for name in NAMES}
    assert types(stack) == {PLUGIN}
    stack.sent()
    becomes(stack, "quickstart-python")

    assert stack.planned() == dict.fromkeys(NAMES, ["update"])
    stack.up()

    assert types(stack) == {DYNAMIC}
    stays_as_it_was(stack, ids)


def stays_as_it_was(stack: ExampleStack, ids: dict[str, str]) -> None:
    """Nothing was sent, nothing is left to do, a refresh finds no difference, and a token is rotated as ever."""
    assert stack.sent() == []
    stack.quiet()
    stack.refresh("--expect-no-changes")
    stack.sent()
    stack.configure("githubToken", NEW, secret=True)
    assert stack.planned() == {"app": ["update"], "review": ["update"]}
    stack.up()
    assert [request["operation"] for request in stack.sent()] == ["sessions.resources.update"]
    assert {name: stack.id(name) for name in NAMES} == ids
    stack.destroy()
    stack.search_files()
