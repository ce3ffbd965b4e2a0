"""Settings under a namespace that only looks like ours: nobody reads them, and the real platform gets the requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..declaration.tokens import PACKAGE
from ..errors import ConfigError
from .settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable


def refuse_strayed(keys: Iterable[str], project: str = "") -> None:
    """Refuses keys of a stack's configuration such as `managed_agents:emulator`; what a `project` calls so is its own.

    Raises:
        ConfigError: there are some.
    """
    strayed = [
        f"{key} is in a namespace that nobody reads: did you mean `{PACKAGE}:{name}`?"
        for key in keys
        for space, _, name in [key.partition(":")]
        if space not in (PACKAGE, project) and _letters(space) == _letters(PACKAGE) and name in _NAMES
    ]
    if strayed:
        raise ConfigError("; ".join(strayed))


_NAMES = frozenset(setting.name for setting in SETTINGS)


def _letters(space: str) -> str:
    return re.sub(r"[^a-z]", "", space.lower()).removesuffix("s")
