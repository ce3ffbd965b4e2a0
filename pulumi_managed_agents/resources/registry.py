"""Every kind there is, by name, in the order in which people meet them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ..declaration.tokens import PLUGIN_FAMILY, is_like_ours, name_of, parts_of, token_in
from ..on_demand import OnDemand, defined
from ..printable import printable

if TYPE_CHECKING:
    from ..declaration.values import JSON
    from ..lifecycle.kind import Kind

_PLACES: Final = {
    "Agent": ".agent:AGENT",
    "Environment": ".environment:ENVIRONMENT",
    "RepositoryResource": ".repository_resource:REPOSITORY",
    "Session": ".session.session:SESSION",
    "SessionEvents": ".session_events:SESSION_EVENTS",
    "Deployment": ".deployment:DEPLOYMENT",
    "Vault": ".vault:VAULT",
    "Credential": ".credential:CREDENTIAL",
    "MemoryStore": ".memory_store:MEMORY_STORE",
    "Memory": ".memory:MEMORY",
    "File": ".file:FILE",
    "Skill": ".skill:SKILL",
    "GitHubInstallationToken": ".github_installation_token:INSTALLATION_TOKEN",
    "UserProfile": ".user_profile:USER_PROFILE",
}

KINDS: Final[Mapping[str, Kind]] = OnDemand(lambda: _PLACES, lambda name: defined(_PLACES[name], __package__))

ANSWERING: Final = {
    "agents": ("Agent",),
    "environments": ("Environment",),
    "github.repositories": ("RepositoryResource",),
    "github.tokens": ("GitHubInstallationToken",),
    "sessions": ("Session",),
    "sessions.events": ("Session",),
    "sessions.resources": ("RepositoryResource",),
    "deployments": ("Deployment",),
    "deployment_runs": ("Deployment",),
    "vaults": ("Vault",),
    "vaults.credentials": ("Credential",),
    "vaults.credentials.verdicts": ("Credential",),
    "memory_stores": ("MemoryStore",),
    "memory_stores.memories": ("Memory",),
    "files": ("File",),
    "skills": ("Skill",),
    "skills.versions": ("Skill",),
    "user_profiles": ("UserProfile",),
}
"""The kinds that say what is read of a collection's objects: an answer loads no other."""


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
