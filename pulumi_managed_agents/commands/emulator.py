"""`managed-agents emulator`: serve the emulator."""

from __future__ import annotations

import argparse
import errno
import signal
from queue import SimpleQueue
from typing import TYPE_CHECKING

from ..emulator import EmulatorError
from .output import say, show
from .world import opened, world_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..emulator import Emulator, Server


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    until_ended = ending()
    with opened(world_in(options)) as emulator, _served(emulator, options.port) as server:
        show(server.url)
        # Beside the address, which programs read: for the person who started it.
        say("Open this address in a browser to see what is deployed and what was asked. Ctrl-C ends it.")
        emulator.load()
        until_ended()
    return 0


def ending() -> Callable[[], None]:
    """From now on the signals that end a command are kept; what is given waits for the first of them."""
    # An event's lock is not for signal handlers: one that comes while its own thread takes the lock waits for ever.
    ended: SimpleQueue[None] = SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.put(None))
    return ended.get


def _served(emulator: Emulator, port: int) -> Server:
    try:
        return emulator.serve(port=port)
    except EmulatorError as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno == errno.EADDRINUSE:
            raise ValueError(f"Port {port} of this machine is in use: choose another with `--port`") from None
        raise
