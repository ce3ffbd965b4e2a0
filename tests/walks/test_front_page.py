"""The README, and the first page that the Registry shows."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from walks.document import ROOT
from walks.scenes import LAST_WEEK, THIS_WEEK, begin, checkout, configure, with_resources
from walks.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from examples.example_stack import ExampleStack

CREATED = ["agents.create", "environments.create", "sessions.create"]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A folder that serves pip as an index would, with the package in it."""
    folder = tmp_path / "index"
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*build, str(folder), str(ROOT)], check=True, timeout=240)
    return folder


def test_the_readme(example: Callable[[str], ExampleStack], tmp_path: Path, index: Path) -> None:
    stack = example("quickstart-python")
    with Walk("README.md", stack) as reader:
        (stack.folder / "__main__.py").write_text(reader.read())
        configure(stack, "githubToken")
        stack.up()
        assert sorted(row["operation"] for row in stack.sent()) == CREATED

        other = example_in_yaml(example)
        with_resources(other, reader.read())
        assert other.preview().operations == {}

        here, reader.folder = reader.folder, checkout(tmp_path / "clone")
        # The tests do not run themselves.
        assert "5 created" in reader.run(leave_out=("make test",))
        reader.folder = here

        reader.run(THIS_WEEK)
        stack.up()
        reader.run()
        assert [row["operation"] for row in stack.sent()] == ["sessions.resources.update"]

        stack.initialise("on-qoder")
        configure(stack, "githubToken")
        stack.configure("managed-agents:platform", "qoder")
        stack.edit("__main__.py", ('model="claude-sonnet-4-6"', 'model={"id": "ultimate", "speed": "fast"}'))
        reader.see(stack.fail("preview").output)

        installed = tmp_path / "installed"
        stack.environment |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(index), "PIP_NO_DEPS": "1"}
        stack.environment |= {"PIP_TARGET": str(installed)}
        reader.run(LAST_WEEK)
        assert (installed / "pulumi_managed_agents" / "schema.json").exists()


def example_in_yaml(example: Callable[[str], ExampleStack]) -> ExampleStack:
    """The quick start in YAML, up."""
    stack = example("quickstart-yaml")
    configure(stack, "githubToken")
    stack.up()
    return stack


def test_the_first_page_of_the_registry(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-python")
    with Walk("docs/_index.md", stack) as reader:
        (stack.folder / "__main__.py").write_text(reader.read())
        configure(stack, "githubToken")
        stack.up()
        in_python = sorted(row["operation"] for row in stack.sent())

        begin(stack, reader.read(), "githubToken")
        stack.up()
        in_yaml = sorted(row["operation"] for row in stack.log())

    assert in_python == in_yaml == CREATED


def test_the_tutorial(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-python")
    with Walk("docs/tutorial.md", stack) as reader:
        (stack.folder / "Pulumi.yaml").write_text(reader.read())
        (stack.folder / "__main__.py").write_text(reader.read())
        reader.run(LAST_WEEK)
        reader.run()
        reader.run(THIS_WEEK)
        reader.run()
        stack.edit("__main__.py", ("/workspace/app", "/workspace/code"))
        reader.run()
        reader.run()
