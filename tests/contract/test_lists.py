from collections.abc import Callable
from typing import Any

import anthropic
import pytest

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}


def refused(call: Callable[[], Any], *words: str) -> Any:
    with pytest.raises(anthropic.BadRequestError) as caught:
        call()
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize("kind", ["agents", "environments", "sessions"])
def test_a_list_is_paged_newest_first(world: Any, kind: str) -> None:
    agent, environment = world.agent(), world.environment()
    make = {
        "agents": world.agent,
        "environments": world.environment,
        "sessions": lambda: world.session(agent=agent.id, environment_id=environment.id),
    }[kind]
    made = [make().id for _ in range(5)]

    listed = [each.id for each in getattr(world, kind).list(limit=2)]

    assert listed[:5] == made[::-1]
    assert len(getattr(world, kind).list(limit=2).data) == 2
    assert getattr(world, kind).list(limit=20).next_page is None


@pytest.mark.parametrize(("kind", "most"), [("agents", 100), ("environments", 1000), ("sessions", 100)])
def test_a_limit_has_a_range(world: Any, kind: str, most: int) -> None:
    refused(lambda: getattr(world, kind).list(limit=0), "limit")
    refused(lambda: getattr(world, kind).list(limit=most + 1), "limit")
    assert getattr(world, kind).list(limit=most).data == []


@pytest.mark.parametrize("kind", ["agents", "environments", "sessions"])
@pytest.mark.parametrize("page", ["nonsense", "page_bm9uc2Vuc2U", "page_W10", "page_é"])
def test_a_cursor_that_was_not_given_out_is_refused(world: Any, kind: str, page: str) -> None:
    refused(lambda: getattr(world, kind).list(page=page), "page")


@pytest.mark.parametrize("kind", ["agents", "environments", "sessions"])
def test_twenty_is_the_default_page(world: Any, kind: str) -> None:
    if kind == "sessions":
        agent, environment = world.agent(), world.environment()
        made = [world.session(agent=agent.id, environment_id=environment.id) for _ in range(21)]
    else:
        made = [getattr(world, kind.removesuffix("s"))() for _ in range(21)]

    assert len(made) == 21
    assert len(getattr(world, kind).list().data) == 20


def five_sessions(world: Any) -> list[str]:
    agent, environment = world.agent(), world.environment()
    return [world.session(agent=agent.id, environment_id=environment.id).id for _ in range(5)]


def test_sessions_page_backwards_too(world: Any) -> None:
    made = five_sessions(world)

    first = world.sessions.list(limit=2, order="asc")
    second = world.sessions.list(limit=2, order="asc", page=first.next_page)
    third = world.sessions.list(limit=2, order="asc", page=second.next_page)
    back = world.sessions.list(limit=2, order="asc", page=third.prev_page)
    start = world.sessions.list(limit=2, order="asc", page=back.prev_page)

    assert [each.id for each in first.data + second.data + third.data] == made
    assert (first.prev_page, third.next_page) == (None, None)
    assert [each.id for each in back.data] == made[2:4]
    assert [each.id for each in start.data] == made[:2]
    assert (start.prev_page, start.next_page is None) == (None, False)


def test_only_sessions_have_a_way_back(world: Any) -> None:
    assert "prev_page" in world.sessions.list().to_dict()
    assert "prev_page" not in world.agents.list().to_dict()
    assert "prev_page" not in world.environments.list().to_dict()


def test_a_cursor_belongs_to_its_order_and_to_its_filter(world: Any) -> None:
    five_sessions(world)
    page = world.sessions.list(limit=2, order="asc")

    refused(lambda: world.sessions.list(order="desc", page=page.next_page), "order")
    refused(
        lambda: world.sessions.list(order="asc", page=page.next_page, created_at_gt=page.data[1].created_at), "page"
    )
    refused(lambda: world.sessions.list(order="sideways"), "order")


def test_an_object_made_between_pages_does_not_shift_them(world: Any) -> None:
    made = five_sessions(world)
    first = world.sessions.list(limit=3)
    world.session()

    assert [each.id for each in first.data + first.get_next_page().data] == made[::-1]


def test_sessions_are_filtered(world: Any, repo: Any) -> None:
    agent, other = world.agent(), world.agent()
    store = {"type": "memory_store", "memory_store_id": "memstore_1"}
    old = world.session(agent=agent.id, resources=[store, repo()])
    world.agents.update(agent.id, name="newer")
    new = world.session(agent=agent.id)
    far = world.running_session(agent=other.id)

    def ids(**query: Any) -> set[str]:
        return {each.id for each in world.sessions.list(**query)}

    assert ids(agent_id=agent.id) == {old.id, new.id}
    assert ids(agent_id=agent.id, agent_version=1) == {old.id}
    assert ids(agent_version=1) == {old.id, new.id, far.id}
    assert ids(deployment_id="depl_1") == set()
    assert ids(memory_store_id="memstore_1") == {old.id}
    assert ids(statuses=["running"]) == {far.id}
    assert ids(statuses=["running", "idle"]) == {old.id, new.id, far.id}
    assert ids(created_at_gt=old.created_at) == {new.id, far.id}
    assert ids(created_at_gte=old.created_at, created_at_lt=far.created_at) == {old.id, new.id}
    assert ids(created_at_lte=old.created_at) == {old.id}
    refused(lambda: ids(statuses=["asleep"]), "statuses")


def test_a_list_settles_the_sessions_it_shows(world: Any) -> None:
    session = world.session(initial_events=[HELLO])

    assert [(each.id, each.status) for each in world.sessions.list()] == [(session.id, "idle")]


def test_resources_are_all_on_one_page_unless_a_limit_is_given(world: Any, repo: Any) -> None:
    session = world.session(resources=[repo(f"app-{n}") for n in range(5)])
    names = [f"/workspace/app-{n}" for n in range(5)]

    whole = world.sessions.resources.list(session.id)
    assert ([each.mount_path for each in whole.data], whole.next_page) == (names, None)
    assert [each.mount_path for each in world.sessions.resources.list(session.id, limit=2)] == names
    refused(lambda: world.sessions.resources.list(session.id, limit=1001), "limit")


def test_flags_are_true_or_false(world: Any) -> None:
    refused(lambda: world.agents.list(extra_query={"include_archived": "maybe"}), "include_archived")
