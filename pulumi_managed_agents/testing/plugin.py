"""The fixtures, which pytest finds by the package's entry point `pytest11`.

What they are made of is loaded by the first test that asks for one: every other test session stays as quick as it was.
"""

from __future__ import annotations

import shutil
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike
    from pathlib import Path

    from .platform import EmulatedPlatform
    from .run import Run
    from .stack import Stack

_MARK = "managed_agents(platform='claude', settings={}): which platform a test's emulator plays, and its settings"


class MakeStack(Protocol):
    """Makes a stack of a program, with configuration and secrets."""

    def __call__(
        self,
        program: str | PathLike[str],
        *,
        config: dict[str, str] | None = None,
        secrets: dict[str, str] | tuple[str, ...] = (),
    ) -> Stack:
        """`program` is a folder with a Pulumi.yaml; of `secrets`, values are made up for those that have none."""


class Rotate(Protocol):
    """Gives a secret of a stack another value, and runs `pulumi up`."""

    def __call__(self, stack: Stack, name: str, value: str | None = None) -> Run:
        """The value is made up where none is given."""


def pytest_configure(config: pytest.Config) -> None:
    """Makes the mark known."""
    config.addinivalue_line("markers", _MARK)


@pytest.fixture
def managed_agents_emulator(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EmulatedPlatform]:
    """An emulated platform with a world of its own; it is served at its `url` from when that is first asked for."""
    mark = request.node.get_closest_marker("managed_agents")
    about: dict[str, Any] = dict(mark.kwargs) if mark else {}
    platforms = import_module(".platform", __package__)
    made: EmulatedPlatform = platforms.EmulatedPlatform(tmp_path / "world.emulator", about.get("platform", "claude"))
    made.control.settings(**about.get("settings", {}))
    yield made
    made.close()


@pytest.fixture
def managed_agents_stack(managed_agents_emulator: EmulatedPlatform, tmp_path: Path) -> Iterator[MakeStack]:
    """Makes stacks of programs on the real engine, against the emulated platform.

    When the test is over, what the engine printed, the states and all files that runs left are searched for the
    secrets of the stacks: one in the clear fails the test.
    """
    if shutil.which("pulumi") is None:
        pytest.fail("the Pulumi CLI is not on PATH: stacks are tested on the real engine")
    made: list[Stack] = []

    def make(
        program: str | PathLike[str],
        *,
        config: dict[str, str] | None = None,
        secrets: dict[str, str] | tuple[str, ...] = (),
    ) -> Stack:
        stacks = import_module(".stack", __package__)
        folder = tmp_path / f"stack-{len(made) + 1}"
        folder.mkdir()
        stack: Stack = stacks.Stack(stacks.Path(program), folder, managed_agents_emulator)
        made.append(stack)
        for name, value in (config or {}).items():
            stack.configure(name, value)
        for name in secrets:
            stack.secret(name, secrets[name] if isinstance(secrets, dict) else None)
        return stack

    yield make
    found = [place for stack in made for place in stack.leaks()]
    if found:
        pytest.fail(f"a secret of this test stands in the clear in {', '.join(found)}")


@pytest.fixture
def rotate() -> Rotate:
    """`rotate(stack, "githubToken")`: gives a secret another value, runs `pulumi up`, and tells what that did."""

    def rotated(stack: Stack, name: str, value: str | None = None) -> Run:
        return stack.rotate(name, value)

    return rotated
