"""The command: makes the wheel and the archives, and prints what it made."""

import argparse
import sys
from pathlib import Path

from distribution import archive, folder, wheel
from distribution.failure import Failure
from distribution.platforms import PLATFORMS, current


def main() -> int:
    """Make everything; status 1 and one sentence when something cannot be made."""
    parser = argparse.ArgumentParser(prog="tools/distribution", description="Makes the wheel and the plugin's archives.")
    parser.add_argument("--platforms", default=current(), help=f"all, or some of {', '.join(PLATFORMS)} (default: ours)")
    parser.add_argument("--output", type=Path, default=wheel.ROOT / "dist", help="the folder to fill (default: dist)")
    arguments = parser.parse_args()
    try:
        _make(_named(arguments.platforms), arguments.output.absolute())
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def _named(platforms: str) -> list[str]:
    names = list(PLATFORMS) if platforms == "all" else platforms.replace(",", " ").split()
    unknown = [name for name in names if name not in PLATFORMS]
    if unknown:
        raise Failure(f"there is no archive for {', '.join(unknown)}: choose all, or some of {', '.join(PLATFORMS)}")
    return names


def _make(platforms: list[str], output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    built = wheel.build(output)
    print(built)
    print(folder.build(built, output))
    for name in platforms:
        made = archive.build(PLATFORMS[name], built, output)
        print(f"{made}  {made.stat().st_size / 2**20:.0f} MiB  sha256 {archive.digest(made)}")
