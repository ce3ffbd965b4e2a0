"""Words to the user from inside a provider process, through the engine's own log."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cached_property
from typing import Any

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from ..printable import printable

LONGEST = 10_000
"""Characters of a word that are shown."""


def _shown(text: str) -> str:
    return printable(text[:LONGEST])


class EngineLog:
    """The log of the engine at an address; standard error where there is none or it does not answer."""

    def __init__(self, address: str | None) -> None:
        self._address = address

    def info(self, text: str) -> None:
        """Shows a note among the update's diagnostics."""
        self._log(engine_pb2.INFO, text)

    def warn(self, text: str) -> None:
        """Shows a warning among the update's diagnostics."""
        self._log(engine_pb2.WARNING, text)

    def note(self, text: str, urn: str = "") -> None:
        """Shows how far something has got, beside its resource, until the next note."""
        request = engine_pb2.LogRequest(severity=engine_pb2.INFO, message=_shown(text), urn=urn, ephemeral=True)
        with suppress(grpc.RpcError, ValueError, AttributeError):
            self._stub.Log(request, timeout=5)

    def _log(self, severity: engine_pb2.LogSeverity.ValueType, text: str) -> None:
        shown = _shown(text)
        try:
            self._stub.Log(engine_pb2.LogRequest(severity=severity, message=shown), timeout=5)
        except (grpc.RpcError, ValueError, AttributeError):
            print(shown, file=sys.stderr)

    @cached_property
    def _stub(self) -> Any:
        return engine_pb2_grpc.EngineStub(grpc.insecure_channel(self._address)) if self._address else None
