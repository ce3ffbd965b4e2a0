"""The embedded emulator, as a transport."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import httpx

from ..errors import CallFailed, ConfigError
from .world_file import check_place


class _Mounted(httpx.BaseTransport):
    """The emulator in this process: no port, no daemon. A dropped connection is one for the client too.

    A file that cannot be used any more is a call that failed, and nothing was done.
    """

    def __init__(self, inner: httpx.WSGITransport, close: Callable[[], None], unusable: type[Exception]) -> None:
        self._inner = inner
        self._close = close
        self._unusable = unusable

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            response = self._inner.handle_request(request)
            content = response.read()
        except ConnectionError as error:
            raise httpx.ReadError(str(error) or "connection reset", request=request) from None
        except self._unusable as error:
            raise CallFailed(f"{request.method} {request.url.path}", str(error)) from None
        return httpx.Response(response.status_code, headers=response.headers, content=content)

    def close(self) -> None:
        self._close()


def mounted_emulator(path: str | os.PathLike[str], origin: str) -> httpx.BaseTransport:
    """The embedded emulator with its world in the file, as a transport.

    Raises:
        ConfigError: the file cannot be used; `origin` says which setting named it.
    """
    from ..emulator import Emulator, EmulatorError  # noqa: PLC0415 - only those who use it load it

    check_place(Path(path), origin)
    try:
        emulator = Emulator(path)
    except EmulatorError as error:
        raise ConfigError(f"{origin}: {error}") from None
    return _Mounted(httpx.WSGITransport(app=emulator.wsgi), emulator.close, EmulatorError)
