"""Objects that something else made, looked up by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine import outside
from engine.declare import MODEL, URL

if TYPE_CHECKING:
    from engine.stack import Stack

pytestmark = pytest.mark.front_end("dynamic")

PROGRAM = '''
"""Looks two objects up and tells what it sees."""
import pulumi
import pulumi_managed_agents as ma

config = pulumi.Config()
agent = ma.Agent.get("agent", config.require("agent"))
environment = ma.Environment.get("environment", config.require("environment"))
session = ma.Session.get("session", config.require("session"))
pulumi.export("seen", {
    "agent": [agent.name, agent.model, agent.version],
    "environment": [environment.name, environment.config],
    "session": [session.status, session.title, session.environment_id, session.mounted_resources],
})
'''


def look_up(stack: Stack, **ids: str) -> None:
    stack.program(PROGRAM)
    for name, value in ids.items():
        stack.configure(name, value)


def test_existing_objects_are_read_by_id_and_neither_changed_nor_removed(stack: Stack) -> None:
    mount = {"type": "github_repository", "url": URL}
    with stack.emulator() as emulator:
        found = outside.session(emulator, mount, title="Theirs")
    look_up(stack, agent=found["agent"]["id"], environment=found["environment_id"], session=found["id"])
    mark = stack.mark()

    stack.up()
    seen = stack.outputs()["seen"]
    stack.quiet()
    stack.destroy()

    name, model, version = seen["agent"]
    assert (name, model["id"], version) == ("outsider", MODEL, 1)
    assert seen["environment"][0] == "outside"
    assert seen["session"][:3] == ["idle", "Theirs", found["environment_id"]]
    (mounted,) = seen["session"][3]
    assert (mounted["url"], mounted["mount_path"]) == (URL, "/workspace/app")
    assert {row["method"] for row in stack.log(mark)} == {"GET"}


def test_an_id_that_does_not_exist_is_an_error_that_names_it(stack: Stack) -> None:
    with stack.emulator() as emulator:
        found = outside.session(emulator)
        outside.post(emulator, f"/v1/agents/{found['agent']['id']}/archive")
    look_up(stack, agent=found["agent"]["id"], environment=found["environment_id"], session="sesn_missing")

    refused = stack.fail("up", "--yes", "--skip-preview")

    told = " ".join(text for severity, text in refused.diagnostics if severity == "error")
    assert "There is no Session with the id 'sesn_missing' (or it is archived)." in told
    assert f"There is no Agent with the id '{found['agent']['id']}' (or it is archived)." in told
