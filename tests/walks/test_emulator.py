"""The guide about the emulator: looked into, tested with, and controlled while it is served."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from walks.document import ROOT, table_of
from walks.scenes import WORLD, configure
from walks.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from examples.example_stack import ExampleStack

GUIDE = "docs/guides/emulator.md"


def test_the_emulator(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-yaml")
    stack.emulator_path = stack.folder / WORLD
    # Only answers are looked at, not how fast they come.
    (stack.folder.parent / ".curlrc").write_text("silent\nfail-with-body\n")
    stack.environment["CURL_HOME"] = str(stack.folder.parent)
    configure(stack, "githubToken")
    with Walk(GUIDE, stack) as reader:
        reader.run()
        with reader.start() as address:
            stack.environment |= {"A": address, "ID": stack.id("review")}
            reader.run()

            (stack.folder / "test_stack.py").write_text(reader.read())
            # Their tests have tools of their own.
            tested = "env -u PYTHONPATH python -m pytest -q -p no:cacheprovider test_stack.py"
            assert "1 passed" in reader.follow([tested])[0]

            stack.succeed("stack", "select", "dev")

            follow_the_table(reader, stack)
            control_github(reader, stack)


def follow_the_table(reader: Walk, stack: ExampleStack) -> None:
    """All of its calls, in its order; the last one makes the world empty."""
    commands = table_of(ROOT / GUIDE, "Control it")
    *answers, _ = map(json.loads, reader.follow(commands))
    requests, counters, sessions, rotations, *_ = answers

    assert counters == dict.fromkeys((row["operation"] for row in requests), 1)
    assert [session["id"] for session in sessions] == [stack.environment["ID"]]
    assert rotations == []
    assert stack.objects("sessions") == []

    # The stack's objects are gone with the world: it is made anew, with the table's repository and another token.
    stack.refresh()
    reader.follow([command for command in commands if command.endswith("/repositories")])
    stack.up()
    reader.run()
    assert "repository_authentication_error" not in stack.refresh().output


def control_github(reader: Walk, stack: ExampleStack) -> None:
    """An expired token is refused in the preview."""
    text = [block.text for block in reader.blocks if "repositories.json" in block.text]
    described = text[0].partition("\n")[2].partition("\n$ ")[0]
    (stack.folder / "repositories.json").write_text(described)
    reader.run()
    program = (stack.folder / "Pulumi.yaml").read_text()
    wrong = "authorizationToken: a-token-of-last-year\n      verifyAccess: true\n"
    assert "authorizationToken: ${githubToken}\n" in program
    (stack.folder / "Pulumi.yaml").write_text(program.replace("authorizationToken: ${githubToken}\n", wrong))
    reader.run(refused=True)
