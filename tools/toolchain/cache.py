"""The per-user cache of finished engines: one folder per recipe, made as a whole or not at all."""

import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from toolchain import manifest, private, proof, recipe


def folder(route: str, environ: Mapping[str, str]) -> Path:
    """Where the engine of a route is kept, whether it exists or not."""
    return private.cache(environ) / "engine" / recipe.key(route)


def kept(route: str, environ: Mapping[str, str]) -> Path | None:
    """The folder of programs, if the cache holds a whole engine of this route."""
    private.close(environ)
    engine = folder(route, environ)
    return None if manifest.faults(engine) else engine / "bin"


def settle(engine: Path, environ: Mapping[str, str], fill: Callable[[Path], None]) -> Path:
    """Make sure the engine is there and whole; `fill` puts what is missing into the folder it is given."""
    private.make(engine.parent, environ)
    with _alone(engine.with_name(engine.name + ".lock")):
        broken = manifest.faults(engine)
        if broken:
            _announce(engine, broken)
            _make(engine, fill)
    return engine / "bin"


def _announce(engine: Path, broken: dict[str, str]) -> None:
    if engine.exists():
        listed = ", ".join(f"{name} {fault}" for name, fault in broken.items())
        print(f"the engine in the cache is broken ({listed}): repairing it", file=sys.stderr)


def _make(engine: Path, fill: Callable[[Path], None]) -> None:
    """Fill a folder beside the final place, prove it and move it there: nobody ever sees a half engine."""
    partial = engine.with_name(engine.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        programs = partial / "bin"
        programs.mkdir(parents=True)
        for path in manifest.intact(engine):
            os.link(path, programs / path.name)
        fill(programs)
        proof.prove(programs)
        manifest.write(partial)
        _replace(engine, partial)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _replace(engine: Path, partial: Path) -> None:
    """Put `partial` in the place of `engine`; a folder cannot be renamed onto one that holds files."""
    broken = engine.with_name(engine.name + ".broken")
    shutil.rmtree(broken, ignore_errors=True)
    if engine.exists():
        engine.rename(broken)
    partial.rename(engine)
    shutil.rmtree(broken, ignore_errors=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock file; the system lets go of it when the process ends, however it ends."""
    with path.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another build is under way, waiting", file=sys.stderr)
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
