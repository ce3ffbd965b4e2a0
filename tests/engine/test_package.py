"""The package beside a program: what it leaves in states for ever, and what it does not drag in."""

from __future__ import annotations

import base64
import json
import pickletools
import subprocess
import sys
import zipfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from engine.declare import agent, environment, ref, repository, session

import pulumi_managed_agents
from pulumi_managed_agents.dynamic.provider import pickled
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from engine.stack import Stack

pytestmark = pytest.mark.front_end("dynamic")

PINNED = {
    "Agent": (
        "gASVSAAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjAVBZ2VudJRzYi"
        "4="
    ),
    "Environment": (
        "gASVTgAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjAtFbnZpcm9ubW"
        "VudJRzYi4="
    ),
    "RepositoryResource": (
        "gASVVQAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjBJSZXBvc2l0b3"
        "J5UmVzb3VyY2WUc2Iu"
    ),
    "Session": (
        "gASVSgAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjAdTZXNzaW9ulH"
        "NiLg=="
    ),
    "SessionEvents": (
        "gASVUAAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjA1TZXNzaW9uRX"
        "ZlbnRzlHNiLg=="
    ),
    "Deployment": (
        "gASVTQAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjApEZXBsb3ltZW"
        "50lHNiLg=="
    ),
    "Vault": (
        "gASVSAAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjAVWYXVsdJRzYi"
        "4="
    ),
    "Credential": (
        "gASVTQAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjApDcmVkZW50aW"
        "FslHNiLg=="
    ),
    "MemoryStore": (
        "gASVTgAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjAtNZW1vcnlTdG"
        "9yZZRzYi4="
    ),
    "Memory": (
        "gASVSQAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjAZNZW1vcnmUc2"
        "Iu"
    ),
    "File": (
        "gASVRwAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjARGaWxllHNiLg"
        "=="
    ),
    "Skill": (
        "gASVSAAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjAVTa2lsbJRzYi"
        "4="
    ),
    "GitHubInstallationToken": (
        "gASVWgAAAAAAAACMHXB1bHVtaV9tYW5hZ2VkX2FnZW50cy5keW5hbWljlIwMS2luZFByb3ZpZGVylJOUKYGUfZSMBGtpbmSUjBdHaXRIdWJJbn"
        "N0YWxsYXRpb25Ub2tlbpRzYi4="
    ),
}
"""What stands in states as `__provider`: another text would be a change of every resource, or one nobody can load."""


@pytest.mark.parametrize("kind", PINNED)
def test_a_provider_in_a_state_is_written_as_it_always_was(kind: str) -> None:
    assert pickled(kind) == PINNED[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_provider_is_a_reference_to_its_class_and_the_name_of_its_kind(kind: str) -> None:
    assert instructions(pickled(kind), kind) == instructions(PINNED["Agent"], "Agent")


def instructions(text: str, kind: str) -> list[tuple[str, object]]:
    """What unpickling does, the same for every kind but for its name."""
    done = ((code.name, argument) for code, argument, _ in pickletools.genops(base64.b64decode(text)))
    return [(name, "KIND" if argument == kind else argument) for name, argument in done if name != "FRAME"]


def test_the_package_says_that_it_needs_no_plugin() -> None:
    told = json.loads(resources.files(pulumi_managed_agents).joinpath("pulumi-plugin.json").read_text())

    assert told == {"resource": False}


def test_an_installed_package_makes_the_engine_look_for_no_plugin(stack: Stack, tmp_path: Path) -> None:
    source = Path(__file__).parents[2]
    built = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "wheel")]
    subprocess.run(built, cwd=source, check=True, capture_output=True, timeout=240)
    (wheel,) = (tmp_path / "wheel").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    stack.declare(agent(), environment(), session())

    previewed = stack.preview(env={"PYTHONPATH": str(tmp_path / "installed")})

    assert [text for severity, text in previewed.diagnostics if severity in ("warning", "error")] == []


SUBCLASS = '''
import pulumi_managed_agents as ma

class Reviewer(ma.Agent):
    """A user's own kind of agent."""

Reviewer("reviewer", model="claude-opus-4-8")
'''


def test_a_subclass_of_a_users_own_is_the_same_resource(stack: Stack) -> None:
    stack.declare(agent())
    stack.up()
    stack.program(SUBCLASS)

    assert stack.up().operations == {}

    assert stack.state()["reviewer"]["type"] == "pulumi-python:dynamic/managedagents:Agent"


COMPONENT = '''
import pulumi
import pulumi_managed_agents as ma

class Desk(pulumi.ComponentResource):
    """All four kinds, as children."""

    def __init__(self, name, token):
        super().__init__("acme:index:Desk", name)
        inside = pulumi.ResourceOptions(parent=self)
        environment = ma.Environment(f"{name}-sandbox", opts=inside)
        agent = ma.Agent(f"{name}-reviewer", model="claude-opus-4-8", opts=inside)
        url = "https://github.com/org/app"
        app = ma.RepositoryResource(f"{name}-app", url=url, authorization_token=token, opts=inside)
        self.session = ma.Session(
            f"{name}-review", agent=agent.id, environment_id=environment.id, resources=[app], opts=inside
        )
        self.register_outputs({"session": self.session.id})

pulumi.export("session", Desk("desk", pulumi.Config().require_secret("token")).session.id)
'''


def test_all_kinds_work_inside_a_component(stack: Stack) -> None:
    stack.program(COMPONENT)
    stack.configure("token", "token-of-last-week", secret=True)
    stack.up()
    kept = stack.outputs()["session"]
    stack.quiet()
    stack.configure("token", "token-of-this-week", secret=True)

    assert stack.preview().operations == stack.up().operations == dict.fromkeys(("desk-app", "desk-review"), ["update"])

    assert stack.outputs()["session"] == kept
    children = [row for name, row in stack.state().items() if name.startswith("desk-")]
    assert [row["parent"].rpartition("::")[2] for row in children] == ["desk"] * 4
    stack.destroy()


def test_a_mount_given_in_any_form_is_known_in_the_preview_of_a_rotation(stack: Stack) -> None:
    def declare(token: str) -> None:
        written = {
            "type": "github_repository",
            "url": ref("app.url"),
            "authorization_token": ref("app.authorization_token"),
        }
        stack.declare(
            agent(),
            environment(),
            repository("app", authorization_token={"$secret": token}),
            session("by-resource", resources=[ref("app")]),
            session("by-mount", resources=[ref("app.mount")]),
            session("by-hand", resources=[written]),
        )

    declare("token-of-last-week")
    stack.up()
    declare("token-of-this-week")

    previewed = stack.preview()

    assert previewed.operations == dict.fromkeys(("app", "by-resource", "by-mount", "by-hand"), ["update"])
    assert stack.up().operations == previewed.operations
