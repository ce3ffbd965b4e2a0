"""Texts and contents that stand in files beside the program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..declaration.prose import read_prose
from ..errors import FileProblem
from ..plan.check import LARGEST_PROSE
from .yaml_writer import dumped

if TYPE_CHECKING:
    from .program import Declared

PROSE: Final = {"Agent": ("system", "agents"), "Memory": ("content", "memories")}
"""The property that is prose, and the folder for it."""

HERE = """
The platform does not give a skill's files back. Put the skill's own files into this folder, in place of this one,
before the first `pulumi up`: what is here then counts as what the platform has, and later changes make a new version.
"""


def skill_file(name: str, description: str) -> str:
    """A `SKILL.md` that stands for one that cannot be read back."""
    return f"---\n{dumped({'name': name, 'description': description})}---\n{HERE}"


def in_files(resource: Declared) -> tuple[Declared, dict[str, str]]:
    """The resource with its prose in a file, where a file can say it."""
    wire, folder = PROSE.get(resource.kind.name, ("", ""))
    text = resource.inputs.get(wire)
    if not isinstance(text, str) or not _survives(text):
        return resource, {}
    path = f"{folder}/{resource.name}.md"
    others = {key: value for key, value in resource.inputs.items() if key != wire}
    return replace(resource, inputs={"source": path, **others}), {path: f"{text}\n"}


def _survives(text: str) -> bool:
    """Whether the text comes out of a file as it went in."""
    try:
        content = f"{text}\n".encode()
        return bool(text) and len(content) <= LARGEST_PROSE and read_prose(content) == ({}, text)
    except (FileProblem, UnicodeEncodeError):
        return False
