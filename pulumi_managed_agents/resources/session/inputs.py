"""What a user declares for a session. How it is created, changed and removed stands in `session`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, Field

from ...declaration.capabilities import Capabilities
from ...declaration.characters import seen_path
from ...declaration.marks import (
    Canonical,
    Clears,
    Confidential,
    EmptyIsNone,
    Filled,
    IdOf,
    InPlace,
    Lines,
    Local,
    Mark,
    NamesPath,
    Needed,
    NotIn,
    Only,
    Replaces,
    Shorthand,
    Unordered,
    Unread,
)
from ...declaration.model import Failure, Inputs, Model, default, described
from ...declaration.money import CENTS, CENTS_DIGITS, credits_amount, same_credits
from ...declaration.values import UNKNOWN
from ..parts.events import UserEvent, event_rules
from ..parts.metadata import Metadata
from ..parts.mount import GitRepositoryEntry, RepositoryEntry, mount_rules
from ..parts.tools import McpServers, ModelConfig, Skills, Tools

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...declaration.values import JSON, Bag

OVERRIDES = ("model", "system", "tools", "mcpServers", "skills")
FILES_LIMIT = 500
MEMORY_STORES_LIMIT = 8

_SNAPSHOT = "a session keeps the agent that it was created with"
_WHILE_IDLE = "replaced on the living session, which has to be idle"
_OVERRIDE = Only("claude", "declare an agent of its own for this session")
_ATTACHED = "it is attached when the session is created, and for the session's life"


class AgentReference(Model):
    """The agent that the session runs: by id, in one version, or with parts of it overridden."""

    type: Annotated[
        Literal["agent", "agent_with_overrides"] | None,
        InPlace("follows from the other properties"),
        Unread("the session shows the agent itself"),
        described("May be left out: it follows from whether anything is overridden."),
    ] = None
    id: Annotated[str, IdOf("Agent"), described("The agent's id.", min_length=1, max_length=128)]
    version: Annotated[
        int | None,
        Filled(),
        described("A version; the one that is latest at creation when left out.", ge=1),
    ] = None
    model: Annotated[
        ModelConfig | None, _OVERRIDE, Shorthand("id"), described("Another model; its effort is the model's default.")
    ] = None
    system: Annotated[
        str | None, _OVERRIDE, Lines(), described('Another system prompt; "" for none.', max_length=100_000)
    ] = None
    tools: Annotated[
        Tools,
        _OVERRIDE,
        InPlace(_WHILE_IDLE),
        Replaces("the agent's own tools come back only in a new session", when="removed"),
    ] = None
    mcp_servers: Annotated[
        McpServers,
        _OVERRIDE,
        InPlace(_WHILE_IDLE),
        Replaces("the agent's own servers come back only in a new session", when="removed"),
    ] = None
    skills: Annotated[Skills, _OVERRIDE] = None

    @classmethod
    def complete(cls, value: Bag, capabilities: Capabilities) -> Bag:
        """Fills the type, which the platform wants to be told."""
        del capabilities
        overridden = any(value.get(wire) is not None for wire in OVERRIDES)
        return {"type": "agent_with_overrides" if overridden else "agent", **value}


class FileEntry(Model):
    """An uploaded file, as a read-only copy."""

    membership: ClassVar[Mark | None] = InPlace("files come and go on the living session")

    type: Annotated[
        Literal["file"],
        NotIn(("self-hosted",), "put the file into the directory of the worker", values=("file",)),
        described("A file."),
    ]
    file_id: Annotated[
        str,
        IdOf("File"),
        Unread("the session holds a copy under an id of its own"),
        described("The file's id.", min_length=1, max_length=128),
    ]
    mount_path: Annotated[
        str | None,
        NamesPath(),
        Unread("the platform roots it under its uploads folder"),
        Filled(),
        AfterValidator(lambda path: path and seen_path(path)),
        described("Where the copy is (default: the uploads folder and the file's id).", min_length=1, max_length=4096),
    ] = None


class MemoryStoreEntry(Model):
    """A memory store."""

    membership: ClassVar[Mark | None] = Replaces("a memory store is attached when the session is created, for its life")

    type: Annotated[Literal["memory_store"], described("A memory store.")]
    memory_store_id: Annotated[
        str, IdOf("MemoryStore"), Replaces(_ATTACHED), described("The store's id.", min_length=1, max_length=128)
    ]
    access: Annotated[
        Literal["read_write", "read_only"] | None,
        Replaces(_ATTACHED),
        described("What the agent may do (default: `read_write`)."),
    ] = "read_write"
    instructions: Annotated[
        str | None, Replaces(_ATTACHED), EmptyIsNone(), Lines(), described("How to use the store.", max_length=4096)
    ] = None


MOUNT_IDENTITY: Final = ("type", "mountPath", "url", "fileId", "memoryStoreId")
"""What tells one thing that is mounted from another; the platform fills a mount path that is left out."""

MOUNTED: Final = Unordered(by=MOUNT_IDENTITY, filled=("mountPath",))

SessionEntry = Annotated[
    RepositoryEntry | GitRepositoryEntry | FileEntry | MemoryStoreEntry, Field(discriminator="type")
]


class Money(Model):
    """An amount of money."""

    amount: Annotated[
        str, described("Cents, as a whole number in a string, above 0.", pattern=CENTS, max_length=CENTS_DIGITS)
    ]
    currency: Annotated[Literal["USD"], described("The only currency there is.")]


class Budget(Model):
    """The most that the session may cost."""

    type: Annotated[Literal["limit"], described("A limit.")]
    max_list_cost: Annotated[
        Money | None,
        Only("claude", "state `maxCreditCost`, since credits are billed there"),
        Needed(on="claude"),
        described("The limit, at list prices."),
    ] = None
    max_credit_cost: Annotated[
        str | None,
        Only("qoder", "state `maxListCost`"),
        Needed(on="qoder"),
        Canonical(str, "zeros at the end make no difference", same_credits),
        AfterValidator(lambda amount: amount and credits_amount(amount)),
        described("The limit in credits, above 0, as a decimal in a string: `12.50`."),
    ] = None


BUDGET_FIXED = "no document of the platform says that a budget can change"

EnvironmentVariables = Annotated[
    dict[Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")], Annotated[str, Lines()]] | None,
    Only("qoder", "put the values into a vault, as credentials of type `environment_variable`"),
    EmptyIsNone(),
    Confidential(),
    described("Variables of the container. Keep secrets in a vault."),
]


class SessionInputs(Inputs):
    """What the session is."""

    agent: Annotated[
        AgentReference,
        Shorthand("id", fixed=(("type", "agent"),)),
        Replaces(_SNAPSHOT),
        described("The agent: its id, or an object with id, version and overrides."),
    ]
    environment_id: Annotated[
        str,
        IdOf("Environment"),
        Replaces("a session cannot move to another container"),
        described("The environment's id.", min_length=1, max_length=128),
    ]
    title: Annotated[str | None, Clears(to=None), described("Shown to people.", min_length=1, max_length=500)] = None
    metadata: Metadata = None
    resources: Annotated[
        list[SessionEntry] | None,
        replace(MOUNTED, others="kept"),
        described("What is mounted: repositories, files and memory stores, in any order."),
    ] = None
    vault_ids: Annotated[
        list[Annotated[str, IdOf("Vault"), Field(min_length=1, max_length=128)]] | None,
        Replaces("the platform fixes a session's vaults at creation"),
        described("Vaults with the agent's credentials; the first that has one for a server wins."),
    ] = default([])
    budget: Annotated[
        Budget | None,
        Replaces("a budget can only be set when a session is created", when="added"),
        Replaces(BUDGET_FIXED, on="qoder"),
        described(
            "The most that the session may cost. On Claude it can be raised, and lowered to what is spent; once "
            "removed it cannot come back."
        ),
    ] = None
    environment_variables: Annotated[EnvironmentVariables, Replaces("the container gets them when it starts")] = None
    initial_events: Annotated[
        list[UserEvent] | None,
        Only("claude", "declare a `SessionEvents` for the session"),
        Replaces("they start the session and are sent once"),
        Unread("they are not read back"),
        described(
            "What the session starts with: messages, and at most one outcome. The session runs at once.", max_length=50
        ),
    ] = default([])
    on_delete: Annotated[
        Literal["archive", "delete"] | None,
        Local("read when the session is removed"),
        described("What removing the resource does: `archive` (the default) keeps the transcript."),
    ] = "archive"
    interrupt_on_delete: Annotated[
        bool | None,
        Local("read when the session is removed"),
        described("Interrupt a running session to remove it, instead of waiting for it (default: false)."),
    ] = False
    leave_running_on_delete: Annotated[
        bool | None,
        Local("read when the session is removed"),
        described(
            "Let a session go on that is running when it is removed or replaced, instead of waiting for it: it leaves "
            "the state, and archiving it is up to you (default: false)."
        ),
    ] = False
    delete_timeout_seconds: Annotated[
        int | None,
        Local("read when the session is removed"),
        described(
            "How long a session that is running when it is removed or replaced gets to come to rest.", ge=0, le=86_400
        ),
    ] = 300
    wait_for_ready: Annotated[
        bool | None,
        Local("read when the session is created or a token rotated"),
        described("Wait until the session is idle and has cloned its repositories (default: false)."),
    ] = False
    ready_timeout_seconds: Annotated[
        int | None,
        Local("read when the session is created or a token rotated"),
        described("How long `waitForReady` waits.", ge=0, le=86_400),
    ] = 300


def rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """What the platform checks across a session's properties."""
    yield from _agent_rules(inputs.get("agent"))
    if inputs.get("interruptOnDelete") is True and inputs.get("leaveRunningOnDelete") is True:
        yield Failure(("leaveRunningOnDelete",), "cannot stand beside `interruptOnDelete`: it goes on, or it ends")
    yield from resource_rules(inputs.get("resources"), capabilities)
    yield from event_rules(inputs.get("initialEvents"), ("initialEvents",))


