"""The command `managed-agents`: the emulator, its request log, and recovery after a crash."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import apply
from .config import configure
from .connect import connect
from .emulator import Emulator, EmulatorError
from .errors import ManagedAgentsError
from .recover import recovered
from .version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Kind
    from .values import Bag


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, 1 for a failure that was explained, 2 for words that make no command."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except (ManagedAgentsError, EmulatorError, OSError, ValueError) as error:
        _say(f"managed-agents {options.name}: {error}")
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="managed-agents", description="Tools beside the Pulumi provider.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, dest="name", metavar="COMMAND")

    serve = commands.add_parser(
        "emulator",
        help="serve the emulator, and a page that shows what is in it, on a loopback port until it is interrupted",
    )
    serve.add_argument("--port", type=int, default=0, help="the port (default: a free one)")
    serve.add_argument(
        "--file", type=Path, default=Path("managed-agents.emulator"), help="the file that holds its world"
    )
    serve.set_defaults(command=_emulator)

    requests = commands.add_parser("requests", help="print the requests that an emulator got")
    requests.add_argument("file", type=Path, help="the file that holds the emulator's world")
    requests.set_defaults(command=_requests)

    recover = commands.add_parser(
        "recover",
        help="settle the creates that a crash left pending",
        description="Reads `pulumi stack export` from standard input and writes the state for `pulumi stack import`; "
        "run `pulumi refresh` afterwards. The platform is the one of the environment, or the emulator's.",
    )
    recover.add_argument("--emulator", type=Path, help="the file of the emulator that the stack ran against")
    recover.set_defaults(command=_recover)
    return parser


def _emulator(options: argparse.Namespace) -> int:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    emulator = Emulator(options.file)
    try:
        with emulator.serve(port=options.port) as server:
            print(server.url, flush=True)
            # Beside the address, which programs read: for the person who started it.
            _say("Open this address in a browser to see what is deployed and what was asked. Ctrl-C ends it.")
            ended.wait()
    finally:
        emulator.close()
    return 0


def _requests(options: argparse.Namespace) -> int:
    if not options.file.exists():
        raise ValueError(f"there is no file {str(options.file)!r}")
    emulator = Emulator(options.file)
    try:
        for row in emulator.control.requests():
            print(f"{row['time']}  {row['status']}  {row['method']:6} {row['path']}")
    finally:
        emulator.close()
    return 0


def _recover(options: argparse.Namespace) -> int:
    exported: dict[str, Any] = json.load(sys.stdin)
    given = {"emulator": str(options.emulator) if options.emulator else None}
    context = apply.Context(connect(configure(given, os.environ)), _say)

    def find(kind: Kind, inputs: Bag) -> str | None:
        made = apply.find_made(kind, inputs, context)
        return made.id if made else None

    state, findings = recovered(exported, find)
    for finding in findings:
        _say(f"{finding.urn}: {f'found as {finding.id}' if finding.id else 'nothing was created'}")
    json.dump(state, sys.stdout, indent=2)
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
