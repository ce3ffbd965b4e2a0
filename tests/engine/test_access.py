"""Access checked before anything is created, and tokens of a GitHub App over their whole life."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import agent, environment, ref, repository, row, session
from engine.installation import APP, INSTALLATION, PRIVATE, asked, install, key_lines, pair, stamp
from engine.yaml_stack import YamlStack

from pulumi_managed_agents.commands import rotate

if TYPE_CHECKING:
    from engine.stack import Stack


def test_a_repository_that_cannot_be_cloned_is_refused_in_the_preview(stack: Stack) -> None:
    stack.secrets |= {"made-up-good", "made-up-wrong"}
    with stack.emulator() as emulator:
        emulator.control.repositories([PRIVATE])

    def declared(token: str, branch: str = "main") -> list[dict[str, Any]]:
        checkout = {"type": "branch", "name": branch}
        app = repository("app", verify_access=True, authorization_token=token, checkout=checkout)
        return [agent(), environment(), app, session(resources=[ref("app")])]

    stack.declare(*declared("made-up-wrong"))
    told = " ".join(stack.fail("preview").output.split())
    assert stack.words("`authorizationToken`") + " is refused by GitHub: it is wrong, expired or revoked" in told
    stack.declare(*declared("made-up-good", "gone"))
    told = " ".join(stack.fail("preview").output.split())
    assert "`checkout.name` is no branch of the repository" in told
    assert stack.objects("agents") == []
    stack.declare(*declared("made-up-good"))
    stack.up()
    stack.quiet()
    assert len(stack.objects("sessions")) == 1


REPLACED = ["create-replacement", "replace", "delete-replaced"]
RENEWAL = [
    "github.apps.create_installation_access_token",
    "sessions.resources.update",
    "github.apps.revoke_installation_access_token",
]
"""What is asked for when a token is replaced: the old one goes last."""


@pytest.fixture
def token_stack(stack: Stack) -> Stack:
    """A stack whose repository is mounted with a token of an app, minted fifty minutes ago."""
    private, public = pair()
    with stack.emulator() as emulator:
        emulator.control.clock(now=stamp(minutes=-50))
        install(emulator, public)
    stack.secrets |= key_lines(private)
    stack.declare(
        agent(),
        environment(),
        row("GitHubInstallationToken")(
            "minted",
            app_id=APP,
            installation_id=INSTALLATION,
            private_key={"$secret": private},
            repositories=["app"],
            permissions={"contents": "read"},
        ),
        repository("app", verify_access=True, authorization_token=ref("minted.token")),
        session(resources=[ref("app")]),
    )
    return stack


def tokens(stack: Stack) -> list[dict[str, Any]]:
    """What the app's tokens have become."""
    with stack.emulator() as emulator:
        return [dict(token) for token in emulator.control.github_tokens()]


def keep_out_of_sight(stack: Stack) -> None:
    """From here on, no output and no file may show a token that the state holds now."""
    exported = subprocess.run(
        ["pulumi", "stack", "export", "--show-secrets"],
        cwd=stack.folder,
        env=stack.environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=240,
    ).stdout
    rows = json.loads(exported)["deployment"]["resources"]
    minted = (row["outputs"]["token"]["plaintext"] for row in rows if row["urn"].endswith("::minted"))
    stack.secrets |= set(map(json.loads, minted))


