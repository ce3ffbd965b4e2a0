"""A bound on the time that a whole answer takes: an HTTP client's own timeouts only bound each piece of it.

A server that sends a byte now and then, in its head or in answers that announce another, is given up like one that
says nothing.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable

    import httpx


SLICE_SECONDS = 0.2
"""How long is read without a look whether anybody still waits."""


def bound(client: httpx.Client, seconds: float, gives_up: Callable[[float], bool]) -> None:
    """Gives every answer on the client's connections so many seconds, from the last byte sent to its own last byte.

    `gives_up` says earlier that nobody waits for it any longer, by the moment since which it was waited for.
    """
    # The client has no such setting, and takes no network of ours without losing the proxies of the environment.
    for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001
        pool = getattr(transport, "_pool", None)
        if isinstance(pool, httpcore.ConnectionPool):
            pool._network_backend = _Network(pool._network_backend, seconds, gives_up)  # noqa: SLF001


class _Network(httpcore.NetworkBackend):
    def __init__(self, inner: httpcore.NetworkBackend, seconds: float, gives_up: Callable[[float], bool]) -> None:
        self._inner = inner
        self._seconds = seconds
        self._gives_up = gives_up

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        return _Stream(stream, self._seconds, self._gives_up)

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, seconds: float, gives_up: Callable[[float], bool]) -> None:
        self._inner = inner
        self._seconds = seconds
        self._gives_up = gives_up
        self._sent = time.monotonic()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        allowed = time.monotonic() + (self._seconds if timeout is None else timeout)
        while True:
            now = time.monotonic()
            left = min(allowed, self._sent + self._seconds) - now
            if left <= 0:
                message = f"not answered within {self._seconds:g} seconds"
                raise httpcore.ReadTimeout(message)
            if self._gives_up(self._sent):
                message = "cancelled while the answer was waited for"
                raise httpcore.ReadTimeout(message)
            try:
                return self._inner.read(max_bytes, min(left, SLICE_SECONDS))
            except httpcore.ReadTimeout:
                continue

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout)
        self._sent = time.monotonic()

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, timeout), self._seconds, self._gives_up)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
