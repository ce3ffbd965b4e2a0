"""A machine for the tool: a PATH with only what a test puts there, an empty cache and an installer that refuses."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "tools")]

from bare_machine import Machine  # noqa: E402 - found through the line above

INSTALLER = """#!/bin/sh
while [ $# -gt 0 ]; do
  case "$1" in --install-root) root=$2; shift;; --version) version=$2; shift;; esac
  shift
done
echo run >> "$HOME/installer-runs"
sleep 0.3
mkdir -p "$root/bin"
cd "$root/bin"
for name in pulumi pulumi-language-python pulumi-language-python-exec pulumi-resource-pulumi-python pulumi-language-yaml
do
  printf '#!/bin/sh\\necho v%s\\n' "$version" > $name
  chmod 755 $name
done
echo "the installer talks on stdout"
"""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "a home with spaces")
    made.bin.mkdir(parents=True)
    made.environ = {
        "PATH": str(made.bin),
        "HOME": str(made.home),
        "XDG_CACHE_HOME": str(made.home / "cache"),
        "MANAGED_AGENTS_TOOLCHAIN_INSTALLER": f"http://127.0.0.1:{_closed_port()}/install.sh",
    }
    return made


@pytest.fixture
def serve() -> Iterator[Callable[[str], str]]:
    """Serves one text on loopback and says at which address."""
    servers: list[ThreadingHTTPServer] = []

    def start(text: str) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/install.sh"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def installing(machine: Machine, serve: Callable[[str], str]) -> Machine:
    """A machine whose installer answers and makes an engine of small scripts."""
    machine.environ |= {
        "PATH": f"{machine.bin}:/usr/bin:/bin",
        "MANAGED_AGENTS_TOOLCHAIN": "install",
        "MANAGED_AGENTS_TOOLCHAIN_INSTALLER": serve(INSTALLER),
    }
    return machine


def _closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
