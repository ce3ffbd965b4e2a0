from typing import Any

import pytest
from contract.refusals import absent, refused

MODEL = "claude-opus-5-5"


@pytest.fixture
def dreams(world: Any) -> Any:
    return world.client.beta.dreams


@pytest.fixture
def store(world: Any) -> Any:
    return world.store()


@pytest.fixture
def session(world: Any) -> Any:
    return world.session()


def inputs(store: Any, *sessions: Any) -> list[dict[str, Any]]:
    """What is read."""
    return [
        {"type": "memory_store", "memory_store_id": store.id},
        {"type": "sessions", "session_ids": [each.id for each in sessions]},
    ]


def test_a_new_dream_comes_back_whole(dreams: Any, store: Any, session: Any) -> None:
    dream = dreams.create(inputs=inputs(store, session), model=MODEL, instructions="Keep what lasts.")

    assert dream.id.startswith("drm_")
    found = dream.to_dict()
    assert found == {
        "id": dream.id,
        "type": "dream",
        "status": "pending",
        "inputs": inputs(store, session),
        "model": {"id": MODEL, "speed": "standard"},
        "instructions": "Keep what lasts.",
        "output_behavior": {"type": "create_new"},
        "outputs": [],
        "session_id": None,
        "usage": {
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
            "input_tokens": 0,
            "output_tokens": 0,
        },
        "error": None,
        "ended_at": None,
        "archived_at": None,
        "created_at": found["created_at"],
    }


def test_a_dream_runs_and_ends_in_a_new_store(world: Any, dreams: Any, store: Any, session: Any) -> None:
    world.control.settings(dream_ends="after 2 reads")
    dream = dreams.create(inputs=inputs(store, session), model={"id": MODEL, "speed": "standard"})

    assert [dreams.retrieve(dream.id).status for _ in range(3)] == ["running", "running", "completed"]
    (output,) = dreams.retrieve(dream.id).outputs
    assert output.memory_store_id != store.id
    assert world.stores.retrieve(output.memory_store_id).id == output.memory_store_id


def test_a_dream_may_write_into_the_store_that_it_reads(dreams: Any, store: Any, session: Any) -> None:
    behavior = {"type": "update_existing", "memory_store_id": store.id}

    dream = dreams.create(inputs=inputs(store, session), model=MODEL, output_behavior=behavior)

    assert dreams.retrieve(dream.id).outputs[0].memory_store_id == store.id


def test_a_store_is_updated_by_one_dream_at_a_time(world: Any, dreams: Any, store: Any, session: Any) -> None:
    world.control.settings(dream_ends="never")
    behavior = {"type": "update_existing", "memory_store_id": store.id}
    asked = {"inputs": inputs(store, session), "model": MODEL, "output_behavior": behavior}
    first = dreams.create(**asked)

    refused(lambda: dreams.create(**asked), status=409)
    dreams.cancel(first.id)
    dreams.create(**asked)


def test_a_dream_at_work_is_canceled_before_it_is_archived(world: Any, dreams: Any, store: Any, session: Any) -> None:
    world.control.settings(dream_ends="never")
    dream = dreams.create(inputs=inputs(store, session), model=MODEL)

    refused(lambda: dreams.archive(dream.id), "cancel it first")
    canceled = dreams.cancel(dream.id)
    assert (canceled.status, canceled.ended_at is None) == ("canceled", False)
    assert dreams.cancel(dream.id) == canceled
    archived = dreams.archive(dream.id)
    assert archived.archived_at is not None
    assert dreams.archive(dream.id) == archived
    assert list(dreams.list()) == []
    assert [each.id for each in dreams.list(include_archived=True)] == [dream.id]


def test_what_has_ended_is_not_canceled(world: Any, dreams: Any, store: Any, session: Any) -> None:
    world.control.settings(dream_outcome="failed")
    dream = dreams.create(inputs=inputs(store, session), model=MODEL)

    refused(lambda: dreams.cancel(dream.id), "failed")
    assert dreams.retrieve(dream.id).error.type == "internal_error"


def test_dreams_are_listed_by_status_newest_first(dreams: Any, store: Any, session: Any) -> None:
    first, second = (dreams.create(inputs=inputs(store, session), model=MODEL) for _ in range(2))
    dreams.retrieve(first.id)

    assert [each.id for each in dreams.list(limit=1)] == [second.id, first.id]
    assert [each.id for each in dreams.list(statuses=["completed"])] == [second.id, first.id]
    assert list(dreams.list(statuses=["canceled"])) == []
    assert list(dreams.list(created_at_lt=first.created_at)) == []


def test_what_is_read_is_one_store_and_sessions(dreams: Any, store: Any, session: Any, world: Any) -> None:
    both = inputs(store, session)
    for sent in (both[:1], both[1:], [*both, both[0]], inputs(store), inputs(store, session, session)):
        refused(lambda sent=sent: dreams.create(inputs=sent, model=MODEL), "inputs")
    gone = world.store()
    world.stores.delete(gone.id)
    absent(lambda: dreams.create(inputs=inputs(gone, session), model=MODEL))


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"model": "unheard-of"}, "model"),
        ({"model": {"id": MODEL, "speed": "fast"}}, "model.speed"),
        ({"instructions": ""}, "instructions"),
        ({"instructions": "x" * 4097}, "instructions"),
        ({"output_behavior": {"type": "update_existing", "memory_store_id": "memstore_1"}}, "output_behavior"),
    ],
)
def test_what_is_refused_of_a_dream(dreams: Any, store: Any, session: Any, fields: Any, named: str) -> None:
    refused(lambda: dreams.create(**{"inputs": inputs(store, session), "model": MODEL, **fields}), named)


def test_a_dream_that_is_not_there(dreams: Any) -> None:
    absent(lambda: dreams.retrieve("drm_1"), lambda: dreams.cancel("drm_1"), lambda: dreams.archive("drm_1"))
