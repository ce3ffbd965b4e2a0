"""What an upload of a skill must be: one directory with a SKILL.md that says what it is (section 2.4)."""

import hashlib
import re
from dataclasses import dataclass

from ..platform import Refusal
from ..platform.multipart import Part
from .errors import invalid

MAX_BYTES = 30 * 1024 * 1024
MAX_DESCRIPTION = 1024
RESERVED = ("anthropic", "claude")
_SLUG = re.compile(r"[a-z0-9-]{1,64}")
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):(?: +(.*))?")
_QUOTED = re.compile(r"\"([^\"\\]*)\"|'([^']*)'")
_STRUCTURE = tuple("[]{}|>&*!%@`\"'")
"""With these a value of YAML is more than plain text."""


@dataclass(frozen=True)
class Bundle:
    """A whole upload: the skill's slug, what it says of itself, and the hashes of its files."""

    name: str
    description: str
    files: dict[str, str]


def read(parts: list[Part]) -> Bundle:
    """The bundle of an upload, or a refusal."""
    if sum(part.size for part in parts) >= MAX_BYTES:
        raise Refusal(413, f"files: a skill must have less than {MAX_BYTES} bytes")
    contents = {_path(part): part.content for part in parts}
    if len(contents) != len(parts):
        raise invalid("files: a path is used twice")
    top = {path.partition("/")[0] for path in contents}
    if len(top) > 1:
        raise invalid("files: all must be in the same top-level directory")
    directory = top.pop()
    if f"{directory}/SKILL.md" not in contents:
        raise invalid("files: SKILL.md must be at the root of the directory")
    matter = front_matter(contents[f"{directory}/SKILL.md"])
    hashes = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    return Bundle(_slug(matter.get("name") or directory), _description(matter.get("description", "")), hashes)


def front_matter(content: bytes) -> dict[str, str]:
    """The `key: value` lines at the head of a SKILL.md. The rest of YAML is refused here, not understood."""
    try:
        first, *lines = content.decode().splitlines() or [""]
    except UnicodeDecodeError:
        raise invalid("SKILL.md: must be UTF-8 text") from None
    if first.rstrip() != "---" or "---" not in (line.rstrip() for line in lines):
        raise invalid("SKILL.md: must begin with front matter between lines of ---")
    matter: dict[str, str] = {}
    for line in lines:
        if line.rstrip() == "---":
            break
        if line.strip() and not line.startswith("#"):
            _enter(matter, line.rstrip())
    return matter


def _enter(matter: dict[str, str], line: str) -> None:
    match = _LINE.fullmatch(line)
    if match is None or match[1] in matter:
        raise invalid("SKILL.md: front matter has one `key: value` a line, each key once")
    matter[match[1]] = _value(match[1], match[2] or "")


def _value(key: str, text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        return quoted[1] or quoted[2] or ""
    plain = text.partition(" #")[0].strip()
    if plain.startswith(_STRUCTURE) or ": " in f"{plain} ":
        raise invalid(f"SKILL.md: {key} must be plain or quoted text on one line")
    return plain


def _path(part: Part) -> str:
    path = part.filename or ""
    segments = path.split("/")
    if len(segments) == 1 or any(segment in ("", ".", "..") for segment in segments) or "\\" in path:
        raise invalid("files: each needs a relative path below one directory as its file name")
    return path


def _slug(name: str) -> str:
    if not _SLUG.fullmatch(name):
        raise invalid("SKILL.md: name must have 1 to 64 lower-case letters, digits and hyphens")
    if any(word in name for word in RESERVED):
        raise invalid(f"SKILL.md: name must not contain {' or '.join(RESERVED)}")
    return name


def _description(text: str) -> str:
    if not 1 <= len(text) <= MAX_DESCRIPTION:
        raise invalid(f"SKILL.md: description must have 1 to {MAX_DESCRIPTION} characters")
    return text
