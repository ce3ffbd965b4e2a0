"""The templates of `pulumi new`: the quick starts, as projects of one's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from ..version import __version__

if TYPE_CHECKING:
    from pathlib import Path

SUMMARIES: Final = {
    "python": "A coding agent with a repository mounted, in Python",
    "yaml": "A coding agent with a repository mounted, in YAML",
    "typescript": "A coding agent with a repository mounted, in TypeScript",
}

_OWN_ENVIRONMENT: Final = """runtime:
  name: python
  options:
    toolchain: pip
    virtualenv: venv
"""

_ASKED: Final = """template:
  description: {summary}
  important: true
  config:
    githubToken:
      description: A token that can clone the repository (any text will do on the emulator)
      secret: true
      default: a-made-up-token
"""

SDK: Final = "pulumi-managed-agents-sdk"


def templates(examples: Path) -> dict[str, str]:
    """The files of each template by their path, from the quick starts among the examples."""
    made: dict[str, str] = {}
    for language, summary in SUMMARIES.items():
        example = examples / f"quickstart-{language}"
        for file in sorted(example.iterdir()):
            if file.is_file() and not file.name.startswith("test_") and file.suffix != ".emulator":
                made[f"{language}/{file.name}"] = _as_template(file, summary)
    return made


def _as_template(file: Path, summary: str) -> str:
    text = file.read_text()
    if file.name == "Pulumi.yaml":
        return _project(text, summary)
    return _package(text) if file.name == "package.json" else text


def _project(text: str, summary: str) -> str:
    name, description, *rest = text.splitlines(keepends=True)
    if not (name.startswith("name:") and description.startswith("description:")):
        raise ValueError("a quick start's Pulumi.yaml begins with its name and description")
    body = "".join(rest).replace("runtime: python\n", _OWN_ENVIRONMENT)
    return f"name: ${{PROJECT}}\ndescription: ${{DESCRIPTION}}\n{_ASKED.format(summary=summary)}{body}"


def _package(text: str) -> str:
    """A project of one's own has the SDK from the registry, not from a checkout."""
    package = json.loads(text)
    package["name"] = "${PROJECT}"
    package["dependencies"][SDK] = __version__
    return json.dumps(package, indent=4) + "\n"
