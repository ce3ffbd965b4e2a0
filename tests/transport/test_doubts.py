"""A request that a key makes repeatable: what an attempt may have done, no later refusal undoes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest
from transport.wire import CREATE, Clock, Reply, Script, answer, transport

from pulumi_managed_agents.errors import LostAnswer, Unreachable
from pulumi_managed_agents.transport.cancel import CancelledError

if TYPE_CHECKING:
    from pulumi_managed_agents.transport.exchange import Answer

KEYED = replace(CREATE, repeatable=True, makes=True)
WORKED: dict[str, Reply] = {
    "a server's error": answer(503),
    "a gateway's timeout": answer(504),
    "a reset": httpx.ReadError("reset"),
    "a garbled answer": httpx.Response(200, text="<html>"),
}
REFUSED: dict[str, Reply] = {"a refusal": answer(400), "no such page": answer(404)}


def sent(*replies: Reply) -> Answer:
    return transport(Script(list(replies))).send(KEYED)


@pytest.mark.parametrize("worked", WORKED)
@pytest.mark.parametrize("refused", REFUSED)
def test_a_refusal_after_an_attempt_that_may_have_worked_is_doubtful(worked: str, refused: str) -> None:
    assert sent(WORKED[worked], REFUSED[refused]).doubtful


@pytest.mark.parametrize("worked", WORKED)
def test_no_connection_after_an_attempt_that_may_have_worked_is_a_lost_answer(worked: str) -> None:
    with pytest.raises(LostAnswer) as caught:
        sent(WORKED[worked], httpx.ConnectError("refused"))

    assert caught.value.may_exist


@pytest.mark.parametrize("harmless", [answer(429, retry_after="1"), httpx.ConnectError("refused")], ids=["429", "none"])
def test_a_refusal_after_attempts_that_did_nothing_is_certain(harmless: Reply) -> None:
    assert not sent(harmless, answer(400)).doubtful


def test_no_connection_at_all_is_certain() -> None:
    with pytest.raises(Unreachable):
        sent(httpx.ConnectError("refused"))


def test_an_answer_is_an_answer() -> None:
    assert not sent(answer(503), answer(200)).doubtful


@pytest.mark.parametrize(
    ("first", "outcome"), [(answer(503), LostAnswer), (answer(429, retry_after="9"), CancelledError)]
)
def test_a_cancel_is_doubtful_only_after_what_may_have_worked(first: Reply, outcome: type[Exception]) -> None:
    class Ended(Clock):
        def sleep(self, seconds: float) -> None:
            del seconds
            raise CancelledError

    with pytest.raises(outcome):
        transport(Script([first]), clock=Ended()).send(KEYED)
