"""Names of resources in the program, and of the secrets that they take from the configuration."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from .disclosure import tells_secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from .inventory import PlatformObject

LONGEST: Final = 60
RESERVED: Final = frozenset({"pulumi", "config", "ma"})
"""Words that mean something else in a program."""


def logical_names(found: Sequence[PlatformObject]) -> list[str]:
    """A name for each object: after its own, with its kind and then its id where that is not unique.

    The order of the objects has no influence, so that the same objects get the same names again.
    """
    names: dict[str, str] = {}
    for rank in range(len(_spellings(found[0])) if found else 0):
        proposed = {item.id: _spellings(item)[rank] for item in found if item.id not in names}
        times = Counter(proposed.values())
        taken = RESERVED.union(names.values())
        names |= {key: name for key, name in proposed.items() if times[name] == 1 and name not in taken}
    return [names.get(item.id) or _numbered(item, found) for item in found]


def _spellings(item: PlatformObject) -> tuple[str, ...]:
    kind = _hyphenated(item.kind)
    name = "" if tells_secret(item.name) else item.name
    base = slug(name) or slug(f"{kind} {name}")
    own = re.sub(r"[^a-z0-9]", "", item.id.rpartition("/")[2].rpartition("_")[2].lower())
    return (base, f"{base}-{kind}", f"{base}-{own[-6:]}", f"{base}-{kind}-{own[-40:]}")


def _numbered(item: PlatformObject, found: Sequence[PlatformObject]) -> str:
    """The last resort: ids that differ in nothing but case or signs."""
    return f"{_hyphenated(item.kind)}-number-{sorted(other.id for other in found).index(item.id) + 1}"


def slug(text: str) -> str:
    """The text in lower-case letters, digits and hyphens; empty where that would not begin with a letter."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-")
    return plain if plain[:1].isalpha() else ""


def _hyphenated(kind: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind).lower()


def setting_name(resource: str, wire: str, taken: AbstractSet[str]) -> str:
    """What a secret of a resource is called in the configuration: `githubToken`."""
    first, *rest = resource.split("-")
    name = first + "".join(word.capitalize() for word in rest) + wire[0].upper() + wire[1:]
    return next(candidate for candidate in _tried(name) if candidate not in taken)


def _tried(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}{number}"
        number += 1
