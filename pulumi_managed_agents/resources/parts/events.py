"""Events that a user may send to a session: messages, and outcomes to work toward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field

from ...declaration.addresses import without_user
from ...declaration.marks import EmptyIsNone, IdOf, Lines, NotIn, Only, Withheld
from ...declaration.model import Failure, Model, described

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...declaration.values import JSON, Path

FILE_DOCUMENTS_LIMIT = 100


class TextBlock(Model):
    """Text."""

    type: Annotated[Literal["text"], described("Text.")]
    text: Annotated[str, Lines(), described("What it says.", min_length=1)]


class Base64Source(Model):
    """Content in the request itself."""

    type: Annotated[Literal["base64"], described("Base64.")]
    media_type: Annotated[str, described("MIME type.", min_length=1)]
    data: Annotated[str, Lines(), described("The bytes, in base64.", min_length=1)]


class TextSource(Model):
    """Plain text in the request itself."""

    type: Annotated[Literal["text"], described("Plain text.")]
    media_type: Annotated[Literal["text/plain"], described("The only type there is.")]
    data: Annotated[str, Lines(), described("The text.")]


class UrlSource(Model):
    """Content at an address."""

    type: Annotated[Literal["url"], described("By address.")]
    url: Annotated[str, AfterValidator(without_user), described("The address.", min_length=1)]


_NO_FILES = NotIn(("self-hosted",), "put the content here, as `base64` or `text`", values=("file",))


class FileSource(Model):
    """Content of an uploaded file."""

    type: Annotated[Literal["file"], _NO_FILES, described("By file id.")]
    file_id: Annotated[str, IdOf("File"), described("The file's id.", min_length=1)]


class ImageBlock(Model):
    """A picture."""

    type: Annotated[Literal["image"], described("A picture.")]
    source: Annotated[
        Annotated[Base64Source | UrlSource | FileSource, Field(discriminator="type")], described("Where it comes from.")
    ]


class DocumentBlock(Model):
    """A document."""

    type: Annotated[Literal["document"], described("A document.")]
    source: Annotated[
        Annotated[Base64Source | TextSource | UrlSource | FileSource, Field(discriminator="type")],
        described("Where it comes from."),
    ]
    title: Annotated[str | None, described("Its title.")] = None
    context: Annotated[str | None, EmptyIsNone(), Lines(), described("What the model should know about it.")] = None


class RedactedBlock(Model):
    """Stands where the platform withholds what was said."""

    type: Annotated[Literal["redacted"], described("Withheld; what was said there is not known any more.")]


class Citations(Model):
    """Whether something may be cited."""

    enabled: Annotated[bool, described("Whether it may.")]


class SearchResultBlock(Model):
    """What a search found, to be cited."""

    type: Annotated[
        Literal["search_result"],
        Only("claude", "write it as `text`", values=("search_result",)),
        described("A result of a search."),
    ]
    source: Annotated[str, AfterValidator(without_user), described("Its address.", min_length=1)]
    title: Annotated[str, described("Its title.", min_length=1)]
    content: Annotated[list[TextBlock], described("What it says, in blocks.")]
    citations: Annotated[Citations, described("Whether the agent may cite it.")]


class UserMessage(Model):
    """Something said to the agent."""

    type: Annotated[Literal["user.message"], described("A message.")]
    content: Annotated[
        list[
            Annotated[
                Annotated[TextBlock | ImageBlock | DocumentBlock | RedactedBlock, Field(discriminator="type")],
                Withheld(tag="redacted"),
            ]
        ],
        described("What is said, in blocks.", min_length=1),
    ]


class TextRubric(Model):
    """A rubric written here."""

    type: Annotated[Literal["text"], described("Text.")]
    content: Annotated[str, Lines(), described("The rubric, plain or Markdown.", min_length=1)]


class FileRubric(Model):
    """A rubric in an uploaded file."""

    type: Annotated[Literal["file"], _NO_FILES, described("By file id.")]
    file_id: Annotated[str, IdOf("File"), described("The file's id.", min_length=1)]


class UserDefineOutcome(Model):
    """Something to work toward, with the measure it is judged by."""

    type: Annotated[Literal["user.define_outcome"], described("An outcome.")]
    description: Annotated[str, Lines(), described("What the agent should produce.", min_length=1)]
    rubric: Annotated[
        Annotated[TextRubric | FileRubric, Field(discriminator="type")], described("How the outcome is graded.")
    ]
    max_iterations: Annotated[
        int | None, described("Rounds of grading and revision (platform default: 3).", ge=1, le=20)
    ] = None


UserEvent = Annotated[UserMessage | UserDefineOutcome, Field(discriminator="type")]


class SystemMessage(Model):
    """Something that the agent is told beyond its system prompt, for this turn and all that follow."""

    type: Annotated[Literal["system.message"], described("A system message; the last of its events.")]
    content: Annotated[list[TextBlock], described("What it says, in blocks.", min_length=1)]


class UserInterrupt(Model):
    """Ends what the agent is doing."""

    type: Annotated[Literal["user.interrupt"], described("An interrupt.")]
    session_thread_id: Annotated[
        str | None,
        NotIn(("aws",), "remove the property to interrupt all threads if it is refused", inferred=True),
        described("The thread to interrupt (default: all of them).", min_length=1),
    ] = None


class UserToolConfirmation(Model):
    """Lets a tool run that asked, or not."""

    type: Annotated[Literal["user.tool_confirmation"], described("An answer to a tool that asks.")]
    tool_use_id: Annotated[str, described("The event in which the tool asked.", min_length=1)]
    result: Annotated[Literal["allow", "deny"], described("Whether it may run.")]
    deny_message: Annotated[str | None, Lines(), described("Why not, for the agent.", max_length=10_000)] = None


ResultBlocks = (
    list[Annotated[TextBlock | ImageBlock | DocumentBlock | SearchResultBlock, Field(discriminator="type")]] | None
)


class UserCustomToolResult(Model):
    """What a tool of your own found."""

    type: Annotated[Literal["user.custom_tool_result"], described("The result of a custom tool.")]
    custom_tool_use_id: Annotated[str, described("The event in which the agent used the tool.", min_length=1)]
    content: Annotated[ResultBlocks, described("The result, in blocks.")] = None
    is_error: Annotated[bool | None, described("Whether the tool failed.")] = None


class UserToolResult(Model):
    """What one of the platform's own tools found, where a machine of yours ran it."""

    type: Annotated[
        Literal["user.tool_result"],
        Only("claude", "answer a tool of your own, as `user.custom_tool_result`", values=("user.tool_result",)),
        described("The result of a built-in tool; for sessions in a `self_hosted` environment only."),
    ]
    tool_use_id: Annotated[str, described("The event in which the agent used the tool.", min_length=1)]
    content: Annotated[ResultBlocks, described("The result, in blocks.")] = None
    is_error: Annotated[bool | None, described("Whether the tool failed.")] = None


SentEvent = Annotated[
    UserMessage
    | UserDefineOutcome
    | UserInterrupt
    | UserToolConfirmation
    | UserCustomToolResult
    | UserToolResult
    | SystemMessage,
    Field(discriminator="type"),
]


def event_rules(events: JSON, path: Path) -> Iterator[Failure]:
    """One outcome at a time, and no more documents by file than the platform takes."""
    if not isinstance(events, list):
        return
    outcomes = [index for index, event in enumerate(events) if _type(event) == "user.define_outcome"]
    for index in outcomes[1:]:
        yield Failure((*path, index), "is a second `user.define_outcome`: a session starts with one at most")
    documents = sum(1 for event in events for block in _blocks(event) if _type(block.get("source")) == "file")
    if documents > FILE_DOCUMENTS_LIMIT:
        yield Failure(path, f"has {documents} documents by file id: at most {FILE_DOCUMENTS_LIMIT} are accepted")


def _type(value: JSON) -> JSON:
    return value.get("type") if isinstance(value, dict) else None


def _blocks(event: JSON) -> list[dict[str, JSON]]:
    content = event.get("content") if isinstance(event, dict) else None
    return [block for block in content if _type(block) == "document"] if isinstance(content, list) else []
