"""Runs the `go` command: what it says is followed while it works, and its last words are kept for the error."""

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from toolchain.progress import Step
from toolchain.recipe import GO_VERSION, Module
from toolchain.unavailable import Unavailable

FLAGS = ("-trimpath", "-mod=readonly", "-buildvcs=false")
TAIL = 20
PACKAGE = re.compile(r"[\w.~+-]+(/[\w.~+-]+)*")


def check(module: Module) -> None:
    """Raise unless a Go is there that accepts the module's go.mod."""
    if not shutil.which("go"):
        raise Unavailable("Go is not installed", f"Go {GO_VERSION}")
    done = _ask(module, "env", "GOVERSION")
    if done.returncode != 0:
        print(done.stderr.strip(), file=sys.stderr)
        raise Unavailable("the Go that is installed cannot be used", f"Go {GO_VERSION}")


def ask(module: Module, *arguments: str) -> list[str]:
    """The lines `go` prints on stdout."""
    done = _ask(module, *arguments)
    if done.returncode != 0:
        raise _failed(arguments, done.returncode, done.stderr.splitlines()[-TAIL:])
    return done.stdout.splitlines()


def follow(module: Module, step: Step, heard: Callable[[str], bool], *arguments: str) -> None:
    """Run `go`, hand over each line it says; lines that `heard` does not take are kept for the error."""
    rest: deque[str] = deque(maxlen=TAIL)
    with _started(module, arguments) as (process, lines):
        while (line := _next(lines)) is not None:
            if line and not heard(line):
                rest.append(line)
            step.show()
        status = process.wait()
    if status != 0:
        raise _failed(arguments, status, list(rest))


def is_package(line: str) -> bool:
    """Whether a line of `go build -v` is the name of a package that is being compiled."""
    return bool(PACKAGE.fullmatch(line))


def _ask(module: Module, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["go", *arguments],
        cwd=module.folder,
        env=_environ(module),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _environ(module: Module) -> dict[str, str]:
    # A workspace or flags of the user's own projects must not reach these modules.
    environ = {**os.environ, "GOWORK": "off", "GOFLAGS": ""}
    return {**environ, "GOTOOLCHAIN": module.toolchain} if module.toolchain else environ


@contextmanager
def _started(
    module: Module, arguments: tuple[str, ...]
) -> Iterator[tuple[subprocess.Popen[str], "queue.Queue[str | None]"]]:
    """The running process and its lines; it and its compilers end with us, also on Ctrl-C."""
    # An interruption between the start and the `try` below would leave the process behind: it waits until then.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        process = _spawned(module, arguments)
        lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=_pump, args=(process.stdout, lines), daemon=True).start()
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            yield process, lines
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _spawned(module: Module, arguments: tuple[str, ...]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["go", *arguments],
        cwd=module.folder,
        env=_environ(module),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )


def _pump(stream: IO[str], lines: "queue.Queue[str | None]") -> None:
    with stream:
        for line in stream:
            lines.put(line.rstrip("\n"))
    lines.put(None)


def _next(lines: "queue.Queue[str | None]") -> str | None:
    """The next line, an empty one when none came for a while, None at the end."""
    try:
        return lines.get(timeout=0.5)
    except queue.Empty:
        return ""


def _failed(arguments: tuple[str, ...], status: int, tail: list[str]) -> Unavailable:
    command = " ".join(arguments[:2]) if arguments[0] == "mod" else arguments[0]
    print("\n".join(tail), file=sys.stderr)
    return Unavailable(f"building it failed (`go {command}` ended with status {status}, its last words are above)")
