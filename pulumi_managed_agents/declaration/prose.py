"""Declarations written as prose: a Markdown file whose front matter holds properties, and whose text is one of them.

The front matter stands between two lines of three hyphens, in YAML, in the platform's own words (snake_case). A file
without one is text alone.
"""

from __future__ import annotations

import re

import yaml

from ..errors import FileProblem
from .values import Bag

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<front>.*?)^---[ \t]*(?:\r?\n|\Z)(?P<text>.*)", re.DOTALL | re.MULTILINE)


def read_prose(content: bytes) -> tuple[Bag, str]:
    """The properties of the front matter, and the text after it without the blank lines around it.

    Raises:
        FileProblem: the file is no text in UTF-8, or its front matter no YAML mapping.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileProblem("names a file that is no text in UTF-8") from None
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text.strip()
    return _front(match["front"]), match["text"].strip()


def _front(text: str) -> Bag:
    try:
        front = yaml.load(text, _Loader)  # noqa: S506 - a safe loader, of fewer types
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 2})" if mark else ""
        raise FileProblem(f"names a file whose front matter is no YAML{line}") from None
    if front is None:
        return {}
    if not isinstance(front, dict) or not all(isinstance(key, str) for key in front):
        raise FileProblem("names a file whose front matter is no mapping from names to values")
    return front


class _Loader(yaml.SafeLoader):
    """Plain JSON values: a date stays the text that it is."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the loader's own attribute
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
