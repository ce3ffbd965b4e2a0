"""A served emulator whose answers come bent: what a front end meets that is told an address."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.test import run_wsgi_app

from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.emulator.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pulumi_managed_agents.declaration.platform import PlatformKey
    from pulumi_managed_agents.declaration.values import Bag


@dataclass
class Bent:
    """An emulator behind an address, and what becomes of its answers on the way."""

    emulator: Emulator
    url: str = ""
    request: str = ""
    """Which requests it is about, as a pattern of `METHOD PATH`."""
    bend: Callable[[Bag], Any] = dict
    headers: tuple[tuple[str, str], ...] = ()
    """Sent in place of the answer's own type."""
    refusal: Bag | None = None
    """What every request is refused with."""
    asked: int = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        pieces, status, headers = run_wsgi_app(self.emulator.wsgi, environ)
        content = b"".join(pieces)
        about = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        if self.request and re.search(self.request, about) and status.startswith("2") and content:
            self.asked += 1
            made = self.bend(json.loads(content))
            content = made if isinstance(made, bytes) else json.dumps(made).encode()
            headers = [item for item in headers if item[0].lower() != "content-length"]
            headers.extend(self.headers)
        if self.refusal is not None:
            error = {"type": "error", "error": self.refusal, "request_id": self.refusal.get("message")}
            content, status = json.dumps(error).encode(), "400 Bad Request"
            headers = [item for item in headers if item[0].lower() != "content-length"]
        start_response(status, [*headers])
        return [content]

    def bends(self, request: str, bend: Callable[[Bag], Any]) -> None:
        """From now on, answers to such requests come bent."""
        self.request, self.bend = request, bend

    def settings(self, platform: PlatformKey) -> dict[str, str]:
        """What a front end is told."""
        below = "" if platform == "claude" else "/api/v1/cloud"
        return {"baseUrl": self.url + below, "apiKey": "test-key", "platform": platform, "maxRetries": "0"}


@contextmanager
def bent_server(path: Path) -> Iterator[Bent]:
    """A world in the file, served."""
    with Emulator(path) as emulator:
        bent = Bent(emulator)
        with Server(bent, 0) as server:
            bent.url = server.url
            yield bent
