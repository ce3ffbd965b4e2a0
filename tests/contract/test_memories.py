import hashlib
import json
from typing import Any

import pytest
from contract.raw import ask
from contract.refusals import absent, refused

TEXT = "grüße\n"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Store:
    """One store, and its memories by short calls."""

    def __init__(self, world: Any) -> None:
        self.world = world
        self.id = world.store().id
        self.memories = world.stores.memories
        self.versions = world.stores.memory_versions

    def write(self, path: str, content: str | None = "x", **fields: Any) -> Any:
        return self.memories.create(self.id, path=path, content=content, **fields)

    def read(self, memory: Any, **fields: Any) -> Any:
        return self.memories.retrieve(memory.id, memory_store_id=self.id, **fields)

    def update(self, memory: Any, **fields: Any) -> Any:
        return self.memories.update(memory.id, memory_store_id=self.id, **fields)

    def delete(self, memory: Any, **fields: Any) -> Any:
        return self.memories.delete(memory.id, memory_store_id=self.id, **fields)

    def paths(self, **query: Any) -> list[str]:
        return [each.path for each in self.memories.list(self.id, **query)]

    def history(self, **query: Any) -> list[Any]:
        return list(self.versions.list(self.id, **query))


@pytest.fixture
def store(world: Any) -> Store:
    return Store(world)


def test_a_new_memory_comes_back_without_its_content(store: Store) -> None:
    memory = store.write("/notes/a.md", TEXT)

    assert memory.id.startswith("mem_")
    assert memory.memory_version_id.startswith("memver_")
    assert memory.to_dict() == {
        "id": memory.id,
        "type": "memory",
        "memory_store_id": store.id,
        "path": "/notes/a.md",
        "content": None,
        "content_sha256": sha256(TEXT),
        "content_size_bytes": len(TEXT.encode()),
        "memory_version_id": memory.memory_version_id,
        "created_at": memory.created_at,
        "updated_at": memory.updated_at,
    }


def test_the_view_decides_about_the_content(store: Store) -> None:
    memory = store.write("/a", TEXT)

    assert store.write("/b", TEXT, view="full").content == TEXT
    assert store.read(memory).content == TEXT
    assert store.read(memory, view="basic").content is None
    assert store.update(memory, content="new").content is None
    assert store.update(memory, content="newer", view="full").content == "newer"
    assert {each.content for each in store.memories.list(store.id)} == {None}
    assert [each.content for each in store.memories.list(store.id, view="full")] == ["newer", TEXT]
    refused(lambda: store.read(memory, view="half"), "view")
    refused(lambda: store.memories.list(store.id, view="half"), "view")


@pytest.mark.parametrize("content", ["", None])
def test_a_memory_may_be_empty(store: Store, content: str | None) -> None:
    memory = store.write("/a", content)

    assert (memory.content_size_bytes, memory.content_sha256) == (0, sha256(""))
    assert store.read(memory).content == ""


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "a",
        "a/b",
        "/a/",
        "//a",
        "/a//b",
        "/.",
        "/..",
        "/a/../b",
        "/a\nb",
        "/a\u200bb",
        "/a\u2028b",
        "/e\u0301",
        "/" + "x" * 1024,
        "/" + "ü" * 512,
        "/a" * 21,
    ],
)
def test_a_path_that_is_none_is_refused(store: Store, path: str) -> None:
    memory = store.write("/there")

    refused(lambda: store.write(path), "path")
    refused(lambda: store.update(memory, path=path), "path")
    assert store.paths() == ["/there"]


@pytest.mark.parametrize("path", ["/a", "/.hidden", "/a..b", "/A b/ü.md", "/a" * 20, "/" + "x" * 1023])
def test_a_path_is_kept_as_it_is(store: Store, path: str) -> None:
    assert store.write(path).path == path


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"path": "/a"}, "content"),
        ({"content": "x"}, "path"),
        ({"path": 1, "content": "x"}, "path"),
        ({"path": "/a", "content": 1}, "content"),
        ({"path": "/a", "content": "x" * 102_401}, "content"),
        ({"path": "/a", "content": "ü" * 51_201}, "content"),
        ({"path": "/a", "content": "x", "colour": "red"}, "colour"),
    ],
)
def test_a_create_that_breaks_a_rule_names_the_path(world: Any, store: Store, body: dict[str, Any], named: str) -> None:
    options = {"headers": {"anthropic-beta": "agent-memory-2026-07-22"}}
    path = f"/v1/memory_stores/{store.id}/memories"

    refused(lambda: world.client.post(path, body=body, cast_to=object, options=options), named)
    assert store.paths() == []


@pytest.mark.parametrize("field", ["path", "content"])
def test_half_a_letter_is_no_text(world: Any, store: Store, field: str) -> None:
    body = {"path": "/a", "content": "x"} | {field: "/\ud800"}

    status, answer = ask(world, "POST", f"/v1/memory_stores/{store.id}/memories", json.dumps(body).encode())

    assert (status, answer["error"]["message"].split(":")[0]) == (400, field)


