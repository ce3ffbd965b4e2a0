"""`managed-agents emulator`: serve the emulator."""

from __future__ import annotations

import argparse
import errno
import signal
import threading
from typing import TYPE_CHECKING

from ..emulator import EmulatorError
from .output import say, show
from .world import opened, world_in

if TYPE_CHECKING:
    from ..emulator import Emulator, Server


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with opened(world_in(options)) as emulator, _served(emulator, options.port) as server:
        show(server.url)
        # Beside the address, which programs read: for the person who started it.
        say("Open this address in a browser to see what is deployed and what was asked. Ctrl-C ends it.")
        emulator.load()
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
