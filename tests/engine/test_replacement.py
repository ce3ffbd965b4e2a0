"""What a running session cannot take over: a new one is made first, and the old one archived last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.declare import agent, environment, ref, repository, session

if TYPE_CHECKING:
    from engine.stack import Run, Stack

TOKEN = "token-of-last-week"
CHANGES: dict[str, dict[str, Any]] = {
    "other-address": {"url": "https://github.com/org/other"},
    "other-path": {"mount_path": "/workspace/elsewhere"},
    "other-checkout": {"checkout": {"type": "branch", "name": "next"}},
    "token-taken-away": {"authorization_token": None},
}
PLAN, DATA = ({"type": "file", "file_id": f"file_{name}"} for name in ("plan", "data"))


def declare(stack: Stack, *repositories: dict[str, Any], mounted: list[Any]) -> None:
    sessions = (session(name, resources=mounted) for name in ("review", "nightly"))
    stack.declare(agent(), environment(), *repositories, *sessions)


def each_mounted(*, changed: bool) -> list[dict[str, Any]]:
    first = {"mount_path": "/workspace/app", "authorization_token": TOKEN}
    repositories = (repository(name, **first | (change if changed else {})) for name, change in CHANGES.items())
    sessions = (session(f"session-{name}", resources=[ref(name)]) for name in CHANGES)
    return [agent(), environment(), *repositories, *sessions]


def test_a_change_that_a_clone_cannot_follow_replaces_the_repository_and_its_session(stack: Stack) -> None:
    stack.declare(*each_mounted(changed=False))
    stack.up()
    old = {stack.id(f"session-{name}") for name in CHANGES}
    stack.declare(*each_mounted(changed=True))
    wanted = {*CHANGES, *(f"session-{name}" for name in CHANGES)}

    assert replaced(stack.preview()) == wanted
    mark = stack.mark()
    assert replaced(stack.up()) == wanted

    # Whether a session is at work is looked at before it is replaced.
    sent = [row for row in stack.log(mark) if row["operation"] not in ("sessions.retrieve", "sessions.list")]
    assert [row["operation"] for row in sent] == ["sessions.create"] * 4 + ["sessions.archive"] * 4
    assert {row["path"].split("/")[3] for row in sent[4:]} == old
    stack.quiet()


def test_repositories_in_another_order_are_no_change_and_one_more_replaces(stack: Stack) -> None:
    three = [repository(name, authorization_token=TOKEN) for name in ("app", "docs", "infra")]
    declare(stack, *three, mounted=[ref("app"), ref("docs")])
    stack.up()
    declare(stack, *three, mounted=[ref("docs"), ref("app")])
    stack.quiet()
    declare(stack, *three, mounted=[ref("docs"), ref("infra"), ref("app")])

    assert replaced(stack.up()) == {"review", "nightly"}

    with stack.emulator() as emulator:
        mounted = [item["url"] for item in emulator.control.mounts(stack.id("review"))]
    assert mounted == [f"https://github.com/org/{name}" for name in ("docs", "infra", "app")]
    stack.quiet()


def test_files_come_and_go_on_the_living_session_with_one_request_each(stack: Stack) -> None:
    app = repository("app", authorization_token=TOKEN)
    declare(stack, app, mounted=[PLAN, ref("app")])
    stack.up()
    ids = stack.id("review"), stack.id("nightly")
    mark = stack.mark()
    declare(stack, app, mounted=[PLAN, ref("app"), DATA])
    added = stack.up()
    declare(stack, app, mounted=[ref("app"), DATA])
    removed = stack.up()

    assert added.operations == removed.operations == {"review": ["update"], "nightly": ["update"]}
    sent = [(row["method"], row["operation"]) for row in stack.log(mark)]
    assert sent == [("POST", "sessions.resources.add")] * 2 + [("DELETE", "sessions.resources.delete")] * 2
    assert (stack.id("review"), stack.id("nightly")) == ids
    stack.refresh("--expect-no-changes")


def test_a_new_token_and_a_new_file_at_once_are_two_requests_on_the_same_session(stack: Stack) -> None:
    declare(stack, repository("app", authorization_token=TOKEN), mounted=[ref("app")])
    stack.up()
    mark = stack.mark()
    declare(stack, repository("app", authorization_token="token-of-this-week"), mounted=[PLAN, ref("app")])

    assert stack.up().operations == {"app": ["update"], "review": ["update"], "nightly": ["update"]}

    sent = sorted(row["operation"] for row in stack.log(mark))
    assert sent == ["sessions.resources.add"] * 2 + ["sessions.resources.update"] * 2
    stack.quiet()


def replaced(run: Run) -> set[str]:
    """The names of what is replaced: made anew first, removed last, and nothing else is touched."""
    steps = {tuple(sorted(steps)) for steps in run.operations.values()}
    assert steps == {("create-replacement", "delete-replaced", "replace")}, run.operations
    return set(run.operations)