def test_a_memory_has_up_to_100_kilobytes(store: Store) -> None:
    assert store.write("/a", "x" * 102_400).content_size_bytes == 102_400


@pytest.mark.parametrize("path", ["/notes/a", "/notes", "/notes/a/b"])
def test_a_path_in_the_way_is_named(store: Store, path: str) -> None:
    there, moved = store.write("/notes/a"), store.write("/moved")

    for call in (lambda: store.write(path), lambda: store.update(moved, path=path)):
        error = refused(call, status=409)
        assert error["type"] == "memory_path_conflict_error"
        assert error["conflicting_path"] == "/notes/a"
        assert error["conflicting_memory_id"] == there.id


def test_paths_that_only_look_alike_live_side_by_side(world: Any, store: Store) -> None:
    for path in ("/notes/a", "/notes/ab", "/notes-archive", "/Notes/a"):
        store.write(path)
    Store(world).write("/notes/a")

    assert len(store.paths()) == 4


def test_an_update_makes_a_version_unless_nothing_is_new(store: Store) -> None:
    memory = store.write("/a", "one")

    assert store.update(memory, content="one", path="/a") == memory
    assert store.update(memory, content=None, path=None) == memory
    assert store.update(memory) == memory
    changed = store.update(memory, content="two")
    moved = store.update(memory, path="/a/b")

    assert (changed.id, changed.path, changed.content_sha256) == (memory.id, "/a", sha256("two"))
    assert (moved.path, moved.content_sha256) == ("/a/b", sha256("two"))
    assert len({memory.memory_version_id, changed.memory_version_id, moved.memory_version_id}) == 3
    assert moved.updated_at > changed.updated_at > memory.updated_at
    assert store.update(memory, content="").content_size_bytes == 0


def test_a_precondition_holds_or_nothing_happens(store: Store) -> None:
    memory = store.write("/a", "one")
    stale = {"type": "content_sha256", "content_sha256": sha256("zero")}

    error = refused(lambda: store.update(memory, content="two", precondition=stale), status=409)
    assert error["type"] == "memory_precondition_failed_error"
    assert store.read(memory).content == "one"
    good = {"type": "content_sha256", "content_sha256": sha256("one")}
    assert store.update(memory, path="/b", content="two", precondition=good).path == "/b"
    for wrong in (
        {"type": "etag"},
        {"type": "content_sha256", "content_sha256": "abc"},
        {"type": "content_sha256", "content_sha256": sha256("one").upper()},
    ):
        refused(lambda wrong=wrong: store.update(memory, content="x", precondition=wrong), "precondition")


def test_a_delete_may_expect_a_content(store: Store) -> None:
    memory = store.write("/a", "one")

    error = refused(lambda: store.delete(memory, expected_content_sha256=sha256("zero")), status=409)
    assert error["type"] == "memory_precondition_failed_error"
    refused(lambda: store.delete(memory, expected_content_sha256="abc"), "expected_content_sha256")
    deleted = store.delete(memory, expected_content_sha256=sha256("one"))

    assert deleted.to_dict() == {"id": memory.id, "type": "memory_deleted"}
    absent(
        lambda: store.read(memory),
        lambda: store.update(memory, content="x"),
        lambda: store.delete(memory),
    )
    store.write("/a")


def test_a_memory_is_found_in_its_own_store_only(world: Any, store: Store) -> None:
    memory, other = store.write("/a"), Store(world)

    absent(
        lambda: other.read(memory),
        lambda: other.update(memory, content="y"),
        lambda: other.delete(memory),
        lambda: world.stores.memories.create("memstore_none", path="/a", content="x"),
        lambda: other.versions.retrieve(memory.memory_version_id, memory_store_id=other.id),
        lambda: other.versions.redact(memory.memory_version_id, memory_store_id=other.id),
    )


def test_a_list_knows_prefix_and_depth(store: Store) -> None:
    for path in ("/a", "/notes/b", "/notes/deep/c", "/notes/deep/d", "/notes-archive/e"):
        store.write(path)

    assert len(store.paths()) == 5
    assert store.paths(path_prefix="/notes/") == ["/notes/b", "/notes/deep/c", "/notes/deep/d"]
    assert store.paths(path_prefix="/notes/", depth=0) == store.paths(path_prefix="/notes/")
    assert store.paths(depth=1) == ["/a", "/notes/", "/notes-archive/"]
    assert store.paths(path_prefix="/notes/", depth=1) == ["/notes/b", "/notes/deep/"]
    assert store.paths(path_prefix="/none/") == []
    found = list(store.memories.list(store.id, depth=1))
    assert [each.type for each in found] == ["memory", "memory_prefix", "memory_prefix"]
    assert found[1].to_dict() == {"type": "memory_prefix", "path": "/notes/"}
    refused(lambda: store.paths(path_prefix="/notes"), "path_prefix")
    refused(lambda: store.paths(depth=2), "depth")


