"""A Pulumi stack under test: a program, the real CLI, and the emulator that it runs against."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import once

from pulumi_managed_agents.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pulumi_managed_agents.emulator import Server

PROJECT = "under-test"
_OURS = {"__main__.py", "resources.json", "Pulumi.yaml"}
"""What the test itself wrote: it may hold the secrets that it declares."""

_NOT_DECLARED = {"pulumi:pulumi:Stack", "pulumi:providers:pulumi-python"}
"""What no program declares. The provider of the dynamic resources is updated whenever the configuration is."""

TABLE_PROGRAM = '''
"""Declares the resources of resources.json, in order; {"$ref": "NAME.PROPERTY"} stands for another one's output."""
import json, pathlib, pulumi
import pulumi_managed_agents as ma

made = {}

def value(item):
    if isinstance(item, dict) and "$ref" in item:
        name, _, prop = item["$ref"].partition(".")
        return getattr(made[name], prop) if prop else made[name]
    if isinstance(item, dict) and "$secret" in item:
        return pulumi.Output.secret(item["$secret"])
    if isinstance(item, dict):
        return {key: value(part) for key, part in item.items()}
    return [value(part) for part in item] if isinstance(item, list) else item

for row in json.loads(pathlib.Path("resources.json").read_text()):
    options = pulumi.ResourceOptions(**row.get("options", {}))
    made[row["name"]] = getattr(ma, row["kind"])(row["name"], opts=options, **value(row["args"]))
    pulumi.export(row["name"], made[row["name"]].id)
