"""A server in front of the emulator that repeats what it should keep to itself, in every place that it can speak in."""

from __future__ import annotations

import html
import json
import random
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

import httpx
from core.places import places, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_managed_agents.emulator import Emulator

FORMS = {
    "as it is": str,
    "without blanks at its ends": str.strip,
    "as JSON": lambda text: json.dumps(text)[1:-1],
    "as JSON of letters": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "in an address": lambda text: quote(text, safe=""),
    "in a path": quote,
    "in a query": quote_plus,
    "in a page": html.escape,
    "as a literal": lambda text: repr(text)[1:-1],
    "as bytes": lambda text: repr(text.encode())[2:-1],
    "as a user": lambda text: f"https://x:{quote(text, safe='')}@github.com/org/app",
}
"""How others write what they repeat."""

WAYS = ("refusal", "error of the server", "page", "header", "broken header", "answer", "nothing")
"""Where it is repeated."""


class Echo:
    """What the server repeats, and where."""

    def __init__(self, emulator: Emulator) -> None:
        transport = httpx.WSGITransport(app=emulator.wsgi)
        self.behind = httpx.Client(transport=transport, base_url="http://localhost")
        self.way, self.text = "nothing", ""
        self.spared: tuple[str, ...] = ()
        self.draw = random.Random(1)

    def speak(self, draw: random.Random, secrets: set[str]) -> None:
        """From now on it repeats one of the secrets, in one of the forms, in one of the places."""
        self.draw, self.way = draw, draw.choice(WAYS)
        self.text = FORMS[draw.choice(sorted(FORMS))](draw.choice(sorted(secrets)))

    def spares(self, path: str) -> bool:
        """Whether what is at a path is left alone."""
        return path.startswith(self.spared)

    def bent(self, answer: httpx.Response) -> tuple[int, dict[str, str], bytes]:
        """The answer as it is told."""
        own = {"content-type": "application/json", "request-id": answer.headers.get("request-id", "req_1")}
        words = f"cannot take <{self.text}>"
        error = {"type": f"{self.text}_error", "message": words, "details": {"value": [self.text]}}
        match self.way:
            case "refusal" | "error of the server":
                body = {"type": "error", "error": error, "message": words, "request_id": self.text}
                return (400 if self.way == "refusal" else 500), own, json.dumps(body).encode()
            case "page":
                return 502, {"content-type": "text/html"}, f"<p>{words}".encode()
            case "header":
                told = quote(self.text, safe=" <>\"'&/:@%")
                own |= {"request-id": told, "x-github-sso": f"required; url={told}", "anthropic-organization-id": told}
                return 403, own, json.dumps({"type": "error", "error": {"type": "no", "message": "no"}}).encode()
            case "answer" if not answer.is_error and answer.content:
                return answer.status_code, own, json.dumps(self._told(json.loads(answer.content))).encode()
        return answer.status_code, {**dict(answer.headers), **own}, answer.content

    def _told(self, document: Any) -> Any:
        """The document with the text in one of its places, or in all that are for people."""
        texts = [place for place in places(document) if place and isinstance(_at(document, place), str)]
        texts = [place for place in texts if place[-1] not in ("id", "type")]
        if texts:
            place = self.draw.choice(texts)
            document = put(document, place, self.text if self.draw.random() < 0.7 else f"{self.text} and more")
        return document


def _at(value: Any, place: tuple[Any, ...]) -> Any:
    for part in place:
        value = value[part]
    return value


class _Server(ThreadingHTTPServer):
    """A client may hang up at any time, which is nobody's fault."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def echoing(emulator: Emulator, made: Echo | None = None) -> Iterator[tuple[Echo, str]]:
    """Such a server on a loopback port, and its address."""
    echo = made or Echo(emulator)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Header and body are written one after the other: the second would wait until the first is acknowledged.
        disable_nagle_algorithm = True

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            answer = echo.behind.request(self.command, self.path, content=body, headers=headers)
            status, told, content = echo.bent(answer)
            self.send_response(status)
            for name, value in told.items():
                if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                    self.send_header(name, value.encode().decode("latin-1"))
            if echo.way == "broken header" and not echo.spares(self.path):
                self._headers_buffer.append(f"no header but {echo.text}\r\n".encode())
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = handle_any  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            """Keeps quiet."""

    server = _Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield echo, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    echo.behind.close()
