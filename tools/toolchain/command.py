"""The command: takes the routes in order and prints the folder of the first engine it gets."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from toolchain import build, install, onpath
from toolchain.unavailable import Unavailable, sentence

ROUTE_VARIABLE = "MANAGED_AGENTS_TOOLCHAIN"


@dataclass(frozen=True)
class Route:
    """A way to an engine: `kept` looks for one that is there, `obtain` gets one or says why not."""

    kept: Callable[[Mapping[str, str]], Path | None]
    obtain: Callable[[Mapping[str, str]], Path]


ROUTES = {
    "path": Route(onpath.kept, onpath.obtain),
    "install": Route(install.kept, install.obtain),
    "build": Route(build.kept, build.obtain),
}


def main() -> int:
    """Print the folder that holds `pulumi`; status 1 and one sentence when there is no way to one."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        print(engine(os.environ))
    except Unavailable as failure:
        print(failure, file=sys.stderr)
        return 1
    except OSError as failure:
        print(f"the engine cannot be kept in the cache: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted: nothing half-built was left", file=sys.stderr)
        return 130
    return 0


def engine(environ: Mapping[str, str]) -> Path:
    """The folder of an engine: one that is there before one that must be installed or built."""
    routes = _chosen(environ)
    for route in routes:
        if found := route.kept(environ):
            return found
    failures = []
    for route in routes:
        try:
            return route.obtain(environ)
        except Unavailable as failure:
            failures.append(failure)
    raise Unavailable(sentence(failures))


def _chosen(environ: Mapping[str, str]) -> list[Route]:
    name = environ.get(ROUTE_VARIABLE)
    if not name:
        return list(ROUTES.values())
    if name not in ROUTES:
        raise Unavailable(f"{ROUTE_VARIABLE} is {name!r}: set it to one of {', '.join(ROUTES)}, or not at all")
    return [ROUTES[name]]


def _terminate(_number: int, _frame: FrameType | None) -> None:
    """End by an exception, so that the half-built folder is removed."""
    raise SystemExit(128 + signal.SIGTERM)
