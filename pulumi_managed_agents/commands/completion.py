"""`managed-agents completion`: a script with which a shell completes commands, options and files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shtab

from .output import show

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
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
