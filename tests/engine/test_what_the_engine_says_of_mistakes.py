"""Mistakes that only the engine shows; the others are in `tests/plugin/test_what_each_mistake_says.py`.

A changed platform: `test_other_platform.py`. An agent that does not exist: `test_bad_input.py`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from engine.declare import agent

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "every-language.md"

if TYPE_CHECKING:
    from engine.yaml_stack import YamlStack


@pytest.mark.front_end("plugin")
def test_a_plugin_that_is_missing_is_named_and_the_guide_says_what_to_do(stack: YamlStack) -> None:
    stack.declare(agent())
    project = stack.folder / "Pulumi.yaml"
    project.write_text(json.dumps({k: v for k, v in yaml.safe_load(project.read_text()).items() if k != "plugins"}))
    stack.environment["PULUMI_IGNORE_AMBIENT_PLUGINS"] = "true"

    said = stack.fail("preview").output

    told = "no resource plugin 'pulumi-resource-managed-agents' found in the workspace"
    assert 'resource reviewer: internal error loading package "managed-agents": ' in said
    assert told in said
    # These are the engine's words, which say no way out: the guide does.
    assert told in GUIDE.read_text()
