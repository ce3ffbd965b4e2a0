"""What sessions refer to: vaults, files and memory stores that are there, gone, archived or made up."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from contract.raw import ask
from contract.refusals import refused

Body = dict[str, Any]


def file_id(world: Any) -> str:
    return str(world.client.files.upload(file=("a", b"x")).id)


def body(kind: str, object_id: str) -> Body:
    if kind == "vault":
        return {"vault_ids": [object_id]}
    return {"resources": [{"type": kind, f"{kind}_id": object_id}]}


MAKE: dict[str, Callable[[Any], str]] = {
    "vault": lambda world: world.vault().id,
    "file": file_id,
    "memory_store": lambda world: world.store().id,
}
DELETE: dict[str, Callable[[Any, str], Any]] = {
    "vault": lambda world, object_id: world.vaults.delete(object_id),
    "file": lambda world, object_id: world.client.files.delete(object_id),
    "memory_store": lambda world, object_id: world.stores.delete(object_id),
}
MADE_UP = {"vault": "vlt_1", "file": "file_1", "memory_store": "memstore_1"}
PATHS = {"vault": "vault_ids.0", "file": "resources.0.file_id", "memory_store": "resources.0.memory_store_id"}
KINDS = pytest.mark.parametrize("kind", list(MAKE))


@KINDS
def test_what_is_there_can_be_used(world: Any, kind: str) -> None:
    world.control.settings(unknown_references="refuse")

    session = world.session(**body(kind, MAKE[kind](world)))

    assert session.vault_ids or session.resources


@KINDS
def test_what_was_deleted_is_not_found(world: Any, kind: str) -> None:
    gone = MAKE[kind](world)
    DELETE[kind](world, gone)

    error = refused(lambda: world.session(**body(kind, gone)), PATHS[kind], status=404)
    assert error["type"] == "not_found_error"
    world.control.settings(missing_reference_status=400)
    refused(lambda: world.session(**body(kind, gone)), PATHS[kind])


@KINDS
def test_an_id_that_nobody_made_is_accepted_unless_set_otherwise(world: Any, kind: str) -> None:
    world.session(**body(kind, MADE_UP[kind]))
    world.control.settings(unknown_references="refuse")
    refused(lambda: world.session(**body(kind, MADE_UP[kind])), PATHS[kind], status=404)


@KINDS
def test_an_id_of_another_form_is_not_found(world: Any, kind: str) -> None:
    refused(lambda: world.session(**body(kind, "elsewhere_1")), PATHS[kind], status=404)


@KINDS
def test_half_a_letter_is_no_id(world: Any, kind: str) -> None:
    needed = {"agent": world.agent().id, "environment_id": world.environment().id}

    status, answer = ask(world, "POST", "/v1/sessions", json.dumps(needed | body(kind, "\ud800")).encode())

    assert (status, answer["error"]["type"]) == (400, "invalid_request_error")


def test_what_is_archived_starts_no_session(world: Any) -> None:
    vault, store = world.vault().id, world.store().id
    session = world.session(vault_ids=[vault])
    world.vaults.archive(vault)
    world.stores.archive(store)

    refused(lambda: world.session(vault_ids=[vault]), "vault_ids.0", "archived")
    refused(lambda: world.session(**body("memory_store", store)), "memory_store_id", "archived")
    assert world.sessions.retrieve(session.id).status == "idle"


def test_an_expired_file_is_not_mounted(world: Any) -> None:
    world.control.clock(now="2026-11-01T00:00:00Z")
    file = world.client.files.upload(file=("a", b"x"), expires_in_seconds=3600).id
    session = world.session(**body("file", file))
    world.control.clock(advance_seconds=3600)

    error = refused(lambda: world.session(**body("file", file)), status=404)
    assert error["details"]["error_code"] == "file_expired"
    refused(lambda: world.sessions.resources.add(session.id, file_id=file, type="file"), "file_id", status=404)


def test_a_store_is_mounted_under_its_name_of_that_day(world: Any) -> None:
    store = world.store(name="My Notes (2)", description="what was said")
    session = world.session(**body("memory_store", store.id))
    world.stores.update(store.id, name="other", description="")

    (mounted,) = world.sessions.retrieve(session.id).resources
    assert mounted.to_dict() == {
        "type": "memory_store",
        "memory_store_id": store.id,
        "access": "read_write",
        "instructions": None,
        "name": "My Notes (2)",
        "description": "what was said",
        "mount_path": "/mnt/memory/my-notes-2-",
    }
    assert world.session(**body("memory_store", store.id)).resources[0].mount_path == "/mnt/memory/other"
