"""The page at `/`: the package's own page over this world, as `world.py` sees it; `snapshot.py` says it as JSON."""

from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from ...page.site import Site

ASSETS = "/_emulator/page"


def answer(site: "Site", request: Request) -> Response:
    """One file of the page, or the page."""
    if not site.knows(request.path):
        return Response("There is no such file of the page.\n", 404)
    query = request.query_string.decode("utf-8", "replace")
    reply = site.answer(request.method, request.path, query, request.headers.get("If-None-Match"))
    return Response(reply.body, reply.status, dict(reply.headers), content_type=reply.type)
