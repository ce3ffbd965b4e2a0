"""Every event with the fields of its own type: those that the official SDKs have, and those that nobody knows yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from anthropic.types.beta.sessions import BetaManagedAgentsSessionEvent
from core.test_what_runs import ask
from qca.managed.types.session_event import SessionEvent

from pulumi_managed_agents.declaration.secret_forms import opened
from pulumi_managed_agents.declaration.shape import ListOf, Object, Tagged, shape_of
from pulumi_managed_agents.functions.events.every import EventList, OtherEvent

if TYPE_CHECKING:
    from core.platform import Platform

    from pulumi_managed_agents.declaration.values import Bag

OFFICIAL = {each.model_fields["type"].annotation: each for each in get_args(get_args(BetaManagedAgentsSessionEvent)[0])}
BY_TYPE = {get_args(literal)[0]: model for literal, model in OFFICIAL.items()}

ELSEWHERE = {
    "file_id",
    "original_filename",
    "size",
    "content_type",
    "model_credits",
    "sandbox_runtime_credits",
    "total_credits",
}
"""What Qoder's SDK types of events without a word on which of them have it: `fields` shows it of a type of its own."""


def union() -> Tagged:
    listed = shape_of(EventList).properties["events"].shape
    assert isinstance(listed, ListOf)
    assert isinstance(listed.item, Tagged)
    return listed.item


def names(shape: Object) -> set[str]:
    return {prop.name for prop in shape.properties.values()}


def test_every_type_of_the_official_sdk_has_its_declaration() -> None:
    assert union().variants.keys() == BY_TYPE.keys()


@pytest.mark.parametrize("kind", sorted(BY_TYPE))
def test_every_field_of_a_type_is_declared(kind: str) -> None:
    assert BY_TYPE[kind].model_fields.keys() - names(union().variants[kind]) == set()


def test_every_field_of_the_other_sdk_is_declared() -> None:
    declared = {name for arm in union().arms for name in names(arm)}

    assert set(SessionEvent.__annotations__) - declared - ELSEWHERE == set()


def test_an_event_comes_with_the_fields_of_its_type(platform: Platform) -> None:
    session = platform.session()
    use = emit(
        platform, session.id, type="agent.tool_use", name="bash", input={"cmd": "ls"}, evaluated_permission="ask"
    )
    waits = {"type": "requires_action", "event_ids": [use]}
    emit(platform, session.id, type="session.status_idle", stop_reason=waits)
    emit(platform, session.id, type="span.model_request_end", model_request_start_id="sevt_1", model_usage=USAGE)
    retry = {"type": "retrying"}
    error = {"type": "mcp_connection_failed_error", "message": "no", "mcp_server_name": "hub", "retry_status": retry}
    emit(platform, session.id, type="session.error", error=error)

    failed, ended, idle, used = ask(platform, "listSessionEvents", sessionId=session.id)["events"]

    assert used["input"] == {"cmd": "ls"}
    assert (used["name"], used["evaluatedPermission"]) == ("bash", "ask")
    assert idle["stopReason"] == {"type": "requires_action", "eventIds": [use]}
    assert ended["modelUsage"]["cacheReadInputTokens"] == 3
    assert failed["error"]["mcpServerName"] == "hub"
    assert failed["text"] == "no"
    assert failed["error"]["retryStatus"] == {"type": "retrying"}


USAGE = {"input_tokens": 1, "output_tokens": 2, "cache_read_input_tokens": 3, "cache_creation_input_tokens": 4}


def emit(platform: Platform, session_id: str, **event: Any) -> str:
    id_: str = platform.control.emit(session_id, event)["id"]
    return id_


def test_an_event_of_an_unknown_type_keeps_all_that_it_says(platform: Platform) -> None:
    session = platform.session()
    emit(platform, session.id, type="agent.dreamt", about={"some_thing": 1})

    (found,) = ask(platform, "listSessionEvents", sessionId=session.id)["events"]

    assert (found["type"], found["fields"]) == ("agent.dreamt", {"about": {"some_thing": 1}})
    assert union().other is not None
    assert union().other.model is OtherEvent


