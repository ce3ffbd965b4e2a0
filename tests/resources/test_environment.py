"""Environments: removed where possible, archived where sessions still need them."""

from typing import Any

import pytest
from core.platform import Platform

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import Refused
from pulumi_managed_agents.lifecycle.steps import State
from pulumi_managed_agents.resources.registry import KINDS

CONFIGS: dict[str, Bag] = {
    "none": {},
    "cloud": {"config": {"type": "cloud"}},
    "packages": {"config": {"type": "cloud", "packages": {"apt": ["a"], "pip": ["b", "c"]}}},
    "other packages": {"config": {"type": "cloud", "packages": {"npm": ["a"]}}},
    "a closed network": {"config": {"type": "cloud", "networking": {"type": "limited"}}},
    "some hosts": {
        "config": {
            "type": "cloud",
            "networking": {"type": "limited", "allowedHosts": ["a.com", "*.b.com"], "allowMcpServers": True},
        }
    },
    "other hosts and packages": {
        "config": {
            "type": "cloud",
            "networking": {"type": "limited", "allowedHosts": ["c.com"], "allowPackageManagers": True},
            "packages": {"type": "packages", "apt": ["d"]},
        }
    },
}


def stored_config(platform: Platform, state: State) -> Any:
    return platform.stored("environments", state.id)["config"]


@pytest.mark.parametrize("after", CONFIGS)
@pytest.mark.parametrize("before", CONFIGS)
def test_a_config_can_be_changed_into_every_other(before: str, after: str, platform: Platform) -> None:
    state = platform.create("Environment", {"name": "sandbox", **CONFIGS[before]})
    wanted = {"name": "sandbox", **CONFIGS[after]}

    updated = platform.update("Environment", state, wanted)

    assert stored_config(platform, updated) == stored_config(platform, platform.create("Environment", wanted))
    assert not plan.replaced(plan.diff(KINDS["Environment"], state.outputs, wanted))


def test_an_environment_that_a_session_needs_is_archived(platform: Platform) -> None:
    bag = platform.session_bag()
    platform.create("Session", bag)
    environment = platform.read("Environment", bag["environmentId"])
    assert environment is not None
    platform.traffic()

    platform.delete("Environment", environment)

    assert platform.traffic() == ["environments.delete", "environments.archive"]
    assert platform.read("Environment", environment.id) is None
    assert platform.stored("environments", environment.id)["archived_at"] is not None


def test_an_environment_that_vanishes_between_the_two_is_gone_all_the_same(platform: Platform) -> None:
    state = platform.create("Environment", {})
    platform.control.faults(
        [
            {"operation": "environments.delete", "status": 409},
            {"operation": "environments.archive", "status": 404},
        ]
    )

    platform.delete("Environment", state)

    assert platform.traffic()[-2:] == ["environments.delete", "environments.archive"]


def test_a_refusal_for_another_reason_archives_nothing(platform: Platform) -> None:
    state = platform.create("Environment", {})
    platform.control.faults([{"operation": "environments.delete", "status": 403, "message": "not yours"}])

    with pytest.raises(Refused, match="not yours"):
        platform.delete("Environment", state)

    assert platform.stored("environments", state.id)["archived_at"] is None


def test_a_removal_whose_answer_was_lost_is_done(platform: Platform) -> None:
    state = platform.create("Environment", {})
    platform.control.faults([{"operation": "environments.delete", "nth": 1, "drop": "after"}])

    platform.delete("Environment", state)

    assert platform.control.objects("environments") == []


def test_a_change_between_cloud_and_self_hosted_needs_a_new_environment() -> None:
    changed = plan.diff(KINDS["Environment"], {"config": {"type": "self_hosted"}}, {})

    assert plan.replaced(changed) == ["config"]


def test_a_self_hosted_environment_is_created_and_quiet(platform: Platform) -> None:
    bag = {"name": "sandbox", "config": {"type": "self_hosted"}}
    state = platform.create("Environment", bag)

    assert stored_config(platform, state) == {"type": "self_hosted"}
    assert platform.read("Environment", state.id, state.outputs) == state
