"""What `managed-agents redact` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .target import add_target

if TYPE_CHECKING:
    import argparse


def add(redact: argparse.ArgumentParser) -> None:
    """Says what the command takes."""
    redact.description = (
        "Takes path, text and digest out of versions of memories for ever; who changed what when stays. What a memory "
        "says now cannot be redacted (on Claude): write something else to it, or delete it, first. The platform is the "
        "environment's, or an emulator's file. Asks before it does anything, unless --yes says so. Exit code 0: all of "
        "them are redacted; 1: some are not, or nobody agreed."
    )
    redact.add_argument("store", metavar="MEMORY_STORE", help="the id of the memory store")
    redact.add_argument("versions", metavar="VERSION", nargs="+", help="the ids of the versions")
    redact.add_argument("--yes", action="store_true", help="do not ask")
    redact.add_argument("--json", action="store_true", help="what was redacted, and what was not and why, as JSON")
    add_target(redact)
