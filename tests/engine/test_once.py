"""What is copied for every stack is what the engine's own commands leave and print."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from engine import once
from engine.declare import agent, environment, session

if TYPE_CHECKING:
    from engine.stack import Stack

pytestmark = pytest.mark.front_end("plugin")

SETTINGS = {"plain": "words: of 'mine' # and\nlines", "number": "010", "truth": "true", "other:name": ""}


def test_a_stack_is_the_one_that_the_engine_initialises(stack: Stack) -> None:
    stack.succeed("stack", "init", "of-the-engine")

    theirs, ours = (files(stack, name) for name in ("of-the-engine", "dev"))

    assert theirs["settings"].keys() == ours["settings"].keys() - {"config"} == {"encryptionsalt"}
    assert without_salt(theirs) == without_salt(ours)
    assert "dev*" not in stack.succeed("stack", "ls").output
    stack.initialise("of-ours")
    assert "of-ours*" in stack.succeed("stack", "ls").output


def files(stack: Stack, name: str) -> dict[str, Any]:
    state = json.loads((stack.backend / ".pulumi" / "stacks" / "under-test" / f"{name}.json").read_text())
    return {"state": state, "settings": yaml.safe_load((stack.folder / f"Pulumi.{name}.yaml").read_text())}


def without_salt(found: dict[str, Any]) -> Any:
    state = found["state"]
    state["checkpoint"]["stack"] = state["checkpoint"]["stack"].rpartition("/")[0]
    state["checkpoint"]["latest"]["secrets_providers"]["state"]["salt"] = ""
    state["checkpoint"]["latest"]["manifest"] |= {"time": "", "magic": ""}
    return state


def test_configuration_is_what_the_engine_reads_and_sets(stack: Stack) -> None:
    for name, value in SETTINGS.items():
        stack.configure(name, value)
    stack.configure("hidden", "token-of-last-week", secret=True)
    ours = yaml.safe_load((stack.folder / "Pulumi.dev.yaml").read_text())["config"]

    told = json.loads(
        subprocess.run(
            ["pulumi", "config", "--show-secrets", "--json"],
            cwd=stack.folder,
            env=stack.environment,
            check=True,
            capture_output=True,
            timeout=60,
        ).stdout
    )
    for name, value in SETTINGS.items():
        stack.succeed("config", "set", "--plaintext", name, value)

    named = {name if ":" in name else f"under-test:{name}": value for name, value in SETTINGS.items()}
    assert {name: told[name]["value"] for name in named} == named
    assert told["under-test:hidden"] == {"value": "token-of-last-week", "secret": True}
    assert yaml.safe_load((stack.folder / "Pulumi.dev.yaml").read_text())["config"] == ours
    stack.forget("plain")
    assert stack.run("config", "get", "plain").code != 0


def test_a_state_is_the_one_that_the_engine_exports(stack: Stack) -> None:
    stack.declare(agent(), environment(), session())
    stack.up()

    exported = json.loads(stack.succeed("stack", "export").output)

    assert json.loads(once.exported(stack.backend, stack.folder, "dev")) == exported


def test_the_packages_are_those_that_pip_lists(stack: Stack) -> None:
    asked = ["-m", "pip", "list", "-v", "--format", "json"]

    by_heart, looked_for = (
        json.loads(subprocess.check_output([python, *asked], env=stack.environment, timeout=60))
        for python in (str(once.python()), sys.executable)
    )

    assert by_heart == looked_for
    elsewhere = {**stack.environment, "PYTHONPATH": str(Path(__file__).parent)}
    assert subprocess.check_output([str(once.python()), "-c", "print(7)"], env=elsewhere, timeout=60) == b"7\n"
