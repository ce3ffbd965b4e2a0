"""What `managed-agents check-access` takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...resources.parts.needs import RIGHTS
from .target import add_target

if TYPE_CHECKING:
    import argparse


def add(check: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    check.description = (
        "Asks GitHub whether a token, or nobody in particular, can clone a repository. Exit code 0: it can; 1: it "
        "cannot, and why; 3: GitHub gave no answer, or does not tell whether the token has what is needed: "
        "what fine-grained tokens may write it never tells."
    )
    check.add_argument("url", help="the repository, as https://github.com/OWNER/REPOSITORY")
    wanted = check.add_mutually_exclusive_group()
    wanted.add_argument("--branch", help="a branch that has to be there")
    wanted.add_argument("--commit", help="a commit that has to be there")
    check.add_argument(
        "--needs", action="append", choices=sorted(RIGHTS), help="what else the token has to allow; may be repeated"
    )
    token = check.add_mutually_exclusive_group()
    token.add_argument("--token-variable", metavar="NAME", help="the environment variable that holds the token")
    token.add_argument("--token-file", type=Path, help="a file that holds the token; - for standard input")
    check.add_argument("--json", action="store_true", help="as JSON")
    add_target(check)
