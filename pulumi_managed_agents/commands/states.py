"""The states that a command looks at: a stack's own, or exported ones, read anew when there is something new."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..apply.exported import read_state
from ..errors import NoState
from ..provider.configured import ConfiguredProvider
from .options.observed import STANDARD_INPUT
from .output import say
from .stack import NoStack, output_of, project_folder, read_stack
from .standard_state import standard_state, within
from .target import settings_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from ..apply.exported import Exported

EXPORTED_SECONDS: Final = 10.0
"""How long a stack's export counts as its state: it costs the engine half a second."""


class States:
    """What is looked at, and with what."""

    def __init__(self, options: argparse.Namespace, clock: Callable[[], float] = time.monotonic) -> None:
        """Reads all of it once.

        Raises:
            NoState: there is none.
            ConfigError: the settings cannot be used.
        """
        self._files: list[str] = options.files
        self._clock = clock
        self._known: dict[str, tuple[object, Exported]] = {}
        folder = project_folder(options.cwd)
        self._stack = None
        if not self._files:
            try:
                self._stack = read_stack(folder or options.cwd, options.stack)
            except NoStack as problem:
                raise NoState(f"There is no stack to look at: {problem}. Name exported states, or a `--cwd`.") from None
        settings, start = settings_of(options, self._stack)
        self.states()
        self.provider = ConfiguredProvider(settings, say, directory=start)

    def states(self) -> list[Exported]:
        """The states as they are now.

        Raises:
            NoState: there is none.
        """
        if self._stack is not None:
            return [self._of_stack(self._stack.name, self._stack.folder)]
        return [self._of_file(name) for name in dict.fromkeys(self._files)]

    def _of_stack(self, name: str, folder: Path) -> Exported:
        known = self._known.get(name)
        if known and self._clock() - float(str(known[0])) < EXPORTED_SECONDS:
            return known[1]
        text = output_of("pulumi", "stack", "export", "--stack", name, folder=folder)
        if text is None:
            raise NoState(f"`pulumi stack export --stack {name}` fails: see what it says in {folder}.")
        return self._keep(name, self._clock(), read_state(text.encode()))

    def _of_file(self, name: str) -> Exported:
        known = self._known.get(name)
        if name == STANDARD_INPUT:
            return known[1] if known else self._keep(name, None, standard_state())
        path = Path(name)
        try:
            found = path.stat()
            mark = (found.st_mtime_ns, found.st_size)
            if known and known[0] == mark:
                return known[1]
            return self._keep(name, mark, read_state(within(path.read_bytes())))
        except OSError as error:
            raise NoState(f"{name} cannot be read: {error.strerror}.") from None
        except NoState as problem:
            raise NoState(f"{name}: {problem}") from None
        except RecursionError:
            raise NoState(f"{name} is nested too deeply to be read.") from None

    def _keep(self, name: str, mark: object, exported: Exported) -> Exported:
        self._known[name] = (mark, exported)
        return exported


def is_terminal() -> bool:
    """Whether somebody looks at what is written."""
    return sys.stdout.isatty()
