"""A small service: a review session for each pull request, archived when the pull request closes.

Environment: WEBHOOK_SECRET, AGENT_ID, ENVIRONMENT_ID, CLONE_TOKEN, and what Pulumi and the provider need. It listens
on 127.0.0.1, for a proxy that ends TLS: service.py [PORT].
"""

from __future__ import annotations

import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from reviews import Reviews
from webhook import PullRequest, Unsigned, pull_request, verify
from werkzeug import Request, Response
from werkzeug.serving import run_simple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

BIGGEST = 25 * 1024 * 1024
"""GitHub sends no more."""
log = logging.getLogger(__name__)


class Service:
    """Takes webhooks at `/webhook`. GitHub waits ten seconds only, so the work is done afterwards, in order."""

    def __init__(self, secret: str, reviews: Reviews) -> None:
        if not secret:
            raise ValueError("WEBHOOK_SECRET is empty: anybody could sign")
        self._secret = secret
        self._reviews = reviews
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reviews")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        return self._answer(Request(environ))(environ, start_response)

    def finish(self) -> None:
        """Returns when what was taken so far is done."""
        self._worker.submit(lambda: None).result()

    def _answer(self, request: Request) -> Response:
        if (request.method, request.path) != ("POST", "/webhook"):
            return Response("There is only POST /webhook.\n", 404)
        body = request.stream.read(BIGGEST + 1)
        if len(body) > BIGGEST:
            return Response("GitHub sends no more than 25 MB.\n", 413)
        try:
            verify(self._secret, body, request.headers.get("X-Hub-Signature-256"))
            wanted = pull_request(request.headers.get("X-GitHub-Event"), body)
        except Unsigned:
            return Response("The signature is missing or wrong.\n", 401)
        except ValueError:
            return Response("This is no event of a pull request.\n", 400)
        if wanted is None:
            return Response("Nothing to do.\n")
        self._worker.submit(self._settle, wanted)
        return Response(f"Taken: {wanted.stack} is to be {wanted.wanted}.\n", 202)

    def _settle(self, wanted: PullRequest) -> None:
        """A failure is logged; GitHub's "Redeliver" tries it again."""
        try:
            self._reviews.settle(wanted)
        except Exception:
            log.exception("%s could not be settled", wanted.stack)


def main() -> None:
    """The command."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    given = os.environ
    reviews = Reviews(given["AGENT_ID"], given["ENVIRONMENT_ID"], given["CLONE_TOKEN"], variables={})
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    run_simple("127.0.0.1", port, Service(given["WEBHOOK_SECRET"], reviews), threaded=True)


if __name__ == "__main__":
    main()
