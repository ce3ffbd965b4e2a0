"""`managed-agents completion`: a script with which a shell completes commands, options and files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shtab

from .output import show

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
    parser.set_defaults(command=_print)


def _print(options: argparse.Namespace) -> int:
    whole: argparse.ArgumentParser = options.command_line()
    _mark_files(whole)
    show(*shtab.complete(whole, options.shell).splitlines())
    return 0


def _mark_files(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        for below in dict(action.choices or {}).values() if action.nargs == "A..." else ():
            _mark_files(below)
