"""A deployment of an agent by bare id takes its new version in the `up` that makes it, and the preview says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.declare import agent, environment, ref, row

if TYPE_CHECKING:
    from engine.stack import Stack

HELLO = {"type": "user.message", "content": [{"type": "text", "text": "Look."}]}


def declare(stack: Stack, prompt: str, **pinned: Any) -> None:
    followed = ref("reviewer.id") if not pinned else {"id": ref("reviewer.id"), **pinned}
    deployment = row("Deployment")("nightly", agent=followed, environment_id=ref("sandbox.id"), initial_events=[HELLO])
    stack.declare(agent(system=prompt), environment(), deployment)


def test_a_new_prompt_reaches_the_deployment_and_is_no_drift(stack: Stack) -> None:
    declare(stack, "Be brief.")
    stack.up()
    declare(stack, "Be briefer.")

    assert stack.preview().operations == {"reviewer": ["update"], "nightly": ["update"]}
    assert stack.up().operations == {"reviewer": ["update"], "nightly": ["update"]}

    assert stack.state()["nightly"]["outputs"]["agentVersion"] == 2
    stack.refresh("--expect-no-changes")
    stack.quiet()


def test_a_pinned_version_stays(stack: Stack) -> None:
    declare(stack, "Be brief.", version=1)
    stack.up()
    declare(stack, "Be briefer.", version=1)

    assert stack.up().operations == {"reviewer": ["update"]}
    stack.refresh("--expect-no-changes")
