"""The command `managed-agents`: what is done beside the engine."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, NoReturn

from .commands import check_access, doctor, emulator, import_, orphans, policy, recover, rotate
from .commands.output import say
from .emulator import EmulatorError
from .errors import ManagedAgentsError
from .printable import printable
from .version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (emulator, import_, check_access, rotate, policy, doctor, recover, orphans)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0; 1 for a failure that was explained; 2 for a wrong command line; more as a command says."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except (ManagedAgentsError, EmulatorError, OSError, ValueError) as error:
        say(f"managed-agents {options.name}: {error}")
        return 1
    return code


def parser() -> argparse.ArgumentParser:
    """The command line."""
    command_line = _Parser(prog="managed-agents", description="Tools beside the Pulumi provider.")
    command_line.add_argument("--version", action="version", version=__version__)
    commands = command_line.add_subparsers(required=True, dest="name", metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return command_line


class _Parser(argparse.ArgumentParser):
    """Repeats what it does not understand, which may have come from anywhere."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


if __name__ == "__main__":
    sys.exit(main())
