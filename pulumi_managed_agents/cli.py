"""The command `managed-agents`: what is done beside the engine."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Final, NoReturn

from .commands.output import say
from .errors import ManagedAgentsError
from .on_demand import defined
from .printable import printable
from .version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "emulator": (
        "emulator",
        "serve the emulator, and a page that shows what is in it, on a loopback port until it is interrupted",
    ),
    "requests": ("requests", "print the requests that an emulator got"),
    "import": ("import_", "write a program for what exists already, and the file that `pulumi import` takes"),
    "check-access": ("check_access", "ask GitHub whether a token can clone a repository"),
    "rotate": ("rotate", "run `pulumi up` for what has to be renewed, and nothing else"),
    "policy": ("policy", "look at an exported state with the rules of the policy pack"),
    "status": ("status", "show what runs: sessions, mounts, deployments, drift, and what of it needs somebody"),
    "ui": ("ui", "serve a page that shows what runs, on a loopback port until it is interrupted"),
    "events": ("events", "print what has happened in a session, and with --follow what happens"),
    "doctor": ("doctor", "look at versions, the engine, the plugin, the stack, credentials and the platform"),
    "recover": ("recover", "settle the creates that a crash left pending"),
    "orphans": ("orphans", "list what was made for a stack and is not in its state"),
    "redact": ("redact", "take what versions of memories say out of the history, for ever"),
    "completion": ("completion", "print a script with which a shell completes this command"),
}
"""The module of each command, in `commands` and in `commands/options`, and what the command does in a line."""

INTERRUPTED, UNREAD = 130, 141
"""As a shell has them for what an interrupt, or a reader that went away, has ended."""

EXIT_CODES: Final = (
    "Exit code 0: done; 1: it failed, for the reason that is told; 2: a wrong command line; 130: it was interrupted; "
    "141: whoever read the output went away; others as the help of a command says."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; what its exit code means is told by `EXIT_CODES` and the command's help."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = parser(next((word for word in words if not word.startswith("-")), "")).parse_args(words)
    options.command_line = parser
    try:
        code: int = defined(f".commands.{COMMANDS[options.name][0]}:run", __package__)(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain of it once more as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except KeyboardInterrupt:
        return INTERRUPTED
    except (ManagedAgentsError, OSError, ValueError) as error:
        say(f"managed-agents {options.name}: {_words(error)}")
        return 1
    return code


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """The command line; with what `only` one command takes, since to describe all of them takes a while."""
    command_line = _Parser(prog="managed-agents", description="Tools beside the Pulumi provider.", epilog=EXIT_CODES)
    command_line.add_argument("--version", action="version", version=__version__, help="print the version")
    commands = command_line.add_subparsers(required=True, dest="name", metavar="COMMAND")
    for name, (module, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary)
        if only in (None, name):
            defined(f".commands.options.{module}:add", __package__)(command)
    return command_line


class _Parser(argparse.ArgumentParser):
    """Repeats what it does not understand, which may have come from anywhere."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


if __name__ == "__main__":
    sys.exit(main())
