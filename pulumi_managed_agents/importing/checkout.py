"""The files of a checkout of `ant apply`. Nothing outside of it is read, whatever leads there."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from ..declaration.documents import Unreadable, json_value
from ..declaration.prose import read_prose
from ..declaration.yaml_documents import yaml_value
from ..errors import FileProblem
from ..plan.check import LARGEST_PROSE
from ..plan.given import given_bytes, given_text
from .problem import ImportProblem

if TYPE_CHECKING:
    from ..declaration.values import JSON, Bag


def place_in(folder: Path, path: str) -> Path:
    """Where what a checkout holds at a path lies in the end, be anything there or not.

    Raises:
        ImportProblem: that is outside of the checkout.
    """
    if posixpath.isabs(path) or posixpath.normpath(path).split("/")[0] == "..":
        raise ImportProblem(f"{path!r} is outside of the checkout")
    root = Path(os.path.realpath(folder))
    place = Path(os.path.realpath(root / path))
    if not place.is_relative_to(root):
        raise ImportProblem(f"{folder / path} leads out of the checkout")
    return place


def read_body(path: Path) -> tuple[Bag, str]:
    """The body of a create that a file holds, and its prose.

    Raises:
        ImportProblem: the file cannot be understood.
    """
    if path.suffix == ".md":
        try:
            return read_prose(_content(path))
        except FileProblem as problem:
            raise ImportProblem(f"{path}: {problem}".replace("names a file", "is a file")) from None
    body = read_data(path)
    if not isinstance(body, dict):
        raise ImportProblem(f"{path} holds no mapping from names to values")
    return body, ""


def read_data(path: Path) -> JSON:
    """The value that a file of JSON or YAML holds.

    Raises:
        ImportProblem: the file cannot be understood.
    """
    try:
        return json_value(_content(path)) if path.suffix == ".json" else yaml_value(given_text(path, LARGEST_PROSE))
    except Unreadable as problem:
        raise ImportProblem(f"{path} {problem}") from None
    except FileProblem as problem:
        raise ImportProblem(str(problem)) from None


def _content(path: Path) -> bytes:
    try:
        return given_bytes(path, LARGEST_PROSE)
    except FileProblem as problem:
        raise ImportProblem(str(problem)) from None
