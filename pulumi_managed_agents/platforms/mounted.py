"""The embedded emulator, as a transport."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from ..errors import CallFailed, ConfigError
from .world_file import check_place

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from _typeshed.wsgi import WSGIApplication

    from ..declaration.platform import PlaceKey


class _Mounted(httpx.BaseTransport):
    """The emulator in this process: no port, no daemon. A dropped connection is one for the client too.

    A file that cannot be used any more is a call that failed, and nothing was done.
    """

    def __init__(self, app: WSGIApplication, close: Callable[[], None], unusable: type[Exception]) -> None:
        self._app = app
        self._close = close
        self._unusable = unusable

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        # The transport that httpx has for this holds all of a body, several times.
        head = httpx.Request(request.method, request.url, headers=request.headers)
        try:
            response = httpx.WSGITransport(self._reading(request)).handle_request(head)
            content = response.read()
        except ConnectionError as error:
            raise httpx.ReadError(str(error) or "connection reset", request=request) from None
        except self._unusable as error:
            raise CallFailed(f"{request.method} {request.url.path}", str(error)) from None
        return httpx.Response(response.status_code, headers=response.headers, content=content)

    def _reading(self, request: httpx.Request) -> WSGIApplication:
        """The application, with the request's body as it comes."""
        body = _Body(request.stream)
        return lambda environ, start_response: self._app(
            {**environ, "wsgi.input": body, "wsgi.input_terminated": True}, start_response
        )

    def close(self) -> None:
        self._close()


class _Body(io.RawIOBase):
    """The body of a request, piece by piece."""

    def __init__(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> None:
        super().__init__()
        assert isinstance(stream, httpx.SyncByteStream)  # noqa: S101 - requests of a client that waits have one
        self._pieces = iter(stream)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        taken, self._left = self._left[: len(view)], self._left[len(view) :]
        view[: len(taken)] = taken
        return len(taken)


def emulated_workspace() -> str:
    """The workspace of whoever asks an emulator, where nothing else was said to it."""
    from ..emulator.settings import SETTINGS  # noqa: PLC0415 - only those who use it load it

    return str(SETTINGS["workspace_id"].default)


def mounted_emulator(path: str | os.PathLike[str], origin: str, place: PlaceKey | None = None) -> httpx.BaseTransport:
    """The embedded emulator with its world in the file, as a transport; it plays the `place`.

    Raises:
        ConfigError: the file cannot be used; `origin` says which setting named it.
    """
    from ..emulator import Emulator, EmulatorError  # noqa: PLC0415 - only those who use it load it

    check_place(Path(path), origin)
    try:
        emulator = Emulator(path, place=place)
    except EmulatorError as error:
        raise ConfigError(f"{origin}: {error}") from None
    return _Mounted(emulator.wsgi, emulator.close, EmulatorError)
