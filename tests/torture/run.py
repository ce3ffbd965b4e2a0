"""A run: lives one after another, until there were enough operations or the time is up."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from torture.life import Life, Setting
from torture.settling import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torture.defects import Defect
    from torture.weather import Climate

    from pulumi_managed_agents.declaration.platform import PlatformKey

OPERATIONS_OF_A_LIFE = 100


@dataclass
class Run:
    """What came of one climate on one platform."""

    platform: PlatformKey
    climate: Climate
    seed: int
    operations: int = 0
    """Those in the weather; what settles it in the end is not counted."""
    requests: int = 0
    hits: int = 0
    seconds: float = 0.0
    tally: Counter[str] = field(default_factory=Counter)
    defects: list[tuple[int, Defect]] = field(default_factory=list)
    """Each with the number of its life."""

    @property
    def counts(self) -> Counter[str]:
        """Defects by name."""
        return Counter(defect.name for _, defect in self.defects)

    def live(self, setting: Setting, tell: Callable[[int, str], None] | None = None) -> None:
        """One life, added to what came before; `tell` hears of each operation and of its number."""
        began = time.perf_counter()
        with TemporaryDirectory() as folder:
            life = Life(setting, Path(folder) / "world.emulator")
            life.judge.tell = tell
            try:
                life.live(OPERATIONS_OF_A_LIFE)
                self.operations += life.judge.number
                self.requests += life.emulated.wire.requests
                self.hits += life.emulated.wire.hits
                self.tally += life.judge.tally
                settle(life)
                self.tally["repeated"] += life.judge.repeated()
                self.defects += [(setting.number, defect) for defect in life.judge.defects]
            finally:
                life.close()
        self.seconds += time.perf_counter() - began

    def replay(self, number: int, defect: Defect) -> str:
        """What to type to see a defect again."""
        return (
            f'make torture ARGS=\'--platform {self.platform} --climate "{self.climate.name}" '
            f"--seed {self.seed} --only {number}.{defect.operation}'"
        )


def runs(
    platforms: list[PlatformKey], climates: list[Climate], seed: int, operations: dict[str, int], minutes: float
) -> Iterator[Run]:
    """Every climate on every platform; each has its share of the time."""
    share = 60.0 * minutes / (len(platforms) * len(climates))
    for climate in climates:
        for platform in platforms:
            run = Run(platform, climate, seed)
            number = 0
            while run.operations < operations[climate.name] and run.seconds < share:
                run.live(Setting(platform, climate, seed, number))
                number += 1
            yield run
