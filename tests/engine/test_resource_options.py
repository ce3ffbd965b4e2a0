"""What a program may say about a resource besides its properties, in Python's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import MODEL, agent, environment, ref, repository, session

if TYPE_CHECKING:
    from engine.stack import Stack

pytestmark = pytest.mark.front_end("dynamic")


def test_changes_that_are_ignored_by_their_python_names_are_no_changes(stack: Stack) -> None:
    def declare(word: str) -> None:
        ignored: dict[str, Any] = {"ignore_changes": ["model.inference_geo", "mcp_servers", 'metadata["my_key"]']}
        tools = [{"type": "mcp_toolset", "mcp_server_name": "tracker"}]
        server = {"type": "url", "name": "tracker", "url": f"https://{word}.example.com/mcp"}
        geo = {"id": MODEL, "inference_geo": "us" if word == "one" else "global"}
        stack.declare(
            agent(model=geo, tools=tools, mcp_servers=[server], metadata={"my_key": word}, options=ignored),
            environment(),
            repository("app", authorization_token=f"token-{word}", options={"ignore_changes": ["authorization_token"]}),
            session(resources=[ref("app")], title=word, options={"ignore_changes": ["title"]}),
        )

    declare("one")
    stack.up()
    declare("two")

    stack.quiet()


def test_a_forced_replacement_makes_a_new_session_and_archives_the_old_one(stack: Stack) -> None:
    stack.declare(agent(), environment(), session())
    stack.up()
    before = stack.state()["review"]
    mark = stack.mark()

    stack.up("--replace", before["urn"])

    assert [row["operation"] for row in stack.log(mark)] == ["sessions.create", "sessions.archive"]
    assert stack.id("review") != before["id"]
    stack.quiet()


def test_what_is_retained_stays_and_what_is_protected_is_not_removed(stack: Stack) -> None:
    stack.declare(agent("kept", options={"retain_on_delete": True}), agent("safe", options={"protect": True}))
    stack.up()
    mark = stack.mark()
    stack.declare()

    refused = stack.fail("up", "--yes", "--skip-preview")

    assert "protect" in refused.output
    stack.declare(agent("safe"))
    assert stack.up().operations in ({"kept": ["delete"]}, {})
    assert set(stack.state()) == {"safe"}
    assert stack.log(mark) == []
