"""A stack whose program is an example, as it is, against the emulators that its Pulumi.yaml names."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from engine import once
from engine.stack import Stack
from examples.prepared import EXAMPLES, GO_FLAGS, language_of

from pulumi_managed_agents.emulator import Emulator
from pulumi_managed_agents.version import __version__

if TYPE_CHECKING:
    from examples.prepared import Prepared

LEFT_BY_RUNS = shutil.ignore_patterns("*.emulator*", "Pulumi.dev.yaml", "node_modules", ".venv", "__pycache__")


OURS = Path(sys.executable).with_name("pulumi-resource-managed-agents")
"""The plugin of this environment, which `make plugin` installs too."""


class ExampleStack(Stack):
    """A copy of an example in a folder like the checkout's, so that its relative paths lead where they should."""

    def __init__(
        self,
        name: str,
        folder: Path,
        prepared: Prepared,
        *,
        plugin: Path = OURS,
        stack: str = "dev",
        **environment: str,
    ) -> None:
        super().__init__(folder)
        self.folder = folder / "checkout" / "examples" / name
        shutil.copytree(EXAMPLES / name, self.folder, ignore=LEFT_BY_RUNS)
        self._prepared = prepared
        self.equip()
        self.environment |= {"PULUMI_IGNORE_AMBIENT_PLUGINS": "true", "GOFLAGS": " ".join(GO_FLAGS), **environment}
        self._seen: dict[Path, int] = {}
        self._install(plugin)
        self._forget_passphrase(self.folder / f"Pulumi.{stack}.yaml")
        self.initialise(stack)

    def _install(self, plugin: Path) -> None:
        home = Path(self.environment["PULUMI_HOME"])
        if plugin == OURS:
            once.installed(home)
        else:
            # Its schema is read from itself.
            (home / "schemas").unlink()
            self.succeed("plugin", "install", "resource", "managed-agents", __version__, "--file", str(plugin))

    def equip(self) -> None:
        """Puts the SDK that the program needs, if any, and what it needs itself where `pulumi install` would."""
        language = language_of(self.folder)
        if language:
            (self.folder.parents[1] / "sdks").symlink_to(self._prepared(language) / "sdks")
            self._prepared.give(language, self.folder)

    def _forget_passphrase(self, config: Path) -> None:
        """A stack's configuration that is in the repository may have been in use, with somebody's passphrase."""
        if config.exists():
            lines = config.read_text().splitlines(keepends=True)
            config.write_text("".join(line for line in lines if not line.startswith("encryptionsalt")))

    @property
    def emulators(self) -> list[Path]:
        """The files of the emulators that the project's configuration names."""
        config = yaml.safe_load((self.folder / "Pulumi.yaml").read_text())["config"]
        return [self.folder / value for key, value in config.items() if key.lower().endswith("emulator")]

    def edit(self, file: str, *changes: tuple[str, str]) -> None:
        """Changes the program: each first text stands there once and becomes the second."""
        text = (self.folder / file).read_text()
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} does not stand once in {file}"
            text = text.replace(old, new)
        (self.folder / file).write_text(text)

    def planned(self) -> dict[str, list[str]]:
        """What `pulumi preview --json` would do, by resource name, without `same` and the stack itself."""
        output = self.succeed("preview", "--json").output
        found: dict[str, list[str]] = {}
        for step in json.loads(output[output.index("{") :])["steps"]:
            kind, _, name = step["urn"].split("::", 2)[2].rpartition("::")
            if step["op"] not in ("same", "read") and kind != "pulumi:pulumi:Stack":
                found.setdefault(name, []).append(step["op"])
        return found

    def sent(self) -> list[dict[str, Any]]:
        """The requests that the emulators got since the last call."""
        rows = []
        for path in self.emulators:
            with Emulator(path) as emulator:
                fresh = [dict(row) for row in emulator.control.requests(self._seen.get(path, 0))]
            self._seen[path] = max((row["n"] for row in fresh), default=self._seen.get(path, 0))
            rows += fresh
        return rows
