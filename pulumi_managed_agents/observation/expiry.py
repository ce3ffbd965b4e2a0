"""When tokens end, as far as a state tells: a mount's token was made by what the mount was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..resources.parts.mount import same_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .kept import Kept

_ENDS: Final = ("expiresAt", "tokenExpiresAt")
_DEPTH: Final = 4


class Expiries:
    """The ends of tokens, by the objects that have them."""

    def __init__(self, objects: Mapping[str, Kept]) -> None:
        self._objects = objects

    def own(self, kept: Kept) -> str:
        """When the object's own token ends."""
        auth = kept.outputs.get("auth")
        said = [kept.outputs.get(wire) for wire in _ENDS] + [auth.get("expiresAt") if isinstance(auth, dict) else None]
        return next((each for each in said if isinstance(each, str)), "")

    def of_mount(self, session: Kept, url: str) -> str:
        """When the token of a session's mount of a repository ends; the earliest that it can be."""
        return min(self._below(session.on.get("resources", session.depends), url, _DEPTH), default="")

    def of(self, kept: Kept) -> str:
        """When the token of a repository ends that is declared on its own."""
        return self.own(kept) or min(self._below(kept.on.get("authorizationToken", ()), "", _DEPTH), default="")

    def _below(self, urns: tuple[str, ...], url: str, depth: int) -> Iterator[str]:
        for kept in (self._objects[urn] for urn in urns if urn in self._objects):
            address = kept.outputs.get("url")
            if kept.kind.name == "RepositoryResource" and url and not same_address(address, url):
                continue
            end = self.own(kept)
            if end:
                yield end
            elif depth and kept.kind.name == "RepositoryResource":
                yield from self._below(kept.on.get("authorizationToken", kept.depends), "", depth - 1)
