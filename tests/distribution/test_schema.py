"""The schema: valid in the engine's eyes, and one and the same wherever it is read."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pulumi_managed_agents.generate.schema import package_schema
from pulumi_managed_agents.plugin.schema import schema_text

if TYPE_CHECKING:
    from distribution.fixtures import Release

SCHEMA = Path(__file__).resolve().parents[2] / "schema.json"


@pytest.mark.engine
def test_the_engine_accepts_the_schema(tmp_path: Path) -> None:
    assert shutil.which("pulumi"), "no engine on PATH: run the tests with `make test`"

    done = subprocess.run(
        ["pulumi", "schema", "check", str(SCHEMA)],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower()


def test_the_schema_at_the_root_in_the_package_in_the_wheel_and_made_anew_is_the_same(released: Release) -> None:
    with zipfile.ZipFile(released.wheel) as wheel:
        shipped = wheel.read("pulumi_managed_agents/schema.json").decode()

    assert SCHEMA.read_text() == schema_text() == shipped
    assert json.loads(shipped) == json.loads(json.dumps(package_schema()))
