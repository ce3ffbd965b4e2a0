"""A machine for the tool: a PATH with only what a test puts there, an empty cache and an installer that refuses."""

import socket
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "tools")]

from archives import Site, packed  # noqa: E402 - found through the line above
from bare_machine import Machine  # noqa: E402 - likewise


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "a home with spaces")
    made.bin.mkdir(parents=True)
    made.environ = {
        "PATH": str(made.bin),
        "HOME": str(made.home),
        "XDG_CACHE_HOME": str(made.home / "cache"),
        "MANAGED_AGENTS_TOOLCHAIN_ARCHIVE": f"http://127.0.0.1:{_closed_port()}/pulumi.tar.gz",
    }
    return made


@pytest.fixture
def site() -> Iterator[Site]:
    """Serves on loopback."""
    servers: list[ThreadingHTTPServer] = []
    asked: list[str] = []

    def start(content: bytes) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                time.sleep(0.3)  # a line that is not the fastest
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/pulumi.tar.gz"

    yield Site(start, asked)
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def installing(machine: Machine, site: Site) -> Machine:
    """A machine for which a site has an archive."""
    machine.environ |= {
        "PATH": f"{machine.bin}:/usr/bin:/bin",
        "MANAGED_AGENTS_TOOLCHAIN": "install",
        **site.offer(packed()),
    }
    return machine


def _closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
