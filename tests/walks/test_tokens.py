"""The guides about repositories, their tokens and other secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.installation import asked, install, key_lines, pair, stamp
from walks.scenes import LAST_WEEK, PRELUDE, THIS_WEEK, begin, configure
from walks.walk import Walk

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from examples.example_stack import ExampleStack

REPOSITORY = {"url": "https://github.com/org/app", "private": True, "branches": ["main"], "tokens": [LAST_WEEK]}
ON_THE_EMULATOR = '() { command managed-agents "$@" --emulator world.emulator; }'


def test_rotating_tokens(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-yaml")
    configure(stack, "githubToken")
    stack.up()
    stack.sent()
    with Walk("docs/guides/rotating-tokens.md", stack) as reader:
        reader.run(THIS_WEEK)
        assert [row["operation"] for row in stack.sent()] == ["sessions.resources.update"]

        begin(stack, reader.read(), "githubToken")
        with stack.emulator() as emulator:
            emulator.control.repositories([REPOSITORY])
        stack.up()
        assert "expires" in stack.outputs()

        stack.environment |= {"GITHUB_TOKEN": LAST_WEEK, "BASH_FUNC_managed-agents%%": ON_THE_EMULATOR}
        assert "can be cloned" in reader.run()
        del stack.environment["BASH_FUNC_managed-agents%%"]
        stack.destroy()

        renew(stack, reader)


def renew(stack: ExampleStack, reader: Walk) -> None:
    """A token of an app, minted fifty minutes ago."""
    private, public = pair()
    stack.secrets |= key_lines(private)
    with stack.emulator() as emulator:
        emulator.control.clock(now=stamp(minutes=-50))
        install(emulator, public)
    mounted = """
agent = ma.Agent("agent", model="claude-sonnet-4-6", system="It is in /workspace/app.")
session = ma.Session("session", agent=agent.id, environment_id=sandbox.id, resources=[app])
"""
    (stack.folder / "Pulumi.yaml").write_text("name: renewed\nruntime: python\n")
    (stack.folder / "__main__.py").write_text(reader.read() + PRELUDE + mounted)
    stack.initialise()
    stack.configure("managed-agents:emulator", stack.emulator_path.name)
    (stack.folder.parent / "app.private-key.pem").write_text(private)
    reader.run()
    stack.up()
    with stack.emulator() as emulator:
        emulator.control.clock(now=stamp())
    mark = stack.mark()

    reader.run()

    assert asked(stack.log(mark)) == ["sessions.resources.update"]
    stack.destroy()
    with stack.emulator() as emulator:
        assert [token["revoked"] for token in emulator.control.github_tokens()] == [True, True]


def test_several_repositories(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-python")
    with Walk("docs/guides/several-repositories.md", stack) as reader:
        (stack.folder / "__main__.py").write_text(reader.read())
        configure(stack, "githubToken")
        stack.up()

    with Emulator(stack.emulators[0]) as emulator:
        (session,) = emulator.control.objects("sessions")
        mounts = emulator.control.mounts(session["id"])
    assert {mount["mount_path"] for mount in mounts} == {"/workspace/app", "/workspace/docs"}


def test_pull_requests(example: Callable[[str], ExampleStack]) -> None:
    stack = example("quickstart-yaml")
    with Walk("docs/guides/pull-requests.md", stack) as reader:
        begin(stack, reader.read(), "githubToken")
        stack.up()

    assert stack.outputs()["why"] == "end_turn"


def test_credentials(example: Callable[[str], ExampleStack]) -> None:
    stack = example("credentials-yaml")
    configure(stack, "githubToken", "ticketsAccessToken", "ticketsRefreshToken", "pagerKey")
    stack.up()
    stack.sent()
    with Walk("docs/guides/credentials.md", stack) as reader:
        fragment = reader.read()
        reader.run(THIS_WEEK)
        stack.up()
        assert [row["operation"] for row in stack.sent()] == ["vaults.credentials.update"]

        stack.edit("Pulumi.yaml", ("PAGER_KEY", "ON_CALL_KEY"))
        reader.run()
        assert [row["operation"] for row in stack.sent()] == ["vaults.credentials.delete", "vaults.credentials.create"]

        first = "\n  first:\n    type: managed-agents:Credential\n    properties:\n      vaultId: ${on-call-keys.id}\n"
        same = first + "      auth: {type: static_bearer, mcpServerUrl: '${githubServer}', token: '${githubToken}'}\n"
        stack.edit("Pulumi.yaml", ("\noutputs:", f"{same}outputs:"))
        reader.see(stack.fail("up", "--yes", "--skip-preview").output)

        on_call = 'on_call = ma.Agent("on-call", model="claude-sonnet-4-6")\n'
        written_in_python(stack, PRELUDE + on_call + fragment, "githubToken")
        assert stack.preview().operations["incident"] == ["create"]


def written_in_python(stack: ExampleStack, program: str, *secrets: str) -> None:
    """Another stack, of a Python program."""
    (stack.folder / "Pulumi.yaml").write_text("name: in-python\nruntime: python\n")
    (stack.folder / "__main__.py").write_text(program)
    stack.initialise()
    stack.configure("managed-agents:emulator", "in-python.emulator")
    configure(stack, *secrets)
