"""Permission policies and the settings that every tool of a toolset has."""

from typing import Literal

from ..platform.bodies import Closed
from ..world import JSON


class Policy(Closed):
    """Who allows a call: nobody need be asked, the user is asked, or the server judges."""

    type: Literal["always_allow", "always_ask", "auto"]


class ToolSettings(Closed):
    """What can be set for one tool, or for all of a set by default."""

    enabled: bool | None = None
    permission_policy: Policy | None = None

    def resolve(self, *, enabled: bool, policy: JSON) -> JSON:
        """The settings with what was left open taken from the default."""
        return {
            "enabled": enabled if self.enabled is None else self.enabled,
            "permission_policy": policy if self.permission_policy is None else self.permission_policy.model_dump(),
        }
