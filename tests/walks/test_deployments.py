"""The guides about deployments, and about prompts as Markdown files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from walks.scenes import PRELUDE, configure, with_properties
from walks.walk import Walk

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from examples.example_stack import ExampleStack

DECLARED = """
reviewer = ma.Agent("reviewer", source="reviewer.md")
app = ma.RepositoryResource("app", url="https://github.com/org/app")
"""


def test_deployments(example: Callable[[str], ExampleStack]) -> None:
    in_python, stack = example("scheduled-review-python"), example("scheduled-review-yaml")
    configure(in_python, "githubToken")
    configure(stack, "githubToken")
    stack.up()
    with Walk("docs/guides/deployments.md", stack) as reader:
        (in_python.folder / "__main__.py").write_text(PRELUDE + DECLARED + reader.read())
        assert in_python.preview().operations["weekly-review"] == ["create"]

        with_properties(stack, "weekly-review", yaml.safe_load(reader.read()))
        stack.up()
        reason = {"type": "error", "error": {"type": "session_resource_not_found_error", "message": "It is gone."}}
        with Emulator(stack.emulators[0]) as emulator:
            (weekly,) = emulator.control.objects("deployments")
            assert weekly["schedule"]["timezone"] == "Europe/Berlin"
            emulator.control.change("deployments", weekly["id"], status="paused", paused_reason=reason)
        reader.run()
        stack.sent()
        reader.run()
        assert [row["operation"] for row in stack.sent()] == ["deployments.run"]


def test_prompts_as_markdown_files(example: Callable[[str], ExampleStack]) -> None:
    in_python, stack = example("scheduled-review-python"), example("scheduled-review-yaml")
    configure(in_python, "githubToken")
    configure(stack, "githubToken")
    stack.up()
    source = in_python.folder / "reviewer.md"
    with Walk("docs/guides/prose.md", stack) as reader:
        source.write_text(reader.read())
        (in_python.folder / "__main__.py").write_text(PRELUDE + reader.read())
        in_python.up()
        assert reviewer(in_python)["description"] == "Reviews what was merged lately"
        (in_python.folder / "__main__.py").write_text(PRELUDE + reader.read())
        in_python.up()
        assert reviewer(in_python)["tools"][0]["configs"] == []

        edited = stack.folder / "reviewer.md"
        whole = edited.read_text()
        edited.write_text(whole + "Be brief.\n")
        reader.run()

        told = ""
        for wrong in ("---\nmodel: m\ntools: ]\n---\n", "---\ndescripton: Reviews\n---\n", None):
            edited.unlink(missing_ok=True)
            if wrong:
                edited.write_text(wrong)
            told += stack.fail("preview").output
        reader.see(told)


def reviewer(stack: ExampleStack) -> dict[str, object]:
    """The one agent that the platform has."""
    with Emulator(stack.emulators[0]) as emulator:
        (found,) = emulator.control.objects("agents")
    return dict(found)
