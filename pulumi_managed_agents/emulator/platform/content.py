"""Blocks of events that are the same on every platform, as closed schemas."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from .bodies import Closed

Text = Annotated[str, StringConstraints(min_length=1)]


class TextBlock(Closed):
    """Plain text."""

    type: Literal["text"]
    text: Text


class RedactedBlock(Closed):
    """Content that was withheld."""

    type: Literal["redacted"]


class Base64Source(Closed):
    """Data that stands in the request."""

    type: Literal["base64"]
    media_type: Text
    data: Text


class UrlSource(Closed):
    """Data that is fetched."""

    type: Literal["url"]
    url: Text


class UserInterrupt(Closed):
    """Stops a run."""

    type: Literal["user.interrupt"]
    session_thread_id: str | None = None
