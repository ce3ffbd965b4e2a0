"""The page at `/`: the package's own page over this world, as `world.py` sees it; `snapshot.py` says it as JSON."""

from werkzeug.wrappers import Request, Response

from ...page.site import FILES as _FILES
from ...page.site import Site

ASSETS = "/_emulator/page"
FILES = {f"{ASSETS}/{name}": (name, content_type) for name, content_type in _FILES.items()}
"""Every path of the page but its own: the file, and its type."""


def answer(site: Site, request: Request) -> Response:
    """One file of the page, or the page."""
    query = request.query_string.decode("utf-8", "replace")
    reply = site.answer(request.method, request.path, query, request.headers.get("If-None-Match"))
    return Response(reply.body, reply.status, dict(reply.headers), content_type=reply.type)
