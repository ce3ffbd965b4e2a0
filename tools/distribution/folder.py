"""The plugin as a folder with a PulumiPlugin.yaml: small, for every platform, installed by pip at the user's side."""

import hashlib
import shutil
from pathlib import Path

from distribution.wheel import ROOT

SOURCE = Path(__file__).resolve().parent / "source"


def build(wheel: Path, folder: Path) -> Path:
    """The path of a fresh folder with the wheel in it, and requirements that pin everything."""
    made = folder / "plugin"
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(SOURCE, made)
    for file in (wheel, ROOT / "LICENSE"):
        shutil.copy(file, made)
    pinned = (ROOT / "requirements" / "runtime.txt").read_text()
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (made / "requirements.txt").write_text(f"./{wheel.name} --hash=sha256:{digest}\n{pinned}")
    return made
