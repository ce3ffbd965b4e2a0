"""`managed-agents requests`: what an emulator was asked."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

from .output import show, show_json
from .world import check_founded, opened, world_in

if TYPE_CHECKING:
    import argparse

    from ..emulator import Emulator

LOOK_SECONDS: Final = 0.25


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    path = world_in(options)
    check_founded(path)
    with opened(path) as emulator:
        if options.follow:
            _follow(emulator, as_json=options.json)
        elif options.json:
            show_json(emulator.control.requests())
        else:
            show(*map(_line, emulator.control.requests()))
    return 0


def _follow(emulator: Emulator, *, as_json: bool) -> None:
    seen = 0
    while True:
        for row in emulator.control.requests(seen):
            seen = row["n"]
            show(json.dumps(row) if as_json else _line(row))
        time.sleep(LOOK_SECONDS)


def _line(row: dict[str, Any]) -> str:
    return f"{row['time']}  {row['status']}  {row['method']:6} {row['path']}"
