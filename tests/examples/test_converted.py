"""`pulumi convert` of the YAML examples to other languages, up to the written program.

What the converter itself does wrong is written down in docs/guides/every-language.md, and shown here: a converter that
does better makes the guide wrong.
"""

from __future__ import annotations

import ast
import re
import shutil
from typing import TYPE_CHECKING

import pytest
import yaml
from examples.prepared import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from examples.example_stack import ExampleStack

NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/Pulumi.yaml") if "runtime: yaml" in path.read_text())
PROGRAMS = {"python": "__main__.py", "typescript": "index.ts", "go": "main.go"}
LINKING = "failed to link SDK to project: linking package: grpc: error unmarshalling request"
"""The last step, for which the language hosts of an engine that this repository builds are too old."""


@pytest.mark.parametrize("language", PROGRAMS)
@pytest.mark.parametrize("name", NAMES)
def test_a_yaml_example_is_converted(name: str, language: str, example: Callable[[str], ExampleStack]) -> None:
    if not shutil.which("pulumi-converter-yaml"):
        pytest.skip("the engine has no YAML converter")
    stack = example(name)

    written = converted(stack, language)

    declared = yaml.safe_load((stack.folder / "Pulumi.yaml").read_text())["resources"]
    assert [resource for resource in declared if f'"{resource}"' not in written] == []
    types = [resource["type"] for resource in declared.values()]
    kinds = {"Provider" if kind.startswith("pulumi:providers:") else kind.rpartition(":")[2] for kind in types}
    assert [kind for kind in kinds if not re.search(rf"\b(New)?{kind}\(", written)] == []
    if language == "python":
        ast.parse(written)
    assert "managed-agents:emulator" in written  # the guide says to remove it
    assert not re.search("require_?secret", written, re.IGNORECASE)  # the guide says to put it in


def converted(stack: ExampleStack, language: str) -> str:
    """The program that the converter writes."""
    made = stack.folder.parent / "converted"
    command = ("convert", "--from", "yaml", "--language", language, "--out", str(made), "--generate-only")
    done = stack.run(*command, env={"PULUMI_IGNORE_AMBIENT_PLUGINS": "false"})  # the converter is on PATH
    assert done.code == 0 or LINKING in done.output, done.output
    return (made / PROGRAMS[language]).read_text()
