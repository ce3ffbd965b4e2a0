"""Claude's errors: one envelope, one type per status.

    400 invalid_request_error    403 permission_error    409 conflict_error       500 api_error
    401 authentication_error     404 not_found_error     413 request_too_large    504 timeout_error
    402 billing_error                                    429 rate_limit_error     529 overloaded_error

A memory that is in the way has types of its own under 409 (`Conflict`).

Source: SDK `_exceptions.py` and the error tables of the API documentation. 405 and 412 have no documented type.
"""

from typing import Any

from ..platform import Answer, Refusal

_TYPES = {
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    409: "conflict_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}


class Conflict(Refusal):
    """A 409 with a type of its own and, beside the message, what is in the way."""

    def __init__(self, kind: str, message: str, **fields: str) -> None:
        super().__init__(409, message, kind)
        self.fields = fields


def document(refusal: Refusal, request_id: str) -> Answer:
    """The envelope of a refusal."""
    error: dict[str, Any] = {"type": refusal.kind or _type_of(refusal.status), "message": refusal.message}
    if isinstance(refusal, Conflict):
        error |= refusal.fields
    if refusal.code is not None:
        error["details"] = {"error_code": refusal.code}
    return Answer(refusal.status, {"type": "error", "error": error, "request_id": request_id}, refusal.headers)


def _type_of(status: int) -> str:
    return _TYPES.get(status, "api_error" if status >= 500 else "invalid_request_error")  # noqa: PLR2004 - HTTP


def invalid(message: str, code: str | None = None) -> Refusal:
    """A request that breaks a rule."""
    return Refusal(400, message, code=code)


def missing(title: str, object_id: str) -> Refusal:
    """An object that is not there."""
    return Refusal(404, f"{title} {object_id!r} was not found.")
