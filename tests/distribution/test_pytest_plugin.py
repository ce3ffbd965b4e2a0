"""The fixtures for tests of stacks, as a project has them that installs them: each pytest in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from walks.document import blocks_of

from pulumi_managed_agents.version import __version__

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "quickstart-python"

CONFIG = "managed-agents:emulator: world.emulator\n  token: {type: string, secret: true}"
REPOSITORY = "type: managed-agents:RepositoryResource\n    properties:\n      url: https://github.com/org/app"
PROGRAM = f"""name: under-test
runtime: yaml
config:
  {CONFIG}
plugins:
  providers:
    - {{name: managed-agents, version: {__version__}, path: .}}
resources:
  app:
    {REPOSITORY}
      authorizationToken: ${{token}}
"""


def pytest_of(folder: Path, test: str) -> subprocess.CompletedProcess[str]:
    """Runs a file of tests."""
    (folder / "test_stack.py").write_text(test)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        "test_stack.py",
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=110
    )


def yaml_program(folder: Path, more: str = "") -> None:
    """A YAML program on this environment's plugin."""
    program = folder / "program"
    program.mkdir()
    shutil.copy(Path(sys.executable).with_name("pulumi-resource-managed-agents"), program)
    (program / "Pulumi.yaml").write_text(PROGRAM + more)


@pytest.mark.engine
def test_the_quick_start_tests_itself(tmp_path: Path) -> None:
    folder = tmp_path / EXAMPLE.name
    shutil.copytree(EXAMPLE, folder)

    done = pytest_of(folder, (folder / "test_quickstart.py").read_text())

    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def test_the_guide_shows_a_part_of_the_example() -> None:
    (shown,) = blocks_of(ROOT / "docs/guides/testing.md")

    assert shown.text.strip() in (EXAMPLE / "test_quickstart.py").read_text()


@pytest.mark.engine
def test_a_program_in_yaml_is_tested_on_either_platform(tmp_path: Path) -> None:
    yaml_program(tmp_path)
    test = """
import urllib.request
import pytest

@pytest.mark.managed_agents(platform="qoder")
def test_on_qoder(managed_agents_stack, managed_agents_emulator, rotate):
    stack = managed_agents_stack("program", config={"unused": "-1"}, secrets={"token": "token-of-last-week"})
    assert stack.preview().created == {"app"}
    assert stack.up().created == {"app"}
    assert stack.up().operations == {}
    assert rotate(stack, "token", "token-of-this-week").updated == {"app"}
    assert stack.destroy().deleted == {"app"}
    assert managed_agents_emulator.objects("sessions") == []
    assert managed_agents_emulator.url.endswith("/api/v1/cloud")
"""
    done = pytest_of(tmp_path, test)

    assert done.returncode == 0, done.stdout


@pytest.mark.engine
def test_a_secret_in_the_clear_fails_the_test(tmp_path: Path) -> None:
    """The test itself passes: what the stack left is looked at when it is over."""
    yaml_program(tmp_path, "outputs:\n  shown: token-of-last-week\n")
    test = """
def test_that_passes(managed_agents_stack):
    managed_agents_stack("program", secrets={"token": "token-of-last-week"}).up()
"""
    done = pytest_of(tmp_path, test)

    assert "1 passed, 1 error" in done.stdout
    assert "stands in the clear" in done.stdout
    assert "the exported state" in done.stdout


def test_without_the_engine_a_test_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    done = pytest_of(tmp_path, "def test_it(managed_agents_stack):\n    pass\n")

    assert "the Pulumi CLI is not on PATH" in done.stdout
