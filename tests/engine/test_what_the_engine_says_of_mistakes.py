"""Mistakes that only the engine shows; the others are in `tests/plugin/test_what_each_mistake_says.py`.

A changed platform: `test_other_platform.py`. An agent that does not exist: `test_bad_input.py`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from engine.declare import agent

if TYPE_CHECKING:
    from engine.yaml_stack import YamlStack


@pytest.mark.front_end("plugin")
def test_a_plugin_that_is_missing_is_named_with_its_version(stack: YamlStack) -> None:
    stack.declare(agent())
    project = stack.folder / "Pulumi.yaml"
    project.write_text(json.dumps({k: v for k, v in yaml.safe_load(project.read_text()).items() if k != "plugins"}))
    stack.environment["PULUMI_IGNORE_AMBIENT_PLUGINS"] = "true"

    said = stack.fail("preview").output

    assert "managed-agents" in said
    assert "pulumi plugin install resource managed-agents" in said
