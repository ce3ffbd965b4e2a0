"""Every declared property, changed on the real engine: announced, done, quiet afterwards, and gone in the end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from engine import (
    agent_fields,
    deployment_fields,
    dream_fields,
    environment_fields,
    memory_fields,
    qoder_fields,
    repository_fields,
    session_fields,
    tunnel_fields,
    user_profile_fields,
    vault_fields,
)
from engine.fields import at
from engine.yaml_stack import YamlStack

from pulumi_managed_agents.declaration.shape import written
from pulumi_managed_agents.resources.registry import KINDS

if TYPE_CHECKING:
    from engine.fields import Change, Moment, Operation, Table
    from engine.stack import Run, Stack

GROUPS: dict[str, tuple[Table, ...]] = {
    "agents": (agent_fields.TABLE,),
    "environments": (environment_fields.TABLE,),
    "repositories": (repository_fields.TABLE,),
    "sessions": (session_fields.TABLE,),
    "vaults": (vault_fields.VAULTS, vault_fields.CREDENTIALS),
    "deployments": (deployment_fields.DEPLOYMENTS, deployment_fields.EVENTS),
    "tunnels": (tunnel_fields.TUNNELS, tunnel_fields.CERTIFICATES),
    "dreams": (dream_fields.DREAMS,),
    "profiles": (user_profile_fields.USER_PROFILES,),
    "contents": (memory_fields.STORES, memory_fields.MEMORIES, memory_fields.FILES, memory_fields.SKILLS),
}
"""Tables that share a stack: what they declare does not meet."""

APART = {"GitHubInstallationToken"}
"""Not on the platform: its changes are in `test_access`."""

TABLES = {table.kind: table for group in GROUPS.values() for table in group}
STACKS = [*(("claude", group) for group in GROUPS.values()), ("qoder", qoder_fields.TABLES)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in APART])
def test_every_declared_property_has_a_change_in_the_table(kind: str) -> None:
    table = TABLES[kind]
    changed = set().union(*(change.properties for change in table.changes))

    assert {prop.name for prop in written(KINDS[kind].shape)} - changed - {*table.elsewhere} == set()


@pytest.mark.parametrize(("platform", "tables"), STACKS, ids=[*GROUPS, "qoder"])
def test_every_change_is_announced_made_and_quiet_afterwards(
    stack: Stack, platform: str, tables: tuple[Table, ...]
) -> None:
    stack.use(platform)
    expected = {name: step for table in tables for name, step in table.expected().items()}
    declare(stack, tables, "before")
    stack.up()
    stack.quiet()
    ids = {table.kind: {name: table.own(str(row["id"])) for name, row in stack.state().items()} for table in tables}
    declare(stack, tables, "after")

    assert found(stack.preview(), tables) == expected
    if isinstance(stack, YamlStack):
        check_paths(stack, tables)
    mark = stack.mark()
    assert found(stack.up(), tables) == expected

    for table in tables:
        assert table.requests_found(stack.log(mark), ids[table.kind]) == table.requests_expected()
        assert on_the_platform(stack, table) == {change.name: change.platform for change in table.changes}
    stack.quiet()
    stack.refresh("--expect-no-changes")
    stack.quiet()
    stack.destroy()
    assert left_over(stack) == set()


def check_paths(stack: Stack, tables: tuple[Table, ...]) -> None:
    """The plugin's preview names each change at its path, and says there which ones replace."""
    steps = json.loads(stack.succeed("preview", "--json").output)["steps"]
    named = {step["urn"].rpartition("::")[2]: step.get("detailedDiff") or {} for step in steps if step["op"] != "same"}
    for table in tables:
        # A row whose words stay as they are changes through another resource: its path is that one's business.
        rows = [change for change in table.changes if change.operation != "same" and change.properties]
        assert all(named[row.name] for row in rows)
        written = [row for row in rows if not row.properties & {"source", "path", "text"}]
        assert {row.name: top_level(named[row.name]) - wires(table.kind, row) for row in written} == {
            row.name: set() for row in written
        }
        replacing = {
            name for name, paths in named.items() if any(item["kind"].endswith("-replace") for item in paths.values())
        }
        assert {row.name for row in rows if row.operation == "replace"} == replacing & {row.name for row in rows}


def top_level(paths: dict[str, object]) -> set[str]:
    """The properties that the paths lead into."""
    return {path.partition(".")[0].partition("[")[0] for path in paths}


def wires(kind: str, change: Change) -> set[str]:
    """The properties that the row changes, as the engine calls them."""
    names = change.properties
    found = {prop.wire for prop in KINDS[kind].shape.properties.values() if prop.name in names}
    return found | {"mountPath", "sha256", "fingerprint"}


def declare(stack: Stack, tables: tuple[Table, ...], moment: Moment) -> None:
    """Writes program and files of that moment."""
    for table in tables:
        stack.secrets.update(table.secrets)
        stack.write(table.files.get(moment, {}))
    stack.declare(*(row for table in tables for row in table.declared(moment)))


def found(run: Run, tables: tuple[Table, ...]) -> dict[str, Operation]:
    """The operation of every row of every table, as the engine told it."""
    return {name: step for table in tables for name, step in table.found(run).items()}


def on_the_platform(stack: Stack, table: Table) -> dict[str, dict[str, object]]:
    """What the platform's objects hold where the table says something about it."""
    ids = {name: table.own(str(row["id"])) for name, row in stack.state().items()}
    objects = {item["id"]: item for item in stack.objects(table.collection)}
    return {
        change.name: {path: at(objects[ids[change.name]], path) for path in change.platform} for change in table.changes
    }


ARCHIVED = ("agents", "sessions", "environments", "vaults", "memory_stores", "deployments")
DELETED = ("credentials", "memories", "files", "skills")
ARCHIVED_ON: dict[str, tuple[str, ...]] = {"claude": (*ARCHIVED, "tunnels", "certificates"), "qoder": ARCHIVED}
DELETED_ON = {"claude": (*DELETED, "user_profiles"), "qoder": DELETED}


def left_over(stack: Stack) -> set[str]:
    """What is neither gone nor archived, and environments that could have been deleted."""
    objects = {kind: stack.objects(kind) for kind in (*ARCHIVED_ON[stack.platform], *DELETED_ON[stack.platform])}
    used = {session["environment_id"] for session in objects["sessions"]}
    # What a deployment started is its own, and outlives it.
    objects["sessions"] = [session for session in objects["sessions"] if session["deployment_id"] is None]
    # What a dream wrote outlives it, and is nobody's.
    objects["memory_stores"] = [item for item in objects["memory_stores"] if not item["name"].startswith("dream drm_")]
    alive = {
        item["id"] for kind in ARCHIVED_ON[stack.platform] for item in objects[kind] if item.get("archived_at") is None
    }
    undeleted = {item["id"] for kind in DELETED_ON[stack.platform] for item in objects[kind]}
    return alive | undeleted | {item["id"] for item in objects["environments"] if item["id"] not in used}
