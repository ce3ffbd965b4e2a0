from datetime import datetime
from typing import Any

import pytest


def fill(world: Any, count: int) -> list[str]:
    return [world.environment(name=f"e{n}").id for n in range(count)][::-1]


def test_a_page_names_its_ends_and_its_successor(world: Any) -> None:
    ids = fill(world, 5)

    page = world.call("GET", "environments?limit=2")

    assert [each["id"] for each in page.pop("data")] == ids[:2]
    assert page == {"first_id": ids[0], "last_id": ids[1], "has_more": True, "next_page": ids[1]}


def test_the_last_page_has_no_successor(world: Any) -> None:
    ids = fill(world, 2)

    page = world.call("GET", "environments?limit=2")

    assert (page["has_more"], page["next_page"], page["last_id"]) == (False, None, ids[1])


def test_an_empty_page_has_no_ends(world: Any) -> None:
    assert world.call("GET", "environments") == {
        "data": [],
        "first_id": None,
        "last_id": None,
        "has_more": False,
        "next_page": None,
    }


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_the_sdk_walks_over_all_pages(world: Any, limit: int) -> None:
    ids = fill(world, 7)

    assert [each.id for each in world.environments.list(limit=limit)] == ids


def test_twenty_items_are_a_page_by_default(world: Any) -> None:
    fill(world, 21)

    first = world.environments.list()

    assert len(first.data) == 20
    assert len(first.get_next_page().data) == 1


def test_after_id_goes_on_and_before_id_goes_back(world: Any) -> None:
    ids = fill(world, 5)

    after = world.call("GET", f"environments?after_id={ids[1]}&limit=2")
    before = world.call("GET", f"environments?before_id={ids[3]}&limit=2")

    assert [each["id"] for each in after["data"]] == ids[2:4]
    assert [each["id"] for each in before["data"]] == ids[1:3]
    assert (before["first_id"], before["last_id"], before["has_more"]) == (ids[1], ids[2], True)
    assert world.call("GET", f"environments?before_id={ids[1]}")["has_more"] is False


@pytest.mark.parametrize("query", ["page=A&after_id=A", "after_id=A&before_id=A", "page=A&before_id=A"])
def test_cursors_exclude_each_other(world: Any, query: str) -> None:
    cursor = fill(world, 1)[0]

    document = world.call("GET", f"environments?{query.replace('A', cursor)}", status=400)

    assert document["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("limit", ["0", "-1", "101", "1000", "x", "1.5", "", "99999999999999999999", "٣"])
def test_a_limit_outside_1_to_100_is_refused(world: Any, limit: str) -> None:
    document = world.call("GET", f"environments?limit={limit}", status=400)

    assert document["error"]["param"] == "limit"


def test_a_cursor_of_another_list_is_refused(world: Any) -> None:
    world.call("GET", f"environments?page={world.agent().id}", status=400)
    world.call("GET", "environments?after_id=env_none", status=400)


def test_a_cursor_survives_the_deletion_of_its_item(world: Any) -> None:
    ids = fill(world, 4)
    page = world.environments.list(limit=2)
    for each in page.data:
        world.environments.delete(each.id)

    assert [each.id for each in page.get_next_page().data] == ids[2:]


def test_what_is_archived_is_hidden_unless_asked_for(world: Any) -> None:
    ids = fill(world, 3)
    world.environments.archive(ids[1])

    assert [each.id for each in world.environments.list(limit=1)] == [ids[0], ids[2]]
    assert [each.id for each in world.environments.list(include_archived=True)] == ids
    world.call("GET", "environments?include_archived=yes", status=400)


def test_time_filters_include_their_bounds(world: Any) -> None:
    world.control.clock(now="2026-10-01T12:00:00Z")
    early = world.environment(name="early")
    world.control.clock(now="2026-10-02T12:00:00Z")
    late = world.environment(name="late")
    bound = datetime.fromisoformat(late.created_at)

    assert [each.id for each in world.environments.list(created_at_gte=bound)] == [late.id]
    assert [each.id for each in world.environments.list(created_at_lte=bound)] == [late.id, early.id]
    world.call("GET", "environments?created_at[gte]=yesterday", status=400)


def test_models_come_all_at_once(world: Any) -> None:
    page = world.call("GET", "models")

    assert set(page) == {"data", "has_more"}
    assert [model.id for model in world.client.models.list()] == ["auto", "ultimate"]


def test_a_model_tells_what_can_be_chosen(world: Any) -> None:
    auto, ultimate = world.client.models.list()

    assert auto.type == "model"
    assert (auto.efforts, auto.available_context_windows, auto.default_effort) == ([], [], None)
    assert ultimate.is_enabled
    assert ultimate.default_context_window in ultimate.available_context_windows
    assert ultimate.default_effort in ultimate.efforts


def test_the_models_are_a_setting(world: Any) -> None:
    world.control.settings(qoder_models=["auto", "performance"])

    assert [model.id for model in world.client.models.list()] == ["auto", "performance"]
    assert world.agent(model="performance").model == "performance"
