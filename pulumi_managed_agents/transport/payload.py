"""The body and the headers of a request, as the HTTP client takes them. Files are read while they are sent."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from ..declaration.values import bare
from .unpacking import ACCEPTED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from ..declaration.content import Content
    from .exchange import Request


@contextmanager
def payload(request: Request) -> Iterator[dict[str, Any]]:
    """What the client needs to send it, once; files are closed again, however that ends."""
    with ExitStack() as files:
        yield _payload(request, files)


def _payload(request: Request, files: ExitStack) -> dict[str, Any]:
    headers = {"accept-encoding": ACCEPTED, **request.headers}
    if request.files:
        parts = [(name, (filename, files.enter_context(_Sent(content)))) for name, filename, content in request.files]
        return {"data": bare(request.body), "files": parts, "headers": headers}
    if request.body is None:
        return {"headers": headers}
    content = json.dumps(bare(request.body)).encode()
    return {"content": content, "headers": {"content-type": "application/json", **headers}}


class _Sent:
    """Content as a file, as far as the client asks: how large it is, then its pieces one after the other."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._pieces = content.pieces()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pieces.close()

    def tell(self) -> int:
        """Where it is read from."""
        return 0

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """To the end, which says how large it is; or to the beginning, from where it is read anew."""
        if whence == os.SEEK_END:
            return self._content.size
        self._pieces.close()
        self._pieces = self._content.pieces()
        return offset

    def read(self, _: int = -1) -> bytes:
        """The next piece; empty at the end."""
        return next(self._pieces, b"")
