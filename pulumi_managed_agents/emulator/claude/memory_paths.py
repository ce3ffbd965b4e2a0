"""Where memories lie: the form of a path, and which paths cannot exist together (section 2.3)."""

import unicodedata

from .errors import invalid

MAX_BYTES = 1024
MAX_SEGMENTS = 20
# Control and format characters, line and paragraph separators, and halves of a pair, which have no UTF-8 form.
_REFUSED = {"Cc", "Cf", "Zl", "Zp", "Cs"}


def check(path: str) -> None:
    """Refuses what is no path of a memory."""
    if any(unicodedata.category(letter) in _REFUSED for letter in path):
        raise invalid("path: must not contain control or format characters")
    if len(path.encode()) > MAX_BYTES:
        raise invalid(f"path: must have at most {MAX_BYTES} bytes")
    if not unicodedata.is_normalized("NFC", path):
        raise invalid("path: must be in Unicode Normalization Form C")
    root, *segments = path.split("/")
    if root or not 1 <= len(segments) <= MAX_SEGMENTS or any(segment in ("", ".", "..") for segment in segments):
        raise invalid(f"path: must start with '/' and have 1 to {MAX_SEGMENTS} segments, none empty, '.' or '..'")


def collide(one: str, other: str) -> bool:
    """Whether two memories cannot have these paths: they are the same, or one is a directory of the other."""
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def below(prefix: str, path: str) -> str | None:
    """The directory right below a prefix in which a path lies; None when it lies in the prefix itself."""
    first, slash, _ = path.removeprefix(prefix).partition("/")
    return f"{prefix}{first}/" if slash else None
