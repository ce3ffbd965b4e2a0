"""A bound on the time that a whole answer takes: an HTTP client's own timeouts only bound each piece of it.

A server that sends a byte now and then, in its head or in answers that announce another, is given up like one that
says nothing. And whatever a connection is at, opened, agreed on, written to or read from, it ends when nobody waits.
"""

from __future__ import annotations

import selectors
import threading
import time
from concurrent.futures import Future, wait
from functools import partial
from typing import TYPE_CHECKING, Any

import httpcore

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable

    import httpx


SLICE_SECONDS = 0.2
"""How long is waited without a look whether anybody still does."""

PIECE_BYTES = 16_384
"""As much is written as a connection takes that can take anything."""


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
        connect = partial(self._inner.connect_tcp, host, port, timeout, local_address, socket_options)
        stream = _opened(connect, self._gives_up)
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
        began = time.monotonic()
        for start in range(0, len(buffer), PIECE_BYTES):
            self._wait_until_writable(began, timeout)
            self._inner.write(buffer[start : start + PIECE_BYTES], timeout)
        self._sent = time.monotonic()

    def _wait_until_writable(self, began: float, timeout: float | None) -> None:
        until = time.monotonic() + (self._seconds if timeout is None else timeout)
        with selectors.DefaultSelector() as selector:
            selector.register(self._inner.get_extra_info("socket"), selectors.EVENT_WRITE)
            while not selector.select(SLICE_SECONDS):
                if time.monotonic() > until:
                    message = "nothing of the request was taken in time"
                    raise httpcore.WriteTimeout(message)
                if self._gives_up(began):
                    message = "cancelled while the request was sent"
                    raise httpcore.WriteTimeout(message)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        start = partial(self._inner.start_tls, ssl_context, server_hostname, timeout)
        return _Stream(_opened(start, self._gives_up), self._seconds, self._gives_up)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _opened(opens: Callable[[], httpcore.NetworkStream], gives_up: Callable[[float], bool]) -> httpcore.NetworkStream:
    """What opens, which cannot be done bit by bit; what opens when nobody waits for it any longer is closed."""
    began, opening = time.monotonic(), Future[httpcore.NetworkStream]()
    threading.Thread(target=_open, args=(opens, opening), daemon=True).start()
    while not wait([opening], SLICE_SECONDS).done:
        if gives_up(began):
            opening.add_done_callback(_close)
            message = "cancelled while the connection was opened"
            raise httpcore.ConnectTimeout(message)
    return opening.result()


def _open(opens: Callable[[], httpcore.NetworkStream], opening: Future[httpcore.NetworkStream]) -> None:
    try:
        opening.set_result(opens())
    except BaseException as error:  # noqa: BLE001 - whoever waits raises it
        opening.set_exception(error)


def _close(opened: Future[httpcore.NetworkStream]) -> None:
    if opened.exception() is None:
        opened.result().close()
