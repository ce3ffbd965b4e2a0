"""Steps are carried out in their order, and what was reached is kept when one fails."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from pulumi_managed_agents import apply
from pulumi_managed_agents.apply.cancel import Cancellation, CancelledError
from pulumi_managed_agents.declaration.capabilities import Capabilities
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import CallFailed, GarbledAnswer, NotReady, Refusal, Refused
from pulumi_managed_agents.lifecycle.kind import Kind
from pulumi_managed_agents.lifecycle.lifecycle import Lifecycle
from pulumi_managed_agents.lifecycle.steps import Call, Operation, Reached, State, Steps, Wait, Warned
from pulumi_managed_agents.platforms.claude import Claude
from pulumi_managed_agents.resources.registry import KINDS

REFUSED = Refused("POST /v1/agents", Refusal(400, "invalid_request_error", "no"))


@dataclass
class Answers:
    """A platform that answers each call as its table says."""

    table: dict[str, Bag | CallFailed]
    asked: list[str] = field(default_factory=list)
    capabilities: Capabilities = Claude.capabilities

    def has(self, operation: Operation) -> bool:
        return operation in self.table

    def send(self, call: Call) -> Bag:
        self.asked.append(str(call.operation))
        answer = self.table[str(call.operation)]
        if isinstance(answer, CallFailed):
            raise answer
        return answer

    def close(self) -> None:
        pass


def kind(create: Callable[[], Steps[State]]) -> Kind:
    """A kind whose creation takes these steps."""

    class Scripted(Lifecycle):
        def create(self, kind: Kind, inputs: Bag) -> Steps[State]:
            del kind, inputs
            return create()

    return replace(KINDS["Agent"], lifecycle=Scripted("agents", "agent_id"))


def carried_out(create: Callable[[], Steps[State]], **table: Any) -> tuple[State, Answers, list[Any]]:
    answers, told = Answers({name.replace("_", "."): value for name, value in table.items()}), []
    context = apply.Context(answers, told.append, told.append)
    return apply.create(kind(create), {}, context), answers, told


def test_answers_are_handed_back_and_everything_else_happens_between() -> None:
    def steps() -> Steps[State]:
        first = yield Call(Operation("a", "update"))
        yield Wait(2.0)
        yield Warned("look here")
        yield Reached(State("x", {}))
        second = yield Call(Operation("b", "update"))
        return State(f"{first['id']}-{second['id']}", {})

    state, answers, told = carried_out(steps, a_update={"id": "1"}, b_update={"id": "2"})

    assert state.id == "1-2"
    assert answers.asked == ["a.update", "b.update"]
    assert told == [2.0, "look here"]


def test_a_lifecycle_may_get_over_a_failure() -> None:
    def steps() -> Steps[State]:
        try:
            yield Call(Operation("a", "update"))
        except Refused as refusal:
            return State(refusal.refusal.type, {})
        return State("", {})

    assert carried_out(steps, a_update=REFUSED)[0].id == "invalid_request_error"


def test_a_failure_before_anything_was_reached_is_told_as_it_is() -> None:
    def steps() -> Steps[State]:
        yield Call(Operation("a", "update"))
        return State("", {})

    with pytest.raises(Refused) as caught:
        carried_out(steps, a_update=REFUSED)

    assert caught.value is REFUSED


def test_a_failure_afterwards_keeps_the_last_that_was_reached() -> None:
    def steps() -> Steps[State]:
        yield Reached(State("x", {"n": 1}))
        yield Reached(State("x", {"n": 2}))
        yield Call(Operation("a", "update"))
        return State("", {})

    with pytest.raises(NotReady) as caught:
        carried_out(steps, a_update=REFUSED)

    assert (caught.value.id, caught.value.state, caught.value.reasons) == ("x", {"n": 2}, [str(REFUSED)])


def test_what_is_still_pending_at_the_end_is_told_with_the_state() -> None:
    def steps() -> Steps[State]:
        yield Warned("soon")
        return State("x", {"n": 1}, ("not idle",))

    with pytest.raises(NotReady) as caught:
        carried_out(steps)

    assert (caught.value.id, caught.value.state, caught.value.reasons) == ("x", {"n": 1}, ["not idle"])


def test_a_wait_that_is_cancelled_keeps_what_was_reached() -> None:
    def steps() -> Steps[State]:
        yield Reached(State("x", {"n": 1}))
        yield Wait(3600)
        return State("", {})

    cancellation = Cancellation()
    cancellation.cancel()
    context = apply.Context(Answers({}), lambda _: None, cancellation.sleep)

    with pytest.raises(NotReady) as caught:
        apply.create(kind(steps), {}, context)

    assert caught.value.id == "x"
    assert "cancelled" in caught.value.reasons[0]


def test_a_cancelled_wait_ends_at_once_also_in_another_thread() -> None:
    cancellation = Cancellation()
    cancellation.cancel()

    with pytest.raises(CancelledError):
        cancellation.sleep(3600)


def test_an_answer_that_makes_no_sense_is_told_with_the_call_it_was_for() -> None:
    def steps() -> Steps[State]:
        answer = yield Call(Operation("a", "update"), {"a_id": "a_1"})
        return State(answer["id"]["of"], {})

    with pytest.raises(GarbledAnswer) as caught:
        carried_out(steps, a_update={"id": 3})

    assert str(caught.value).startswith("a.update a_1: the answer is not in the form that this provider knows")


def test_a_mistake_of_our_own_is_no_fault_of_the_platform() -> None:
    def steps() -> Steps[State]:
        yield Warned("soon")
        nothing: dict[str, str] = {}
        return State(nothing["id"], {})

    with pytest.raises(KeyError):
        carried_out(steps)
