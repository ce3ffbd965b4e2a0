"""What the README and the guides show is true: programs preview, commands parse, targets and links exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from engine.stack import Stack
from engine.yaml_stack import YamlStack

from pulumi_managed_agents.cli import parser
from pulumi_managed_agents.resources.registry import KINDS
from pulumi_managed_agents.shape import shape_of

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if "reference" not in path.parts),
]
KEY = "made-up -----BEGIN PRIVATE KEY-----"
CONFIG = {"githubToken": "made-up-token", "appKey": KEY}


def blocks(language: str) -> list[tuple[str, str]]:
    """The fenced blocks of a language, with where they stand."""
    found: list[tuple[str, str]] = []
    for path in DOCUMENTS:
        texts = re.findall(rf"^```{language}\n(.*?)^```", path.read_text(), re.DOTALL | re.MULTILINE)
        found += [(f"{path.relative_to(ROOT)}-{number}", text) for number, text in enumerate(texts)]
    return found


def lines() -> list[tuple[str, str]]:
    """The lines of all code, with their document: commands stand after a prompt or by themselves."""
    return [
        (str(path.relative_to(ROOT)), line.strip().removeprefix("$ "))
        for path in DOCUMENTS
        for line in path.read_text().splitlines()
        if line.startswith("    ")
    ]


WHOLE = [block for block in blocks("yaml") if "name:" in block[1].splitlines()[0]]
FRAGMENTS = [block for block in blocks("yaml") if block not in WHOLE]


@pytest.mark.parametrize(("where", "program"), blocks("python"), ids=[where for where, _ in blocks("python")])
def test_a_python_program_can_be_previewed(tmp_path: Path, where: str, program: str) -> None:
    stack = Stack(tmp_path)
    configure(stack)
    stack.program(program)

    assert stack.preview().operations, where


@pytest.mark.parametrize(("where", "program"), WHOLE, ids=[where for where, _ in WHOLE])
def test_a_yaml_program_can_be_previewed(tmp_path: Path, where: str, program: str) -> None:
    stack = YamlStack(tmp_path)
    stack.declare()
    written = yaml.safe_load((stack.folder / "Pulumi.yaml").read_text())
    shown = yaml.safe_load(program)
    (stack.folder / "Pulumi.yaml").write_text(
        yaml.safe_dump({**shown, "name": written["name"], "plugins": written["plugins"]})
    )
    configure(stack)

    assert stack.preview().operations, where


def configure(stack: Stack) -> None:
    """The secrets that the programs ask for."""
    for name, value in CONFIG.items():
        stack.secrets.add(value)
        stack.succeed("config", "set", "--secret", f"under-test:{name}", value)


@pytest.mark.parametrize(("where", "text"), FRAGMENTS, ids=[where for where, _ in FRAGMENTS])
def test_a_yaml_fragment_has_only_declared_properties(where: str, text: str) -> None:
    for resource in yaml.safe_load(text)["resources"].values():
        declared = shape_of(KINDS[resource["type"].rpartition(":")[2]].inputs).properties

        assert resource["properties"].keys() <= declared.keys(), where


@pytest.mark.parametrize(
    ("where", "command"), [(where, line) for where, line in lines() if re.match(r"managed-agents \S", line)]
)
def test_a_command_of_ours_is_one(where: str, command: str) -> None:
    words = shlex.split(re.split(r"[|>&]|  #", command)[0])[1:]

    assert parser().parse_args(words).name, where


def test_every_target_of_make_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {line.split()[1] for _, line in lines() if re.match(r"make [a-z-]+(\s|$)", line)}

    assert named
    assert named - targets == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_every_link_into_the_project_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text())

    assert [link for link in links if not (path.parent / link).exists()] == []
