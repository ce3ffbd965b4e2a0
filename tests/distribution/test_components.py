"""The package of components: served to programs in YAML and TypeScript, each on the real engine."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import grpc
import pytest
import yaml
from examples.prepared import missing_for
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc

if TYPE_CHECKING:
    from examples.prepared import Prepared

    from pulumi_managed_agents.testing.platform import EmulatedPlatform
    from pulumi_managed_agents.testing.plugin import MakeStack

ROOT = Path(__file__).parents[2]
NAME = "managed-agents-components"
CONFIG = {"managed-agents:emulator": "world.emulator", "githubToken": {"type": "string", "secret": True}}
ARGUMENTS = {
    "githubToken": "${githubToken}",
    "repositories": [
        {"url": "https://github.com/org/frontend"},
        {"url": "https://github.com/org/backend", "branch": "main", "mountPath": "/workspace/api"},
    ],
    "allowedHosts": ["registry.example.com"],
    "schedule": {"expression": "0 6 * * *", "timezone": "Europe/Berlin", "task": "Look for vulnerable dependencies."},
}
CREATED = {
    *("reviewer", "reviewer-agent", "reviewer-environment", "reviewer-vault", "reviewer-github", "reviewer-schedule"),
    *("reviewer-frontend-repository", "reviewer-backend-repository", "reviewer-frontend", "reviewer-backend"),
}
PROGRAM = """
import * as pulumi from "@pulumi/pulumi";
import { CodingAgent } from "@pulumi/managed-agents-components";

const config = new pulumi.Config();
const reviewer = new CodingAgent("reviewer", {
    githubToken: config.requireSecret("githubToken"),
    repositories: [{ url: "https://github.com/org/frontend" }],
});
export const sessions = reviewer.sessionIds;
"""


@pytest.fixture
def components(tmp_path: Path, prepared: Prepared) -> Path:
    """The package with what `pip install` would put beside it."""
    made = tmp_path / "components"
    shutil.copytree(ROOT / "components", made, ignore=shutil.ignore_patterns(".venv", "__pycache__"))
    (made / ".venv").symlink_to(prepared("python") / "examples" / "python" / ".venv")
    return made


@pytest.mark.engine
@pytest.mark.timeout(600)
def test_a_program_in_yaml_has_an_agent_at_work_on_its_repositories(
    components: Path, tmp_path: Path, managed_agents_stack: MakeStack, managed_agents_emulator: EmulatedPlatform
) -> None:
    program = tmp_path / "program"
    program.mkdir()
    declared = {
        "name": "program",
        "runtime": "yaml",
        "config": CONFIG,
        "plugins": {"providers": [{"name": NAME, "path": str(components)}]},
        "resources": {"reviewer": {"type": f"{NAME}:CodingAgent", "properties": ARGUMENTS}},
        "outputs": {"sessions": "${reviewer.sessionIds}", "deployment": "${reviewer.deploymentId}"},
    }
    (program / "Pulumi.yaml").write_text(yaml.safe_dump(declared))
    stack = managed_agents_stack(program, secrets=("githubToken",))

    made = stack.up()
    assert made.created == CREATED
    assert made.outputs["sessions"] == [session["id"] for session in sessions_of(managed_agents_emulator, made.outputs)]
    assert stack.up().operations == {}

    rotated = stack.rotate("githubToken")
    assert rotated.replaced == frozenset()
    assert {"reviewer-frontend", "reviewer-backend", "reviewer-github", "reviewer-schedule"} <= rotated.updated
    assert sum("/sessions/" in request for request in rotated.requests) == 2
    stack.destroy()


def sessions_of(platform: EmulatedPlatform, outputs: dict[str, list[str]]) -> list[dict[str, str]]:
    """The sessions in the order in which the program has them."""
    known = {session["id"]: session for session in platform.objects("sessions")}
    return [known[id_] for id_ in outputs["sessions"]]


@pytest.mark.engine
@pytest.mark.timeout(900)
def test_a_program_in_typescript_has_it_too(
    components: Path, tmp_path: Path, prepared: Prepared, managed_agents_stack: MakeStack
) -> None:
    if missing_for("nodejs"):
        pytest.skip(f"TypeScript needs {', '.join(missing_for('nodejs'))}")
    modules = prepared("nodejs") / "examples" / "nodejs" / "node_modules"
    program = tmp_path / "program"
    (program / "node_modules" / "@pulumi").mkdir(parents=True)
    for path in (*(modules / "@pulumi").iterdir(), *(path for path in modules.iterdir() if path.name != "@pulumi")):
        (program / "node_modules" / path.relative_to(modules)).symlink_to(path)
    sdk = compiled(schema_of(components), tmp_path / "sdk", modules)
    (program / "node_modules" / json.loads((sdk / "package.json").read_text())["name"]).symlink_to(sdk)
    about = {"name": "program", "runtime": "nodejs", "config": CONFIG}
    about["plugins"] = {"providers": [{"name": NAME, "path": str(components)}]}
    (program / "Pulumi.yaml").write_text(yaml.safe_dump(about))
    (program / "package.json").write_text('{"name": "program", "main": "index.ts"}')
    shutil.copy(ROOT / "examples" / "quickstart-typescript" / "tsconfig.json", program)
    (program / "index.ts").write_text(PROGRAM)
    stack = managed_agents_stack(program, secrets=("githubToken",))

    made = stack.up()

    assert {"reviewer", "reviewer-frontend", "reviewer-vault"} <= made.created
    assert len(made.outputs["sessions"]) == 1


def schema_of(components: Path) -> str:
    """The schema that the package tells of itself."""
    command = [components / ".venv/bin/python", components, "127.0.0.1:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        try:
            assert served.stdout is not None
            with grpc.insecure_channel(f"127.0.0.1:{int(served.stdout.readline())}") as channel:
                stub = provider_pb2_grpc.ResourceProviderStub(channel)  # type: ignore[no-untyped-call]
                return str(stub.GetSchema(pb.GetSchemaRequest(version=0), timeout=60).schema)
        finally:
            served.terminate()


def compiled(schema: str, folder: Path, modules: Path) -> Path:
    """The SDK for TypeScript."""
    folder.mkdir()
    (folder / "schema.json").write_text(schema)
    sdk = folder / "nodejs"
    commands = [
        ["pulumi", "package", "gen-sdk", "schema.json", "--language", "nodejs", "--out", "."],
        ["node", str(modules / "typescript" / "bin" / "tsc"), "-p", "nodejs", "--skipLibCheck"],
    ]
    for command in commands:
        if command[0] == "node":
            (sdk / "node_modules").symlink_to(modules)
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
    shutil.copy(sdk / "package.json", sdk / "bin")
    return sdk / "bin"
