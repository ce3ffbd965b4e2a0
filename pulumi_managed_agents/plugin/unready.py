"""Failures that keep an object: the status carries it to the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import grpc
from google.protobuf import any_pb2
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import status_pb2

from .codec import encode
from .messages import given_in, outputs
from .status import Status

if TYPE_CHECKING:
    from ..declaration.scrubbing import Scrubber
    from ..errors import NotReady
    from ..lifecycle.kind import Kind


def init_failed(unready: NotReady, kind: Kind, request: Any, known: Scrubber) -> Status:
    """A failure that keeps the object: the engine saves its id and state, and the next `up` updates it."""
    (given, *_), old = given_in(request)
    detail = any_pb2.Any()
    detail.Pack(
        pb.ErrorResourceInitFailed(
            id=unready.id,
            properties=outputs(kind, unready.state, given, old, known),
            inputs=encode(given),
            reasons=unready.reasons,
        )
    )
    code = grpc.StatusCode.FAILED_PRECONDITION
    return Status(code, str(unready), status_pb2.Status(code=code.value[0], message=str(unready), details=[detail]))
