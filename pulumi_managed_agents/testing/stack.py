"""A program under test: a copy of its folder, on the real engine, with a backend and a home of its own."""

from __future__ import annotations

import json
import os
import secrets as chance
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from ..declaration.tokens import PACKAGE
from .leaks import leaks
from .run import Run, operations_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .platform import EmulatedPlatform

PASSPHRASE: Final = "the passphrase of a test"  # noqa: S105 - the stack is gone when the test ends
NAME: Final = "test"
SECONDS: Final = 600
"""How long one command of the engine may take."""

_INSTALLED: Final = ("venv", ".venv", "node_modules")
"""What is used where it is, since it is large and no part of the program."""
_LEFT_OUT: Final = shutil.ignore_patterns("*.emulator*", "__pycache__", ".git", *_INSTALLED)
_OF_OTHERS: Final = ("ANTHROPIC_", "QODER_", "PULUMI_", "ACTIONS_ID_TOKEN_")
"""Variables that would lead a test to a real platform, or to somebody's stacks."""


class EngineFailed(AssertionError):
    """A command of the engine failed; the text is what it printed."""


class Stack:
    """A stack of a program, for one test."""

    def __init__(self, program: Path, folder: Path, platform: EmulatedPlatform) -> None:
        """Copies the program's folder to one below `folder`; its stack runs against the emulated platform."""
        self.platform = platform
        self.folder = folder / program.name
        shutil.copytree(program, self.folder, ignore=_LEFT_OUT)
        for name in _INSTALLED:
            if (program / name).is_dir():
                (self.folder / name).symlink_to((program / name).resolve())
        self._written = {path.relative_to(self.folder): path.read_bytes() for path in _files(self.folder)}
        self._top = folder
        self._secrets: list[str] = []
        self._told: defaultdict[str, str] = defaultdict(str)
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(_OF_OTHERS)},
            "PULUMI_BACKEND_URL": f"file://{folder}",
            "PULUMI_HOME": str(folder / "home"),
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            # Without it there is no log of the engine's events.
            "PULUMI_DEBUG_COMMANDS": "true",
            "PULUMI_PYTHON_CMD": sys.executable,
            # The plugin that is installed beside the package under test.
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        }
        (folder / "home").mkdir()
        self._pulumi("stack init", NAME)
        self.configure(f"{PACKAGE}:platform", platform.key)
        for name in self._settings_of("emulator"):
            self.configure(name, str(platform.path))

    def _settings_of(self, word: str) -> list[str]:
        """The settings of the project whose name ends so; that of the default provider where there is none."""
        config = yaml.safe_load((self.folder / "Pulumi.yaml").read_text()).get("config") or {}
        return [name for name in config if name.lower().endswith(word)] or [f"{PACKAGE}:{word}"]

    def configure(self, name: str, value: str) -> None:
        """Sets configuration, as `pulumi config set`."""
        self._pulumi("config set", name, "--", value)

    def secret(self, name: str, value: str | None = None) -> str:
        """Sets a secret, made up where no value is given; from now on it is looked for wherever it should not be."""
        value = value or f"made-up-{chance.token_hex(12)}"
        self._secrets.append(value)
        self._pulumi("config set", "--secret", name, typed=value)
        return value

    def up(self, *arguments: str) -> Run:
        """`pulumi up`."""
        return self._run("up", "--yes", "--skip-preview", *arguments)

    def preview(self, *arguments: str) -> Run:
        """`pulumi preview`."""
        return self._run("preview", *arguments)

    def refresh(self, *arguments: str) -> Run:
        """`pulumi refresh`."""
        return self._run("refresh", "--yes", "--skip-preview", *arguments)

    def destroy(self, *arguments: str) -> Run:
        """`pulumi destroy`."""
        return self._run("destroy", "--yes", "--skip-preview", *arguments)

    def rotate(self, name: str, value: str | None = None) -> Run:
        """Gives a secret another value, and runs `pulumi up`."""
        self.secret(name, value)
        return self.up()

    def state(self) -> dict[str, Any]:
        """The exported state, in which secrets are encrypted."""
        deployment: dict[str, Any] = json.loads(self._pulumi("stack export"))["deployment"]
        return deployment

    def write(self, name: str, text: str) -> None:
        """Writes a file of the program, or another text of it."""
        (self.folder / name).write_text(text)
        self._written[Path(name)] = text.encode()

    def leaks(self) -> list[str]:
        """Where one of the secrets is found: what the engine printed, the state, the files that runs have left."""
        if not self._secrets:
            return []
        told = {**self._told, "the exported state": self._pulumi("stack export")}
        return leaks(self._secrets, told, self._left())

    def _left(self) -> Iterator[Path]:
        """The files that are not as the program's author wrote them."""
        for path in _files(self._top):
            within = path.relative_to(self.folder) if path.is_relative_to(self.folder) else None
            if within is None or self._written.get(within) != path.read_bytes():
                yield path

    def _run(self, command: str, *arguments: str) -> Run:
        log = self._top / "events.json"
        log.unlink(missing_ok=True)
        self.platform.requests()
        text = self._pulumi(command, *arguments, "--event-log", str(log))
        events = [json.loads(line) for line in log.read_text().splitlines()]
        requests = self.platform.requests()
        return Run(operations_in(events), requests, self._outputs(), text)

    def _outputs(self) -> Mapping[str, Any]:
        outputs: dict[str, Any] = json.loads(
            self._pulumi("stack output", "--json", "--show-secrets", keep=False) or "{}"
        )
        return outputs

    def _pulumi(self, command: str, *arguments: str, typed: str | None = None, keep: bool = True) -> str:
        """What a command of the engine prints, which is kept to be searched for secrets unless it shows them.

        Raises:
            EngineFailed: it did not work.
        """
        chosen = ("--stack", NAME) if command != "stack init" else ()
        run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run
        done = run(
            ["pulumi", *command.split(), *chosen, "--non-interactive", *arguments],
            cwd=self.folder,
            env=self._environment,
            input=typed or "",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if keep else subprocess.DEVNULL,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        if keep:
            self._told[f"what `pulumi {command}` printed"] += done.stdout
        if done.returncode:
            raise EngineFailed(f"pulumi {command}: exit code {done.returncode}\n{done.stdout}")
        return done.stdout


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
