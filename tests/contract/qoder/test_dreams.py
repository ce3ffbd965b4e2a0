from typing import Any

import pytest


@pytest.fixture
def dreams(world: Any) -> Any:
    return world.client.dreams


def inputs(world: Any) -> list[dict[str, Any]]:
    """What is read."""
    store = world.client.memory_stores.create(name="notes")
    return [
        {"type": "memory_store", "memory_store_id": store.id},
        {"type": "sessions", "session_ids": [world.session().id]},
    ]


def test_a_dream_runs_and_ends(world: Any, dreams: Any) -> None:
    read = inputs(world)
    dream = dreams.create(inputs=read, model={"id": "ultimate", "speed": "fast"})

    assert dream.id.startswith("drm_")
    assert (dream.status, dream.model.speed, dream.inputs[1].session_ids) == (
        "pending",
        "fast",
        read[1]["session_ids"],
    )
    ended = dreams.retrieve(dream.id)
    assert ended.status == "completed"
    assert ended.outputs[0].memory_store_id != read[0]["memory_store_id"]
    assert [each.id for each in dreams.list(statuses=["completed"])] == [dream.id]


def test_a_dream_at_work_is_canceled_and_archived(world: Any, dreams: Any) -> None:
    world.control.settings(dream_ends="never")
    dream = dreams.create(inputs=inputs(world), model="ultimate", instructions="Keep what lasts.")

    assert dreams.cancel(dream.id).status == "canceled"
    assert dreams.archive(dream.id).archived_at is not None
    assert list(dreams.list()) == []
