"""What `managed-agents completion` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shtab

if TYPE_CHECKING:
    import argparse


def add(parser: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    parser.description = (
        "Prints the script. For bash: `managed-agents completion bash > "
        "~/.local/share/bash-completion/completions/managed-agents`; for zsh, `_managed-agents` in a folder of "
        "`$fpath`. Exit code 0: it is printed."
    )
    parser.add_argument("shell", choices=sorted(shtab.SUPPORTED_SHELLS), help="the shell")
