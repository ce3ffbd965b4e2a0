"""The file of an emulator's world, as commands are given it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..emulator import Emulator, EmulatorError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

_BEGINNING: Final = b"SQLite format 3\0"


def world_in(options: argparse.Namespace) -> Path:
    """The file that the options name.

    Raises:
        ValueError: none, or two.
    """
    named = list(dict.fromkeys(path for path in (options.file, options.emulator) if path is not None))
    if len(named) > 1:
        raise ValueError(f"two files are named, {str(named[0])!r} and {str(named[1])!r}: name one")
    if not named and not options.world:
        raise ValueError("name the file of an emulator, such as `quickstart.emulator`")
    return named[0] if named else Path(options.world)


def check_founded(path: Path) -> None:
    """Refuses what is no world: an emulator would make one of it.

    Raises:
        ValueError: it is none.
    """
    if not path.exists():
        raise ValueError(f"there is no file {str(path)!r}")
    if not path.is_file():
        raise ValueError(f"{str(path)!r} is no file")
    with path.open("rb") as file:
        if file.read(len(_BEGINNING)) != _BEGINNING:
            raise ValueError(f"there is no emulator in {str(path)!r}")


@contextmanager
def opened(path: Path) -> Iterator[Emulator]:
    """The emulator with its world in the file.

    Raises:
        ValueError: the file cannot be used.
    """
    try:
        with Emulator(path) as emulator:
            yield emulator
    except EmulatorError as error:
        raise ValueError(str(error)) from None
