"""Failures as the engine takes them: a gRPC status that the user can read, with details where an object is kept."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

import grpc
from google.protobuf import any_pb2
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import status_pb2

from ..errors import ConfigError, ManagedAgentsError, NotReady
from ..transport.cancel import CancelledError
from .codec import decode, encode
from .messages import outputs

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind

Response = TypeVar("Response")
Context: TypeAlias = grpc.ServicerContext


class Servicer(Protocol):
    """What answers the engine's calls."""

    def busy(self) -> AbstractContextManager[None]:
        """A context in which a call is under way."""

    def kind_of(self, request: Any) -> Kind:
        """The kind that a request is about."""


class _Status(grpc.Status):  # type: ignore[misc]  # grpc ships no types
    """A status with details, which grpc takes as an object of this form."""

    def __init__(self, code: grpc.StatusCode, details: str, status: status_pb2.Status) -> None:
        self.code = code
        self.details = details
        self.trailing_metadata = (("grpc-status-details-bin", status.SerializeToString()),)


def answered(method: Callable[..., Response]) -> Callable[..., Response]:
    """Counts the call as under way, and makes whatever goes wrong a status that the user can read."""

    @functools.wraps(method)
    def wrapper(self: Servicer, request: Any, context: Context) -> Response:
        with self.busy():
            try:
                return method(self, request, context)
            except NotReady as unready:
                context.abort_with_status(_init_failed(unready, self.kind_of(request), _given_inputs(request)))
            except CancelledError as cancelled:
                context.abort(grpc.StatusCode.CANCELLED, str(cancelled))
            except ConfigError as error:
                context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
            except ManagedAgentsError as error:
                context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
            raise AssertionError  # pragma: no cover - abort raises

    return wrapper


def _given_inputs(request: Any) -> Bag:
    """The inputs that a create or update was given."""
    return decode(request.properties if isinstance(request, pb.CreateRequest) else request.news)


def _init_failed(unready: NotReady, kind: Kind, given: Bag) -> _Status:
    """A failure that keeps the object: the engine saves its id and state, and the next `up` updates it."""
    detail = any_pb2.Any()
    detail.Pack(
        pb.ErrorResourceInitFailed(
            id=unready.id,
            properties=outputs(kind, unready.state, given),
            inputs=encode(given),
            reasons=unready.reasons,
        )
    )
    code = grpc.StatusCode.FAILED_PRECONDITION
    return _Status(code, str(unready), status_pb2.Status(code=code.value[0], message=str(unready), details=[detail]))
