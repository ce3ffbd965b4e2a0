"""Content blocks of events, as closed schemas."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ..platform.bodies import Closed
from ..platform.content import Base64Source, RedactedBlock, Text, TextBlock, UrlSource, UserInterrupt
from .schema import Id


class TextSource(Closed):
    """Text that stands in the request."""

    type: Literal["text"]
    media_type: Literal["text/plain"]
    data: Text


class FileSource(Closed):
    """Data that was uploaded."""

    type: Literal["file"]
    file_id: Text


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

    enabled: bool


class SearchResultBlock(Closed):
    """A result of a search."""

    type: Literal["search_result"]
    source: Text
    title: Text
    content: list[TextBlock]
    citations: Citations


UserBlock = Annotated[TextBlock | ImageBlock | DocumentBlock | RedactedBlock, Field(discriminator="type")]
ResultBlock = Annotated[TextBlock | ImageBlock | DocumentBlock | SearchResultBlock, Field(discriminator="type")]


class TextRubric(Closed):
    """How to grade, as text."""

    type: Literal["text"]
    content: Annotated[str, StringConstraints(max_length=262_144)]


class FileRubric(Closed):
    """How to grade, as an uploaded file."""

    type: Literal["file"]
    file_id: Text


class UserMessage(Closed):
    """A message of the user."""

    type: Literal["user.message"]
    content: list[UserBlock]


class ToolConfirmation(Closed):
    """Allows or denies a call of a tool."""

    type: Literal["user.tool_confirmation"]
    tool_use_id: Id
    result: Literal["allow", "deny"]
    deny_message: Annotated[str, StringConstraints(max_length=10_000)] | None = None


class CustomToolResult(Closed):
    """What a custom tool answered."""

    type: Literal["user.custom_tool_result"]
    custom_tool_use_id: Id
    content: list[ResultBlock] = Field(default_factory=list)
    is_error: bool | None = None


class ToolResult(Closed):
    """What a built-in tool answered in a self-hosted environment."""

    type: Literal["user.tool_result"]
    tool_use_id: Id
    content: list[ResultBlock] = Field(default_factory=list)
    is_error: bool | None = None


class DefineOutcome(Closed):
    """What the agent should work towards."""

    type: Literal["user.define_outcome"]
    description: str
    rubric: Annotated[TextRubric | FileRubric, Field(discriminator="type")]
    max_iterations: Annotated[int, Field(ge=1, le=20)] | None = None


class SystemMessage(Closed):
    """Privileged context for the turn."""

    type: Literal["system.message"]
    content: list[TextBlock]


InitialEvent = Annotated[UserMessage | DefineOutcome, Field(discriminator="type")]
DeploymentEvent = Annotated[UserMessage | DefineOutcome | SystemMessage, Field(discriminator="type")]
Event = Annotated[
    UserMessage | UserInterrupt | ToolConfirmation | CustomToolResult | ToolResult | DefineOutcome | SystemMessage,
    Field(discriminator="type"),
]
