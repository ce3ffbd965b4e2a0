from typing import Any

import pytest
from contract.refusals import absent, refused

BETA = "managed-agents-2026-04-01"
MEMORY_BETA = "agent-memory-2026-07-22"


def test_a_new_store_comes_back_whole(world: Any) -> None:
    store = world.stores.create(name="notes")

    assert store.id.startswith("memstore_")
    assert store.to_dict() == {
        "id": store.id,
        "type": "memory_store",
        "name": "notes",
        "description": "",
        "metadata": {},
        "created_at": store.created_at,
        "updated_at": store.created_at,
        "archived_at": None,
    }
    assert world.stores.retrieve(store.id) == store


def test_names_are_not_unique(world: Any) -> None:
    assert world.store().id != world.store().id


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"name": "end\n"}, "name"),
        ({"name": "\x7f"}, "name"),
        ({"name": 1}, "name"),
        ({"description": "x" * 1025}, "description"),
        ({"description": None}, "description"),
        ({"metadata": {"k": "v" * 513}}, "metadata.k"),
        ({"extra_body": {"display_name": "x"}}, "display_name"),
    ],
)
def test_a_create_that_breaks_a_rule_names_the_path(world: Any, fields: dict[str, Any], named: str) -> None:
    refused(lambda: world.store(**fields), named)
    assert list(world.stores.list()) == []


def test_an_update_keeps_what_it_leaves_out(world: Any) -> None:
    store = world.store(description="d", metadata={"a": "1"})

    renamed = world.stores.update(store.id, name="other")
    cleared = world.stores.update(store.id, description="", metadata={"a": None, "b": "2"})

    assert (renamed.name, renamed.description, renamed.metadata) == ("other", "d", {"a": "1"})
    assert (cleared.name, cleared.description, cleared.metadata) == ("other", "", {"b": "2"})
    assert cleared.updated_at > renamed.updated_at > store.updated_at


def test_an_update_without_a_change_moves_nothing(world: Any) -> None:
    store = world.store(description="d")

    assert world.stores.update(store.id, name="notes", description="d") == store
    assert world.stores.update(store.id, name=None, description=None, metadata=None) == store


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "a\tb"}, {"description": "x" * 1025}])
def test_an_update_that_breaks_a_rule_changes_nothing(world: Any, fields: dict[str, Any]) -> None:
    store = world.store()

    refused(lambda: world.stores.update(store.id, **fields), *fields)

    assert world.stores.retrieve(store.id) == store


def test_a_memory_does_not_move_the_time_of_its_store(world: Any) -> None:
    store = world.store()

    world.stores.memories.create(store.id, path="/a", content="x")

    assert world.stores.retrieve(store.id) == store


def test_an_archived_store_is_read_and_emptied_but_not_written(world: Any) -> None:
    store = world.store()
    memory = world.stores.memories.create(store.id, path="/a", content="x")
    world.stores.memories.update(memory.id, memory_store_id=store.id, content="y")

    archived = world.stores.archive(store.id)

    assert archived.archived_at is not None
    assert world.stores.archive(store.id) == archived
    refused(lambda: world.stores.update(store.id, name="x"), "archived")
    refused(lambda: world.stores.memories.create(store.id, path="/b", content="x"), "archived")
    refused(lambda: world.stores.memories.update(memory.id, memory_store_id=store.id, content="z"), "archived")
    assert world.stores.memories.retrieve(memory.id, memory_store_id=store.id).content == "y"
    oldest = list(world.stores.memory_versions.list(store.id))[-1]
    assert world.stores.memory_versions.redact(oldest.id, memory_store_id=store.id).redacted_at is not None
    assert world.stores.memories.delete(memory.id, memory_store_id=store.id).type == "memory_deleted"
    assert world.stores.delete(store.id).to_dict() == {"id": store.id, "type": "memory_store_deleted"}


def test_an_archived_store_is_listed_on_demand(world: Any) -> None:
    old, new = world.store(), world.store()
    world.stores.archive(old.id)

    assert [each.id for each in world.stores.list()] == [new.id]
    assert [each.id for each in world.stores.list(include_archived=True)] == [new.id, old.id]


def test_a_deleted_store_takes_its_memories_along(world: Any) -> None:
    store, other = world.store(), world.store()
    memory = world.stores.memories.create(store.id, path="/a", content="x")
    kept = world.stores.memories.create(other.id, path="/a", content="x")

    world.stores.delete(store.id)

    absent(
        lambda: world.stores.retrieve(store.id),
        lambda: world.stores.update(store.id, name="x"),
        lambda: world.stores.archive(store.id),
        lambda: world.stores.delete(store.id),
        lambda: world.stores.memories.list(store.id),
        lambda: world.stores.memories.retrieve(memory.id, memory_store_id=store.id),
        lambda: world.stores.memory_versions.list(store.id),
    )
    assert [each["id"] for each in world.control.objects("memories")] == [kept.id]
    assert [each["memory_id"] for each in world.control.objects("memory_versions")] == [kept.id]


def test_stores_are_paged_and_filtered_by_time(world: Any) -> None:
    made = [world.store() for _ in range(5)]

    assert [each.id for each in world.stores.list(limit=2)] == [each.id for each in made[::-1]]
    found = world.stores.list(created_at_gte=made[1].created_at, created_at_lte=made[3].created_at)
    assert [each.id for each in found] == [each.id for each in made[3:0:-1]]
    refused(lambda: world.stores.list(limit=101), "limit")
    refused(lambda: world.stores.list(limit=0), "limit")


@pytest.mark.parametrize("betas", [[MEMORY_BETA], [BETA]])
def test_either_beta_opens_the_memory(world: Any, betas: list[str]) -> None:
    headers = {"anthropic-beta": ",".join(betas)}

    assert world.client.get("/v1/memory_stores", cast_to=object, options={"headers": headers}) is not None


@pytest.mark.parametrize("betas", [[MEMORY_BETA, BETA], ["skills-2025-10-02"], []])
def test_both_betas_or_neither_are_refused(world: Any, betas: list[str]) -> None:
    headers = {"anthropic-beta": ",".join(betas)}

    refused(
        lambda: world.client.get("/v1/memory_stores", cast_to=object, options={"headers": headers}), "anthropic-beta"
    )


def test_the_memory_beta_opens_nothing_else(world: Any) -> None:
    headers = {"anthropic-beta": MEMORY_BETA}

    refused(lambda: world.client.get("/v1/vaults", cast_to=object, options={"headers": headers}), BETA)


def test_another_program_changes_and_removes_stores(world: Any) -> None:
    store = world.store()
    world.stores.memories.create(store.id, path="/a", content="x")

    world.control.change("memory_stores", store.id, name="drifted")
    assert world.stores.retrieve(store.id).name == "drifted"
    world.control.remove("memory_stores", store.id)

    absent(lambda: world.stores.retrieve(store.id))
    assert world.control.objects("memories") == []
