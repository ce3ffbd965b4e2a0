"""No test waits without an end: what waits for another process or thread says for how long."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SOURCES = [str(path.relative_to(TESTS)) for path in sorted(TESTS.rglob("*.py"))]
WAITING = {"wait", "join", "result", "communicate"}
"""Methods that wait for ever when they are given nothing."""


@pytest.mark.parametrize("source", SOURCES)
def test_what_waits_says_for_how_long(source: str) -> None:
    calls = [node for node in ast.walk(ast.parse((TESTS / source).read_text())) if isinstance(node, ast.Call)]

    assert [ast.unparse(call) for call in calls if waits_for_ever(call)] == []


def waits_for_ever(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    if name in ("subprocess.run", "subprocess.check_output", "subprocess.check_call"):
        return "timeout" not in {keyword.arg for keyword in call.keywords}
    return isinstance(call.func, ast.Attribute) and call.func.attr in WAITING and not (call.args or call.keywords)
