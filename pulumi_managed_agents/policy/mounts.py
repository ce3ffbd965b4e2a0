"""Repositories as sessions and deployments mount them, each looked at once: where it is declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ..declaration.addresses import BLANKS, read_address, repository_at
from ..declaration.shape import ListOf, Tagged, shape_of
from ..resources.parts.mount import CLONE_TOKENS, canonical_path
from ..resources.session.inputs import SessionInputs
from .view import JSON, Declared, Stack, Withheld, listed, text

MOUNTING = ("Session", "Deployment")
"""The kinds that mount."""


def _mountable() -> frozenset[str]:
    resources = shape_of(SessionInputs).properties["resources"].shape
    entry = resources.item if isinstance(resources, ListOf) else resources
    return frozenset(entry.variants if isinstance(entry, Tagged) else ())


_OTHERS: Final = _mountable() - frozenset(CLONE_TOKENS)
"""Types of what is mounted and is no repository."""


@dataclass(frozen=True)
class Mount:
    """A repository, declared on its own or within what mounts it."""

    declared: Declared
    entry: Mapping[str, JSON]
    token: JSON
    place: str = ""
    """Where in its resource it is declared; empty for a RepositoryResource."""
    hidden: Withheld | None = None
    """Why nothing can be seen of it, not even whether it is a repository."""

    @property
    def title(self) -> str:
        """What to call it beside its resource's name."""
        return f"{self.place} of `{self.declared.name}`" if self.place else f"`{self.declared.name}`"

    @property
    def its(self) -> str:
        """How a sentence that goes on from the resource's name begins."""
        return f"has in `{self.place}` a repository that" if self.place else "is a repository that"

    def which(self, what: str) -> str:
        """A part of it, in words: `its token`, `the token of resources[1]`."""
        return f"the {what} of `{self.place}`" if self.place else f"its {what}"

    @property
    def url(self) -> JSON:
        """The address, or why it cannot be read."""
        url = text(self.entry.get("url"))
        return url.strip(BLANKS) if isinstance(url, str) else url or Withheld.UNREADABLE

    @property
    def owner(self) -> JSON:
        """Who owns it: `owner` on GitHub, `host/owner` elsewhere; or why that cannot be told."""
        if isinstance(self.url, Withheld):
            return self.url
        place = repository_at(self.url)
        return place.owner if place else Withheld.UNREADABLE

    @property
    def path(self) -> JSON:
        """Where it is mounted, in one spelling; None where the platform chooses."""
        path = text(self.entry.get("mountPath"))
        if path is None or isinstance(path, Withheld):
            return path
        return canonical_path(path) if path.startswith("/") else Withheld.UNREADABLE

    @property
    def credentials(self) -> list[JSON]:
        """All that it is cloned with: its token, and what stands before the host of its address."""
        address = read_address(self.url) if isinstance(self.url, str) else None
        inside = [address.user, address.password] if address else []
        return [self.token, *(part for part in inside if part)]

    def is_same(self, entry: Mapping[str, JSON], token: JSON) -> bool:
        """Whether an entry of a session is this repository."""
        here = (self.entry.get("url"), self.entry.get("mountPath"), self.token)
        return here == (entry.get("url"), entry.get("mountPath"), token)


def mounts(stack: Stack) -> list[Mount]:
    """Every repository of a stack, and whatever may be one."""
    inline = [mount for declared in stack.of_kind(*MOUNTING) for mount in mounted_by(stack, declared)]
    return [*_on_their_own(stack), *(mount for mount in inline if mount.place)]


def mounted_by(stack: Stack, declared: Declared) -> list[Mount]:
    """What a session or a deployment mounts, as far as that can be seen."""
    own = _on_their_own(stack)
    resources = declared.get("resources")
    if resources is Withheld.SECRET and declared.get("mountedResources") is not None:
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
        Mount(declared, declared.properties, text(declared.get(CLONE_TOKENS["github_repository"].wire)))
        for declared in repositories
    ]


def _declared(own: list[Mount], declared: Declared, resources: JSON) -> Iterator[Mount]:
    if resources is not None and not isinstance(resources, list):
        yield _hidden(declared, "resources", resources)
    for index, entry in enumerate(listed(resources)):
        mount = _entry(declared, entry, f"resources[{index}]")
        if mount is not None:
            yield next((known for known in own if known.is_same(mount.entry, mount.token)), mount)


def _entry(declared: Declared, entry: JSON, place: str) -> Mount | None:
    """An entry of what is mounted; None for what is no repository."""
    if not isinstance(entry, Mapping):
        return _hidden(declared, place, entry)
    kind = text(entry.get("type"))
    if kind in _OTHERS:
        return None
    secret = CLONE_TOKENS.get(kind) if isinstance(kind, str) else None
    if secret is None:
        return _hidden(declared, place, kind)
    return Mount(declared, entry, text(entry.get(secret.wire)), place)


def _hidden(declared: Declared, place: str, why: JSON) -> Mount:
    """Something that may be a repository, and of which nothing can be seen."""
    reason = why if isinstance(why, Withheld) else Withheld.UNREADABLE
    return Mount(declared, {"url": reason, "mountPath": reason}, reason, place, reason)


def _resolved(own: list[Mount], declared: Declared) -> Iterator[Mount]:
    urns = declared.references.get("resources", ())
    referenced = [mount for mount in own if mount.declared.urn in urns]
    yield from referenced
    mounted = declared.get("mountedResources")
    for index, entry in enumerate(listed(mounted)):
        mount = _entry(declared, entry, f"mountedResources[{index}]")
        if mount is not None and not any(known.is_same(mount.entry, known.token) for known in referenced):
            yield Mount(declared, mount.entry, Withheld.SECRET, mount.place)
    if not isinstance(mounted, list):
        yield _hidden(declared, "mountedResources", mounted)
