"""Python programs on the generated SDK are typed. TypeScript and Go programs are checked when they run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from examples.prepared import EXAMPLES, language_of

if TYPE_CHECKING:
    from pathlib import Path

    from examples.prepared import Prepared


def test_the_programs_on_the_python_sdk_pass_a_strict_type_checker(prepared: Prepared, tmp_path: Path) -> None:
    python = prepared("python") / "examples" / "python" / ".venv" / "bin" / "python"
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", str(tmp_path)]

    for example in EXAMPLES.iterdir():
        if language_of(example) == "python":
            command = [*mypy, "--python-executable", str(python), str(example / "__main__.py")]
            done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)
            assert done.returncode == 0, done.stdout + done.stderr


CLASSES = """
import pathlib
import pulumi
import pulumi_managed_agents as ma

reviewer = ma.Agent("reviewer", model="m", source=pathlib.Path("reviewer.md"))
theirs = ma.Agent.get("theirs", "agent_1")
sandbox, vault, store = ma.Environment("sandbox"), ma.Vault("vault", display_name="v"), ma.MemoryStore("store")
notes, skill = ma.File("notes", path=pathlib.Path("notes.txt")), ma.Skill("skill", path=pathlib.Path("skill"))
app = ma.RepositoryResource("app", url="https://github.com/org/app", mount_path=pathlib.PurePosixPath("/workspace/app"))
first = ma.Session("first", agent=reviewer, environment_id=sandbox, vault_ids=[vault], resources=[app, notes, store])
ma.Session("second", agent={"id": theirs}, environment_id=sandbox.id, vault_ids=[vault.id, vault], resources=[
    app.mount, {"type": "file", "file_id": notes}, {"type": "memory_store", "memory_store_id": store}])
ma.Session("third", agent=pulumi.Output.from_input(reviewer), environment_id=pulumi.Output.from_input(sandbox))
ma.Agent("lead", model="m", skills=[skill, {"type": "custom", "skill_id": skill}], multiagent={
    "type": "coordinator", "agents": [reviewer, theirs.id, {"type": "agent", "id": theirs}]})
ma.Deployment("nightly", agent=reviewer, environment_id=sandbox, initial_events=[
    {"type": "user.message", "content": [{"type": "text", "text": "hello"}]}])
found = ma.get_agent("agent_1")
name: str = found.name
version: int = ma.get_agent_versions("agent_1").versions[0].version
offered: list[str] = [model.id for model in ma.list_models().models]
again: str = found["name"]
shown: pulumi.Output[str] = reviewer.name
ma.Session("a", agent=sandbox, environment_id=sandbox)  # wrong
ma.Session("b", agent=reviewer, environment_id=reviewer)  # wrong
ma.Session("c", agent=reviewer, environment_id=sandbox, resources=[sandbox])  # wrong
ma.Session("d", agent=reviewer, environment_id=sandbox, resources=[{"type": "file", "file_id": store}])  # wrong
ma.Agent("e", model="m", source=5)  # wrong
ma.Session("f", agent=reviewer, environment_id=sandbox, on_delete="keep")  # wrong
print(found.nmae)  # wrong
count: int = found.name  # wrong
"""


def test_an_editor_takes_resources_and_paths_in_the_classes_and_marks_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text(CLASSES)
    wrong = {number for number, line in enumerate(CLASSES.splitlines()) if line.endswith("# wrong")}

    assert marked_lines(tmp_path, sys.executable) == wrong


ON_THE_SDK = """
import pulumi_managed_agents_sdk as ma

app = ma.RepositoryResource("app", url="https://github.com/org/app")
ma.Session("a", agent="agent_1", environment_id="env_1", resources=[app.mount])
ma.Session("b", agent={"id": "agent_1"}, environment_id="env_1", on_delete=ma.SessionOnDelete.ARCHIVE)
ma.Session("c", agent=5, environment_id="env_1")  # wrong
ma.Session("d", agent="agent_1", environment_id="env_1", on_delete=ma.SkillType.CUSTOM)  # wrong
"""


def test_an_editor_takes_a_mount_on_the_python_sdk_and_marks_what_is_wrong(prepared: Prepared, tmp_path: Path) -> None:
    python = prepared("python") / "examples" / "python" / ".venv" / "bin" / "python"
    (tmp_path / "__main__.py").write_text(ON_THE_SDK)
    wrong = {number for number, line in enumerate(ON_THE_SDK.splitlines()) if line.endswith("# wrong")}

    assert marked_lines(tmp_path, str(python)) == wrong


def marked_lines(folder: Path, python: str) -> set[int]:
    """The lines in which an editor shows an error."""
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", python, str(folder / "__main__.py")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240, cwd=folder)
    found = json.loads(done.stdout)["generalDiagnostics"]
    return {each["range"]["start"]["line"] for each in found if each["severity"] == "error"}


IN_TYPESCRIPT = """
import * as ma from "pulumi-managed-agents-sdk";

const agent = new ma.Agent("reviewer", { model: "m" });
const app = new ma.RepositoryResource("app", { url: "https://github.com/org/app" });
new ma.Session("a", { agent: agent.id, environmentId: "env_1", resources: [app.mount], onDelete: "archive" });
new ma.Session("b", { agent: { id: agent.id, version: 2 }, environmentId: "env_1" });
new ma.Session("c", { agent: 5, environmentId: "env_1" }); // wrong
new ma.Session("d", { agent: { name: "reviewer" }, environmentId: "env_1" }); // wrong
new ma.Session("e", { agent: agent.id, environmentId: "env_1", onDelete: "keep" }); // wrong
new ma.Agent("f", { model: "m", tools: [{ type: "hammer" }] }); // wrong
"""


def test_typescript_does_not_compile_a_wrong_agent(prepared: Prepared, tmp_path: Path) -> None:
    folder = prepared("nodejs")
    (tmp_path / "index.ts").write_text(IN_TYPESCRIPT)
    prepared.give("nodejs", tmp_path)
    compiler = next((folder / "examples" / "nodejs" / "node_modules").glob("typescript/bin/tsc"))
    wrong = {number for number, line in enumerate(IN_TYPESCRIPT.splitlines(), 1) if line.endswith("// wrong")}

    command = ["node", str(compiler), "--noEmit", "--strict", "--skipLibCheck", "--preserveSymlinks", "index.ts"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240, cwd=tmp_path)

    assert {int(line) for line in re.findall(r"^index\.ts\((\d+),", done.stdout, re.MULTILINE)} == wrong, done.stdout