'''
"""A program driven by a table, so that a test changes data and never code."""


@dataclass(frozen=True)
class Run:
    """What one command did: its exit code, all it printed, and the engine's events."""

    code: int
    output: str
    events: list[dict[str, Any]] = field(default_factory=list)

    @property
    def operations(self) -> dict[str, list[str]]:
        """The operations by resource name, in the engine's words and order, without `same`."""
        found: dict[str, list[str]] = {}
        for event in self.events:
            step = event.get("resourcePreEvent", {}).get("metadata")
            if step and step["op"] not in ("same", "read", "refresh") and step["type"] not in _NOT_DECLARED:
                found.setdefault(step["urn"].rpartition("::")[2], []).append(step["op"])
        return found

    @property
    def refreshed(self) -> dict[str, str]:
        """What a refresh found, by resource name, without `same`."""
        steps = (event.get("resOutputsEvent", {}).get("metadata") for event in self.events)
        return {step["urn"].rpartition("::")[2]: step["op"] for step in steps if step and step["op"] != "same"}

    @property
    def diagnostics(self) -> list[tuple[str, str]]:
        """Severity and text of what the engine told the user."""
        told = (event.get("diagnosticEvent") for event in self.events)
        return [(item["severity"], item["message"]) for item in told if item and not item.get("ephemeral")]


class Stack:
    """Runs the CLI for one stack; every output, and the exported state, is searched for `secrets`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.backend = folder / "project", folder
        self.folder.mkdir()
        self.secrets: set[str] = set()
        self.emulator_path = self.folder / "world.emulator"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ANTHROPIC_", "PULUMI_"))},
            "PULUMI_BACKEND_URL": f"file://{folder}",
            "PULUMI_HOME": str(once.home(folder / "home")),
            "PULUMI_CONFIG_PASSPHRASE": once.PASSPHRASE,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
            "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
            "PULUMI_DEBUG_COMMANDS": "true",
            "PULUMI_PYTHON_CMD": str(once.python()),
            "PYTHONPATH": str(once.ABSENT),
        }
        (self.folder / "Pulumi.yaml").write_text(f"name: {PROJECT}\nruntime: python\n")
        self.program(TABLE_PROGRAM)
        self.initialise()
        self.configure("managed-agents:emulator", self.emulator_path.name)

    platform = "claude"
    token = "pulumi-python:dynamic/managedagents:"
    """What the type tokens of the front end begin with."""

    def initialise(self, name: str = "dev") -> None:
        """Makes a stack of the project, with nothing in it, and selects it."""
        self.stack = name
        once.initialised(self.folder, self.backend, Path(self.environment["PULUMI_HOME"]), name)

    def pending(self, name: str) -> str:
        """Why a resource is not ready, as the state keeps it; empty when it is."""
        return str(self.state()[name]["outputs"].get("pending", ""))

    def words(self, text: str) -> str:
        """A sentence as users of the front end read it: Python programs have their own names of properties."""
        return re.sub(r"`[^`]*`", lambda name: re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name[0]).lower(), text)

    def program(self, source: str) -> None:
        """Replaces the program."""
        (self.folder / "__main__.py").write_text(source)

    def declare(self, *rows: dict[str, Any]) -> None:
        """What the table program declares: rows of kind, name, args and options."""
        (self.folder / "resources.json").write_text(json.dumps(rows))

    def write(self, files: Mapping[str, str]) -> None:
        """Writes local files beside the program."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def objects(self, collection: str) -> list[dict[str, Any]]:
        """What the platform has of a collection."""
        with self.emulator() as emulator:
            return [dict(item) for item in emulator.control.on(self.platform).objects(collection)]

    def use(self, platform: str) -> None:
        """Runs against another platform."""
        self.platform = platform
        self.configure("managed-agents:platform", platform)

    def configure(self, key: str, value: str, *, secret: bool = False) -> None:
        """Sets stack configuration; a secret is looked for in every later output."""
        if secret:
            self.secrets.add(value)
        once.configured(self.folder, self.stack, key, value, secret=secret)

    def forget(self, key: str) -> None:
        """Takes stack configuration back."""
        once.configured(self.folder, self.stack, key, None, secret=False)

    def run(self, *arguments: str, env: dict[str, str] | None = None, timeout: float = 240) -> Run:
        """Runs `pulumi` with the arguments; operations write the engine's events."""
        log = self.folder / "events.json"
        log.unlink(missing_ok=True)
        followed = arguments[0] in ("up", "preview", "refresh", "destroy") and "--json" not in arguments
        command = ["pulumi", *arguments, *(["--event-log", str(log)] if followed else []), "--non-interactive"]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**self.environment, **(env or {})},
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
        )
        events = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        self.search("the output", done.stdout)
        self.search("the engine's events", log.read_text() if log.exists() else "")
        return Run(done.returncode, done.stdout, events)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Starts `pulumi` and leaves it running."""
        return subprocess.Popen(
            ["pulumi", *arguments, "--non-interactive"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def succeed(self, *arguments: str, **more: Any) -> Run:
        """As `run`, for a command that has to work."""
        done = self.run(*arguments, **more)
        assert done.code == 0, done.output
        return done

    def fail(self, *arguments: str, **more: Any) -> Run:
        """As `run`, for a command that has to be refused: with an error, and never with a traceback."""
        done = self.run(*arguments, **more)
        assert done.code != 0, done.output
        assert "Traceback" not in done.output, done.output
        return done

    def up(self, *arguments: str) -> Run:
        """`pulumi up`, which has to work."""
        return self.succeed("up", "--yes", "--skip-preview", *arguments)

    def preview(self, *arguments: str, **more: Any) -> Run:
        """`pulumi preview`, which has to work."""
        return self.succeed("preview", *arguments, **more)

    def quiet(self) -> None:
        """A preview finds nothing to do."""
        self.succeed("preview", "--expect-no-changes")

    def refresh(self, *arguments: str) -> Run:
        """`pulumi refresh`, which has to work."""
        return self.succeed("refresh", "--yes", "--skip-preview", *arguments)

    def destroy(self) -> Run:
        """`pulumi destroy`, which has to work."""
        return self.succeed("destroy", "--yes", "--skip-preview")

    def state(self) -> dict[str, dict[str, Any]]:
        """The resources of the exported state by name; secrets stay encrypted."""
        text = once.exported(self.backend, self.folder, self.stack)
        self.search("the state", text)
        self.deployment: dict[str, Any] = json.loads(text)["deployment"]
        rows = self.deployment.get("resources", [])
        return {row["urn"].rpartition("::")[2]: row for row in rows if not row["type"].startswith("pulumi:")}

    def outputs(self) -> dict[str, Any]:
        """What the program exports."""
        found: dict[str, Any] = json.loads(self.succeed("stack", "output", "--json").output)
        return found

    def id(self, name: str) -> str:
        """The id of a resource."""
        return str(self.state()[name]["id"])

    def emulator(self) -> Emulator:
        """The emulator's world, a context manager."""
        return Emulator(self.emulator_path)

    @contextlib.contextmanager
    def served(self, key: str = "a-made-up-key") -> Iterator[Server]:
        """The same world behind a port, as a platform that wants a key: meanwhile the stack is configured for it."""
        self.forget("managed-agents:emulator")
        with self.emulator() as emulator, emulator.serve() as server:
            self.configure("managed-agents:baseUrl", server.url)
            self.configure("managed-agents:apiKey", key, secret=True)
            yield server

    def requests(self, since: int = 0) -> list[tuple[str, str]]:
        """Method and path of the requests that the emulator got."""
        return [(row["method"], row["path"]) for row in self.log(since)]

    def log(self, since: int = 0) -> list[dict[str, Any]]:
        """The emulator's request log."""
        with self.emulator() as emulator:
            return [dict(row) for row in emulator.control.requests(since)]

    def mark(self) -> int:
        """Where the request log ends now: `log(mark)` gives what came after."""
        return max((row["n"] for row in self.log()), default=0)

    def files_in_the_clear(self) -> Iterable[Path]:
        """Files that the run left and in which a secret must not stand: the emulator's and the CLI's logs."""
        yield from (path for path in self.folder.parent.rglob("*") if path.is_file() and path.name not in _OURS)

    def search_files(self) -> None:
        """No file holds a secret in the clear."""
        for path in self.files_in_the_clear():
            self.search(str(path), path.read_bytes().decode(errors="replace"))

    def search(self, where: str, text: str) -> None:
        for secret in self.secrets:
            assert secret not in text, f"{where} shows a secret"
