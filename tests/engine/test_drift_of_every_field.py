"""Each managed property, changed behind our back: found by a refresh, shown by a preview, repaired by an update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engine import agent_fields, deployment_fields, environment_fields, memory_fields, session_fields, vault_fields
from engine.yaml_stack import YamlStack

from pulumi_managed_agents.declaration.marks import Local, Unread, WriteOnly
from pulumi_managed_agents.declaration.shape import shape_of
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from engine.fields import Change, Table

TABLES = {
    table.kind: table
    for table in (
        agent_fields.TABLE,
        environment_fields.TABLE,
        session_fields.TABLE,
        vault_fields.VAULTS,
        memory_fields.STORES,
        memory_fields.MEMORIES,
        deployment_fields.DEPLOYMENTS,
    )
}
UNMANAGED = {"metadata-key-added", "roster-pinned", "skill-pinned", "agent-followed"}
"""Rows that add what the user had left to the platform, which is no drift: somebody's label, a resolved version."""

OWN_WAY = {"resources", "agent", "path", "source"}
"""Properties that the platform's object words otherwise, or that cannot be the same twice."""


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_drift_is_found_shown_and_repaired(tmp_path: Path, table: Table) -> None:
    rows = [change for change in table.changes if drifts(table.kind, change)]
    assert rows
    stack = YamlStack(tmp_path)
    stack.secrets.update(table.secrets)
    twins = [table.declare(f"{change.name}-twin", **change.after) for change in rows]
    around = {row["name"]: row for row in (*table.around, *table.around_after)}
    stack.declare(*around.values(), *(table.declare(row.name, **row.before) for row in rows), *twins)
    stack.up()
    ids = {name: table.own(row["id"]) for name, row in stack.state().items()}
    wanted = objects(stack, table, ids)
    with stack.emulator() as emulator:
        for row in rows:
            found = wanted[f"{row.name}-twin"]
            emulator.control.change(table.collection, ids[row.name], **{name: found[name] for name in row.properties})

    stack.refresh()

    expected = {row.name: ["update"] for row in rows}
    found = stack.preview().operations
    assert set(expected) - set(found) == set()
    assert found == expected
    assert stack.up().operations == expected
    repaired = objects(stack, table, ids)
    for row in rows:
        names = row.properties - {"metadata"}
        assert {n: repaired[row.name][n] for n in names} == {n: wanted[row.name][n] for n in names}, row.name
    stack.quiet()


def drifts(kind: str, change: Change) -> bool:
    """Whether the row changes, in place, only what the user wrote before and the platform shows."""
    properties = {prop.name: prop for prop in shape_of(KINDS[kind].inputs).properties.values()}
    hidden = (Local, Unread, WriteOnly)
    return (
        change.operation == "update"
        and change.name not in UNMANAGED
        and all(
            name in change.before
            and name in change.after
            and name not in OWN_WAY
            and not any(properties[name].mark(mark) for mark in hidden)
            for name in change.properties
        )
    )


def objects(stack: YamlStack, table: Table, ids: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The platform's objects by resource name."""
    with stack.emulator() as emulator:
        found = {item["id"]: item for item in emulator.control.objects(table.collection)}
    return {name: found[id_] for name, id_ in ids.items() if id_ in found}
