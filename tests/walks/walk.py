"""Goes through a document as its reader does, block by block: what it says to type is run, what it shows is seen."""

from __future__ import annotations

import contextlib
import subprocess
from collections import deque
from typing import TYPE_CHECKING, Protocol, Self

from walks.document import ROOT, Block, Command, blocks_of, missing_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType


class Place(Protocol):
    """Where a reader sits: a folder, what a shell knows there, and the secrets that nobody may see."""

    folder: Path
    environment: dict[str, str]
    secrets: set[str]

    def search(self, where: str, text: str) -> None:
        """Fails when a text has a secret in it."""


class Walk:
    """A document that is walked through; at the end no block may be left."""

    def __init__(self, document: str, place: Place) -> None:
        self.document = ROOT / document
        self.go_on(place)
        self.blocks: deque[Block] = deque(blocks_of(self.document))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            assert [block.where for block in self.blocks] == [], "blocks that nobody came by"

    def go_on(self, place: Place) -> None:
        """From here on the reader is beside another stack."""
        self.place, self.folder = place, place.folder
        place.environment["PULUMI_SKIP_CONFIRMATIONS"] = "true"

    def read(self) -> str:
        """The next block, which is text: a program, a part of one, or a file."""
        block = self.blocks.popleft()
        assert not block.commands, f"{block.where} has commands"
        return block.text

    def run(self, *typed: str, refused: bool = False, leave_out: tuple[str, ...] = ()) -> str:
        """Runs the commands of the next block, and sees what the document shows of them.

        `typed` are the secrets that the commands ask for; `refused`: the last command has to fail.
        """
        block = self.blocks.popleft()
        commands = [each for each in block.commands if each.line.partition("  #")[0].strip() not in leave_out]
        assert commands, f"{block.where} has no command"
        given = deque(typed)
        outputs = [self._enter(block, each, given, refused=refused and each is commands[-1]) for each in commands]
        assert not given, f"{block.where} asks for fewer secrets"
        return "".join(outputs)

    @contextlib.contextmanager
    def start(self) -> Iterator[str]:
        """Starts the one command of the next block, which goes on until the reader is done with it; its first line."""
        block = self.blocks.popleft()
        (command,) = block.commands
        running = subprocess.Popen(
            ["bash", "--norc", "-c", f"exec {command.line}"],
            cwd=self.folder,
            env=self.place.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        with running:
            try:
                assert running.stdout
                first = running.stdout.readline()
                self._compare(block, command.line, command.shown, first)
                yield first.strip()
            finally:
                running.terminate()

    def follow(self, commands: list[str]) -> list[str]:
        """Runs commands that stand in a table; what they print."""
        block = Block(str(self.document.relative_to(ROOT)), "")
        return [self._enter(block, Command(line, ()), deque(), refused=False) for line in commands]

    def see(self, output: str) -> None:
        """The next block shows nothing but what `output` has."""
        block = self.blocks.popleft()
        assert not block.commands, f"{block.where} has commands"
        self._compare(block, "the output", tuple(filter(str.strip, block.text.splitlines())), output)

    def _enter(self, block: Block, command: Command, given: deque[str], *, refused: bool) -> str:
        secret = given.popleft() if asks(command.line) else ""
        self.place.secrets |= {secret} - {""}
        left = self.place.folder.parent / "folder-of-the-shell"
        done = subprocess.run(
            ["bash", "--norc", "-euo", "pipefail", "-c", f'{command.line}\npwd >"{left}"'],
            cwd=self.folder,
            env=self.place.environment,
            input=secret,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
        assert (done.returncode != 0) == refused, f"{block.where}: {command.line}: {done.stdout}"
        self.place.search("the output", done.stdout)
        self._compare(block, command.line, command.shown, done.stdout)
        if done.returncode == 0:
            self.folder = type(self.folder)(left.read_text().strip())
        return done.stdout

    def _compare(self, block: Block, what: str, shown: tuple[str, ...], output: str) -> None:
        missing = missing_from(output, shown)
        assert missing == [], f"{block.where}: {what} does not print {missing}, but:\n{output}"


def asks(command: str) -> bool:
    """Whether a command wants a secret typed."""
    return "config set --secret" in command and "|" not in command and "<" not in command
