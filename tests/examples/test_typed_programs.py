"""Python programs on the generated SDK are typed. TypeScript and Go programs are checked when they run."""

from __future__ import annotations

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
