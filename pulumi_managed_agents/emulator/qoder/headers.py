"""The headers of a request: who asks, for which betas, and under which id (section 1.2)."""

import uuid

from werkzeug.datastructures import Headers

from ..platform import Call
from .errors import Refused


def admit(headers: Headers) -> str:
    """The credential. Only a Bearer token is one: an x-api-key does not stand in for it."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused(401, "A token is required: send Authorization: Bearer.")
    return token.strip()


def betas(headers: Headers) -> set[str]:
    """The opt-in features that a request asks for."""
    return {beta.strip() for line in headers.getlist("x-qoder-beta") for beta in line.split(",") if beta.strip()}


def request_id(call: Call) -> str:
    """The id that the client chose, else one of the platform's making."""
    return call.headers.get("x-request-id") or str(uuid.uuid5(uuid.NAMESPACE_OID, call.request_id))
