"""The command: makes what was asked for, and prints what it made."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from distribution import archive, folder, sdks, wheel
from distribution.failure import Failure
from distribution.platforms import PLATFORMS, current


def main() -> int:
    """Make everything; status 1 and one sentence when something cannot be made."""
    arguments = _parser().parse_args()
    output: Path = arguments.output.absolute()
    try:
        for made in arguments.make(arguments, output):
            print(made)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tools/distribution", description="Makes what is released.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    release = commands.add_parser("release", help="the wheel, the plugin as a folder, and its archives")
    release.add_argument(
        "--platforms", default=current(), help=f"all, or some of {', '.join(PLATFORMS)} (default: this one)"
    )
    release.add_argument("--output", type=Path, default=wheel.ROOT / "dist", help="the folder to fill (default: dist)")
    release.set_defaults(make=_release)

    generated = commands.add_parser("sdks", help="the SDKs for programs, from schema.json")
    generated.add_argument("languages", nargs="*", help=f"some of {', '.join(sdks.LANGUAGES)} (default: all)")
    generated.add_argument("--output", type=Path, default=wheel.ROOT / "sdks", help="likewise (default: sdks)")
    generated.set_defaults(make=_sdks)
    return parser


def _release(arguments: argparse.Namespace, output: Path) -> Iterator[str]:
    names = _known(arguments.platforms.replace(",", " ").split(), tuple(PLATFORMS), "all")
    output.mkdir(parents=True, exist_ok=True)
    built = wheel.build(output)
    yield str(built)
    yield str(folder.build(built, output))
    for name in names:
        made = archive.build(PLATFORMS[name], built, output)
        yield f"{made}  {made.stat().st_size / 2**20:.0f} MiB  sha256:{archive.digest(made)}"


def _sdks(arguments: argparse.Namespace, output: Path) -> Iterator[str]:
    languages = _known(arguments.languages or ["all"], sdks.LANGUAGES, "all")
    yield from (str(made) for made in sdks.build(languages, output))


def _known(names: list[str], choices: tuple[str, ...], every: str) -> list[str]:
    if names == [every]:
        return list(choices)
    unknown = [name for name in names if name not in choices]
    if unknown:
        raise Failure(f"{', '.join(unknown)} is not known: choose {every}, or some of {', '.join(choices)}")
    return names
