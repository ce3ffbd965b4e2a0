"""What a change to a field means, and what else is declared beside its type: marks in `Annotated`.

A field without a mark is updated in place, read back, and cleared with null. Every mark carries the sentence that
previews, the schema and the reference show.

    url: Annotated[RepositoryUrl, Replaces("a mounted clone cannot be pointed elsewhere")]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from .platform import PlaceKey, PlatformKey
from .values import JSON, Bag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .content import Content


class Files(Protocol):
    """Files on the user's machine. Both calls raise `FileProblem` for what cannot be used."""

    def content(self, path: str, most: int, including: Sequence[str] | None = None) -> Content:
        """A file of at most so many bytes; one whose name says that it holds secrets has to be `including`."""

    def tree(self, path: str, most: int, including: Sequence[str] = ()) -> Mapping[str, Content]:
        """The files of a folder by their path in it, with `/` between the parts; at most so many bytes in all."""


@dataclass(frozen=True)
class Mark:
    """Says something about a field beyond its type; with `on`, on that platform only, before what holds everywhere.

    A mark that says no more than its name needs no decorator: each costs a third of a millisecond at every start.
    """

    on: PlatformKey | None = field(default=None, kw_only=True)


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


class Confidential(Mark):
    """Read back, and perhaps a secret all the same: nobody writes it down who writes programs."""


class SecretOutput(Mark):
    """An output that is a secret: encrypted in the state, and in no log."""


class Told(Mark):
    """Words of others, for people: what they repeat of a secret is hidden in them, and the rest can be read."""


@dataclass(frozen=True)
class Unread(Mark):
    """Sent, and not read back in this form (`why`): what the user wrote last counts as the state."""

    why: str


@dataclass(frozen=True)
class Withheld(Mark):
    """The platform may show an object of the type `tag` in place of what was sent: what the user wrote stands."""

    tag: str


class Lasting(Mark):
    """An output that an update in place leaves alone, so that its preview knows it."""


@dataclass(frozen=True)
class Local(Mark):
    """Steers the provider and is never sent to the platform."""

    why: str


class Deed(Mark):
    """Takes a request of its own: that it is declared does not say that it is done. What the state says counts."""


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


class Filled(Mark):
    """The platform fills it when it is left out: leaving it out is never a change."""


@dataclass(frozen=True)
class MergePatch(Mark):
    """A map that is patched key by key: a removed key is sent as `removed`, keys set by others are left alone."""

    removed: JSON = None


class Merges(Mark):
    """An object of which the platform keeps what a request leaves out: removed parts are cleared by name."""


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
class NotIn(Mark):
    """Does not exist where its platform runs in one of the `places` (or just these `values` do not).

    There a check fails and says what to do instead. What is `inferred`, and stands in no document, is a warning.
    """

    places: tuple[PlaceKey, ...]
    instead: str
    values: tuple[str, ...] = ()
    inferred: bool = False
    lack: str = ""
    """What is amiss, where it is not that the thing does not exist."""


@dataclass(frozen=True)
class Needed(Mark):
    """May be left out of the declaration as such, but not on this platform, because `why`.

    Where the property `unless` (a wire name) stands beside it, it may.
    """

    why: str = ""
    unless: str | None = None


@dataclass(frozen=True)
class Default(Mark):
    """What the field is when it is left out (wire form), where that is not what the field says."""

    to: JSON


@dataclass(frozen=True)
class Longest(Mark):
    """A text with at most so many characters; a limit of every platform stands on the field itself."""

    characters: int


@dataclass(frozen=True)
class Digest(Mark):
    """Made by each check from other inputs and the local files that they name; a change says that content changed.

    Of an object that was imported nobody knows it: the first one that is made counts as what is there.

    `named` are the inputs (wire names) that name the files or hold the content; `of` makes the digest when at least
    one of them is there, and raises `FileProblem` for a file that cannot be used. What it looks at `besides` are lists.
    """

    named: tuple[str, ...]
    of: Callable[[Bag, Files], str | None]
    besides: tuple[str, ...] = ()


class ByDigest(Mark):
    """Says where content comes from: the content is compared, wherever it is."""


@dataclass(frozen=True)
class Clears(Mark):
    """How the platform clears the field: the value to send when the user removed it (null if there is no such mark)."""

    to: JSON


@dataclass(frozen=True)
class EmptyIsNone(Mark):
    """What is empty there says no more than leaving it out: to write that down, or to take it away, is no change."""


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
    """A JSON document of the user's own: never renamed inside, compared as a document.

    One that may be written `as_text` may be JSON in a text too, which keeps all digits of its numbers.
    """

    as_text: bool = False


class Lines(Mark):
    """A text that may have lines. Any other text that is sent is one line, of characters that are seen."""


class Instant(Mark):
    """A moment (RFC 3339), which several texts name; a platform's may leave the zone out, and mean UTC."""


class Id(Mark):
    """An id that the platform gave: it becomes part of an address."""


@dataclass(frozen=True)
class IdOf(Mark):
    """The id of an object of the `kind`: one that is surely another kind's is refused before anything is made.

    A Python program may write the resource itself. Where an object is wanted that holds the id, such as an entry of a
    list, `fixed` are the other fields (wire names).
    """

    kind: str
    fixed: tuple[tuple[str, str], ...] = ()


class NamesPath(Mark):
    """A path, which a Python program may write with `pathlib`."""


class Always(Mark):
    """May be left out, or is told by the platform: every object that there is has it."""


@dataclass(frozen=True)
class AutoNamed(Mark):
    """Named after the resource when left out, with `suffix` random hex digits where names have to differ."""

    suffix: int = 0


@dataclass(frozen=True)
class Canonical(Mark):
    """Several spellings mean the same: `rewrite` gives the one that is stored and compared."""

    rewrite: Callable[[str], str]
    why: str
    alike: Callable[[str], str] | None = None
    """What is compared in place of what is stored, where spellings that are kept apart mean the same too."""

    def compared(self, text: str) -> str:
        """What tells whether two spellings mean the same."""
        return (self.alike or self.rewrite)(text)
