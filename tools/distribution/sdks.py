"""The SDKs that programs in other languages are written with, generated from the schema."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from distribution.failure import Failure
from distribution.wheel import ROOT

LANGUAGES = ("nodejs", "go", "python")


def build(languages: Sequence[str], folder: Path) -> list[Path]:
    """The folders of fresh SDKs, each ready to be depended on by its path."""
    return [_build(language, folder) for language in languages]


def _build(language: str, folder: Path) -> Path:
    sdk = folder / language
    shutil.rmtree(sdk, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    _run("pulumi", "package", "gen-sdk", str(ROOT / "schema.json"), "--language", language, "--out", str(folder))
    return _compiled(sdk) if language == "nodejs" else sdk


def _compiled(sdk: Path) -> Path:
    """The package that comes out of the compiler, which is what a program depends on."""
    _run("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error", within=sdk)
    _run("npm", "run", "--silent", "build", within=sdk)
    shutil.copy(sdk / "package.json", sdk / "bin")
    return sdk / "bin"


def _run(*command: str, within: Path = ROOT) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise Failure(f"{command[0]} is not on PATH")
    done = subprocess.run([program, *command[1:]], cwd=within, check=False, stdout=sys.stderr)
    if done.returncode:
        raise Failure(f"{' '.join(command[:3])} failed with status {done.returncode}")
