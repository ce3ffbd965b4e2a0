"""The plugin's process: a port on loopback, told on the first line of its output, for as long as the engine lives."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from .plugin import Plugin

WORKERS = 1024
"""More than any `--parallel`: Cancel has to find a free one. A thread is only started when it is needed."""

LARGEST_MESSAGE = 400 * 2**20
PATROL_SECONDS = 1.0
LAST_SECONDS = 30.0
"""How long calls that are under way may take to end once the engine is gone."""


def start(plugin: Plugin, port: int = 0) -> tuple[grpc.Server, int]:
    """A running server of the plugin, and its port."""
    options = [("grpc.max_receive_message_length", LARGEST_MESSAGE), ("grpc.so_reuseport", 0)]
    server = grpc.server(ThreadPoolExecutor(WORKERS), options=options)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(plugin, server)
    bound = server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    return server, bound


def main() -> int:
    """Serves until the engine ends this process, or has gone itself."""
    plugin = Plugin()
    server, port = start(plugin)
    threading.Thread(target=_patrol, args=(plugin,), daemon=True).start()
    # The engine ends its plugins with an interrupt, and shows what they print as debug output.
    with contextlib.suppress(KeyboardInterrupt):
        print(port, flush=True)  # noqa: T201 - the engine reads the port here
        server.wait_for_termination()
    with contextlib.suppress(KeyboardInterrupt):
        server.stop(threading.TIMEOUT_MAX).wait()
    return 0


def _patrol(plugin: Plugin) -> None:
    """Ends the process when the engine was killed: nobody else would. What waits ends first."""
    while not plugin.is_orphaned() or plugin.attached:
        time.sleep(PATROL_SECONDS)
    plugin.cancellation.cancel()
    until = time.monotonic() + LAST_SECONDS
    while plugin.under_way and time.monotonic() < until:
        time.sleep(PATROL_SECONDS / 10)
    sys.stdout.flush()
    os._exit(0)
