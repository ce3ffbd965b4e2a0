"""The history of a memory store: a version for each change of a memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from ..declaration.marks import Always, IdOf
from ..declaration.model import Model, Outputs, described
from ..lifecycle.pages import PAGE, pages
from ..lifecycle.steps import Call, Operation, Steps
from .function import function, result
from .listing import Listing, asked, most

if TYPE_CHECKING:
    from ..declaration.values import Bag

SIZE_WITH_CONTENTS: Final = 20
"""Versions on a page that shows contents."""

_Store = Annotated[str, IdOf("MemoryStore"), described("The memory store's id.", min_length=1)]
_View = Literal["basic", "full"]


class MemoryVersionQuery(Listing):
    """Which versions of which memories."""

    memory_store_id: _Store
    memory_id: Annotated[str | None, described("Only versions of this memory, be it deleted.")] = None
    operation: Annotated[
        Literal["created", "modified", "deleted"] | None, described("Only what `created`, `modified` or `deleted` one.")
    ] = None
    session_id: Annotated[str | None, IdOf("Session"), described("Only what this session changed.")] = None
    api_key_id: Annotated[str | None, described("Only what this key changed.")] = None
    service_account_id: Annotated[str | None, described("Only what this service account changed.")] = None
    created_at_gte: Annotated[str | None, described("Only what was changed then or later (RFC 3339).")] = None
    created_at_lte: Annotated[str | None, described("Only what was changed then or before (RFC 3339).")] = None
    view: Annotated[
        _View | None, described("`basic` (default), or `full`, with contents; the pages are shorter then.")
    ] = None


class ByMemoryVersion(Model):
    """Arguments of a look-up of a version."""

    memory_store_id: _Store
    id: Annotated[str, described("The version's id.", min_length=1)]
    view: Annotated[_View | None, described("`full` (default), or `basic`, without the content.")] = None


class MemoryActor(Outputs):
    """Who changed a memory."""

    type: Annotated[str, described("`session_actor`, `api_actor`, `user_actor` or `service_account_actor`.")]
    session_id: Annotated[str | None, described("The session.")] = None
    api_key_id: Annotated[str | None, described("The key.")] = None
    user_id: Annotated[str | None, described("The person.")] = None
    service_account_id: Annotated[str | None, described("The service account.")] = None


class MemoryVersion(Outputs):
    """A memory as it was."""

    id: Annotated[str, described("The version's id.")]
    memory_id: Annotated[str, described("The memory.")]
    operation: Annotated[str, described("`created`, `modified` or `deleted`.")]
    path: Annotated[str | None, described("The memory's path then; of a redacted one, nothing.")] = None
    content: Annotated[str | None, described("What it said, where asked for; of a redacted one, nothing.")] = None
    content_sha256: Annotated[str | None, described("Its SHA-256.")] = None
    content_size_bytes: Annotated[int | None, described("Its size.")] = None
    created_by: Annotated[MemoryActor | None, described("Who changed it.")] = None
    created_at: Annotated[str | None, Always(), described("When (RFC 3339).")] = None
    redacted_by: Annotated[MemoryActor | None, described("Who redacted it.")] = None
    redacted_at: Annotated[str | None, described("When (RFC 3339).")] = None


class MemoryVersions(Outputs):
    """Versions of memories."""

    versions: Annotated[list[MemoryVersion], described("The versions, newest first.")]


def list_memory_versions(arguments: Bag) -> Steps[Bag]:
    """Lists the newest changes of the memories of a store, newest first."""
    names = {"memoryId": "memory_id", "apiKeyId": "api_key_id", "serviceAccountId": "service_account_id"}
    query = asked(arguments, operation="operation", sessionId="session_id", view="view", **names)
    listing = Call(_versions("list"), {"memory_store_id": arguments["memoryStoreId"]}, query=query)
    size = SIZE_WITH_CONTENTS if arguments.get("view") == "full" else PAGE
    return result(MemoryVersions, {"versions": (yield from pages(listing, most(arguments), size))})


def get_memory_version(arguments: Bag) -> Steps[Bag]:
    """Looks up a version of a memory: what it said then."""
    ids = {"memory_store_id": arguments["memoryStoreId"], "memory_version_id": arguments["id"]}
    query = {"view": arguments.get("view") or "full"}
    return result(MemoryVersion, (yield Call(_versions("retrieve"), ids, query=query)))


def _versions(verb: str) -> Operation:
    return Operation("memory_stores.memory_versions", verb)


VERSIONS = function("listMemoryVersions", list_memory_versions, MemoryVersionQuery, MemoryVersions)
VERSION = function("getMemoryVersion", get_memory_version, ByMemoryVersion, MemoryVersion)
