"""What a server hands to a call of the plugin, without the server."""

from __future__ import annotations

from typing import Any

from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import status_pb2


class Ended(Exception):
    """How a call ended that gave no answer: the status's code, its text, and what is kept, if anything is."""

    def __init__(self, status: Any) -> None:
        kept = [_unpacked(detail) for trailing in [_status(status)] for detail in trailing]
        super().__init__(status.code, status.details, kept)


def _status(status: Any) -> Any:

    metadata = dict(status.trailing_metadata)
    return status_pb2.Status.FromString(metadata["grpc-status-details-bin"]).details


def _unpacked(detail: Any) -> pb.ErrorResourceInitFailed:
    kept = pb.ErrorResourceInitFailed()
    assert detail.Unpack(kept)
    return kept


class ServicerContext:
    """As far as ours look at it."""

    def abort_with_status(self, status: Any) -> None:
        """Ends the call."""
        raise Ended(status)

    def add_callback(self, callback: Any) -> None:
        """Nobody hears the answer."""
        del callback
