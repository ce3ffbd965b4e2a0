"""Every kind there is, by name, in the order in which people meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..declaration.tokens import name_of, token_in
from .agent import AGENT
from .credential import CREDENTIAL
from .deployment import DEPLOYMENT
from .environment import ENVIRONMENT
from .file import FILE
from .github_installation_token import INSTALLATION_TOKEN
from .memory import MEMORY
from .memory_store import MEMORY_STORE
from .repository_resource import REPOSITORY
from .session.session import SESSION
from .session_events import SESSION_EVENTS
from .skill import SKILL
from .user_profile import USER_PROFILE
from .vault import VAULT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..declaration.values import JSON
    from ..lifecycle.kind import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        AGENT,
        ENVIRONMENT,
        REPOSITORY,
        SESSION,
        SESSION_EVENTS,
        DEPLOYMENT,
        VAULT,
        CREDENTIAL,
        MEMORY_STORE,
        MEMORY,
        FILE,
        SKILL,
        INSTALLATION_TOKEN,
        USER_PROFILE,
    )
}


def kind_in(entry: Mapping[str, JSON]) -> Kind | None:
    """The kind of a resource of a state; None for one of another provider.

    The provider was told of it by its URN, whose type a program can make another one than it declares.
    """
    return kind_of(entry["type"]) or kind_of(token_in(entry["urn"]))


def kind_of(token: str) -> Kind | None:
    """The kind that a type token of either front end names; None for a resource of another provider."""
    name = name_of(token)
    return KINDS.get(name) if name else None
