"""A machine with nothing on it but what a test puts there."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@dataclass
class Machine:
    home: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def bin(self) -> Path:
        return self.home / "programs"

    @property
    def engines(self) -> Path:
        return self.home / "cache" / "pulumi-managed-agents" / "engine"

    def program(self, name: str, script: str) -> Path:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    def start(self, **more: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, TOOLS / "toolchain"],
            env={**self.environ, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, **more: str) -> "subprocess.CompletedProcess[str]":
        with self.start(**more) as process:
            out, err = process.communicate(timeout=30)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)
