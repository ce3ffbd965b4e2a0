"""Every kind there is, by name, in the order in which people meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .agent import AGENT
from .environment import ENVIRONMENT
from .repository import REPOSITORY
from .session import SESSION

if TYPE_CHECKING:
    from ..model import Kind

KINDS: dict[str, Kind] = {kind.name: kind for kind in (AGENT, ENVIRONMENT, REPOSITORY, SESSION)}
