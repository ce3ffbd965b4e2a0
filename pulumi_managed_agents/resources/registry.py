"""Every kind there is, by name, in the order in which people meet them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from ..declaration.tokens import PLUGIN_FAMILY, is_like_ours, name_of, parts_of, token_in
from ..printable import printable
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


def unknown_type(token: str) -> str:
    """That there is no kind of that type token, with the one that may be meant, or all that there are."""
    shown = printable(token[:_LONGEST])
    meant = next((name for part in parts_of(token) if (name := _nearest(part))), None) if is_like_ours(token) else None
    if meant:
        return f"There is no resource of the type `{shown}`: did you mean `{PLUGIN_FAMILY}{meant}`?"
    return f"There is no resource of the type `{shown}`. There are, after `{PLUGIN_FAMILY}`: {', '.join(KINDS)}."


_LONGEST = 200


def _nearest(word: str) -> str | None:
    """The kind that a word may be meant for: in other letters, with a slip, or in part."""
    plain = word.replace("_", "").replace("-", "").lower()
    names = {name.lower(): name for name in KINDS}
    near = difflib.get_close_matches(plain, names, n=1, cutoff=0.75)
    begun = [name for name in names if len(plain) >= _TELLING and name.startswith(plain)]
    return names[near[0]] if near else names[begun[0]] if len(begun) == 1 else None


_TELLING = 4
"""Letters that a name has to begin with for it to be told by them."""
