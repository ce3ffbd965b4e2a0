"""Mistakes that only the engine shows; the others are in `tests/plugin/test_what_each_mistake_says.py`.

A changed platform: `test_other_platform.py`. An agent that does not exist: `test_bad_input.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine.declare import agent

if TYPE_CHECKING:
    from engine.yaml_stack import YamlStack


@pytest.mark.front_end("plugin")
def test_a_plugin_that_is_missing_is_named_with_its_version(stack: YamlStack) -> None:
    stack.declare(agent())
    stack.succeed("plugin", "rm", "resource", "managed-agents", "--yes")

    said = stack.fail("preview").output

    assert "managed-agents" in said
    assert "pulumi plugin install resource managed-agents" in said
