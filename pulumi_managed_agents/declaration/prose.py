"""Declarations written as prose: a Markdown file whose front matter holds properties, and whose text is one of them.

The front matter stands between two lines of three hyphens, in YAML, in the platform's own words (snake_case). A file
without one is text alone.
"""

from __future__ import annotations

import re

from ..errors import FileProblem
from .documents import Unreadable
from .signatures import SIGNATURE, UNKNOWNS
from .values import JSON, Bag

_FIRST = re.compile(r"---[ \t]*\r?\n")
_LAST = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def read_prose(content: bytes) -> tuple[Bag, str]:
    """The properties of the front matter, and the text after it without the blank lines around it.

    Raises:
        FileProblem: the file is no text in UTF-8, or its front matter no YAML mapping of plain values.
    """
    try:
        # How lines end is for editors and for git to say, and no change.
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise FileProblem("names a file that is no text in UTF-8") from None
    first = _FIRST.match(text)
    last = _LAST.search(text, first.end()) if first else None
    if first is None or last is None:
        front, prose = {}, text.strip()
    else:
        front, prose = _front(text[first.end() : last.start()]), text[last.end() :].strip()
    if _is_engines_own([front, prose]):
        # The engine would upload another file in its place, or wait for it for ever.
        raise FileProblem("names a file with a mark of Pulumi's own in it")
    return front, prose


def _is_engines_own(value: JSON) -> bool:
    """Whether there is something in it that the engine takes for something else."""
    if isinstance(value, dict):
        return SIGNATURE in value or any(map(_is_engines_own, (*value, *value.values())))
    if isinstance(value, list):
        return any(map(_is_engines_own, value))
    return isinstance(value, str) and value in UNKNOWNS


def _front(text: str) -> Bag:
    from .yaml_documents import yaml_value  # noqa: PLC0415 - few declarations name a file

    try:
        front = yaml_value(text, line=2)
    except Unreadable as problem:
        raise FileProblem(f"names a file whose front matter {problem}") from None
    if front is None:
        return {}
    if not isinstance(front, dict):
        raise FileProblem("names a file whose front matter is no mapping from names to values")
    return front
