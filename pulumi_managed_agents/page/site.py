"""The page for whoever serves it: what a request is answered with. It only reads.

Who may ask is for the server to know; here every answer forbids what a page of others could do with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Final, Protocol

from .query import Query, found
from .view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .overview import Event, Overview, Thing

FILES: Final = {
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "morph.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
"""The files beside this module, and their types."""

HEADERS: Final = {
    # Names and events are anybody's text: should one ever reach the markup, nothing of it runs and nothing is loaded.
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types page",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class Source(Protocol):
    """What is shown."""

    @property
    def title(self) -> str:
        """What the page is called."""

    def now(self) -> str:
        """The time there, in RFC 3339."""

    def number(self) -> str:
        """Another text whenever there is something new; quickly."""

    def overview(self) -> Overview:
        """All that there is."""

    def events(self, thing: Thing) -> tuple[Event, ...]:
        """What happened to an object, the newest first."""

    def document(self, thing: Thing) -> str:
        """An object as its API shows it."""


@dataclass(frozen=True)
class Reply:
    """An answer, whatever serves it."""

    status: int
    body: bytes = b""
    type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


class Site:
    """The page over a source. Safe to ask from many threads."""

    def __init__(self, source: Source, assets: str) -> None:
        self._source = source
        self._assets = assets

    def knows(self, path: str) -> bool:
        """Whether a path is one of the page's."""
        return path == "/" or (path.removeprefix(f"{self._assets}/") in FILES and path.startswith(f"{self._assets}/"))

    def answer(self, method: str, path: str, query: str, known: str | None) -> Reply:
        """The answer to a request; `known` is the mark of the page that the reader has."""
        if method not in ("GET", "HEAD"):
            return Reply(405, b"The page is only read.\n", headers=HEADERS | {"Allow": "GET, HEAD"})
        if path != "/":
            name = path.removeprefix(f"{self._assets}/")
            return Reply(200, read(name), FILES[name], HEADERS)
        return self._page(Query.read(query), known)

    def _page(self, query: Query, known: str | None) -> Reply:
        mark = f'"{self._source.number()}"'
        told = HEADERS | {"ETag": mark, "Page-Now": self._source.now()}
        if known is not None and mark in known:
            return Reply(304, headers=told)
        overview = self._source.overview()
        thing = found(overview, query.open) if query.open else None
        events = self._source.events(thing) if thing else ()
        document = self._source.document(thing) if thing else ""
        text = View(self._source.title, self._assets, overview, query).page(events, document)
        return Reply(200, text.encode(), "text/html; charset=utf-8", told)


def read(name: str) -> bytes:
    """A file as it lies in the package, wherever the package lies."""
    return (resources.files(__package__) / name).read_bytes()
