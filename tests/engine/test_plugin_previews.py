"""The plugin's previews: every change at its path and of its kind, and what is kept when half of an update fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from engine.declare import agent, environment, ref, repository, session
from engine.test_every_field import TABLES

from pulumi_managed_agents.resources.registry import KINDS
from pulumi_managed_agents.shape import shape_of

if TYPE_CHECKING:
    from engine.fields import Change, Table
    from engine.stack import Stack

pytestmark = pytest.mark.front_end("plugin")


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_change_is_named_at_its_path_and_replaces_as_declared(stack: Stack, table: Table) -> None:
    stack.declare(*table.declared("before"))
    stack.up()
    stack.declare(*table.declared("after"))

    steps = json.loads(stack.succeed("preview", "--json").output)["steps"]

    named = {step["urn"].rpartition("::")[2]: step.get("detailedDiff") or {} for step in steps if step["op"] != "same"}
    # A row whose words stay as they are changes through another resource: its path is that one's business.
    rows = [change for change in table.changes if change.operation != "same" and change.properties]
    assert {row.name: top_level(named[row.name]) - wires(table.kind, row) for row in rows} == {
        row.name: set() for row in rows
    }
    replacing = {
        name for name, paths in named.items() if any(item["kind"].endswith("-replace") for item in paths.values())
    }
    assert {row.name for row in rows if row.operation == "replace"} == replacing & {row.name for row in rows}
    assert all(named[row.name] for row in rows)


def top_level(paths: dict[str, object]) -> set[str]:
    """The properties that the paths lead into."""
    return {path.partition(".")[0].partition("[")[0] for path in paths}


def wires(kind: str, change: Change) -> set[str]:
    """The properties that the row changes, as the engine calls them."""
    names = change.properties
    return {prop.wire for prop in shape_of(KINDS[kind].inputs).properties.values() if prop.name in names} | {
        "mountPath"
    }


def test_a_second_request_that_fails_keeps_what_the_first_did_and_the_next_update_does_the_rest(stack: Stack) -> None:
    def declare(title: str, token: str) -> None:
        stack.declare(
            agent(),
            environment(),
            repository("app", authorization_token=token),
            session(title=title, resources=[ref("app")]),
        )

    declare("before", "token-of-last-week")
    stack.up()
    kept = stack.id("review")
    with stack.emulator() as emulator:
        emulator.control.faults([{"operation": "sessions.resources.update", "every": 1, "status": 400}])
    declare("after", "token-of-this-week")

    failed = stack.fail("up", "--yes", "--skip-preview")

    assert "request id req_" in failed.output
    assert stack.id("review") == kept
    with stack.emulator() as emulator:
        emulator.control.clear_faults()
    mark = stack.mark()
    assert stack.up().operations["review"] == ["update"]
    assert [row["operation"] for row in stack.log(mark)] == ["sessions.resources.update"]
    stack.quiet()
