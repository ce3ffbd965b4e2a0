"""A stack whose platform was changed: its objects are on the other one, where nobody would look for them any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine.declare import environment, row

if TYPE_CHECKING:
    from engine.stack import Stack


@pytest.mark.parametrize(("first", "then"), [("claude", "qoder"), ("qoder", "claude")])
def test_a_changed_platform_is_refused_and_no_object_is_lost(stack: Stack, first: str, then: str) -> None:
    stack.use(first)
    stack.declare(environment(), row("Vault")("vault"))
    stack.up()
    mark = stack.mark()
    stack.use(then)

    for command in (("preview",), ("up", "--yes", "--skip-preview")):
        told = " ".join(stack.fail(*command).output.split())
        assert f"is configured for {NAMES[then]}" in told
        assert NAMES[first] in told

    # The engine removes with the settings of the last run that got through: with those of the other one it is refused.
    removed = stack.run("destroy", "--yes", "--skip-preview")
    assert removed.code == 0 or NAMES[first] in removed.output
    assert {entry["status"] for entry in stack.log(mark)} <= {200}
    stack.use(first)
    left = [item for kind in ("environments", "vaults") for item in stack.objects(kind) if not item["archived_at"]]
    assert (len(left) == 0) is (removed.code == 0)


NAMES = {"claude": "Claude Managed Agents", "qoder": "Qoder Cloud Agents"}