def test_memories_are_paged_with_their_directories(store: Store) -> None:
    made = [f"/{letter}/x" for letter in "abcde"] + ["/a/y"]
    for path in made:
        store.write(path)

    assert store.paths(limit=2) == made
    assert store.paths(limit=2, depth=1) == ["/a/", "/b/", "/c/", "/d/", "/e/"]
    assert len(store.memories.list(store.id, limit=2, depth=1).data) == 2
    refused(lambda: store.paths(limit=101), "limit")


def test_a_page_with_contents_holds_at_most_twenty(store: Store) -> None:
    for n in range(22):
        store.write(f"/{n}")

    assert len(store.memories.list(store.id, view="full", limit=100).data) == 20
    assert len(store.paths(view="full", limit=100)) == 22
    assert len(store.versions.list(store.id, view="full", limit=100).data) == 20
    assert len(store.memories.list(store.id, limit=100).data) == 22


def test_a_store_holds_so_many_memories(world: Any, store: Store) -> None:
    assert world.control.settings(memories_per_store=2)["memories_per_store"] == 2
    memory = store.write("/a")
    store.write("/b")

    refused(lambda: store.write("/c"), "2")
    store.update(memory, path="/c")


def test_each_change_is_a_version(world: Any, store: Store) -> None:
    memory = store.write("/a", "one")
    store.update(memory, content="two")
    store.delete(memory)

    deleted, modified, created = store.history(view="full")

    assert created.to_dict(mode="json") == {
        "id": memory.memory_version_id,
        "type": "memory_version",
        "memory_store_id": store.id,
        "memory_id": memory.id,
        "operation": "created",
        "path": "/a",
        "content": "one",
        "content_sha256": sha256("one"),
        "content_size_bytes": 3,
        "created_at": created.to_dict(mode="json")["created_at"],
        "created_by": {"type": "api_actor", "api_key_id": world.control.settings()["api_key_id"]},
        "redacted_at": None,
        "redacted_by": None,
    }
    assert (modified.operation, modified.content) == ("modified", "two")
    assert (deleted.operation, deleted.path) == ("deleted", "/a")
    assert (deleted.content, deleted.content_sha256, deleted.content_size_bytes) == (None, None, None)
    assert store.versions.retrieve(created.id, memory_store_id=store.id) == created
    assert store.versions.retrieve(created.id, memory_store_id=store.id, view="basic").content is None
    assert {each.content for each in store.history()} == {None}


def test_versions_are_filtered_and_paged(world: Any, store: Store) -> None:
    one, two = store.write("/one"), store.write("/two")
    store.update(one, content="y")
    Store(world).write("/one")
    key = world.control.settings()["api_key_id"]

    assert [each.memory_id for each in store.history(limit=1)] == [one.id, two.id, one.id]
    assert [each.operation for each in store.history(memory_id=one.id)] == ["modified", "created"]
    assert [each.memory_id for each in store.history(operation="modified")] == [one.id]
    assert len(store.history(api_key_id=key)) == 3
    assert store.history(api_key_id="apikey_other") == []
    assert store.history(session_id="sesn_1") == []
    assert store.history(service_account_id="svac_1") == []
    times = [each.created_at for each in store.history()]
    assert [each.created_at for each in store.history(created_at_gte=times[1])] == times[:2]
    assert [each.created_at for each in store.history(created_at_lte=times[1])] == times[1:]
    refused(lambda: store.history(operation="read"), "operation")
    refused(lambda: store.history(limit=101), "limit")


def test_a_redaction_forgets_what_was_written(world: Any, store: Store) -> None:
    memory = store.write("/a", "one")
    store.update(memory, content="two")

    redacted = store.versions.redact(memory.memory_version_id, memory_store_id=store.id)

    assert redacted.redacted_by.api_key_id == world.control.settings()["api_key_id"]
    found = store.versions.retrieve(redacted.id, memory_store_id=store.id)
    assert (found.path, found.content, found.content_sha256, found.content_size_bytes) == (None, None, None, None)
    assert (found.operation, found.redacted_at) == ("created", redacted.redacted_at)
    assert store.versions.redact(redacted.id, memory_store_id=store.id) == redacted
    absent(lambda: store.versions.redact("memver_none", memory_store_id=store.id))


def test_the_current_version_is_not_redacted(store: Store) -> None:
    memory = store.write("/a", "one")

    refused(lambda: store.versions.redact(memory.memory_version_id, memory_store_id=store.id), "current")
    store.delete(memory)
    assert store.versions.redact(memory.memory_version_id, memory_store_id=store.id).redacted_at is not None


def test_another_program_writes_and_removes_memories(world: Any, store: Store) -> None:
    memory = store.write("/a", "one")

    world.control.change("memories", memory.id, content="drifted")
    drifted = store.read(memory)
    assert (drifted.content, drifted.content_sha256) == ("drifted", sha256("drifted"))
    assert [each["content"] for each in world.control.objects("memories")] == ["drifted"]
    assert store.history()[0].created_by.type == "user_actor"
    world.control.remove("memories", memory.id)

    absent(lambda: store.read(memory))
    assert store.history()[0].operation == "deleted"