def test_a_token_is_minted_mounted_renewed_in_time_and_revoked(token_stack: Stack) -> None:
    stack = token_stack
    stack.up()
    keep_out_of_sight(stack)
    session_id = stack.id("review")
    (first,) = tokens(stack)
    assert (first["permissions"]["contents"], first["revoked"]) == ("read", False)
    with stack.emulator() as emulator:
        (mounted,) = emulator.control.mounts(session_id)
        emulator.control.clock(now=stamp(minutes=11))
    assert mounted["fingerprint"] == first["fingerprint"]

    expected = {"minted": REPLACED, "app": ["update"], "review": ["update"]}
    foreseen = stack.preview().operations
    if not isinstance(stack, YamlStack):
        assert foreseen == expected
    # YAML makes an object of which one part is not known yet unknown as a whole: its preview fears a replacement. (Any
    # known text in the token's place would be announced as it is, and shown beside the token where a plan is held to.)
    assert foreseen.keys() == expected.keys()
    mark = stack.mark()
    assert stack.up().operations == expected
    keep_out_of_sight(stack)

    assert [entry["operation"] for entry in stack.log(mark) if entry["method"] != "GET"] == RENEWAL
    _, second = tokens(stack)
    with stack.emulator() as emulator:
        (mounted,) = emulator.control.mounts(session_id)
    assert (stack.id("review"), mounted["fingerprint"]) == (session_id, second["fingerprint"])
    stack.quiet()
    stack.refresh("--expect-no-changes")
    stack.destroy()
    assert [token["revoked"] for token in tokens(stack)][1:] == [True]
    stack.search_files()


def test_a_token_is_revoked_when_its_sessions_have_the_new_one_and_not_before(token_stack: Stack) -> None:
    stack = token_stack
    stack.up()
    keep_out_of_sight(stack)
    session_id = stack.id("review")
    with stack.emulator() as emulator:
        emulator.control.clock(now=stamp())
        emulator.control.faults([{"operation": "sessions.resources.update", "every": 1, "status": 403}])

    stack.fail("up", "--yes", "--skip-preview")
    keep_out_of_sight(stack)

    def mounted() -> str:
        with stack.emulator() as emulator:
            (mount,) = emulator.control.mounts(session_id)
            return str(mount["fingerprint"])

    first, second = tokens(stack)
    assert (mounted(), first["revoked"], second["revoked"]) == (first["fingerprint"], False, False)
    stack.succeed("refresh", "--yes")
    assert [token["revoked"] for token in tokens(stack)] == [False, False]
    with stack.emulator() as emulator:
        emulator.control.clear_faults()

    assert stack.up().operations == {"minted": ["delete-replaced"], "review": ["update"]}

    assert (mounted(), [token["revoked"] for token in tokens(stack)]) == (second["fingerprint"], [True, False])
    stack.quiet()
    stack.destroy()
    assert [token["revoked"] for token in tokens(stack)] == [True, True]
    stack.search_files()


def test_the_command_renews_what_is_due_and_nothing_else(token_stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    stack = token_stack
    stack.up()
    exported = json.loads(stack.succeed("stack", "export").output)["deployment"]["resources"]
    due = rotate.due(exported, datetime.now(UTC).timestamp())
    assert [urn.rpartition("::")[2] for urn in due] == ["minted"]
    assert {urn.rpartition("::")[2] for urn in rotate.dependents(exported, due)} == {"app", "review"}
    assert rotate.due(exported, (datetime.now(UTC) - timedelta(minutes=45)).timestamp()) == []
    with stack.emulator() as emulator:
        emulator.control.clock(now=stamp())
    for name, value in stack.environment.items():
        monkeypatch.setenv(name, value)
    mark = stack.mark()

    assert command(stack, "--detailed-exit-code") == rotate.RENEWED
    assert command(stack, "--detailed-exit-code") == 0

    assert asked(stack.log(mark)) == ["sessions.resources.update"]


def command(stack: Stack, *arguments: str) -> int:
    """`managed-agents rotate` in the folder of the program."""
    from pulumi_managed_agents.cli import main  # noqa: PLC0415 - the command as a user calls it

    return main(["rotate", "--cwd", str(stack.folder), *arguments])


def test_a_key_that_cannot_sign_is_told_without_showing_it(stack: Stack) -> None:
    stack.secrets.add("bm90IGEga2V5")
    key = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n"
    stack.declare(row("GitHubInstallationToken")("minted", app_id=APP, installation_id=INSTALLATION, private_key=key))

    told = " ".join(stack.fail("up", "--yes", "--skip-preview").output.split())

    assert stack.words("`privateKey` cannot sign") + ": it is no RSA key in PEM" in told
