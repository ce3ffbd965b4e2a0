"""What is read from the headers of a request."""

from werkzeug.datastructures import Headers


def bearer(headers: Headers) -> str:
    """The token of an `Authorization: Bearer`; empty if there is none."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def values(headers: Headers, name: str) -> set[str]:
    """What a request asks for in one header or several, each with one value or several."""
    return {value.strip() for line in headers.getlist(name) for value in line.split(",") if value.strip()}