def test_what_is_said_is_shown_block_by_block_without_pictures(platform: Platform) -> None:
    session = platform.session()
    picture = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"}}
    blocks = [{"type": "text", "text": "one"}, picture, {"type": "text", "text": "two"}, {"type": "new", "x": 1}]
    emit(platform, session.id, type="agent.message", content=blocks)

    (found,) = ask(platform, "listSessionEvents", sessionId=session.id)["events"]

    assert found["text"] == "one\ntwo"
    assert found["content"][1] == {"type": "image", "source": {"type": "base64", "mediaType": "image/png"}}
    assert found["content"][3] == {"type": "new"}


def test_a_wrong_type_of_a_field_is_of_no_use_and_harms_nobody(platform: Platform) -> None:
    session = platform.session()
    emit(platform, session.id, type="span.outcome_evaluation_start", outcome_id=7, iteration="many")

    (found,) = ask(platform, "listSessionEvents", sessionId=session.id)["events"]

    assert {"outcomeId", "iteration"} & found.keys() == set()


def test_events_are_narrowed_by_type_time_order_and_number(platform: Platform) -> None:
    session = platform.session()
    platform.control.clock("2026-11-01T09:00:00Z")
    for text in ("one", "two", "three"):
        emit(platform, session.id, type="agent.message", content=[{"type": "text", "text": text}])
        platform.control.clock(advance_seconds=60)
    emit(platform, session.id, type="agent.thinking")

    def texts(**arguments: Any) -> list[str]:
        found = ask(platform, "listSessionEvents", sessionId=session.id, types=["agent.message"], **arguments)["events"]
        return [each["text"] for each in found]

    assert texts() == ["three", "two", "one"]
    assert texts(order="asc", limit=2) == ["one", "two"]
    assert texts(createdAtGt="2026-11-01T09:00:00Z", createdAtLt="2026-11-01T09:02:00Z") == ["two"]
    assert platform.traffic() == ["sessions.events.list"]


FORMS = [
    # Made in two pieces, so that nobody takes them for tokens.
    "ghp_" + "0" * 36,
    "github_pat_" + "a1" * 20,
    "sk-ant-" + "api03-" + "x" * 24,
    "AKIA" + "ABCDEFGH12345678",
]


@pytest.mark.parametrize("secret", FORMS)
def test_no_event_carries_what_looks_like_a_secret(platform: Platform, secret: str) -> None:
    session = platform.session()
    said = {"cmd": f"curl -H 'Authorization: Bearer {secret}' https://x.example", "env": {"API_KEY": "plain-word-7"}}
    emit(platform, session.id, type="agent.tool_use", name="bash", input=said)
    text = [{"type": "text", "text": f"export DEPLOY_TOKEN=token-of-2026; {secret}"}]
    emit(platform, session.id, type="agent.tool_result", tool_use_id="sevt_1", content=text)
    emit(platform, session.id, type="agent.dreamt", of=[secret])

    told = str(ask(platform, "listSessionEvents", sessionId=session.id))

    assert [word for word in (secret, "plain-word-7", "token-of-2026") if word in told] == []
    assert "export DEPLOY_TOKEN=[secret]" in told


@pytest.mark.parametrize(
    "value",
    [
        {"credential_id": "vcrd_0123456789"},
        {"input_tokens": 12345678},
        {"secret_name": "GITHUB_TOKEN_FOR_ALL"},
        "The token: nothing to see, no secret.",
        "max_tokens = many-and-more",
        {"path": "/workspace/token/list.md"},
    ],
)
def test_what_speaks_about_secrets_stays_readable(value: Bag | str) -> None:
    assert opened(value) == value


def test_a_private_key_goes_as_a_whole() -> None:
    key = f"-----BEGIN RSA {'PRIVATE'} KEY-----\nMIIabc\nxyz\n-----END RSA {'PRIVATE'} KEY-----"

    assert opened(f"before\n{key}\nafter") == "before\n[secret]\nafter"
    assert opened(key.partition("xyz")[0]) == "[secret]"
