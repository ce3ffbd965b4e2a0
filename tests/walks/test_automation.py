"""The guide to the Automation API: its program runs a stack from first to last."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from walks.scenes import LAST_WEEK
from walks.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from examples.example_stack import ExampleStack


def test_a_program_runs_the_engine(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-python")
    stack.secrets.add(LAST_WEEK)
    with Walk("docs/guides/automation-api.md", stack) as reader:
        (stack.folder / "automation_of_reviews.py").write_text(reader.read())
    environment = {name: value for name, value in stack.environment.items() if name != "PULUMI_PYTHON_CMD"}

    done = subprocess.run(
        [sys.executable, "automation_of_reviews.py"],
        cwd=stack.folder,
        env={**environment, "REVIEW_TOKEN": LAST_WEEK, "PULUMI_HOME": stack.environment["PULUMI_HOME"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )

    assert done.returncode == 0, done.stderr
    stack.search("the output", done.stdout + done.stderr)
    assert "'create': 5" in done.stdout
    operations = [row["operation"] for row in stack.sent() if row["method"] != "GET"]
    assert sorted(operations)[-2:] == ["sessions.archive", "sessions.create"]
