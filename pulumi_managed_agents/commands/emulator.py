"""`managed-agents emulator` and `requests`: serve the emulator, and look at what it was asked."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from ..emulator import Emulator
from .output import say, show

if TYPE_CHECKING:
    import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the commands."""
    serve = commands.add_parser(
        "emulator",
        help="serve the emulator, and a page that shows what is in it, on a loopback port until it is interrupted",
    )
    serve.add_argument("--port", type=int, default=0, help="the port (default: a free one)")
    serve.add_argument(
        "--file", type=Path, default=Path("managed-agents.emulator"), help="the file that holds its world"
    )
    serve.set_defaults(command=_serve)

    requests = commands.add_parser("requests", help="print the requests that an emulator got")
    requests.add_argument("file", type=Path, help="the file that holds the emulator's world")
    requests.set_defaults(command=_requests)


def _serve(options: argparse.Namespace) -> int:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    emulator = Emulator(options.file)
    try:
        with emulator.serve(port=options.port) as server:
            show(server.url)
            # Beside the address, which programs read: for the person who started it.
            say("Open this address in a browser to see what is deployed and what was asked. Ctrl-C ends it.")
            ended.wait()
    finally:
        emulator.close()
    return 0


def _requests(options: argparse.Namespace) -> int:
    if not options.file.exists():
        raise ValueError(f"there is no file {str(options.file)!r}")
    emulator = Emulator(options.file)
    try:
        for row in emulator.control.requests():
            show(f"{row['time']}  {row['status']}  {row['method']:6} {row['path']}")
    finally:
        emulator.close()
    return 0
