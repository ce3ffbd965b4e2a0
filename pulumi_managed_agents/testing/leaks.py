"""Looks for secrets of a test where none should be: in what was printed, in the state, in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

LARGEST = 50_000_000
"""Bytes of a file that is looked at; nothing that a stack leaves is larger."""


def leaks(secrets: Iterable[str], texts: Mapping[str, str], files: Iterable[Path]) -> list[str]:
    """Where a secret is found: the names of texts, and the files."""
    wanted = [secret for secret in secrets if secret]
    return list(_found(wanted, texts, files)) if wanted else []


def _found(secrets: list[str], texts: Mapping[str, str], files: Iterable[Path]) -> Iterator[str]:
    yield from (name for name, text in texts.items() if any(secret in text for secret in secrets))
    sought = [secret.encode() for secret in secrets]
    for file in files:
        if file.is_file() and file.stat().st_size <= LARGEST:
            content = file.read_bytes()
            if any(secret in content for secret in sought):
                yield str(file)
