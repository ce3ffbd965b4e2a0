"""The guides about what is there already: on the platform, or in the state of the other front end."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import yaml
from examples.test_migration import becomes
from importing.ant_checkout import check_out
from importing.populated import MODEL, SKILL, TOOLSET, client
from walks.scenes import LAST_WEEK, THIS_WEEK, WORLD, configure
from walks.walk import Walk

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from examples.example_stack import ExampleStack

    from pulumi_managed_agents.emulator import Server

KEY = "a-made-up-key"
IN_YAML = """
name: import-walkthrough
runtime: yaml
config:
  managed-agents:emulator: import.emulator
"""
WORDS = (
    ("import pulumi_managed_agents as ma", "import pulumi_managed_agents_sdk as ma"),
    ("resources=[app]", "resources=[app.mount]"),
)
"""What a Python program says otherwise for the generated SDK."""


def test_importing(example: Callable[[str], ExampleStack]) -> None:
    stack = example("import-walkthrough")
    start = stack.folder
    with Walk("docs/guides/importing.md", stack) as reader:
        with Emulator(start / WORLD) as emulator, emulator.serve() as server:
            stack.emulator_path = start / WORLD
            stack.environment |= {"ANTHROPIC_BASE_URL": server.url, "ANTHROPIC_API_KEY": KEY}
            stack.secrets.add(KEY)
            a_workspace(stack, reader, server)
            stack.folder = reader.folder = start
            a_checkout(stack, reader, server)
        del stack.environment["ANTHROPIC_BASE_URL"]
        stack.folder = reader.folder = start
        single_objects(stack, reader)


def a_workspace(stack: ExampleStack, reader: Walk, server: Server) -> None:
    """What a team has made becomes a program."""
    made_by_a_team(client(server))
    mark = stack.mark()
    steps = reader.run()
    take(stack, stack.folder / "taken", steps)
    reader.see((stack.folder / "Pulumi.yaml").read_text())
    assert {row["method"] for row in stack.log(mark)} == {"GET"}
    reader.folder = stack.folder
    reader.run()
    assert changed(stack, mark) == ["vaults.credentials.update"]


def a_checkout(stack: ExampleStack, reader: Walk, server: Server) -> None:
    """So does what `ant apply` has made."""
    check_out(server, stack.folder / "my-agents")
    mark = stack.mark()
    steps = reader.run()
    take(stack, stack.folder / "my-agents" / "pulumi", steps)
    assert stack.preview().operations == {"nightly": ["update"]}
    assert changed(stack, mark) == []


def single_objects(stack: ExampleStack, reader: Walk) -> None:
    """Four ids that somebody wrote down."""
    (stack.folder / "Pulumi.yaml").write_text(IN_YAML)
    stack.emulator_path = stack.emulators[0]
    with stack.emulator() as emulator, emulator.serve() as server:
        outside = [sys.executable, "outside.py", server.url]
        found = subprocess.run(
            outside, cwd=stack.folder, check=True, capture_output=True, text=True, timeout=240
        ).stdout
    (stack.folder / "import.json").write_text(json.dumps(json.loads(found)))
    mark = stack.mark()
    reader.run()
    imported = (stack.folder / "imported.yaml").read_text()
    shown = reader.read()
    assert yaml.safe_load(imported) == yaml.safe_load(shown)

    (stack.folder / "Pulumi.yaml").write_text(IN_YAML + shown)
    reader.run()
    assert {row["method"] for row in stack.log(mark)} == {"GET"}

    stack.edit("Pulumi.yaml", ("sessionId:", "authorizationToken: ${githubToken}\n      sessionId:"))
    reader.run(LAST_WEEK)
    stack.configure("githubToken", THIS_WEEK, secret=True)
    stack.up()
    assert changed(stack, mark) == ["sessions.resources.update"] * 2


def made_by_a_team(api: Any) -> None:
    """One object of each kind that the guide lists."""
    skill = api.skills.create(files=SKILL, display_name="reviewing").id
    environment = api.beta.environments.create(name="review", config={"type": "cloud"}).id
    vault = api.beta.vaults.create(display_name="keys").id
    auth = {"type": "static_bearer", "mcp_server_url": "https://api.githubcopilot.com/mcp/", "token": LAST_WEEK}
    api.beta.vaults.credentials.create(vault, auth=auth, display_name="github")
    skills = [{"type": "custom", "skill_id": skill}]
    agent = api.beta.agents.create(name="Code reviewer", model=MODEL, tools=[TOOLSET], skills=skills).id
    message = {"type": "user.message", "content": [{"type": "text", "text": "Review what is new."}]}
    api.beta.deployments.create(
        name="Weekly review", agent=agent, environment_id=environment, initial_events=[message], vault_ids=[vault]
    )


def take(stack: ExampleStack, project: Path, steps: str) -> None:
    """Does in the new project what the command says, up to the preview."""
    stack.folder = project
    commands = [shlex.split(line)[1:] for line in steps.splitlines() if line.startswith("    pulumi ")]
    for command in commands[:-1]:
        if "--secret" in command:
            configure(stack, command[-1])
        else:
            stack.succeed(*command)


def changed(stack: ExampleStack, since: int) -> list[str]:
    """The operations that were more than a look."""
    return [str(row["operation"]) for row in stack.log(since) if row["method"] != "GET"]


def test_migrating_from_the_classes_and_back(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-python")
    configure(stack, "githubToken")
    stack.up()
    stack.sent()
    in_python = (stack.folder / "__main__.py").read_text()
    with Walk("docs/guides/migrating-from-dynamic.md", stack) as reader:
        words = reader.read()
        becomes(stack, "quickstart-python-sdk")
        (stack.folder / "__main__.py").write_text(in_python)
        for was, now in WORDS:
            assert now in words
            stack.edit("__main__.py", (was, now))
        assert stack.planned() == {"app": ["update"]}

        (stack.folder / "requirements.txt").unlink()
        becomes(stack, "quickstart-yaml")
        reader.run()
        requests = reader.run()
        assert requests.count("POST") == 3
        assert stack.sent() == []

        # Made anew, by the plugin.
        stack.destroy()
        stack.up()
        stack.sent()
        becomes(stack, "quickstart-python")
        reader.run()
        stack.quiet()
        assert stack.sent() == []
