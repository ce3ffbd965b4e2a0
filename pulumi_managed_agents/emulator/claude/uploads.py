"""Forms with files, as `files.upload` and the skills take them: what is not declared is refused."""

from ..platform import Call
from ..platform.multipart import Form
from .errors import invalid

_BROKEN = "The request body is not valid multipart/form-data."


def read(call: Call, files: str, *fields: str) -> Form:
    """The form of a request that has files under one name and may have some fields."""
    parts = call.parts
    if parts is None:
        raise invalid(_BROKEN)
    try:
        sent = [(part.name, part.content.decode()) for part in parts if part.name != files]
    except ValueError:
        raise invalid(_BROKEN) from None
    names = [name for name, _ in sent]
    for name in names:
        if name not in fields:
            raise invalid(f"{name}: Extra inputs are not permitted")
        if names.count(name) > 1:
            raise invalid(f"{name}: must be sent once")
    uploaded = [part for part in parts if part.name == files]
    if not uploaded:
        raise invalid(f"{files}: Field required")
    return Form(uploaded, dict(sent))
