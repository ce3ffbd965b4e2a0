"""Pulumi's resource options and flags, on one of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import ref, row
from engine.test_import_of_every_kind import FILES, MESSAGE, everything
from engine.vault_fields import bearer
from pydantic.alias_generators import to_camel
from resources.authorities import authority

if TYPE_CHECKING:
    from engine.stack import Stack

OTHERWISE: dict[str, dict[str, Any]] = {
    "agent": {"description": "otherwise"},
    "sandbox": {"description": "otherwise"},
    "vault": {"display_name": "otherwise"},
    "github": {"display_name": "otherwise"},
    "store": {"description": "otherwise"},
    "memory": {"content": "otherwise"},
    "plan": {"filename": "otherwise"},
    "skill": {"display_name": "otherwise"},
    "session": {"title": "otherwise"},
    "profile": {"name": "otherwise"},
    "dream": {"instructions": "otherwise"},
    "office": {"display_name": "otherwise"},
    "trust": {"ca_certificate_pem": authority("two")},
    "task": {"events": [MESSAGE, MESSAGE]},
    "weekly": {"description": "otherwise"},
}
"""One change of each resource, in place or not."""

REPLACING = {"plan", "skill", "dream", "office", "trust"}


@pytest.fixture
def rows(stack: Stack) -> list[dict[str, Any]]:
    """One of each kind, deployed."""
    stack.secrets.add("made-up-bearer-1")
    stack.write(FILES)
    credential = row("Credential")("github", vault_id=ref("vault.id"), **bearer("made-up-bearer-1"))
    declared = [*everything("claude"), credential]
    stack.declare(*declared)
    stack.up()
    return declared


def changed(rows: list[dict[str, Any]], **options: Any) -> list[dict[str, Any]]:
    """Each resource with its change, and options that may depend on what changes."""
    return [
        {
            **item,
            "args": {**item["args"], **OTHERWISE[item["name"]]},
            "options": {key: value(item) if callable(value) else value for key, value in options.items()},
        }
        for item in rows
    ]


def alive(stack: Stack) -> int:
    """Objects that can be used."""
    kinds = (
        "agents",
        "environments",
        "sessions",
        "vaults",
        "credentials",
        "memory_stores",
        "memories",
        "files",
        "skills",
        "deployments",
        *(["user_profiles", "tunnels", "certificates"] if stack.platform == "claude" else []),
    )
    return sum(item.get("archived_at") is None for kind in kinds for item in stack.objects(kind))


def test_changes_that_are_ignored_are_none(stack: Stack, rows: list[dict[str, Any]]) -> None:
    stack.declare(*changed(rows, ignore_changes=lambda item: [to_camel(name) for name in OTHERWISE[item["name"]]]))

    stack.quiet()


@pytest.mark.front_end("plugin")
def test_a_target_is_changed_alone_and_the_rest_stays(stack: Stack, rows: list[dict[str, Any]]) -> None:
    stack.declare(*changed(rows))
    urn = f"urn:pulumi:dev::under-test::{stack.token}Deployment::weekly"

    assert stack.up("--target", urn).operations == {"weekly": ["update"]}

    left = stack.preview().operations
    # The deployment is as it was declared; it follows its agent, which is to change.
    assert left.keys() == OTHERWISE.keys()
    assert {name for name, steps in left.items() if "replace" in steps} == REPLACING


@pytest.mark.front_end("plugin")
def test_what_is_protected_is_not_removed_and_what_is_retained_stays(stack: Stack, rows: list[dict[str, Any]]) -> None:
    before = alive(stack)
    stack.declare(*({**item, "options": {"protect": True}} for item in rows))
    stack.up()
    stack.fail("destroy", "--yes", "--skip-preview")
    assert alive(stack) == before

    stack.declare(*({**item, "options": {"retain_on_delete": True}} for item in rows))
    stack.up()
    mark = stack.mark()
    stack.destroy()

    assert (alive(stack), [entry["operation"] for entry in stack.log(mark)]) == (before, [])


@pytest.mark.front_end("plugin")
def test_everything_can_be_replaced_at_once(stack: Stack, rows: list[dict[str, Any]]) -> None:
    assert len(rows) == len(OTHERWISE)
    before = {name: found["id"] for name, found in stack.state().items()}
    urns = [found["urn"] for found in stack.state().values()]

    stack.up(*(argument for urn in urns for argument in ("--replace", urn)))

    after = {name: found["id"] for name, found in stack.state().items()}
    assert {name for name in before if before[name] == after[name]} == set()
    stack.quiet()
    stack.refresh("--expect-no-changes")
