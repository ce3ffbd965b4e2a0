"""The code blocks of a document, as a reader finds them: commands with what they print, or text to put somewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if "reference" not in path.parts),
]
"""What people read. The pages of the reference are generated, and compared with a fresh generation."""

PROMPT = "$ "
VARIES = (
    (r"\b(agent|env|sesn|sesrsc|depl|vlt|vcrd|skill|memstore|mem|file|sevt)_[0-9A-Za-z]{20,}", r"\1_ID"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "TIME"),
    (r"\(\d+(\.\d+)?s\)", "(SECONDS)"),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
    (r"\d+ MB", "SIZE MB"),
    (r"\s+", " "),
)
"""What is another one each time: ids, times, ports, and where lines break."""


@dataclass(frozen=True)
class Command:
    """A command, and the lines that the document shows of its output."""

    line: str
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """One block of code."""

    where: str
    text: str

    @property
    def commands(self) -> list[Command]:
        """Its commands; none when the block holds no prompt."""
        if not self.text.startswith(PROMPT):
            return []
        return [_command(part) for part in re.split(r"^\$ ", self.text, flags=re.MULTILINE)[1:]]


def blocks_of(document: Path) -> list[Block]:
    """Every block of code, fenced or indented, in lists too, in its order."""
    found = [token for token in MarkdownIt().parse(document.read_text()) if token.type in ("fence", "code_block")]
    name = document.relative_to(ROOT)
    return [Block(f"{name}:{(token.map or [0])[0] + 1}", token.content) for token in found]


def table_of(document: Path, heading: str) -> list[str]:
    """The code in the first column of the tables below a heading."""
    section = document.read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE)


def missing_from(output: str, shown: tuple[str, ...]) -> list[str]:
    """The lines shown that the output does not have; the parts of a line around `...` count by themselves."""
    whole = settled(output)
    parts = [part for line in shown for part in line.split("...")]
    return [part for part in parts if settled(part) not in whole]


def settled(text: str) -> str:
    """A text without what varies."""
    for pattern, word in VARIES:
        text = re.sub(pattern, word, text)
    return text.strip()


def _command(part: str) -> Command:
    lines = part.splitlines()
    end = next(number for number, line in enumerate(lines) if not line.endswith("\\")) + 1
    return Command("\n".join(lines[:end]), tuple(line for line in lines[end:] if line.strip()))
