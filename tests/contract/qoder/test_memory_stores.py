import hashlib
from typing import Any

import pytest


@pytest.fixture
def stores(world: Any) -> Any:
    return world.client.memory_stores


@pytest.fixture
def store(world: Any) -> str:
    return str(world.store().id)


def remember(stores: Any, store: str, path: str = "/a", content: str = "text", **fields: Any) -> Any:
    return stores.memories.create(store, path=path, content=content, **fields)


def test_a_store_is_empty_and_active(world: Any) -> None:
    store = world.store(description="what went wrong", metadata={"a": "1"}).to_dict(mode="json")

    assert store.pop("id").startswith("memstore_")
    stamp = store.pop("created_at")
    assert store == {
        "type": "memory_store",
        "name": "lessons",
        "description": "what went wrong",
        "metadata": {"a": "1"},
        "status": "active",
        "entry_count": 0,
        "total_size": 0,
        "updated_at": stamp,
        "archived_at": None,
    }


def test_a_store_changes_in_place(stores: Any, world: Any, refused: Any) -> None:
    store = world.store(description="old", metadata={"a": "1"})

    updated = stores.update(store.id, name="other", metadata={"a": None, "b": "2"})

    assert (updated.name, updated.description, updated.metadata) == ("other", "old", {"b": "2"})
    assert stores.update(store.id, description=None).description == ""
    refused(400, lambda: stores.update(store.id, name=None), "name")
    refused(400, lambda: stores.create(name=""), "name")


def test_stores_are_filtered_and_paged(stores: Any, world: Any) -> None:
    ids = [world.store(name=name).id for name in ("a", "b", "a")]

    assert [each.id for each in stores.list(limit=1)] == ids[::-1]
    assert [each.id for each in stores.list(name="a")] == [ids[2], ids[0]]


def test_an_archived_store_is_read_only(stores: Any, store: str, refused: Any) -> None:
    memory = remember(stores, store)
    archived = stores.archive(store)

    assert (archived.status, archived.archived_at is None) == ("archived", False)
    assert list(stores.list()) == []
    refused(409, lambda: stores.update(store, name="b"), "archived")
    refused(409, lambda: remember(stores, store, "/b"))
    refused(409, lambda: stores.memories.update(memory.id, memory_store_id=store, content="b"))
    refused(409, lambda: stores.memories.delete(memory.id, memory_store_id=store))
    assert stores.memories.retrieve(memory.id, memory_store_id=store).content == "text"


def test_a_deleted_store_takes_everything_along(world: Any, stores: Any, store: str, refused: Any) -> None:
    remember(stores, store)

    assert stores.delete(store).to_dict() == {"id": store, "type": "memory_store_deleted"}

    refused(404, lambda: stores.retrieve(store), "Memory store")
    assert world.control.objects("memories") == []
    assert world.control.objects("memory_versions") == []


def test_a_memory_is_measured(stores: Any, store: str) -> None:
    memory = remember(stores, store, "/lessons/ä.md", "größer", metadata={"a": "1"}).to_dict(mode="json")

    assert memory["id"].startswith("mem_")
    assert memory["content"] == "größer"
    assert memory["content_size_bytes"] == 8
    assert memory["content_sha256"] == hashlib.sha256("größer".encode()).hexdigest()
    assert (memory["path"], memory["metadata"], memory["type"]) == ("/lessons/ä.md", {"a": "1"}, "memory")


def test_a_store_counts_its_memories(stores: Any, store: str) -> None:
    first = remember(stores, store, "/a", "1234")
    remember(stores, store, "/b", "12")
    stores.memories.delete(first.id, memory_store_id=store)

    found = stores.retrieve(store)

    assert (found.entry_count, found.total_size) == (1, 2)


def test_a_path_is_used_once_in_a_store(world: Any, stores: Any, store: str, refused: Any) -> None:
    remember(stores, store)

    refused(409, lambda: remember(stores, store), "/a", type="conflict_error")
    assert remember(stores, world.store().id).path == "/a"


@pytest.mark.parametrize(
    "body", [{}, {"path": "/a"}, {"content": "x"}, {"path": "", "content": "x"}, {"path": "/a", "content": None}]
)
def test_a_memory_of_another_form_is_refused(world: Any, store: str, body: Any) -> None:
    world.call("POST", f"memory_stores/{store}/memories", body, status=400)


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_content_and_metadata_change_in_place(world: Any, stores: Any, store: str, method: str) -> None:
    memory = remember(stores, store, metadata={"a": "1"})

    body = {"content": "new", "metadata": {"a": None, "b": "2"}}
    updated = world.call(method, f"memory_stores/{store}/memories/{memory.id}", body)

    assert (updated["content"], updated["metadata"], updated["path"]) == ("new", {"b": "2"}, "/a")
    assert updated["memory_version_id"] != memory.memory_version_id