def _agent_rules(agent: JSON) -> Iterator[Failure]:
    if not isinstance(agent, dict):
        return
    model = agent.get("model")
    if isinstance(model, dict) and model.get("effort") is not None:
        reason = "cannot be overridden: the platform ignores it and uses the model's default"
        yield Failure(("agent", "model", "effort"), reason)
    if agent.get("type") in (None, UNKNOWN, "agent_with_overrides"):
        return
    for wire in OVERRIDES:
        if agent.get(wire) is not None:
            yield Failure(("agent", wire), 'overrides the agent: leave `type` out, or make it "agent_with_overrides"')


def resource_rules(resources: JSON, capabilities: Capabilities) -> Iterator[Failure]:
    """Each thing has a place of its own, inside the workspace, and there are not too many."""
    if not isinstance(resources, list):
        return
    taken: dict[str, int] = {}
    for index, entry in enumerate(resources):
        if isinstance(entry, dict):
            yield from _entry_rules(entry, index, taken, capabilities)
    for kind, limit in (("file", FILES_LIMIT), ("memory_store", MEMORY_STORES_LIMIT)):
        count = sum(1 for entry in resources if isinstance(entry, dict) and entry.get("type") == kind)
        if count > limit:
            yield Failure(("resources",), f"has {count} entries of type `{kind}`: at most {limit} are accepted")


def _entry_rules(entry: Bag, index: int, taken: dict[str, int], capabilities: Capabilities) -> Iterator[Failure]:
    path = ("resources", index)
    if entry.get("type") == "github_repository":
        yield from mount_rules(entry, path, capabilities)
    place = entry.get("mountPath")
    if isinstance(place, str):
        if place in taken:
            way_out = "give one of them another `mountPath`"
            yield Failure(
                (*path, "mountPath"), f"is the mount path of resources[{taken[place]}] too (`{place}`): {way_out}"
            )
        taken.setdefault(place, index)
