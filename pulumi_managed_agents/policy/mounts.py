"""Repositories as sessions and deployments mount them, each looked at once: where it is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..resources.parts.mount import CLONE_TOKENS
from .view import JSON, Declared, Stack, Withheld, entries, listed

MOUNTING = ("Session", "Deployment")
"""The kinds that mount."""

_ADDRESS = re.compile(r"https://(?:[^/@]*@)?(?P<host>[^/@]+)/(?P<owner>[^/]+)/", re.IGNORECASE)


@dataclass(frozen=True)
class Mount:
    """A repository, declared on its own or within what mounts it."""

    declared: Declared
    entry: Mapping[str, JSON]
    token: JSON
    place: str = ""
    """Where in its resource it is declared; empty for a RepositoryResource."""

    @property
    def title(self) -> str:
        """What to call it beside its resource's name."""
        return f"{self.place} of `{self.declared.name}`" if self.place else f"`{self.declared.name}`"

    @property
    def its(self) -> str:
        """How a sentence that goes on from the resource's name begins."""
        return f"has in `{self.place}` a repository that" if self.place else "is a repository that"

    @property
    def owner(self) -> str | None:
        """Who owns it: `owner` on GitHub, `host/owner` elsewhere; None where that cannot be seen."""
        url = self.entry.get("url")
        found = _ADDRESS.match(url) if isinstance(url, str) else None
        if found is None:
            return None
        host, owner = found["host"].lower(), found["owner"].lower()
        return owner if host == "github.com" else f"{host}/{owner}"

    def is_same(self, entry: Mapping[str, JSON], token: JSON) -> bool:
        """Whether an entry of a session is this repository."""
        here = (self.entry.get("url"), self.entry.get("mountPath"), self.token)
        return here == (entry.get("url"), entry.get("mountPath"), token)


def mounts(stack: Stack) -> list[Mount]:
    """Every repository of a stack."""
    inline = [mount for declared in stack.of_kind(*MOUNTING) for mount in mounted_by(stack, declared)]
    return [*_on_their_own(stack), *(mount for mount in inline if mount.place)]


def mounted_by(stack: Stack, declared: Declared) -> list[Mount]:
    """What a session or a deployment mounts, as far as that can be seen."""
    own = _on_their_own(stack)
    resources = declared.get("resources")
    if resources is Withheld.SECRET:
        # The Python classes keep the whole list encrypted; what came of it is there in the clear.
        return list(_resolved(own, declared))
    found = list(_declared(own, declared, resources))
    if isinstance(resources, Withheld) or any(isinstance(item, Withheld) for item in listed(resources)):
        urns = declared.references.get("resources", ())
        found += [mount for mount in own if mount.declared.urn in urns and mount not in found]
    return found


def _on_their_own(stack: Stack) -> list[Mount]:
    repositories = stack.of_kind("RepositoryResource")
    return [
        Mount(declared, declared.properties, declared.get(CLONE_TOKENS["github_repository"].wire))
        for declared in repositories
    ]


def _declared(own: list[Mount], declared: Declared, resources: JSON) -> Iterator[Mount]:
    for index, entry in entries(resources):
        secret = CLONE_TOKENS.get(str(entry.get("type")))
        if secret is not None:
            token = entry.get(secret.wire)
            inline = Mount(declared, entry, token, f"resources[{index}]")
            yield next((mount for mount in own if mount.is_same(entry, token)), inline)


def _resolved(own: list[Mount], declared: Declared) -> Iterator[Mount]:
    urns = declared.references.get("resources", ())
    referenced = [mount for mount in own if mount.declared.urn in urns]
    yield from referenced
    for index, entry in entries(declared.get("mountedResources")):
        known = any(mount.is_same(entry, mount.token) for mount in referenced)
        if entry.get("type") in CLONE_TOKENS and not known:
            yield Mount(declared, entry, Withheld.SECRET, f"mountedResources[{index}]")
