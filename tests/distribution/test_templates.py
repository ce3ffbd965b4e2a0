"""`pulumi new ./templates/...`: a project of one's own, which runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from pulumi_managed_agents.testing.plugin import MakeStack

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(path.name for path in (ROOT / "templates").iterdir())
CREATED = {"sandbox", "code-reviewer", "app", "review"}


@pytest.fixture(params=TEMPLATES)
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What `pulumi new` makes of a template."""
    for name in ("PULUMI_HOME", "PULUMI_BACKEND_URL"):
        monkeypatch.setenv(name, str(tmp_path / "home") if name == "PULUMI_HOME" else f"file://{tmp_path}")
    made = tmp_path / "made" / request.param
    template = str(ROOT / "templates" / request.param)
    words = ["--dir", str(made), "--name", "my-project", "--description", "Mine.", "--yes", "--generate-only"]
    done = subprocess.run(
        ["pulumi", "new", template, *words, "--non-interactive"],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return made


@pytest.mark.engine
def test_a_template_becomes_a_project_of_one_s_own(project: Path, managed_agents_stack: MakeStack) -> None:
    """Its names are one's own, and it runs on the emulator as it is."""
    about = yaml.safe_load((project / "Pulumi.yaml").read_text())
    assert (about["name"], about["description"]) == ("my-project", "Mine.")
    assert "template" not in about
    if project.name == "typescript":
        # The program is the quick start's, which `tests/examples` runs; its SDK is not on a registry yet.
        package = json.loads((project / "package.json").read_text())
        assert package["name"] == "my-project"
        assert not package["dependencies"]["pulumi-managed-agents-sdk"].startswith("file:")
        return
    if project.name == "python":
        (project / "venv").symlink_to(sys.prefix)

    stack = managed_agents_stack(project, secrets=("githubToken",))

    assert stack.preview().created == CREATED
    assert stack.up().created == CREATED
    assert stack.rotate("githubToken").updated == {"app", "review"}
