"""A stand-in for the part of GitHub's API that the pipelines write to: comments and issues."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, Self

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException, NotFound, Unauthorized
from werkzeug.routing import Map, Rule
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

TOKEN = "a-job's-own-token"
ITSELF = "github-actions[bot]"
"""Who writes with a job's own token. GitHub does not tell a job so: it refuses `/user` to such a token."""
ROUTES = Map(
    [
        Rule("/user", endpoint="user"),
        Rule("/repos/<owner>/<name>/issues/<int:number>/comments", endpoint="comments"),
        Rule("/repos/<owner>/<name>/issues/comments/<int:number>", endpoint="comment", methods=["PATCH"]),
        Rule("/repos/<owner>/<name>/issues", endpoint="issues"),
        Rule("/repos/<owner>/<name>/issues/<int:number>", endpoint="issue", methods=["PATCH"]),
    ]
)


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing."""


class Hosting:
    """Keeps what was written, in memory, behind a loopback port."""

    def __init__(self) -> None:
        self.account: str | None = None
        """Whose personal token it is, where it is not a job's own."""
        self.comments: list[dict[str, Any]] = []
        self.issues: list[dict[str, Any]] = []
        self._server = make_server("127.0.0.1", 0, self._answer, request_handler=_Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def comment(self, number: int, text: str) -> None:
        """Somebody else writes under a pull request."""
        self._keep(self.comments, number, "stranger", body=text)

    def issue(self, text: str, login: str = "stranger", **more: Any) -> None:
        """Somebody else opens an issue."""
        self._keep(self.issues, 0, login, body=text, title="Drift in prod", **more)

    def _keep(self, kept: list[dict[str, Any]], number: int, login: str, **given: Any) -> None:
        fresh = len(kept) + 1
        kept.append({"id": fresh, "number": number or fresh, "user": {"login": login}, **given})

    def _answer(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        try:
            if request.headers.get("authorization") != f"Bearer {TOKEN}":
                raise Unauthorized
            endpoint, values = ROUTES.bind_to_environ(environ).match()
            if endpoint == "user":
                return self._user()(environ, start)
            response = Response.force_type(self._on(endpoint, values.get("number", 0), request))
        except HTTPException as error:
            response = error.get_response(environ)
        return response(environ, start)

    def _user(self) -> Response:
        if self.account is None:
            return Response('{"message": "Resource not accessible by integration"}', 403, mimetype="application/json")
        return Response(json.dumps({"login": self.account}), mimetype="application/json")

    def _on(self, endpoint: str, number: int, request: Request) -> Response:
        kept = self.comments if endpoint.startswith("comment") else self.issues
        if request.method == "GET":
            found = [item for item in kept if endpoint == "issues" or item["number"] == number]
            start = (int(request.args["page"]) - 1) * int(request.args["per_page"])
            return Response(json.dumps(found[start:][: int(request.args["per_page"])]), mimetype="application/json")
        given = request.get_json()
        if request.method == "POST":
            self._keep(kept, number, self.account or ITSELF, **given)
            return Response("{}", 201, mimetype="application/json")
        key = "id" if endpoint == "comment" else "number"
        for item in kept:
            if item[key] == number:
                item.update(given)
                return Response("{}", mimetype="application/json")
        raise NotFound
