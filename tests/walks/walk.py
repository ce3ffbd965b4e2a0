"""Goes through a document as its reader does, block by block: what it says to type is run, what it shows is seen."""

from __future__ import annotations

import subprocess
from collections import deque
from typing import TYPE_CHECKING, Self

from walks.document import ROOT, blocks_of, missing_from

if TYPE_CHECKING:
    from types import TracebackType

    from engine.stack import Stack
    from walks.document import Block, Command


class Walk:
    """A document that is walked through beside a stack; at the end no block may be left."""

    def __init__(self, document: str, stack: Stack) -> None:
        self.document = ROOT / document
        self.stack = stack
        self.folder = stack.folder
        stack.environment["PULUMI_SKIP_CONFIRMATIONS"] = "true"
        self._blocks: deque[Block] = deque(blocks_of(self.document))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            assert [block.where for block in self._blocks] == [], "blocks that nobody came by"

    def read(self) -> str:
        """The next block, which is text: a program, a part of one, or a file."""
        block = self._blocks.popleft()
        assert not block.commands, f"{block.where} has commands"
        return block.text

    def run(self, *typed: str, code: int = 0, leave_out: tuple[str, ...] = ()) -> str:
        """Runs the commands of the next block, and sees what the document shows of them.

        `typed` are the secrets that the commands ask for; `code` is what the last command ends with.
        """
        block = self._blocks.popleft()
        assert block.commands, f"{block.where} has no command"
        given = deque(typed)
        outputs = [
            self._enter(block, command, given, code if command is block.commands[-1] else 0)
            for command in block.commands
            if command.line.partition("  #")[0].strip() not in leave_out
        ]
        assert not given, f"{block.where} asks for fewer secrets"
        return "".join(outputs)

    def see(self, output: str) -> None:
        """The next block shows nothing but what `output` has."""
        block = self._blocks.popleft()
        assert not block.commands, f"{block.where} has commands"
        self._compare(block, "the output", tuple(filter(str.strip, block.text.splitlines())), output)

    def _enter(self, block: Block, command: Command, given: deque[str], code: int) -> str:
        secret = given.popleft() if asks(command.line) else ""
        self.stack.secrets |= {secret} - {""}
        left = self.stack.folder.parent / "folder-of-the-shell"
        done = subprocess.run(
            ["bash", "--norc", "-euo", "pipefail", "-c", f'{command.line}\npwd >"{left}"'],
            cwd=self.folder,
            env=self.stack.environment,
            input=secret,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
        assert (done.returncode != 0) == (code != 0), f"{block.where}: {command.line}: {done.stdout}"
        self.stack.search("the output", done.stdout)
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
