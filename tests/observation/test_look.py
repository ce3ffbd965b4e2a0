"""What one look at a stack tells: what is, beside what its state says, in few requests and without a secret."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from observation.standing import APP, HELLO, TOKEN, Standing

from pulumi_managed_agents.apply.exported import read_state
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.observation import reading
from pulumi_managed_agents.observation.look import look

if TYPE_CHECKING:
    from pulumi_managed_agents.emulator import Control


def test_what_is_as_it_was_made_needs_nobody(stack: Standing) -> None:
    stack.session(resources=[{**APP, "authorizationToken": TOKEN}])

    seen = stack.look()

    assert (seen.concerns, seen.unread, seen.notes) == ((), (), ())
    assert {thing.name: (thing.kind, thing.status) for thing in seen.things} == {
        "worker": ("Agent", ""),
        "sandbox": ("Environment", ""),
        "review": ("Session", "idle"),
    }
    assert seen.stacks == ("shop/dev",)


def test_a_session_is_made_of_its_agent_and_environment_and_mounts_a_repository(stack: Standing) -> None:
    stack.session(resources=[{**APP, "authorizationToken": TOKEN}])

    review = stack.thing("review")

    assert set(review.uses) == {stack.urn("worker"), stack.urn("sandbox")}
    (mount,) = review.mounts
    assert (mount.url, mount.path) == (APP["url"], APP["mountPath"])
    assert mount.rotated_at


def test_what_was_changed_elsewhere_has_drifted_and_its_value_is_not_told(stack: Standing) -> None:
    stack.session()
    stack.control().change("agents", stack.states["worker"].id, name="a-name-of-somebody")

    assert stack.concerns() == [("drifted", "worker: `name` was changed")]
    assert "a-name-of-somebody" not in json.dumps(stack.look().told())


def test_what_was_removed_elsewhere_is_gone(stack: Standing) -> None:
    session = stack.session()
    stack.control().remove("sessions", session.id)

    assert [what for what, _ in stack.concerns()] == ["gone"]
    assert stack.thing("review").state == "gone"


def test_an_error_of_a_session_is_told(stack: Standing) -> None:
    session = stack.session(resources=[{**APP, "authorizationToken": TOKEN}])
    url = APP["url"]
    error = {"type": "repository_authentication_error", "message": "denied", "repository_url": url}
    stack.control().emit(session.id, {"type": "session.error", "error": error})

    ((what, text),) = stack.concerns()

    assert what == "failed"
    assert "repository authentication error" in text


def test_whom_a_session_waits_for_is_told_with_the_events(claude: Standing) -> None:
    session = claude.session()
    control = claude.control()
    (found,) = control.objects("sessions")
    control.change("sessions", session.id, usage={**found["usage"], "input_tokens": 7})
    asked = control.emit(session.id, {"type": "agent.tool_use", "name": "bash", "input": {}})["id"]
    reason = {"type": "requires_action", "event_ids": [asked]}
    control.emit(session.id, {"type": "session.status_idle", "stop_reason": reason})

    assert claude.concerns() == [("waits", "review waits for somebody's answer")]
    waiting = claude.thing("review").waiting
    assert waiting is not None
    assert waiting.events == (asked,)


def test_a_session_that_gave_up_has_failed(claude: Standing) -> None:
    session = claude.session()
    control = claude.control()
    (found,) = control.objects("sessions")
    control.change("sessions", session.id, usage={**found["usage"], "input_tokens": 7})
    control.emit(session.id, {"type": "session.status_idle", "stop_reason": {"type": "retries_exhausted"}})

    assert [what for what, _ in claude.concerns()] == ["failed"]


def test_a_session_that_ended_is_told(stack: Standing) -> None:
    session = stack.session()
    stack.control().set_status(session.id, "terminated")

    assert ("failed", "review has ended, because of an error that it could not recover from") in stack.concerns()


def test_what_is_nearly_spent_is_told(claude: Standing) -> None:
    session = claude.session(budget={"type": "limit", "maxListCost": {"amount": "1000", "currency": "USD"}})
    usage = {"list_cost": {"amount": "950", "currency": "USD"}}
    claude.control().change("sessions", session.id, usage=usage)

    assert ("budget", "review has spent $9.50 of $10.00") in claude.concerns()


def test_a_token_tells_its_end_by_what_it_was_made_of(claude: Standing) -> None:
    minted = {"token": "token-of-last-week", "mintedAt": "2026-11-01T00:00:00Z", "expiresAt": "2026-11-01T01:00:00Z"}
    token = claude.crashed.entry("GitHubInstallationToken", {}, "token", id="1", outputs=minted)
    claude.crashed.resources.append(token)
    repository = claude.crashed.entry(
        "RepositoryResource",
        {},
        "app",
        id=APP["url"],
        outputs={"url": APP["url"]},
        propertyDependencies={"authorizationToken": [token["urn"]]},
    )
    claude.crashed.resources.append(repository)
    claude.session(resources=[{**APP, "authorizationToken": TOKEN}])
    claude.crashed.resources[-1]["propertyDependencies"] = {"resources": [repository["urn"]]}

    (mount,) = claude.thing("review").mounts

    assert mount.expires_at == "2026-11-01T01:00:00Z"
    assert "expired" in [what for what, _ in claude.concerns()]


def test_the_runs_of_a_deployment_are_told_with_what_went_wrong(claude: Standing) -> None:
    claude.session()
    made = {"agent": claude.states["worker"].id, "environmentId": claude.states["sandbox"].id}
    claude.made("Deployment", {**made, "initialEvents": [HELLO], "runTrigger": "once"}, "nightly")

    seen = claude.look()

    (run,) = seen.runs
    assert (run.deployment, run.error) == (claude.urn("nightly"), "")


def test_a_rotation_is_told_and_a_mount_is_none(claude: Standing) -> None:
    session = claude.session(resources=[{**APP, "authorizationToken": TOKEN}])
    assert claude.look().rotations == ()
    (mount,) = session.outputs["mountedResources"]
    claude.control().clock(advance_seconds=60)
    call = Call(Operation("sessions.resources", "update"), {"session_id": session.id, "resource_id": mount["id"]})
    claude.crashed.provider.context.send(replace(call, body={"authorization_token": "token-of-this-week"}))

    (rotated,) = claude.look().rotations

    assert (rotated.key, rotated.what) == (claude.urn("review"), APP["url"])


def test_no_secret_comes_out(stack: Standing) -> None:
    stack.session(resources=[{**APP, "authorizationToken": TOKEN}])
    text = json.dumps(stack.look().told())

    assert TOKEN not in text
    assert "ciphertext" not in text


def test_what_a_platform_repeats_of_a_state_with_open_secrets_does_not_come_out(stack: Standing) -> None:
    session = stack.session(resources=[{**APP, "authorizationToken": TOKEN}])
    error = {"type": "repository_authentication_error", "message": f"bad {TOKEN}", "repository_url": APP["url"]}
    stack.control().emit(session.id, {"type": "session.error", "error": error})
    exported = json.loads(stack.crashed.text())
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": json.dumps(TOKEN)}
    exported["deployment"]["resources"][-1]["inputs"]["more"] = secret

    seen = look([read_state(json.dumps(exported).encode())], stack.crashed.provider)

    assert TOKEN not in json.dumps(seen.told())
    assert any("bad" in concern.text for concern in seen.concerns)


def test_what_cannot_be_looked_at_is_told_once_with_the_reason(stack: Standing) -> None:
    stack.session()
    stack.control().faults([{"status": 403, "times": 1000}])

    seen = stack.look()

    assert len(seen.unread) <= 3
    assert all("403" in reason for reason in seen.unread)
    assert not any(thing.state for thing in seen.things)


def test_an_object_of_another_platform_is_not_taken_for_gone(stack: Standing) -> None:
    stack.session()
    stack.crashed.resources[1]["inputs"] = {
        "platform" if stack.crashed.front_end == "plugin" else "managed-agents:platform": "elsewhere"
    }
    stack.control().reset()

    seen = stack.look()

    assert not [thing for thing in seen.things if thing.state]
    assert seen.unread


def test_many_objects_cost_list_pages(stack: Standing) -> None:
    for number in range(150):
        stack.made("Environment", {"name": f"sandbox-{number}"}, f"sandbox-{number}")
    before = len(stack.control().requests())

    seen = stack.look()

    assert len(seen.things) == 150
    assert not seen.concerns
    assert len(stack.control().requests()) - before <= reading.WORKERS + 4


def test_only_so_many_sessions_are_looked_into(stack: Standing) -> None:
    for number in range(3):
        stack.session(f"review-{number}", resources=[{**APP, "authorizationToken": TOKEN}])

    seen = look([read_state(stack.crashed.text())], stack.crashed.provider, most=1)

    assert "The events of 2 sessions were not looked at" in seen.notes[0]


def test_looking_settles_nothing(stack: Standing) -> None:
    stack.session()
    control: Control = stack.control()
    before = control.counters()

    stack.look()

    asked = {name for name, count in control.counters().items() if count != before.get(name)}
    assert all(name.endswith((".list", ".retrieve")) for name in asked)
