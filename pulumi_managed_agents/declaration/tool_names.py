"""Names of the platforms' own tools and of the lists that hold them, as providers and rules read them."""

from __future__ import annotations

import re
from typing import Final

AGENT_TOOLSET: Final = "agent_toolset_20260401"
"""The type of the list that says which of the platform's own tools an agent has."""

MCP_TOOLSET: Final = "mcp_toolset"

OTHER_TOOLS: Final = ("browser_toolset_20260714", "custom")
"""Types of entries that say nothing about the tools of an `AGENT_TOOLSET`."""

ALLOW, ASK, AUTO, DENY = "always_allow", "always_ask", "auto", "always_deny"
"""Who decides about a call of a tool: nobody, a person, the platform; or it is refused."""

PERMISSIONS: Final = (ALLOW, AUTO, ASK, DENY)
"""The loosest first."""


def tool_name(name: str) -> str:
    """The name with small letters: `WebFetch` is `web_fetch`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def is_same_tool(one: str, other: str) -> bool:
    """Whether two names are one tool's, be they written as a platform has them, or as our declarations do."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return name.strip().replace("_", "").lower()
