"""How Pulumi marks what plain JSON has no words for, on its wire and in exported states: objects with a signature."""

from __future__ import annotations

from typing import Final

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
"""The key under which a marked object says what it is."""

SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the signature of secrets, not one of them
OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
