"""The guide to the plugin: the archive, and a program of each language from an empty folder to its session."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from examples.prepared import EXAMPLES, NEEDED, missing_for
from walks.scenes import WORLD, configure, with_resources
from walks.walk import Walk

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from distribution.fixtures import Release
    from examples.example_stack import ExampleStack

ARCHIVE = "pulumi-resource-managed-agents-v0.1.0-linux-amd64.tar.gz"
CREATED = ["agents.create", "environments.create", "sessions.create"]
PACKAGE = """{
    "private": true,
    "main": "index.ts",
    "dependencies": {"@pulumi/pulumi": "^3.142.0"},
    "devDependencies": {"@types/node": "^20", "typescript": "^5"}
}
"""
IN_CASE = "if err != nil {\n\t\treturn err\n\t}"
TOKEN = 'token = config.require_secret("githubToken")\n'
BEFORE = "import pulumi\nimport pulumi_managed_agents_sdk as ma\n\nconfig = pulumi.Config()\n"
KEY = "the-key-of-support"


@pytest.mark.timeout(1800)  # minutes on a new machine, where Go compiles its SDK for the first time
def test_every_language(example: Callable[[str], ExampleStack], released: Release) -> None:
    missing = [program for language in NEEDED for program in missing_for(language)]
    if missing:
        pytest.skip(f"the guide needs {', '.join(missing)}")
    stack = example("quickstart-yaml")
    configure(stack, "githubToken")
    stack.succeed("plugin", "rm", "resource", "managed-agents", "--yes")
    # What was fetched before is taken from the cache.
    stack.environment["npm_config_prefer_offline"] = "true"
    with Walk("docs/guides/every-language.md", stack) as reader:
        (stack.folder / ARCHIVE).symlink_to(released.archive)
        reader.run()
        with_resources(stack, reader.read())
        comes_up(stack)
        typescript(stack, reader)
        go(stack, reader)
        python(stack, reader)
        another_account(stack, reader)


def typescript(stack: ExampleStack, reader: Walk) -> None:
    program = begins(stack, reader, "quickstart-typescript", "tsconfig.json")
    (stack.folder / "package.json").write_text(PACKAGE)
    reader.run()
    assert not (stack.folder / "node_modules" / "pulumi-managed-agents-sdk" / "node_modules").exists()
    imported, _, declared = reader.read().partition("\n\n")
    before = program("index.ts").partition("const app")[0]
    assert imported in before
    (stack.folder / "index.ts").write_text(before + declared)
    comes_up(stack)


def go(stack: ExampleStack, reader: Walk) -> None:
    program = begins(stack, reader, "quickstart-go", "go.sum", "main.go")
    (stack.folder / "go.mod").write_text(program("go.mod").partition("require")[0])
    reader.run()
    declared = reader.read().replace("...", IN_CASE)
    before, _, after = program("main.go").partition("\tapp, err :=")
    end = after.index("\tif err", after.index("NewSession"))
    (stack.folder / "main.go").write_text(before + declared + after[end:])
    comes_up(stack)


def python(stack: ExampleStack, reader: Walk) -> None:
    program = begins(stack, reader, "quickstart-python-sdk")
    reader.run()
    before = program("__main__.py").partition("app = ")[0]
    (stack.folder / "__main__.py").write_text(before + TOKEN + reader.read())
    comes_up(stack)


def another_account(stack: ExampleStack, reader: Walk) -> None:
    """Beside the stack's own platform, one that the environment names and that wants a key."""
    stack.destroy()
    stack.sent()
    (stack.folder / "__main__.py").write_text(BEFORE + reader.read())
    with Emulator(stack.folder / WORLD) as emulator, emulator.serve() as server:
        stack.environment["ANTHROPIC_BASE_URL"] = server.url
        assert "No API key" in stack.fail("up", "--yes", "--skip-preview").output
        stack.configure("supportKey", KEY, secret=True)
        stack.up()
        created = [row["operation"] for row in emulator.control.requests()]
    assert created == ["environments.create"]
    assert stack.sent() == []


def begins(stack: ExampleStack, reader: Walk, name: str, *files: str) -> Callable[[str], str]:
    """A new project, with an example's settings and files; gives what reads the example's others."""
    stack.folder = reader.folder = stack.folder.with_name(f"{name}-of-the-reader")
    stack.folder.mkdir()
    for file in ("Pulumi.yaml", *files):
        shutil.copy(EXAMPLES / name / file, stack.folder)
    stack.initialise()
    configure(stack, "githubToken")
    return lambda file: (EXAMPLES / name / file).read_text()


def comes_up(stack: ExampleStack) -> None:
    """All languages declare the same stack."""
    stack.up()
    assert sorted(row["operation"] for row in stack.sent()) == CREATED
