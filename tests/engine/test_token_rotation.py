"""The main job: a token is rotated on the running session, and nothing else is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.stack import Stack

OLD, NEW = "token-of-last-week", "token-of-this-week"


def rows(token: str, *, path: str = "/workspace/app") -> list[dict[str, Any]]:
    session = {
        "agent": {"$ref": "reviewer.id"},
        "environment_id": {"$ref": "sandbox.id"},
        "resources": [{"$ref": "app"}],
    }
    return [
        {"kind": "Environment", "name": "sandbox", "args": {}},
        {"kind": "Agent", "name": "reviewer", "args": {"model": "claude-sonnet-4-6"}},
        {
            "kind": "RepositoryResource",
            "name": "app",
            "args": {"url": "https://github.com/org/app", "mount_path": path, "authorization_token": token},
        },
        {"kind": "Session", "name": "review", "args": session},
        {"kind": "Session", "name": "nightly", "args": session},
    ]


def test_a_rotated_token_is_sent_once_to_each_session_and_nothing_is_replaced(stack: Stack) -> None:
    stack.secrets |= {OLD, NEW}
    stack.declare(*rows(OLD))
    stack.up()
    sessions = {name: stack.id(name) for name in ("review", "nightly")}
    stack.declare(*rows(NEW))

    previewed = stack.preview()
    mark = stack.mark()
    stack.up()

    assert previewed.operations == {"app": ["update"], "review": ["update"], "nightly": ["update"]}
    assert {name: stack.id(name) for name in sessions} == sessions
    sent = stack.log(mark)
    assert [row["operation"] for row in sent] == ["sessions.resources.update"] * 2
    assert {row["path"].split("/")[3] for row in sent} == set(sessions.values())
    stack.quiet()
    stack.search_files()


def test_a_second_up_makes_no_request(stack: Stack) -> None:
    stack.declare(*rows(OLD))
    stack.up()
    mark = stack.mark()

    second = stack.up()

    assert second.operations == {}
    assert stack.log(mark) == []
