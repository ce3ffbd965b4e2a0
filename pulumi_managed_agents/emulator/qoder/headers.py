"""The headers of a request: who asks, for which betas, and under which id (section 1.2)."""

import uuid

from werkzeug.datastructures import Headers

from ..platform import Call
from ..platform.headers import bearer, values
from .errors import Refused


def admit(headers: Headers) -> str:
    """The credential. Only a Bearer token is one: an x-api-key does not stand in for it."""
    token = bearer(headers)
    if not token:
        raise Refused(401, "A token is required: send Authorization: Bearer.")
    return token


def betas(headers: Headers) -> set[str]:
    """The opt-in features that a request asks for."""
    return values(headers, "x-qoder-beta")


def request_id(call: Call) -> str:
    """The id that the client chose, else one of the platform's making."""
    return call.headers.get("x-request-id") or str(uuid.uuid5(uuid.NAMESPACE_OID, call.request_id))
