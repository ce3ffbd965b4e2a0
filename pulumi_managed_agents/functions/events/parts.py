"""What events are made of: what every one has, blocks of content, errors, tokens and money."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ...declaration.marks import Always, Document
from ...declaration.model import Outputs, described


class EventBase(Outputs):
    """What every event has."""

    id: Annotated[str, described("The event's id.")]
    processed_at: Annotated[str | None, described("When (RFC 3339); not yet, if nothing.")] = None
    session_thread_id: Annotated[str | None, described("The thread that it is of, where it says one.")] = None
    text: Annotated[str | None, described("What was said, or what went wrong.")] = None


class SaidText(Outputs):
    """A text, or the place of one that was withheld (`redacted`)."""

    type: Annotated[Literal["text", "redacted"], described("Which.")]
    text: Annotated[str | None, described("What it says.")] = None


class MediaSource(Outputs):
    """Where a picture or a document is; what it holds is not shown."""

    type: Annotated[str, described("`base64`, `file`, `text` or `url`.")]
    media_type: Annotated[str | None, described("Its media type.")] = None
    url: Annotated[str | None, described("Its address.")] = None
    file_id: Annotated[str | None, described("Its file's id.")] = None


class SaidMedia(Outputs):
    """A picture or a document."""

    type: Annotated[Literal["image", "document"], described("Which.")]
    title: Annotated[str | None, described("A document's title.")] = None
    source: Annotated[MediaSource | None, Always(), described("Where it is.")] = None


class SaidSearchResult(Outputs):
    """What a search found."""

    type: Annotated[Literal["search_result"], described("A search result.")]
    title: Annotated[str | None, described("Its title.")] = None
    source: Annotated[str | None, described("Its address.")] = None
    content: Annotated[list[SaidText] | None, described("What it says.")] = None


class SaidOtherwise(Outputs):
    """A block of a type that this version does not know."""

    type: Annotated[str, described("The platform's word.")]


Said = list[SaidText | SaidMedia | SaidSearchResult | SaidOtherwise]


class RetryStatus(Outputs):
    """Whether the platform tries again."""

    type: Annotated[str, described("`retrying`, `exhausted` or `terminal`.")]


class EventError(Outputs):
    """What went wrong."""

    type: Annotated[str, described("The platform's word, such as `repository_authentication_error`.")]
    message: Annotated[str | None, Always(), described("The platform's sentence.")] = None
    retry_status: Annotated[RetryStatus | None, described("Whether the platform tries again.")] = None
    repository_url: Annotated[str | None, described("The repository that it is about.")] = None
    mcp_server_name: Annotated[str | None, described("The MCP server that it is about.")] = None
    vault_id: Annotated[str | None, described("The vault of the credential that it is about.")] = None
    credential_id: Annotated[str | None, described("The credential that it is about.")] = None


class StopDetails(Outputs):
    """More about a refusal."""

    type: Annotated[str, described("`refusal`.")]
    category: Annotated[str | None, described("The platform's word for its subject.")] = None
    explanation: Annotated[str | None, described("The platform's sentence.")] = None


class ModelUsage(Outputs):
    """The tokens of a request to a model."""

    input_tokens: Annotated[int, described("Tokens read.")]
    output_tokens: Annotated[int, described("Tokens written.")]
    cache_read_input_tokens: Annotated[int | None, described("Tokens read from the cache.")] = None
    cache_creation_input_tokens: Annotated[int | None, described("Tokens written into the cache.")] = None
    speed: Annotated[str | None, described("`standard` or `fast`.")] = None


Usage = Annotated[dict[str, Any] | None, Always(), Document(), described("Tokens and cost so far.")]


class EventBudget(Outputs):
    """The most that a session may cost."""

    type: Annotated[str, described("`limit`.")]
    max_list_cost: Annotated[dict[str, str] | None, described("The limit, at list prices (Claude).")] = None
    max_credit_cost: Annotated[str | None, described("The limit in credits (Qoder).")] = None
