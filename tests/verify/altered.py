"""An emulator whose answers are changed on their way: a server that differs in one thing."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pulumi_managed_agents.emulator.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_managed_agents.emulator import Emulator

    Change = Callable[[Any, bytes], Any]


@contextmanager
def altered(emulator: Emulator, change: Change) -> Iterator[Server]:
    """Serves it; `change` makes another answer of a document and of what was sent."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = _Body(sent)
        head: list[Any] = []
        content = b"".join(emulator.wsgi(environ, lambda *given: head.extend(given) or (lambda _: None)))
        content = (
            json.dumps(change(json.loads(content), sent)).encode() if content.startswith((b"{", b"[")) else content
        )
        kept = [(name, value) for name, value in head[1] if name.lower() != "content-length"]
        start_response(head[0], [*kept, ("Content-Length", str(len(content)))])
        return [content]

    with Server(application, 0) as server:  # type: ignore[arg-type]
        yield server


class _Body:
    """What was sent, to be read once more."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, size: int = -1) -> bytes:
        end = len(self._content) if size is None or size < 0 else size
        found, self._content = self._content[:end], self._content[end:]
        return found

    def readline(self, size: int = -1) -> bytes:
        line = self._content.partition(b"\n")
        return self.read(min(len(line[0]) + len(line[1]), size if size > 0 else len(self._content)))
