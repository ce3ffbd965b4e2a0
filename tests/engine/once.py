"""What every stack needs and is the same for all of them: made once by the engine's own programs, then only copied.

`pulumi stack init`, `config set` and `stack export` cost half a second each, and a list of Python's packages costs as
much as the program itself. Their proofs stand in `test_once.py`.
"""

from __future__ import annotations

import atexit
import base64
import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pulumi_managed_agents.version import __version__

PASSPHRASE = "a passphrase for tests"
ABSENT = Path(__file__).with_name("absent")
"""Hides what comes with the tools of this environment and is in nobody else's."""

ITERATIONS = 1_000_000
"""The engine's own number: how often a passphrase is hashed to a key."""


@functools.cache
def folder() -> Path:
    """Where this process keeps it."""
    made = Path(tempfile.mkdtemp(prefix="engine-once-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@functools.cache
def plugin() -> Path:
    """A folder with the plugin's executable, from the environment that runs the tests."""
    made = folder() / "plugin"
    made.mkdir()
    _script(made / "pulumi-resource-managed-agents", f'exec {json.dumps(sys.executable)} -m pulumi_managed_agents "$@"')
    return made


@functools.cache
def python() -> Path:
    """This environment's Python, which knows by heart the packages that the engine asks for before every program.

    With other packages than those of this environment on its path it looks for them.
    """
    listing = folder() / "packages.json"
    asked = [sys.executable, "-m", "pip", "list", "-v", "--format", "json"]
    listing.write_bytes(subprocess.run(asked, check=True, stdout=subprocess.PIPE, timeout=60).stdout)
    known = f'[ "$*" = "{" ".join(asked[1:])}" ] && [ "$PYTHONPATH" = {json.dumps(str(ABSENT))} ]'
    by_heart = f"{known} && exec cat {json.dumps(str(listing))}"
    return _script(folder() / "python", f'{by_heart}\nexec {json.dumps(sys.executable)} "$@"')


def home(path: Path) -> Path:
    """A home of the engine: what it read of the plugin's schema, it need not ask the next stack's plugin for."""
    path.mkdir()
    # Written after the plugin, or the engine would take it for another version's.
    plugin()
    schemas = folder() / "schemas"
    schemas.mkdir(exist_ok=True)
    (path / "schemas").symlink_to(schemas)
    return path


def installed(home: Path) -> None:
    """Leaves what `pulumi plugin install --file` leaves, for the plugin of this environment."""
    (home / "plugins").symlink_to(_plugins())


@functools.cache
def _plugins() -> Path:
    executable = Path(sys.executable).with_name("pulumi-resource-managed-agents")
    made = folder() / "with-the-plugin"
    asked = ["plugin", "install", "resource", "managed-agents", __version__, "--file", str(executable)]
    _pulumi(folder(), made, *asked)
    return made / "plugins"


def initialised(project: Path, backend: Path, home: Path, name: str) -> None:
    """Leaves what `pulumi stack init NAME` leaves."""
    words = yaml.safe_load((project / "Pulumi.yaml").read_text())["name"]
    state, salt = _first()
    stack = backend / ".pulumi" / "stacks" / words / f"{name}.json"
    stack.parent.mkdir(parents=True, exist_ok=True)
    stack.write_text(state.replace("organization/first/first", f"organization/{words}/{name}"))
    (backend / ".pulumi" / "meta.yaml").write_text("version: 1\n")
    settings = project / f"Pulumi.{name}.yaml"
    given = settings.read_text() if settings.exists() else ""
    if "encryptionsalt" not in given:
        settings.write_text(f"encryptionsalt: {salt}\n{given}")
    digest = hashlib.sha1(str(project / "Pulumi.yaml").encode(), usedforsecurity=False).hexdigest()
    selected = home / "workspaces" / f"{words}-{digest}-workspace.json"
    selected.parent.mkdir(exist_ok=True)
    selected.write_text(json.dumps({"stacks": {f"file://{backend}": f"organization/{words}/{name}"}}))


def configured(project: Path, stack: str, key: str, value: str | None, *, secret: bool) -> None:
    """Leaves what `pulumi config set` leaves, or for no value what `config rm` does."""
    path = project / f"Pulumi.{stack}.yaml"
    settings = yaml.safe_load(path.read_text())
    words = yaml.safe_load((project / "Pulumi.yaml").read_text())["name"]
    config = settings.setdefault("config", {}) or {}
    full = key if ":" in key else f"{words}:{key}"
    config.pop(full, None)
    if value is not None:
        config[full] = {"secure": _encrypted(settings["encryptionsalt"], value)} if secret else value
    settings["config"] = config
    path.write_text(yaml.safe_dump(settings, sort_keys=False))


def exported(backend: Path, project: Path, stack: str) -> str:
    """What `pulumi stack export` prints."""
    words = yaml.safe_load((project / "Pulumi.yaml").read_text())["name"]
    state = json.loads((backend / ".pulumi" / "stacks" / words / f"{stack}.json").read_text())
    return json.dumps({"version": state["version"], "deployment": state["checkpoint"]["latest"]})


@functools.cache
def _first() -> tuple[str, str]:
    """The state and the salt of a stack that the engine initialised itself."""
    place = folder() / "first"
    place.mkdir()
    (place / "Pulumi.yaml").write_text("name: first\nruntime: yaml\n")
    _pulumi(place, place / "home", "stack", "init", "first")
    salt: str = yaml.safe_load((place / "Pulumi.first.yaml").read_text())["encryptionsalt"]
    return (place / ".pulumi" / "stacks" / "first" / "first.json").read_text(), salt


def _pulumi(place: Path, home: Path, *arguments: str) -> None:
    """Runs the engine's command in a folder that is the backend too."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PULUMI_")},
        "PULUMI_BACKEND_URL": f"file://{place}",
        "PULUMI_HOME": str(home),
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
    command = ["pulumi", *arguments, "--non-interactive"]
    subprocess.run(command, cwd=place, env=environment, check=True, capture_output=True, timeout=60)


@functools.cache
def _key(salt: str) -> AESGCM:
    """The key of a stack, which its salt proves to be the right one."""
    _, seed, _, nonce, proof = salt.split(":")
    hashed = hashlib.pbkdf2_hmac("sha256", PASSPHRASE.encode(), base64.b64decode(seed), ITERATIONS, 32)
    key = AESGCM(hashed)
    assert key.decrypt(base64.b64decode(nonce), base64.b64decode(proof), None) == b"pulumi"
    return key


def _encrypted(salt: str, value: str) -> str:
    nonce = os.urandom(12)
    hidden = _key(salt).encrypt(nonce, value.encode(), None)
    return f"v1:{base64.b64encode(nonce).decode()}:{base64.b64encode(hidden).decode()}"


def _script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path