def test_a_precondition_must_hold(stores: Any, store: str, refused: Any) -> None:
    memory = remember(stores, store)
    expected = {"type": "content_sha256", "content_sha256": memory.content_sha256}
    change = {"memory_store_id": store, "precondition": expected}

    assert stores.memories.update(memory.id, content="new", **change).content == "new"
    refused(409, lambda: stores.memories.update(memory.id, content="newer", **change), type="conflict_error")
    delete = stores.memories.delete
    refused(409, lambda: delete(memory.id, memory_store_id=store, expected_content_sha256=memory.content_sha256))
    assert delete(memory.id, memory_store_id=store).to_dict() == {"id": memory.id, "type": "memory_deleted"}


def test_only_the_sdk_moves_a_memory(world: Any, stores: Any, store: str, refused: Any) -> None:
    memory, other = remember(stores, store, "/a"), remember(stores, store, "/b")
    refused(400, lambda: stores.memories.update(memory.id, memory_store_id=store, path="/c"), "path")
    world.control.settings(qoder_sdk_only_updates="accept")

    assert stores.memories.update(memory.id, memory_store_id=store, path="/c").path == "/c"
    refused(409, lambda: stores.memories.update(memory.id, memory_store_id=store, path=other.path))


def test_a_list_leaves_the_content_out_unless_it_is_asked_for(stores: Any, store: str) -> None:
    memory = remember(stores, store)

    assert "content" not in next(iter(stores.memories.list(store))).to_dict()
    assert next(iter(stores.memories.list(store, view="full"))).content == "text"
    assert "content" not in stores.memories.retrieve(memory.id, memory_store_id=store, view="basic").to_dict()


def test_memories_are_listed_by_prefix_depth_and_page(world: Any, stores: Any, store: str) -> None:
    paths = ["/a", "/notes/x", "/notes/deep/y", "/z"]
    for path in paths:
        remember(stores, store, path)

    def found(**query: Any) -> list[str]:
        return [each.path for each in stores.memories.list(store, **query)]

    assert found(limit=1) == paths[::-1]
    assert found(path_prefix="/notes") == ["/notes/deep/y", "/notes/x"]
    assert found(path_prefix="/notes/", depth=1) == ["/notes/x"]
    assert found(depth=1) == ["/z", "/a"]
    world.call("GET", f"memory_stores/{store}/memories?depth=0", status=400)
    world.call("GET", f"memory_stores/{store}/memories?view=all", status=400)


@pytest.mark.parametrize("word", ["memory_versions", "versions"])
def test_every_change_leaves_a_version(world: Any, stores: Any, store: str, word: str) -> None:
    memory = remember(stores, store)
    stores.memories.update(memory.id, memory_store_id=store, content="new")
    stores.memories.delete(memory.id, memory_store_id=store)

    found = world.call("GET", f"memory_stores/{store}/{word}?view=full")["data"]

    assert [each["operation"] for each in found] == ["deleted", "modified", "created"]
    assert [each["content"] for each in found] == ["new", "new", "text"]
    assert {each["memory_id"] for each in found} == {memory.id}
    one = world.call("GET", f"memory_stores/{store}/{word}/{found[0]['id']}")
    assert one == found[0]


def test_versions_are_filtered_and_paged(stores: Any, store: str) -> None:
    first, second = remember(stores, store, "/a"), remember(stores, store, "/b")
    stores.memories.update(second.id, memory_store_id=store, content="new")

    def found(**query: Any) -> list[str]:
        return [each.operation for each in stores.memory_versions.list(store, **query)]

    assert found(limit=1) == ["modified", "created", "created"]
    assert found(memory_id=first.id) == ["created"]
    assert found(operation="modified") == ["modified"]
    assert found(api_key_id="apikey_none") == []
    assert found(session_id="sess_1") == []


def test_a_redacted_version_says_nothing(world: Any, stores: Any, store: str, refused: Any) -> None:
    memory = remember(stores, store)
    version = memory.memory_version_id

    redacted = stores.memory_versions.redact(version, memory_store_id=store)

    assert (redacted.content, redacted.content_sha256, redacted.path) == (None, None, None)
    assert redacted.redacted_at is not None
    assert stores.memory_versions.retrieve(version, memory_store_id=store).content is None
    assert world.call("POST", f"memory_stores/{store}/versions/{version}/redact")["redacted_at"]
    refused(404, lambda: stores.memory_versions.redact("memver_none", memory_store_id=store))


def test_a_memory_is_found_in_its_own_store_only(world: Any, stores: Any, store: str, refused: Any) -> None:
    memory, other = remember(stores, store), world.store().id

    refused(404, lambda: stores.memories.retrieve(memory.id, memory_store_id=other), "Memory")
    refused(404, lambda: stores.memory_versions.retrieve(memory.memory_version_id, memory_store_id=other))
    assert list(stores.memories.list(other)) == []
