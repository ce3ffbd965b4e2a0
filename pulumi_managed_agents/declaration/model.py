"""The vocabulary in which a kind of resource is declared.

A declaration is a pydantic model. Type, limits and description stand on the field; what a *change* to the field means
stands beside them as a mark in `Annotated`. A field without a mark is updated in place, read back, and cleared with
null. Every mark carries the sentence that previews, the schema and the reference show.

    url: Annotated[RepositoryUrl, Replaces("a mounted clone cannot be pointed elsewhere")]
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from .platform import PLATFORMS, PlatformKey
from .values import JSON, Bag, Path, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..lifecycle.lifecycle import Lifecycle, Steps


class Files(Protocol):
    """Files on the user's machine. Both calls raise `FileProblem` for what cannot be used."""

    def content(self, path: str, most: int) -> bytes:
        """The bytes of a file, which has at most so many."""

    def tree(self, path: str, most: int) -> Mapping[str, bytes]:
        """The files of a folder by their path in it, with `/` between the parts; at most so many bytes in all."""


@dataclass(frozen=True)
class Mark:
    """Says something about a field beyond its type."""


MarkT = TypeVar("MarkT", bound=Mark)


@dataclass(frozen=True)
class Replaces(Mark):
    """The platform cannot change this on a living object: a change makes a new one, because `why`.

    With `when`, only a value that is added (there was none) or removed (there is none any more) does so.
    """

    why: str
    when: Literal["changed", "added", "removed", "added or removed"] = "changed"


@dataclass(frozen=True)
class InPlace(Mark):
    """Updated in place, although what surrounds it is replaced on change."""

    why: str


@dataclass(frozen=True)
class WriteOnly(Mark):
    """A secret that is sent and never returned: compared with what was sent last, encrypted in the state."""

    why: str


@dataclass(frozen=True)
class SecretOutput(Mark):
    """An output that is a secret: encrypted in the state, and in no log."""


@dataclass(frozen=True)
class Unread(Mark):
    """Sent, and not read back in this form (`why`): what the user wrote last counts as the state."""

    why: str


@dataclass(frozen=True)
class Local(Mark):
    """Steers the provider and is never sent to the platform."""

    why: str


@dataclass(frozen=True)
class InPath(Mark):
    """Says in which object this one lives: part of its address, never of a body."""


@dataclass(frozen=True)
class Internal(Mark):
    """The provider's own note in a resource's inputs: not for users, never a change, in no schema."""

    why: str


@dataclass(frozen=True)
class Unordered(Mark):
    """A list whose order means nothing: items are matched by the fields in `by` (plain values by themselves).

    `inherits` names the sibling with the defaults that an item may repeat without saying anything new.
    With `others="kept"`, items that somebody else added on the platform are left alone. A field in `filled` that one of
    two items leaves out fits any value: the platform fills it.
    """

    by: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    inherits: str | None = None
    others: Literal["drift", "kept"] = "drift"


@dataclass(frozen=True)
class Filled(Mark):
    """The platform fills it when it is left out: leaving it out is never a change."""


@dataclass(frozen=True)
class MergePatch(Mark):
    """A map that is patched key by key: a removed key is sent as null, keys set by others are left alone."""


@dataclass(frozen=True)
class Merges(Mark):
    """An object of which the platform keeps what a request leaves out: removed parts are cleared by name."""


@dataclass(frozen=True)
class Patched(Mark):
    """An object that is updated part by part: an update sends its `type` and what changed, and no other secret."""


@dataclass(frozen=True)
class Brings(Mark):
    """Of a part of a `Patched` object: whenever it is sent, its `sibling` (a wire name) has to be sent too."""

    sibling: str


@dataclass(frozen=True)
class AsAWhole(Mark):
    """Updated in place as a whole, whatever its parts say of replacement where they stand elsewhere."""

    why: str


@dataclass(frozen=True)
class Only(Mark):
    """Exists on one platform only (or just these `values` do): elsewhere a check fails and says what to do instead."""

    platform: PlatformKey
    instead: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Digest(Mark):
    """Made by each check from other inputs and the local files that they name; a change says that content changed.

    Of an object that was imported nobody knows it: the first one that is made counts as what is there.

    `named` are the inputs (wire names) that name the files or hold the content; `of` makes the digest when at least
    one of them is there, and raises `FileProblem` for a file that cannot be used.
    """

    named: tuple[str, ...]
    of: Callable[[Bag, Files], str | None]


@dataclass(frozen=True)
class ByDigest(Mark):
    """Says where content comes from: the content is compared, wherever it is."""


@dataclass(frozen=True)
class Clears(Mark):
    """How the platform clears the field: the value to send when the user removed it (null if there is no such mark)."""

    to: JSON


