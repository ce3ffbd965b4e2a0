"""How many requests each thing costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.declare import agent, environment, ref, repository, session

if TYPE_CHECKING:
    from engine.stack import Stack


def test_a_life_costs_one_request_for_each_object_that_is_made_changed_or_removed(stack: Stack) -> None:
    with stack.emulator() as emulator:
        emulator.control.settings(archived_sessions_hold_environment=False)
    stack.declare(*rows("token-of-last-week"))
    assert sent(stack, "up") == {"agents.create": 2, "environments.create": 1, "sessions.create": 2}
    assert sent(stack, "up") == {}

    stack.declare(*rows("token-of-last-week", system="Be brief.", description="For reviews.", title="Reviews"))
    assert sent(stack, "up") == {"agents.update": 1, "environments.update": 1, "sessions.update": 1}
    stack.declare(*rows("token-of-this-week", system="Be brief.", description="For reviews.", title="Reviews"))
    assert sent(stack, "up") == {"sessions.resources.update": 2}

    assert sent(stack, "destroy") == {"agents.archive": 2, "environments.delete": 1, "sessions.archive": 2}


def test_an_environment_that_archived_sessions_still_use_is_archived_after_a_second_request(stack: Stack) -> None:
    stack.declare(agent(), environment(), session())
    stack.up()

    assert sent(stack, "destroy") == {
        "sessions.archive": 1,
        "agents.archive": 1,
        "environments.delete": 1,
        "environments.archive": 1,
    }


def test_a_refresh_reads_a_few_objects_one_by_one_and_many_by_the_page(stack: Stack) -> None:
    stack.declare(*(agent(f"agent-{number}") for number in range(3)))
    stack.up()
    assert sent(stack, "refresh") == {"agents.retrieve": 3}
    stack.declare(*(agent(f"agent-{number}") for number in range(30)))
    stack.up()

    reading = sent(stack, "refresh")

    assert sum(reading.values()) <= 4
    assert reading["agents.list"] == 1
    stack.quiet()


def test_a_refresh_of_a_session_costs_a_second_request_only_where_repositories_are_mounted(stack: Stack) -> None:
    stack.declare(agent(), environment(), repository(), session(resources=[ref("app")]), session("plain"))
    stack.up()
    wanted = {"review": 2, "plain": 1}
    ids = {name: stack.id(name) for name in wanted}
    mark = stack.mark()

    stack.refresh()

    paths = [row["path"] for row in stack.log(mark)]
    assert {name: sum(ids[name] in path for path in paths) for name in ids} == wanted


def rows(token: str, system: str | None = None, description: str | None = None, title: str | None = None) -> list[Any]:
    app = repository("app", authorization_token=token)
    first = session(title=title, resources=[ref("app")])
    second = session("nightly", resources=[ref("app")])
    return [agent(system=system), agent("helper"), environment(description=description), app, first, second]


def sent(stack: Stack, command: str) -> dict[str, int]:
    """The requests of a command, counted by operation."""
    mark = stack.mark()
    stack.succeed(command, "--yes", "--skip-preview")
    operations = [row["operation"] for row in stack.log(mark)]
    return {operation: operations.count(operation) for operation in operations}
