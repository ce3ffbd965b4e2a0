"""What can be wrong, by name, and one finding of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MEANINGS = {
    "orphan": "an object that the program does not have, and no error said that it may exist",
    "duplicate": "a second object beside the one that was reported",
    "id lost": "the answer with the id came, and the id was not kept",
    "false alarm": "'may exist' said of what was refused for certain",
    "false conflict": "'somebody else changed it', and nobody did",
    "events": "events reported sent that were not, sent twice, shared by two resources, or sent and not told",
    "runs": "a run of a deployment doubled, missing, or begun and not told",
    "versions": "a version of a skill doubled, or made and not told",
    "dropped": "a living object dropped from the state",
    "kept": "an object that is gone kept in the state",
    "untrue": "reported done, and not done",
    "removed": "a living object removed that nobody asked to remove",
    "exception": "an exception instead of a sentence",
    "stuck": "what was still wrong when nothing failed any more",
}
"""Every kind of defect that the reader counts."""


@dataclass(frozen=True)
class Defect:
    """One finding: where, what, and the requests that led to it."""

    name: str
    operation: int
    about: str
    error: str = ""
    requests: Sequence[str] = ()

    def __str__(self) -> str:
        lines = [f"{self.name} at operation {self.operation}: {self.about}"]
        lines += [f"    said: {self.error}"] if self.error else []
        return "\n".join([*lines, *(f"    {request}" for request in self.requests)])
