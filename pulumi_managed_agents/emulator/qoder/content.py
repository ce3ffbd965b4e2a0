"""The events that a client sends to a session, as closed schemas (section 2.5). Content is always a list of blocks."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from ..platform.bodies import Closed
from ..platform.content import Base64Source, RedactedBlock, Text, TextBlock, UrlSource, UserInterrupt
from ..world import JSON
from .errors import invalid
from .schema import Id


class TextSource(Closed):
    """Text that stands in the request."""

    type: Literal["text"]
    media_type: Text
    data: Text


class FileSource(Closed):
    """Data that was uploaded."""

    type: Literal["file"]
    file_id: Id


class ImageBlock(Closed):
    """An image."""

    type: Literal["image"]
    source: Annotated[Base64Source | UrlSource | FileSource, Field(discriminator="type")]


class DocumentBlock(Closed):
    """A document."""

    type: Literal["document"]
    source: Annotated[Base64Source | TextSource | UrlSource | FileSource, Field(discriminator="type")]
    title: str | None = None
    context: str | None = None


class Citations(Closed):
    """Whether a search result may be cited."""

    enabled: bool | None = None


class SearchResultBlock(Closed):
    """A result of a search."""

    type: Literal["search_result"]
    source: Text
    title: Text
    content: list[TextBlock]
    citations: Citations | None = None


UserBlocks = Annotated[
    list[Annotated[TextBlock | ImageBlock | DocumentBlock | RedactedBlock, Field(discriminator="type")]],
    Field(min_length=1),
]
ResultBlocks = list[Annotated[TextBlock | ImageBlock | DocumentBlock | SearchResultBlock, Field(discriminator="type")]]


class TextRubric(Closed):
    """How to grade, as text."""

    type: Literal["text"]
    content: Text


class FileRubric(Closed):
    """How to grade, as an uploaded file."""

    type: Literal["file"]
    file_id: Id


class UserMessage(Closed):
    """A message of the user."""

    type: Literal["user.message"]
    content: UserBlocks


class ToolConfirmation(Closed):
    """Allows or denies a call of a tool."""

    type: Literal["user.tool_confirmation"]
    tool_use_id: Id
    result: Literal["allow", "deny"]
    deny_message: str | None = None


class ToolResult(Closed):
    """What a built-in tool answered in a self-hosted environment."""

    type: Literal["user.tool_result"]
    tool_use_id: Id
    content: ResultBlocks = Field(default_factory=list)
    is_error: bool | None = None


class CustomToolResult(Closed):
    """What a custom tool answered."""

    type: Literal["user.custom_tool_result"]
    custom_tool_use_id: Id
    content: ResultBlocks = Field(default_factory=list)
    is_error: bool | None = None


class DefineOutcome(Closed):
    """What the agent should work towards."""

    type: Literal["user.define_outcome"]
    description: Text
    rubric: Annotated[TextRubric | FileRubric, Field(discriminator="type")]
    max_iterations: Annotated[int, Field(ge=1)] | None = None


class SystemMessage(Closed):
    """Privileged context for the turn."""

    type: Literal["system.message"]
    content: Annotated[list[TextBlock], Field(min_length=1)]


InitialEvent = Annotated[UserMessage | DefineOutcome | SystemMessage, Field(discriminator="type")]
Event = Annotated[
    UserMessage | UserInterrupt | ToolConfirmation | ToolResult | CustomToolResult | DefineOutcome | SystemMessage,
    Field(discriminator="type"),
]


def check_order(events: Sequence[Closed], name: str) -> None:
    """At most one system message, and it comes last."""
    for index, event in enumerate(events):
        if isinstance(event, SystemMessage) and index != len(events) - 1:
            raise invalid(f"{name}.{index}: a system.message is the last event", f"{name}.{index}")


def echo(event: Closed) -> JSON:
    """An event as it is shown: what was sent, without what was null."""
    return event.model_dump(exclude_none=True, exclude_unset=True)
