"""The rules. Each is a pure function over plain values; none knows Pulumi, and none makes a request."""

from __future__ import annotations

from ..rule import AnyRule
from .agents import ASKED_BEFORE_WRITING, MOUNT_PATH_IN_PROMPT, TOOLS_FOR_REPOSITORIES
from .budgets import SESSION_BUDGET, STACK_BUDGET
from .environments import TOKEN_OF_SEVERAL_ENVIRONMENTS
from .identity import KNOWN_TYPE, PLAIN_SECRET
from .lifecycles import ACCEPTED_TOKEN, LASTING_CREDENTIAL, LIVING_MODEL, RECENT_AGENT
from .network import ALLOWED_MCP_HOSTS, RESTRICTED_NETWORK
from .protection import PROTECTED_KINDS
from .repositories import ALLOWED_OWNERS, CLASSIC_TOKEN, TOKEN_OF_SEVERAL_OWNERS, VERIFIED_ACCESS
from .schedules import SCHEDULE_INTERVAL
from .versions import PINNED_AGENT, PINNED_MODEL

RULES: tuple[AnyRule, ...] = (
    CLASSIC_TOKEN,
    TOKEN_OF_SEVERAL_OWNERS,
    TOKEN_OF_SEVERAL_ENVIRONMENTS,
    VERIFIED_ACCESS,
    ALLOWED_OWNERS,
    SESSION_BUDGET,
    STACK_BUDGET,
    RESTRICTED_NETWORK,
    ALLOWED_MCP_HOSTS,
    ASKED_BEFORE_WRITING,
    TOOLS_FOR_REPOSITORIES,
    MOUNT_PATH_IN_PROMPT,
    PINNED_AGENT,
    PINNED_MODEL,
    LIVING_MODEL,
    RECENT_AGENT,
    LASTING_CREDENTIAL,
    ACCEPTED_TOKEN,
    SCHEDULE_INTERVAL,
    PROTECTED_KINDS,
    KNOWN_TYPE,
    PLAIN_SECRET,
)
"""Every rule, in the order in which a reader meets them."""
