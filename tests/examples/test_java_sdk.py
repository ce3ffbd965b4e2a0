"""The Java SDK is generated from the schema, and compiles.

Its generator is a module of its own, pinned in `java/go.mod`, and is built for this test only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from examples.prepared import ROOT

HERE = Path(__file__).resolve().parent / "java"
HOST = "github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java"
KINDS = ("Agent", "Environment", "Session", "RepositoryResource")


@pytest.mark.timeout(1800)  # minutes on a new machine, where Go compiles the generator for the first time
def test_the_java_sdk_compiles(tmp_path: Path) -> None:
    missing = [program for program in ("pulumi", "go", "javac", "mvn") if not shutil.which(program)]
    if missing:
        pytest.skip(f"the Java SDK needs {', '.join(missing)}")
    shutil.copytree(HERE, tmp_path, dirs_exist_ok=True)
    run(tmp_path, "go", "build", "-o", "hosts/", HOST)
    run(tmp_path, "pulumi", "package", "gen-sdk", str(ROOT / "schema.json"), "--language", "java", "--out", "sdks")

    run(tmp_path, "mvn", "--quiet", "--batch-mode", "compile")

    made = {path.stem for path in (tmp_path / "target").rglob("*.class")}
    assert [kind for kind in KINDS if kind not in made] == []


def run(folder: Path, *command: str) -> None:
    """Runs it with the generator on PATH, or fails with what it said."""
    environment = {
        **os.environ,
        "PATH": f"{folder / 'hosts'}{os.pathsep}{os.environ['PATH']}",
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=1500, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-4000:]}{done.stderr[-4000:]}"