@dataclass(frozen=True)
class Shorthand(Mark):
    """A bare string stands for the object with that string in `field` (and the `fixed` fields)."""

    field: str
    fixed: tuple[tuple[str, str], ...] = ()

    def expand(self, text: str) -> Bag:
        """The object that the string stands for."""
        return {**dict(self.fixed), self.field: text}


@dataclass(frozen=True)
class Document(Mark):
    """A JSON document of the user's own: never renamed inside, compared as a document."""


@dataclass(frozen=True)
class AutoNamed(Mark):
    """Named after the resource when left out, with `suffix` random hex digits where names have to differ."""

    suffix: int = 0


@dataclass(frozen=True)
class Canonical(Mark):
    """Several spellings mean the same: `rewrite` gives the one that is stored and compared."""

    rewrite: Callable[[str], str]
    why: str


@dataclass(frozen=True)
class Capabilities:
    """What a platform can do, as far as declarations depend on it."""

    key: PlatformKey
    mount_root: str | None
    """The directory under which repositories are mounted; also where one lands without a mount path.

    None where the platform computes the path and documents no rule.
    """

    repository_host: str | None = "github.com"
    """The host whose repositories can be mounted; None for any, such as a GitHub Enterprise server."""

    @property
    def platform(self) -> str:
        """The platform's name, for people."""
        return PLATFORMS[self.key]


@dataclass(frozen=True)
class Failure:
    """One thing that is wrong with a resource's inputs: where, and a sentence that never shows the value."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"`{render(self.path)}` {self.reason}"


class Model(BaseModel):
    """A declared object: closed, snake_case in Python and on the API, camelCase on Pulumi's wire."""

    # Validators are built when they are first used: a process that starts has to answer soon, and needs few of them.
    model_config = ConfigDict(
        extra="forbid", alias_generator=to_camel, populate_by_name=False, frozen=True, defer_build=True
    )

    membership: ClassVar[Mark | None] = None
    """What it means to add such an object to a list or to take it away, where that differs from the list's own mark."""

    @classmethod
    def complete(cls, value: Bag, capabilities: Capabilities) -> Bag:
        """The value with defaults that follow from its other properties (wire names; may hold UNKNOWN)."""
        del capabilities
        return value


class Inputs(Model):
    """What a user declares for one resource."""

    creation_id: Annotated[
        str | None,
        Internal("finds the object again after an answer was lost"),
        Field(description="Random stamp of this object, made by the provider."),
    ] = None

    platform: Annotated[
        PlatformKey | None,
        Internal("tells whose objects a state holds"),
        Field(description="The platform of this object, where it is not `claude`."),
    ] = None


class Outputs(BaseModel):
    """What the platform tells about one resource; fields that it adds later are ignored."""

    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, populate_by_name=True, defer_build=True)


@dataclass(frozen=True)
class Derived:
    """An output that follows from the inputs alone, so that every preview knows it."""

    name: str
    doc: str
    of: Callable[[Bag], Bag]
    model: type[Model]
    """The declared object that it gives, for those that consume it."""


def no_rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """For kinds whose fields do not depend on each other."""
    del inputs, capabilities
    return iter(())


def nothing_to_verify(old: Bag, new: Bag) -> Steps[Any] | None:
    """For kinds that only the platform can judge."""
    del old, new
    return None


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of resource: the single place that its users' and the platform's view of it are derived from."""

    name: str
    doc: str
    inputs: type[Inputs]
    outputs: type[Outputs]
    lifecycle: Lifecycle
    rules: Callable[[Bag, Capabilities], Iterator[Failure]] = no_rules
    derived: tuple[Derived, ...] = ()
    prose: Callable[[str], Bag] | None = None
    """For kinds with a `source`: the inputs that the prose of the file stands for."""

    verify: Callable[[Bag, Bag], Steps[Any] | None] = nothing_to_verify
    """Asks somebody else than the platform whether checked inputs (after the old ones) can be good; raises if not."""

    due: Callable[[Bag, float], str | None] | None = None
    """The output that asks for an update at that moment (seconds since 1970) although nothing changed, or None."""

    old_first: bool = False
    """Whether a replacement removes the old object first: both cannot exist at once."""

    variants: Mapping[PlatformKey, Mapping[str, Any]] = field(default_factory=dict)
    """What the kind has otherwise on a platform: its fields, by platform."""

    @property
    def fillable(self) -> bool:
        """Whether a `source` can give what is required, so that a program need not."""
        return self.prose is not None

    def on(self, platform: PlatformKey) -> Kind:
        """The kind as that platform has it."""
        return _variant(self, platform) if platform in self.variants else self


@cache
def _variant(kind: Kind, platform: PlatformKey) -> Kind:
    return replace(kind, **kind.variants[platform])


def default(wire: JSON) -> Any:
    """The default of a field in wire form, which is what it is compared with; nothing is ever built of it."""
    return wire


def described(text: str, **limits: Any) -> Any:
    """A pydantic field with its description first: what reads best beside a type."""
    return Field(description=text, **limits)
