"""The project that a program is written as: its files, and what to do next."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..declaration.tokens import PLUGIN_FAMILY
from ..version import __version__
from . import python_writer, yaml_writer
from .problem import ImportProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .program import Program

Language: TypeAlias = Literal["yaml", "python"]

IMPORT = "pulumi import --file import.json --generate-code=false --protect=false --yes"

REQUIREMENTS = "pulumi>=3.187.0,<4\n./sdks/python\n"


def files(program: Program, language: Language, name: str, config: Mapping[str, str]) -> dict[str, str]:
    """The texts of the project by their path in it."""
    listed = [
        {"type": f"{PLUGIN_FAMILY}{item.kind.name}", "name": item.name, "id": item.id} for item in program.resources
    ]
    imports = json.dumps({"resources": listed}, indent=2) + "\n"
    return {**_program(program, language, name, config), "import.json": imports, **program.files}


def _program(program: Program, language: Language, name: str, config: Mapping[str, str]) -> dict[str, str]:
    if language == "yaml":
        return {"Pulumi.yaml": yaml_writer.project(program, name, config)}
    runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": ".venv"}}
    settings = {setting.name: {"type": "string", "secret": True} for setting in program.settings}
    configured = {"config": {**config, **settings}} if config or settings else {}
    project = yaml_writer.dumped({"name": name, "runtime": runtime, **configured})
    return {"Pulumi.yaml": project, "__main__.py": python_writer.main(program), "requirements.txt": REQUIREMENTS}


def write(files: Mapping[str, str], folder: Path, *, force: bool) -> None:
    """Writes the files into the folder.

    Raises:
        ImportProblem: some are there already, and `force` does not say that they may go; or a link stands in the way.
    """
    for name in files:
        _refuse_link(folder, name)
    there = sorted(name for name in files if (folder / name).exists())
    if there and not force:
        message = f"{', '.join(there)} in {folder} would be overwritten: choose another folder, or use --force"
        raise ImportProblem(message)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def _refuse_link(folder: Path, name: str) -> None:
    """Nothing is written to where a link leads that somebody has put into the folder."""
    place = folder
    for part in name.split("/"):
        place = place / part
        if place.is_symlink():
            raise ImportProblem(f"{place} is a link: take it away, or choose another folder")


def next_steps(program: Program, language: Language, folder: Path) -> list[str]:
    """The commands that complete the import, as lines for a terminal."""
    sdk = [f"pulumi package gen-sdk managed-agents@{__version__} --language python --out sdks", "pulumi install"]
    lines = [
        f"cd {shlex.quote(str(folder))}",
        *(sdk if language == "python" else ()),
        "pulumi stack init dev",
        *(f"pulumi config set --secret {setting.name}" for setting in program.settings),
        IMPORT,
        "pulumi preview",
    ]
    return [f"    {line}" for line in lines]
