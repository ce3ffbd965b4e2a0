"""The reader finds what is wrong: a world and a report that do not fit, for each kind of defect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from torture.declarations import FORMS
from torture.engine import Outcome
from torture.life import Life, Setting
from torture.weather import CALM

from pulumi_managed_agents.errors import CallFailed, Conflict, LostAnswer, Refusal, Refused
from pulumi_managed_agents.lifecycle.steps import Call, Operation, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from torture.program import Resource

    from pulumi_managed_agents.declaration.values import Bag

MODEL = "claude-opus-5-5"
AGENT: Bag = {"name": "worker", "model": MODEL}
LOST = LostAnswer("POST /v1/agents", "no answer", "The object may exist all the same.")
REFUSED = Refused("POST /v1/agents", Refusal(400, "invalid_request_error", "no"))


class Scene:
    """A program in calm weather, and operations that are reported as somebody says."""

    def __init__(self, path: Path) -> None:
        self.life = Life(Setting("claude", CALM, 1, 0), path)
        self.control = self.life.emulated.control

    def declared(self, form: str, bag: Bag) -> Resource:
        """A resource that is brought about."""
        resource = self.life.program.add(FORMS[form], bag, len(self.life.program.resources))
        self.life.engine.up(resource)
        assert self.life.judge.defects == []
        return resource

    def session(self) -> str:
        """A session that the program has."""
        agent, environment = self.declared("Agent", AGENT), self.declared("Environment", {"name": "sandbox"})
        bag = {"agent": agent.state.id, "environmentId": environment.state.id, "resources": []}
        return str(self.declared("Session", bag).state.id)

    def asks(self, operation: str, body: Bag | None = None, **ids: str) -> Any:
        """A request of the provider; its answer, or nothing where it is lost."""
        collection, _, verb = operation.rpartition(".")
        try:
            return self.life.emulated.context().backend.send(Call(Operation(collection, verb), ids, body))
        except CallFailed:
            return None

    def found(self, outcome: Outcome, *happens: Callable[[], object]) -> list[str]:
        """What is wrong with an operation in which this happens, and that is reported so."""
        judge = self.life.judge
        judge.begin(outcome)
        for each in happens:
            each()
        judge.end(outcome)
        return [defect.name for defect in judge.defects]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path / "world.emulator")
    yield scene
    scene.life.close()


def created(resource: Resource, state: State | None, error: Exception | None = None) -> Outcome:
    return Outcome("create", resource, None, state, error, inputs=resource.bag)


def undeclared(scene: Scene) -> Resource:
    return scene.life.program.add(FORMS["Agent"], AGENT, 99)


def lose_an_answer(scene: Scene) -> None:
    scene.control.faults([{"drop": "after", "times": 1}])
    scene.asks("agents.create", AGENT)


def test_what_was_done_and_reported_as_done_is_no_defect(scene: Scene) -> None:
    resource = scene.declared("Agent", AGENT)
    resource.bag = {**AGENT, "name": "changed"}

    assert scene.life.engine.up(resource)
    assert scene.life.judge.defects == []


def test_an_object_that_nobody_told_of_is_an_orphan(scene: Scene) -> None:
    outcome = created(undeclared(scene), None, REFUSED)

    assert scene.found(outcome, lambda: lose_an_answer(scene)) == ["orphan"]


def test_an_object_that_may_exist_was_told(scene: Scene) -> None:
    outcome = created(undeclared(scene), None, LOST)

    assert scene.found(outcome, lambda: lose_an_answer(scene)) == []
    assert scene.life.judge.tally["told"] == 1


def test_that_it_is_safe_to_go_on_tells_of_no_object(scene: Scene) -> None:
    safe = LostAnswer("POST", "no answer", "It may exist? No: it is safe to run `pulumi up` again.")

    assert scene.found(created(undeclared(scene), None, safe), lambda: lose_an_answer(scene)) == ["orphan"]


def test_an_id_that_came_and_was_not_kept_is_lost(scene: Scene) -> None:
    outcome = created(undeclared(scene), None, REFUSED)

    assert scene.found(outcome, lambda: scene.asks("agents.create", AGENT)) == ["id lost"]


def test_a_second_object_is_a_duplicate(scene: Scene) -> None:
    judge, resource = scene.life.judge, undeclared(scene)
    judge.begin(created(resource, None))
    made = [scene.asks("agents.create", AGENT)["id"] for _ in range(2)]
    judge.end(created(resource, State(made[0], {})))

    assert [defect.name for defect in judge.defects] == ["duplicate"]


def test_what_was_refused_for_certain_does_not_exist(scene: Scene) -> None:
    outcome = created(undeclared(scene), None, LOST)

    assert scene.found(outcome, lambda: scene.asks("agents.create", {"name": ""})) == ["false alarm"]


@pytest.mark.parametrize("fault", [{"drop": "before"}, {"status": 503}, {"status": 404, "body": "ingress"}], ids=repr)
def test_what_nobody_could_know_is_no_false_alarm(scene: Scene, fault: Bag) -> None:
    scene.control.faults([{**fault, "times": 5, "method": "POST"}])

    assert scene.found(created(undeclared(scene), None, LOST), lambda: scene.asks("agents.create", AGENT)) == []


def test_a_conflict_with_nobody_is_a_false_one(scene: Scene) -> None:
    agent = scene.declared("Agent", AGENT)
    conflict = Conflict("POST /v1/agents", Refusal(409, "conflict_error", "version"))

    assert scene.found(Outcome("update", agent, agent.state, None, conflict, agent.inputs)) == ["false conflict"]


def test_a_living_object_must_not_be_dropped(scene: Scene) -> None:
    one, other = scene.declared("Agent", AGENT), scene.declared("Agent", AGENT)

    assert scene.found(Outcome("read", one, one.state)) == ["dropped"]
    assert scene.found(Outcome("delete", other, other.state)) == ["dropped", "dropped"]


def test_an_object_that_is_gone_must_be_dropped(scene: Scene) -> None:
    agent = scene.declared("Agent", AGENT)
    scene.control.remove("agents", agent.state.id)

    assert scene.found(Outcome("read", agent, agent.state, agent.state)) == ["kept"]


def test_what_is_reported_as_done_is_done(scene: Scene) -> None:
    agent = scene.declared("Agent", AGENT)
    wanted = {**agent.inputs, "name": "changed", "metadata": {"label": "a"}}
    outcome = Outcome("update", agent, agent.state, agent.state, None, wanted)

    assert scene.found(outcome) == ["untrue"]
    assert "name, metadata" in scene.life.judge.defects[0].about


def test_what_was_there_before_is_not_what_was_made(scene: Scene) -> None:
    agent = scene.declared("Agent", AGENT)

    assert scene.found(created(undeclared(scene), agent.state)) == ["untrue"]


def test_nothing_is_removed_that_nobody_asked_to_remove(scene: Scene) -> None:
    one, other = scene.declared("Agent", AGENT), scene.declared("Agent", AGENT)
    outcome = Outcome("update", one, one.state, one.state, None, one.inputs)

    assert scene.found(outcome, lambda: scene.control.remove("agents", other.state.id)) == ["removed"]


def test_an_exception_is_no_sentence(scene: Scene) -> None:
    assert scene.found(created(undeclared(scene), None, KeyError("id"))) == ["exception"]


# What is told by its novelty


def said(text: str) -> Bag:
    return {"type": "user.message", "content": [{"type": "text", "text": text}]}


def again(resource: Resource, **words: Any) -> Outcome:
    """Events that are sent again, as a new trigger asks for."""
    inputs = {**resource.inputs, "trigger": "again"}
    state = State(resource.state.id, {**resource.state.outputs, **words})
    return Outcome("update", resource, resource.state, state, None, inputs)


@pytest.fixture
def events(scene: Scene) -> Resource:
    return scene.declared("SessionEvents", {"sessionId": scene.session(), "events": [said("hello")]})


def send(scene: Scene, resource: Resource) -> str:
    session = resource.inputs["sessionId"]
    answer = scene.asks("sessions.events.send", {"events": resource.inputs["events"]}, session_id=session)
    return str(answer["data"][0]["id"])


def test_events_that_were_there_before_were_not_sent(scene: Scene, events: Resource) -> None:
    assert scene.found(again(events)) == ["events"]


def test_events_that_came_twice_were_asked_for_once(scene: Scene, events: Resource) -> None:
    judge = scene.life.judge
    judge.begin(again(events))
    ids = [send(scene, events) for _ in range(2)]
    judge.end(again(events, eventIds=ids[:1]))

    assert [defect.name for defect in judge.defects] == ["events"]


def test_events_that_came_and_were_not_told_of_are_wrong(scene: Scene, events: Resource) -> None:
    outcome = Outcome("create", scene.life.program.add(FORMS["SessionEvents"], events.bag, 9), None, None, REFUSED)
    outcome = Outcome(outcome.verb, outcome.resource, None, None, REFUSED, events.inputs)

    assert scene.found(outcome, lambda: send(scene, events)) == ["events"]


def test_two_resources_do_not_share_an_event(scene: Scene, events: Resource) -> None:
    other = scene.life.program.add(FORMS["SessionEvents"], events.bag, 9)

    assert scene.found(Outcome("create", other, None, events.state, None, events.inputs)) == ["events"]


@pytest.mark.parametrize("runs", [0, 1, 2])
def test_a_trigger_runs_a_deployment_once(scene: Scene, runs: int) -> None:
    session = scene.session()
    agent, environment = (each.state.id for each in list(scene.life.program)[:2])
    bag = {"name": "d", "agent": agent, "environmentId": environment, "initialEvents": [said("hello")]}
    deployment = scene.declared("Deployment", bag)
    wanted = {**deployment.inputs, "runTrigger": "now"}
    judge = scene.life.judge
    judge.begin(Outcome("update", deployment, deployment.state, inputs=wanted))
    made = [scene.asks("deployments.run", {}, deployment_id=deployment.state.id)["id"] for _ in range(runs)]
    state = State(deployment.state.id, {**deployment.state.outputs, "triggeredRunId": made[0] if made else None})
    judge.end(Outcome("update", deployment, deployment.state, state, None, wanted))

    assert session
    assert [defect.name for defect in judge.defects] == ([] if runs == 1 else ["runs"])


def test_a_version_that_does_not_have_the_content_is_wrong(scene: Scene) -> None:
    skill = scene.declared("Skill", {"path": "one"})
    wanted = {**skill.inputs, "path": "two", "sha256": "another"}

    assert scene.found(Outcome("update", skill, skill.state, skill.state, None, wanted)) == ["versions"]
