"""What a platform does otherwise stands on the field, and is resolved once."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import pytest

from pulumi_managed_agents import plan
from pulumi_managed_agents.declaration.capabilities import Capabilities
from pulumi_managed_agents.declaration.marks import Default, Longest, Only, Replaces
from pulumi_managed_agents.declaration.model import Inputs, Outputs, described
from pulumi_managed_agents.declaration.platform import PlatformKey
from pulumi_managed_agents.declaration.sentences import change_sentence, effect
from pulumi_managed_agents.declaration.shape import shape_of
from pulumi_managed_agents.lifecycle.kind import Kind
from pulumi_managed_agents.lifecycle.lifecycle import Lifecycle


class LampInputs(Inputs):
    """A lamp."""

    colour: Annotated[
        str | None,
        Replaces("bulbs cannot be painted"),
        Replaces("there is one bulb for life", on="qoder"),
        described("Its colour."),
    ] = None
    spot: Annotated[
        str | None,
        Replaces("it is screwed to the wall", on="qoder"),
        Longest(4, on="claude"),
        Default("hall", on="qoder"),
        described("Where it is."),
    ] = "desk"


LAMP = Kind(name="Lamp", doc="A lamp.", inputs=LampInputs, outputs=Outputs, lifecycle=Lifecycle("lamps", "lamp_id"))


def checked(kind: Kind, platform: PlatformKey, **bag: str) -> list[str]:
    context = plan.CheckContext(Capabilities(platform, mount_root=None), "lamp", lambda digits: "0" * digits)
    return [str(failure) for failure in plan.check(kind, {}, bag, context)[1]]


@pytest.mark.parametrize(
    ("platform", "why"), [("claude", "bulbs cannot be painted"), ("qoder", "there is one bulb for life")]
)
def test_a_platform_s_own_mark_comes_before_the_one_of_every_platform(platform: PlatformKey, why: str) -> None:
    mark = shape_of(LampInputs, platform).properties["colour"].mark(Replaces)

    assert mark is not None
    assert mark.why == why


@pytest.mark.parametrize(("platform", "replaced"), [("claude", []), ("qoder", ["spot"])])
def test_a_mark_of_one_platform_means_nothing_on_another(platform: PlatformKey, replaced: list[str]) -> None:
    changed = plan.diff(LAMP.on(platform), {"spot": "a", "platform": platform}, {"spot": "b", "platform": platform})

    assert [change.name for change in changed] == ["spot"]
    assert plan.replaced(changed) == replaced


@pytest.mark.parametrize(("platform", "default"), [("claude", "desk"), ("qoder", "hall")])
def test_a_default_is_the_platform_s(platform: PlatformKey, default: str) -> None:
    lamp = LAMP.on(platform)

    assert lamp.shape.properties["spot"].default == default
    assert plan.diff(lamp, {"spot": default, "platform": platform}, {"platform": platform}) == ()


def test_a_limit_of_one_platform_is_none_on_another() -> None:
    assert checked(LAMP, "claude", spot="attic") == ["`spot` has 5 characters: at most 4 are accepted"]
    assert checked(LAMP, "qoder", spot="attic") == []


def test_a_kind_of_one_platform_is_refused_on_another_whatever_it_declares() -> None:
    lamp = dataclasses.replace(LAMP, only=Only("claude", "light a candle"))

    assert checked(lamp, "claude") == []
    assert checked(lamp, "qoder", unheard="of") == [
        "Lamp does not exist on Qoder Cloud Agents (it is Claude Managed Agents's): light a candle"
    ]


def test_the_sentence_of_a_property_tells_what_holds_everywhere_and_what_on_each_platform() -> None:
    spot = LAMP.shape.properties["spot"]

    assert change_sentence(spot) == (
        "On Claude Managed Agents: At most 4 characters. "
        "On Qoder Cloud Agents: A change replaces the resource: it is screwed to the wall."
    )
    assert effect(spot) == "update, replace on Qoder Cloud Agents"
    assert effect(LAMP.shape.properties["colour"]) == "replace"
