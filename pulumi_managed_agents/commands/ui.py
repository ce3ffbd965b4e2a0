"""`managed-agents ui`: what runs, as a page on this machine."""

from __future__ import annotations

from contextlib import closing
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from ..emulator import EmulatorError, Server
from ..errors import ConfigError, NoState
from ..observation.live import Live
from ..page.site import Site
from .emulator import ending
from .options.ui import EMULATOR_SECONDS, PLATFORM_SECONDS
from .output import say, show
from .states import States

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

UNUSABLE: Final = 2
ASSETS: Final = "/_page"


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    try:
        states = States(options)
    except (NoState, ConfigError) as problem:
        say(f"managed-agents ui: {problem}")
        return UNUSABLE
    until_ended = ending()
    usual = EMULATOR_SECONDS if states.provider.configuration.settings.emulator else PLATFORM_SECONDS
    with closing(states.provider), closing(Live(states.states, states.provider, options.every or usual)) as live:
        try:
            server = Server(Pages(Site(live, ASSETS)), options.port)
        except EmulatorError:
            raise ValueError(f"Port {options.port} of this machine is in use: choose another with `--port`") from None
        with server:
            show(server.url)
            # Beside the address, which programs read: for the person who started it.
            say("Open this address in a browser to see what runs. Ctrl-C ends it.")
            until_ended()
    return 0


class Pages:
    """The page for the server that the emulator has: it answers programs of this machine and its own page alone."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        path = environ["PATH_INFO"]
        if not self._site.knows(path):
            return _answered(start_response, 404, b"There is nothing here but the page at /.\n", {})
        known = environ.get("HTTP_IF_NONE_MATCH")
        reply = self._site.answer(environ["REQUEST_METHOD"], path, environ["QUERY_STRING"], known)
        return _answered(start_response, reply.status, reply.body, {"Content-Type": reply.type, **reply.headers})


def _answered(start: StartResponse, status: int, body: bytes, headers: dict[str, str]) -> Iterable[bytes]:
    length = {} if status == HTTPStatus.NOT_MODIFIED else {"Content-Length": str(len(body))}
    start(f"{status} {HTTPStatus(status).phrase}", [*{**headers, **length}.items()])
    return [body]
