"""The page at `/`: a live view of the world for people. `snapshot.py` says what it shows; the rest are plain files."""

from importlib import resources

from werkzeug.wrappers import Request, Response

FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/_emulator/page/style.css": ("style.css", "text/css; charset=utf-8"),
    "/_emulator/page/page.js": ("page.js", "text/javascript; charset=utf-8"),
    "/_emulator/page/listing.js": ("listing.js", "text/javascript; charset=utf-8"),
    "/_emulator/page/rows.js": ("rows.js", "text/javascript; charset=utf-8"),
    "/_emulator/page/icon.svg": ("icon.svg", "image/svg+xml"),
}
"""Every path of the page: its file beside this module, and the type of that file."""

HEADERS = {
    # Names and events are anybody's text: should one ever reach the markup, nothing of it runs and nothing is loaded.
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def answer(request: Request) -> Response:
    """One file of the page."""
    if request.method not in ("GET", "HEAD"):
        return Response("The page is only read.\n", 405, HEADERS | {"Allow": "GET, HEAD"})
    name, content_type = FILES[request.path]
    return Response(read(name), 200, HEADERS, content_type=content_type)


def read(name: str) -> bytes:
    """A file as it lies in the package, wherever the package lies."""
    return (resources.files(__name__) / name).read_bytes()
