"""Every operation of the official SDKs is used, or in a table of what is deliberately not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pulumi_managed_agents.declaration.platform import PLATFORMS
from pulumi_managed_agents.generate.operations import UNUSED, official, unused, used

if TYPE_CHECKING:
    from pulumi_managed_agents.declaration.platform import PlatformKey

EACH = pytest.mark.parametrize("platform", [*PLATFORMS])

BEYOND_THE_SDK = {"claude": set[str](), "qoder": {"DELETE /agents/{}"}}
"""What is asked for, and no SDK does: third parties report that it works."""


@EACH
def test_an_operation_is_used_or_it_is_said_why_not(platform: PlatformKey) -> None:
    puzzling = [each for each in official(platform) if (each in used(platform)) is (unused(platform, each) is not None)]

    assert puzzling == []


@EACH
def test_a_reason_is_about_something(platform: PlatformKey) -> None:
    assert {unused(platform, operation) for operation in official(platform)} - {None} == {*UNUSED[platform]}


@EACH
def test_what_is_used_is_official(platform: PlatformKey) -> None:
    assert {str(operation) for operation in used(platform) - set(official(platform))} == BEYOND_THE_SDK[platform]


@EACH
def test_the_sources_are_read(platform: PlatformKey) -> None:
    """An SDK that is written in another way would look as if it asked for nothing."""
    assert len(official(platform)) > 100
