"""What work may need of a token beyond the clone, in the words of GitHub's settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Need: TypeAlias = Literal["push", "pull_requests", "read_issues", "issues"]


@dataclass(frozen=True)
class Right:
    """What a need means on GitHub."""

    deed: str
    permission: str
    """Of a fine-grained token."""
    probe: str = ""
    """What can be listed by whoever has at least the right to read it."""
    writes: bool = True


RIGHTS: Final[dict[Need, Right]] = {
    "push": Right("push", "Contents: Read and write"),
    "pull_requests": Right("open pull requests", "Pull requests: Read and write", "github.pulls"),
    "read_issues": Right("read issues", "Issues: Read", "github.issues", writes=False),
    "issues": Right("write issues", "Issues: Read and write", "github.issues"),
}
"""By need, in the words of GitHub's settings."""
