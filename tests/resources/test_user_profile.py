"""UserProfile: what was given once can be replaced and not taken back, and what says nothing was never given."""

from __future__ import annotations

from typing import Any

import pytest
from core.bags import CONTEXT

from pulumi_managed_agents import apply, plan
from pulumi_managed_agents.declaration.values import Bag
from pulumi_managed_agents.errors import OtherPlatform
from pulumi_managed_agents.functions.registry import FUNCTIONS
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.provider.configured import ConfiguredProvider
from pulumi_managed_agents.resources.user_profile import USER_PROFILE

ABSENCE = (
    "UserProfile does not exist on Qoder Cloud Agents (it is Claude Managed Agents's): "
    "leave the resource out; there are no user profiles"
)


def checked(**bag: Any) -> tuple[Bag, list[str]]:
    inputs, failures = plan.check(USER_PROFILE, {"creationId": "0" * 24}, bag, CONTEXT)
    return inputs, [str(failure) for failure in failures]


@pytest.mark.parametrize("text", ["yesterday", "2026-01-01", "2026-01-01T09:00:00", "2026-13-01T09:00:00Z", ""])
def test_a_moment_that_is_none_is_refused_before_it_is_sent(text: str) -> None:
    _, failures = checked(externalUserDetails={"onboardedAt": text})

    assert [failure.split("`")[1] for failure in failures] == ["externalUserDetails.onboardedAt"]


@pytest.mark.parametrize("details", [{}, {"country": None}])
def test_taking_away_details_that_say_nothing_takes_nothing_back(details: Bag) -> None:
    before, failures = checked(externalUserDetails=details)
    after, _ = checked()

    assert failures == []
    assert plan.diff(USER_PROFILE, before, after) == ()


@pytest.mark.parametrize("path", ["country", "referenceId"])
def test_taking_back_one_of_several_details_needs_a_new_profile(path: str) -> None:
    given = {"country": "GB", "referenceId": "1"}
    before, _ = checked(externalUserDetails=given)
    after, _ = checked(externalUserDetails={wire: value for wire, value in given.items() if wire != path})

    changed = plan.diff(USER_PROFILE, before, after)

    assert [change.path for change in changed] == [("externalUserDetails", path)]
    assert plan.replaced(changed) == ["externalUserDetails"]


def test_a_platform_without_profiles_is_never_asked_for_one() -> None:
    provider = ConfiguredProvider(configure({"platform": "qoder"}, {}), pytest.fail)
    kind = provider.kind("UserProfile")

    for asked in (
        lambda: apply.read(kind, "uprof_1", None, provider.context),
        lambda: provider.call(FUNCTIONS["getUserProfile"], {"id": "uprof_1"}),
        lambda: provider.objects(kind, 0),
    ):
        with pytest.raises(OtherPlatform) as refused:
            asked()
        assert str(refused.value) == ABSENCE
