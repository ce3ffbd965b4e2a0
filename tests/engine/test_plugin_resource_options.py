"""What a user may say about a resource besides its properties, through the plugin."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from engine.declare import agent, environment, ref, repository, session
from engine.yaml_stack import YamlStack

if TYPE_CHECKING:
    from engine.declare import Row


pytestmark = pytest.mark.front_end("plugin")


def main_job(path: str = "/workspace/app", **options: Row) -> list[Row]:
    return [
        agent(options=options.get("agent")),
        environment(options=options.get("environment")),
        repository(mount_path=path, authorization_token="token-of-last-week"),
        session(resources=[ref("app")], options=options.get("session")),
    ]


def operations(stack: YamlStack, since: int) -> list[str]:
    return [row["operation"] for row in stack.log(since)]


def test_ignored_changes_are_no_changes(stack: YamlStack) -> None:
    stack.declare(agent(system="Be brief."))
    stack.up()
    stack.declare(agent(system="Be long.", options={"ignore_changes": ["system"]}))

    stack.quiet()


def test_a_protected_session_is_not_replaced(stack: YamlStack) -> None:
    stack.declare(*main_job(session={"protect": True}))
    stack.up()
    before = stack.id("review")
    stack.declare(*main_job("/workspace/elsewhere", session={"protect": True}))

    refused = stack.fail("up", "--yes", "--skip-preview")

    assert "protect" in refused.output
    assert stack.id("review") == before
    with stack.emulator() as emulator:
        assert [item["archived_at"] for item in emulator.control.objects("sessions")] == [None]


def test_what_is_retained_on_delete_stays_on_the_platform(stack: YamlStack) -> None:
    stack.declare(agent(options={"retain_on_delete": True}))
    stack.up()
    mark = stack.mark()

    stack.destroy()

    assert operations(stack, mark) == []


def test_a_target_leaves_the_rest_alone(stack: YamlStack) -> None:
    stack.declare(agent("first", system="a"), agent("second", system="a"))
    stack.up()
    stack.declare(agent("first", system="b"), agent("second", system="b"))
    urn = next(row["urn"] for name, row in stack.state().items() if name == "first")

    done = stack.up("--target", urn)

    assert done.operations == {"first": ["update"]}


@pytest.mark.parametrize("how", ["--replace", "taint"])
def test_a_forced_replacement_makes_a_new_object_and_never_adopts_the_old_one(stack: YamlStack, how: str) -> None:
    stack.declare(agent())
    stack.up()
    before = stack.state()["reviewer"]

    if how == "taint":
        stack.succeed("state", "taint", "--yes", before["urn"])
        stack.up()
    else:
        stack.up("--replace", before["urn"])

    after = stack.state()["reviewer"]
    assert after["id"] != before["id"]
    assert after["inputs"]["creationId"] != before["inputs"]["creationId"]
    with stack.emulator() as emulator:
        archived = {item["id"]: item["archived_at"] is not None for item in emulator.control.objects("agents")}
    assert archived == {before["id"]: True, after["id"]: False}


def test_delete_before_replace_archives_the_old_session_first(stack: YamlStack) -> None:
    stack.declare(*main_job(session={"delete_before_replace": True}))
    stack.up()
    stack.declare(*main_job("/workspace/elsewhere", session={"delete_before_replace": True}))
    mark = stack.mark()

    stack.up()

    assert operations(stack, mark) == ["sessions.retrieve", "sessions.archive", "sessions.create"]


def test_a_preview_names_kind_and_path_of_each_change_and_no_secret(stack: YamlStack) -> None:
    stack.declare(*main_job())
    stack.up()
    rows = main_job()
    rows[0]["args"] |= {"system": "Be brief.", "tools": [{"type": "agent_toolset_20260401"}]}
    rows[1]["args"] |= {"config": {"type": "self_hosted"}}
    rows[2]["args"] |= {"authorization_token": "token-of-this-week"}
    stack.declare(*rows)
    stack.secrets |= {"token-of-last-week", "token-of-this-week"}

    shown = json.loads(stack.succeed("preview", "--json").output)

    details = {
        step["urn"].rpartition("::")[2]: {path: item["kind"] for path, item in (step["detailedDiff"] or {}).items()}
        for step in shown["steps"]
        if step["op"] in ("update", "replace")
    }
    assert details["reviewer"] == {"system": "add", "tools": "add"}
    assert details["sandbox"] == {"config.type": "update-replace"}
    assert details["app"] == {"authorizationToken": "update"}
    assert details["review"]["environmentId"] == "update-replace"


def test_a_first_preview_shows_the_mount(stack: YamlStack) -> None:
    stack.declare(*main_job())

    shown = stack.preview("--diff").output

    assert "/workspace/app" in shown.partition("managed-agents:index:Session")[2]


def test_secrets_nested_in_lists_and_objects_stay_encrypted(stack: YamlStack) -> None:
    stack.secrets |= {"token-of-last-week", "what-nobody-may-read"}
    secret: dict[str, Any] = {"$secret": "what-nobody-may-read"}
    rows = main_job()
    rows[0]["args"] |= {"system": secret, "metadata": {"owner": secret}}
    stack.declare(*rows)
    stack.up()

    stack.state()
    stack.quiet()
    stack.refresh()
    stack.state()
