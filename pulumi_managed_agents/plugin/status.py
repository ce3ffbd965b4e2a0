"""Failures as the engine takes them: a gRPC status that the user can read."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

import grpc
from pulumi.runtime.proto import status_pb2

from ..errors import ConfigError, ManagedAgentsError
from ..provider.defects import defect
from ..transport.cancel import CancelledError, TimeUp

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

Response = TypeVar("Response")
Context: TypeAlias = grpc.ServicerContext


class Status(grpc.Status):  # type: ignore[misc]  # grpc ships no types
    """A status with details, which grpc takes as an object of this form."""

    def __init__(self, code: grpc.StatusCode, details: str, status: status_pb2.Status) -> None:
        self.code = code
        self.details = details
        self.trailing_metadata = (("grpc-status-details-bin", status.SerializeToString()),)


class Servicer(Protocol):
    """What answers the engine's calls."""

    def busy(self) -> AbstractContextManager[None]:
        """A context in which a call is under way."""

    def followed(self, name: str, request: Any, context: Context) -> AbstractContextManager[None]:
        """A context in which a call may be traced."""

    def status_of(self, error: Exception, request: Any) -> Status:
        """What a failure is to the engine."""


def answered(method: Callable[..., Response]) -> Callable[..., Response]:
    """Counts the call as under way, and makes whatever goes wrong a status that the user can read."""

    @functools.wraps(method)
    def wrapper(self: Servicer, request: Any, context: Context) -> Response:
        with self.busy():
            try:
                with self.followed(method.__name__, request, context):
                    return method(self, request, context)
            except Exception as error:  # noqa: BLE001 - the last resort: nobody knows what text a foreign error holds
                status = self.status_of(error, request)
            context.abort_with_status(status)
            raise AssertionError  # pragma: no cover - abort raises

    return wrapper


def listed(method: Callable[..., Iterator[Response]]) -> Callable[..., Iterator[Response]]:
    """The same for a call with many answers."""

    @functools.wraps(method)
    def wrapper(self: Servicer, request: Any, context: Context) -> Iterator[Response]:
        with self.busy():
            try:
                with self.followed(method.__name__, request, context):
                    yield from method(self, request, context)
            except Exception as error:  # noqa: BLE001 - as above
                context.abort_with_status(failed(error))

    return wrapper


def failed(error: Exception) -> Status:
    """A failure that leaves nothing behind."""
    code = next((code for kind, code in _CODES.items() if isinstance(error, kind)), grpc.StatusCode.INTERNAL)
    text = str(error) if isinstance(error, ManagedAgentsError) else defect(error)
    return Status(code, text, status_pb2.Status(code=code.value[0], message=text))


_CODES: dict[type[Exception], grpc.StatusCode] = {
    TimeUp: grpc.StatusCode.DEADLINE_EXCEEDED,
    CancelledError: grpc.StatusCode.CANCELLED,
    ConfigError: grpc.StatusCode.INVALID_ARGUMENT,
    ManagedAgentsError: grpc.StatusCode.FAILED_PRECONDITION,
}
"""What each failure is to the engine, the first that fits."""
