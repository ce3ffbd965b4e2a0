"""Words to the user from inside a provider process, through the engine's own log."""

from __future__ import annotations

import sys
from functools import cached_property
from typing import Any

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc


class EngineLog:
    """The log of the engine at an address; standard error where there is none or it does not answer."""

    def __init__(self, address: str | None) -> None:
        self._address = address

    def warn(self, text: str) -> None:
        """Shows a warning among the update's diagnostics."""
        try:
            self._stub.Log(engine_pb2.LogRequest(severity=engine_pb2.WARNING, message=text), timeout=5)
        except (grpc.RpcError, ValueError, AttributeError):
            print(f"warning: {text}", file=sys.stderr)  # noqa: T201 - the engine shows a provider's standard error

    @cached_property
    def _stub(self) -> Any:
        return engine_pb2_grpc.EngineStub(grpc.insecure_channel(self._address)) if self._address else None
