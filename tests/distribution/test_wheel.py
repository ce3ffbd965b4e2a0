"""The wheel, and the folder from which the engine makes the plugin's environment itself."""

from __future__ import annotations

import hashlib
import re
import zipfile
from configparser import ConfigParser
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from pulumi_managed_agents.version import __version__

if TYPE_CHECKING:
    from distribution.fixtures import Release

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"


def test_the_wheel_holds_the_package_and_nothing_else(released: Release) -> None:
    with zipfile.ZipFile(released.wheel) as wheel:
        held = wheel.namelist()

    assert {"schema.json", "py.typed", "pulumi-plugin.json"} <= {name.rpartition("/")[2] for name in held}
    assert {name.split("/")[0] for name in held} == {
        "pulumi_managed_agents",
        f"pulumi_managed_agents-{__version__}.dist-info",
    }
    assert [name for name in held if name.endswith((".pyc", ".emulator")) or "__pycache__" in name] == []


def test_the_wheel_brings_both_commands(released: Release) -> None:
    commands = ConfigParser()
    with zipfile.ZipFile(released.wheel) as wheel:
        (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
        commands.read_string(wheel.read(entry_points).decode())

    assert dict(commands["console_scripts"]) == {
        "managed-agents": "pulumi_managed_agents.cli:main",
        "pulumi-resource-managed-agents": "pulumi_managed_agents.__main__:main",
    }


def test_the_plugin_folder_pins_the_wheel_beside_it_and_everything_it_needs(released: Release) -> None:
    folder = released.folder / "plugin"
    described = yaml.safe_load((folder / "PulumiPlugin.yaml").read_text())
    first, *others = (folder / "requirements.txt").read_text().splitlines()
    wheel = folder / released.wheel.name

    assert (described["name"], described["runtime"]["name"]) == ("managed-agents", "python")
    assert first == f"./{wheel.name} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"
    assert "\n".join(others) == (REQUIREMENTS / "runtime.txt").read_text().rstrip("\n")


def test_what_users_run_is_what_was_tested() -> None:
    tested, runtime, plugin = (versions(f"{name}.txt") for name in ("dev", "runtime", "plugin"))

    assert runtime.items() <= tested.items()
    assert plugin.items() <= runtime.items()
    assert not {"debugpy", "opentelemetry-sdk", "pip"} & set(plugin)


def versions(file: str) -> dict[str, str]:
    text = (REQUIREMENTS / file).read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE))
