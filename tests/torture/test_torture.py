"""A slice of `make torture`: nothing lost, nothing doubled, and nobody told otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from torture.life import Setting
from torture.run import Run
from torture.weather import CALM, CLIMATES

if TYPE_CHECKING:
    from torture.weather import Climate

    from pulumi_managed_agents.declaration.platform import PlatformKey

LIVES = 3


@pytest.mark.parametrize("platform", ["claude", "qoder"])
@pytest.mark.parametrize("climate", [CALM, *CLIMATES.values()], ids=lambda climate: climate.name)
def test_the_world_is_what_the_program_says(climate: Climate, platform: PlatformKey) -> None:
    run = Run(platform, climate, seed=1)

    for number in range(LIVES):
        run.live(Setting(platform, climate, run.seed, number))

    assert [f"{defect}\n    again: {run.replay(number, defect)}" for number, defect in run.defects] == []
    assert run.operations >= 100 * LIVES


def test_a_life_is_the_same_each_time() -> None:
    accounts: list[list[str]] = [[], []]

    for told in accounts:
        Run("claude", CLIMATES["1 retry"], seed=1).live(
            Setting("claude", CLIMATES["1 retry"], 1, 7), lambda _, account, told=told: told.append(account)
        )

    without_tokens = [[re.sub(r"\b(99|100)/\w+", "TOKEN", account) for account in each] for each in accounts]
    assert without_tokens[0] == without_tokens[1]
