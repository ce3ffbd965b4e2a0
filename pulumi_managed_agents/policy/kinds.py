"""Names of the declarations: the kinds, and the platform's own tools."""

from __future__ import annotations

import base64
import binascii
import pickletools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, get_args

from pydantic import AfterValidator, Field

from ..declaration.platform import PLATFORMS, UNSAID
from ..declaration.tokens import ANY_DYNAMIC, PACKAGE, is_like_ours, parts_of, token_in
from ..resources.parts import tools
from ..resources.registry import KINDS, kind_of
from .view import JSON

NAMES = tuple(KINDS)
TOOLS: tuple[str, ...] = get_args(get_args(tools.ToolName)[0])

NAMELESS: Final = "resource"
"""Stands for the kind of a resource of this provider whose type does not say which."""


def _one_of(names: tuple[str, ...], noun: str) -> Callable[[str], str]:
    def checked(name: str) -> str:
        if name not in names:
            message = f"is no {noun}: there are {', '.join(names)}"
            raise ValueError(message)
        return name

    return checked


KindName = Annotated[str, AfterValidator(_one_of(NAMES, "kind")), Field(json_schema_extra={"enum": list(NAMES)})]
ToolName = Annotated[str, AfterValidator(_one_of(TOOLS, "tool")), Field(json_schema_extra={"enum": list(TOOLS)})]


@dataclass(frozen=True)
class Identity:
    """What a resource of this provider is."""

    kind: str
    is_known: bool
    """Whether its type is one that the schema or the classes have."""


def may_be_ours(token: str, urn: str) -> bool:
    """Whether a resource is worth a look at its properties: of most of a stack the type says enough."""
    return token.startswith(ANY_DYNAMIC) or is_like_ours(token) or is_like_ours(token_in(urn))


def identity(token: str, urn: str, inputs: Mapping[str, JSON]) -> Identity | None:
    """What a resource is; None for one of another provider.

    The provider goes by the URN, and so do the rules. A type that it would refuse, or that is not the one in the URN,
    is seen all the same: rules are no use if a name goes around them.
    """
    named = [word for word in (token_in(urn), token) if word]
    found = next((kind.name for kind in map(kind_of, named) if kind), None)
    if found is not None and len(set(named)) == 1:
        return Identity(found, is_known=True)
    if found or any(map(is_like_ours, named)):
        return Identity(found or _likely(named) or NAMELESS, is_known=False)
    if token.startswith(ANY_DYNAMIC) and _was_checked_here(inputs):
        return Identity(_in_provider(inputs) or _likely(named) or NAMELESS, is_known=False)
    return None


_KINDS_BY_WORD = {name.lower(): name for name in NAMES}


def _likely(tokens: Iterable[str]) -> str | None:
    words = (word.lower() for token in tokens for word in parts_of(token))
    return next((_KINDS_BY_WORD[word] for word in words if word in _KINDS_BY_WORD), None)


_PROVIDERS: Final = "pulumi_managed_agents."

_STAMP = re.compile(r"(?:[0-9a-f]{12}-[0-9a-f]{12}-)?[0-9a-f]{24}")


def _was_checked_here(inputs: Mapping[str, JSON]) -> bool:
    """Whether this provider's check has seen the inputs: it leaves a stamp in them."""
    stamp = inputs.get("creationId")
    return (isinstance(stamp, str) and _STAMP.fullmatch(stamp) is not None) or _in_provider(inputs) is not None


def _in_provider(inputs: Mapping[str, JSON]) -> str | None:
    """The kind whose provider a state keeps beside the inputs; the engine hides it from a policy pack."""
    kept = inputs.get("__provider")
    words = _words(kept) if isinstance(kept, str) else []
    if not any(word.startswith(_PROVIDERS) for word in words):
        return None
    return next((word for word in words if word in KINDS), NAMELESS)


def _words(pickled: str) -> list[str]:
    """The texts in something pickled, which is only looked at and never loaded."""
    try:
        return [arg for _, arg, _ in pickletools.genops(base64.b64decode(pickled)) if isinstance(arg, str)]
    except (ValueError, binascii.Error, IndexError, EOFError):
        return []


def platform_of(settings: object) -> str:
    """The platform that the settings of a provider's instance name; the classes' have the namespace before it."""
    given = settings if isinstance(settings, dict) else {}
    named = given.get("platform") or given.get(f"{PACKAGE}:platform")
    return named if isinstance(named, str) and named in PLATFORMS else UNSAID
