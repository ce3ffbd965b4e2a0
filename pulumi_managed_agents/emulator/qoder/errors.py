"""Qoder's errors: one envelope with the request's id, and for a bad field the field's path (section 1.4).

    400 invalid_request_error    403 permission_error    409 conflict_error     500 api_error
    401 authentication_error     404 not_found_error     429 rate_limit_error

The type of 429 is not documented, nor are other statuses below 500: they count as invalid_request_error. A body that
is too large is refused with 400.
"""

from typing import Any

from ..platform import Answer, Refusal

_TYPES = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    409: "conflict_error",
    429: "rate_limit_error",
}
_TOO_LARGE = 413
INVALID = "invalid_request_error"


class Refused(Refusal):
    """A refusal that may name the field it is about."""

    def __init__(self, status: int, message: str, param: str | None = None, kind: str | None = None) -> None:
        super().__init__(status, message, kind)
        self.param = param


def document(refusal: Refusal, request_id: str) -> Answer:
    """The envelope of a refusal."""
    status = 400 if refusal.status == _TOO_LARGE else refusal.status
    error: dict[str, Any] = {"type": type_of(refusal), "message": refusal.message}
    if isinstance(refusal, Refused) and refusal.param:
        error["param"] = refusal.param
    return Answer(status, {"type": "error", "error": error, "request_id": request_id}, refusal.headers)


def type_of(refusal: Refusal) -> str:
    """The type of an error."""
    fallback = "api_error" if refusal.status >= 500 else INVALID  # noqa: PLR2004 - HTTP
    return refusal.kind or _TYPES.get(refusal.status, fallback)


def invalid(message: str, param: str | None = None) -> Refused:
    """A request that breaks a rule."""
    return Refused(400, message, param)


def missing(title: str, object_id: str) -> Refused:
    """An object that is not there."""
    return Refused(404, f"{title} '{object_id}' was not found.")


def conflict(message: str, param: str | None = None) -> Refused:
    """A request that was made for another state of things."""
    return Refused(409, message, param)
