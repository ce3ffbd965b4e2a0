"""`managed-agents emulator`: serve the emulator."""

from __future__ import annotations

import argparse
import errno
import signal
import threading
from typing import TYPE_CHECKING, Final

from ..emulator import EmulatorError
from .output import say, show
from .world import add_world, opened, world_in

if TYPE_CHECKING:
    from ..emulator import Emulator, Server

HIGHEST_PORT: Final = 65535


def add(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.description = (
        "Serves the emulator in the file, which is made if it is not there, and prints its address. Exit code 0: it "
        "was ended, by an interrupt; 1: the file or the port cannot be used."
    )
    parser.add_argument("--port", type=_port, default=0, help="the port on this machine (default: a free one)")
    add_world(parser, default="managed-agents.emulator")
    parser.set_defaults(command=_serve)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"must be a number from 0 to {HIGHEST_PORT}")
    return int(text)


def _serve(options: argparse.Namespace) -> int:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with opened(world_in(options)) as emulator, _served(emulator, options.port) as server:
        show(server.url)
        # Beside the address, which programs read: for the person who started it.
        say("Open this address in a browser to see what is deployed and what was asked. Ctrl-C ends it.")
        ended.wait()
    return 0


def _served(emulator: Emulator, port: int) -> Server:
    try:
        return emulator.serve(port=port)
    except EmulatorError as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno == errno.EADDRINUSE:
            raise ValueError(f"Port {port} of this machine is in use: choose another with `--port`") from None
        raise
