"""What something else created is taken over: the state knows it afterwards, and nothing changes on the platform."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from examples.example_stack import ExampleStack

CREATED_OUTSIDE = ["agents.create", "environments.create", "sessions.create"]


def test_the_walkthrough_imports_everything_and_then_rotates_the_token(example: Callable[[str], ExampleStack]) -> None:
    stack = example("import-walkthrough")

    done = subprocess.run(
        ["./walkthrough.sh"],
        cwd=stack.folder,
        env=stack.environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "= 4 imported" in done.stdout
    assert "~ 1 updated" in done.stdout
    assert [row["operation"] for row in stack.sent() if row["method"] != "GET"] == [
        *CREATED_OUTSIDE,
        "sessions.resources.update",
    ]
    stack.quiet()


def test_the_code_that_import_writes_is_a_program_with_nothing_to_do(example: Callable[[str], ExampleStack]) -> None:
    stack = example("import-walkthrough")
    with Emulator(stack.emulators[0]) as emulator, emulator.serve() as served:
        found = subprocess.run(
            [sys.executable, "outside.py", served.url],
            cwd=stack.folder,
            check=True,
            capture_output=True,
            text=True,
            timeout=240,
        )
    (stack.folder / "import.json").write_text(found.stdout)
    assert [row["operation"] for row in stack.sent()] == CREATED_OUTSIDE

    stack.succeed("import", "--file", "import.json", "--out", "__main__.py", "--protect=false", "--yes")

    stack.quiet()
    assert {row["method"] for row in stack.sent()} == {"GET"}
