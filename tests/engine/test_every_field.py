"""Every declared property, changed on the real engine: announced, done, quiet afterwards, and gone in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine import agent_fields, environment_fields, repository_fields, session_fields
from engine.fields import at

from pulumi_managed_agents.model import Internal
from pulumi_managed_agents.resources.registry import KINDS
from pulumi_managed_agents.shape import shape_of

if TYPE_CHECKING:
    from engine.fields import Table
    from engine.stack import Stack

TABLES = {
    table.kind: table
    for table in (agent_fields.TABLE, environment_fields.TABLE, repository_fields.TABLE, session_fields.TABLE)
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_declared_property_has_a_change_in_the_table(kind: str) -> None:
    declared = shape_of(KINDS[kind].inputs).properties.values()
    changed = set().union(*(change.properties for change in TABLES[kind].changes))

    assert {prop.name for prop in declared if prop.mark(Internal) is None} - changed == set()


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_change_is_announced_made_and_quiet_afterwards(stack: Stack, table: Table) -> None:
    stack.declare(*table.declared("before"))
    stack.up()
    stack.quiet()
    ids = {name: str(row["id"]).partition("/")[0] for name, row in stack.state().items()}
    stack.declare(*table.declared("after"))

    assert table.found(stack.preview()) == table.expected()
    mark = stack.mark()
    assert table.found(stack.up()) == table.expected()

    assert table.requests_found(stack.log(mark), ids) == table.requests_expected()
    assert on_the_platform(stack, table) == {change.name: change.platform for change in table.changes}
    stack.quiet()
    stack.refresh("--expect-no-changes")
    stack.quiet()
    stack.destroy()
    assert left_over(stack) == set()


def on_the_platform(stack: Stack, table: Table) -> dict[str, dict[str, object]]:
    """What the platform's objects hold where the table says something about it."""
    ids = {name: row["id"] for name, row in stack.state().items()}
    with stack.emulator() as emulator:
        objects = {item["id"]: item for item in emulator.control.objects(table.collection)}
    return {
        change.name: {path: at(objects[ids[change.name]], path) for path in change.platform} for change in table.changes
    }


def left_over(stack: Stack) -> set[str]:
    """What is neither gone nor archived, and environments that could have been deleted."""
    with stack.emulator() as emulator:
        agents, sessions, environments = (
            emulator.control.objects(kind) for kind in ("agents", "sessions", "environments")
        )
    used = {session["environment_id"] for session in sessions}
    return {item["id"] for item in (*agents, *sessions, *environments) if item["archived_at"] is None} | {
        item["id"] for item in environments if item["id"] not in used
    }
