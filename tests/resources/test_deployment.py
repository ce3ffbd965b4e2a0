"""Deployments: whether one is paused, as it was declared and as somebody else made it."""

import pytest
from core.platform import HELLO, MODEL, Platform

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.resources.registry import KINDS

DEPLOYMENT = KINDS["Deployment"]


@pytest.fixture
def declared(platform: Platform) -> Bag:
    agent = platform.create("Agent", {"name": "worker", "model": MODEL}).id
    environment = platform.create("Environment", {"name": "sandbox"}).id
    schedule = {"type": "cron", "expression": "0 9 * * 1", "timezone": "UTC"}
    who = {"name": "weekly", "agent": agent, "environmentId": environment}
    return {**who, "initialEvents": [HELLO], "schedule": schedule}


@pytest.mark.parametrize("paused", [True, False])
def test_one_that_somebody_paused_or_unpaused_is_found_and_put_right(
    paused: bool, declared: Bag, platform: Platform
) -> None:
    bag = {**declared, "paused": paused}
    state = platform.create("Deployment", bag)
    status = {True: "paused", False: "active"}
    reason = {"type": "manual"} if not paused else None
    platform.control.change("deployments", state.id, status=status[not paused], paused_reason=reason)

    found = platform.read("Deployment", state.id, state.outputs)

    assert found is not None
    assert found.outputs["paused"] is not paused
    changed = plan.diff(DEPLOYMENT, found.outputs, platform.checked("Deployment", bag, state.outputs))
    assert [change.path for change in changed] == [("paused",)]
    repaired = platform.update("Deployment", found, bag)
    assert repaired.outputs["paused"] is paused
    assert platform.stored("deployments", state.id)["status"] == status[paused]
    assert platform.read("Deployment", state.id, repaired.outputs) is not None


def test_one_that_is_as_it_was_declared_stays_so(declared: Bag, platform: Platform) -> None:
    bag = {**declared, "paused": True}
    state = platform.create("Deployment", bag)

    found = platform.read("Deployment", state.id, state.outputs)

    assert found is not None
    assert found.outputs["paused"] is True
    assert platform.warnings == []
