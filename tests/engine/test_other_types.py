"""Under which types of a resource the plugin works on the real engine, and that the rules see all of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from engine import once
from engine.stack import PROJECT
from engine.test_policies import Policies, told

from pulumi_managed_agents.version import __version__

if TYPE_CHECKING:
    from engine.stack import Stack

OTHER_TYPES = """
import json, pathlib, pulumi
from pulumi_managed_agents.dynamic import KindProvider

given = {"url": "https://github.com/stranger/lib", "mountPath": "/workspace/lib"}
for name, kind in json.loads(pathlib.Path("types.json").read_text()).items():
    class Custom(pulumi.CustomResource):
        def __init__(self):
            super().__init__(kind, name, given)
    Custom()

class Own(pulumi.dynamic.Resource, module="mine", name="Thing"):
    def __init__(self):
        super().__init__(KindProvider("RepositoryResource"), "own", dict(given))
Own()
"""
"""Declares a stranger's repository under types that are none of ours."""


@pytest.mark.front_end("dynamic")
def test_a_resource_under_another_type_is_refused_or_seen(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    pack = Policies(stack)
    plugin = {"name": "managed-agents", "version": __version__, "path": str(once.plugin())}
    project = {"name": PROJECT, "runtime": "python", "plugins": {"providers": [plugin]}}
    (stack.folder / "Pulumi.yaml").write_text(yaml.safe_dump(project))
    stack.program(OTHER_TYPES)
    rules = pack.under({"allowed-owners": {"enforcementLevel": "mandatory", "allowedOwners": ["org"]}})

    stack.write({"types.json": json.dumps({"evil": "managed-agents:evil:RepositoryResource"})})
    refused = stack.fail("preview", *rules)
    assert "`managed-agents:evil:RepositoryResource`: did you mean" in refused.output

    around = {
        "nested": "managed-agents:evil$managed-agents:index:RepositoryResource",
        "named": "managed-agents:index:RepositoryResource::x",
    }
    stack.write({"types.json": json.dumps(around)})
    seen = {*told(stack.fail("preview", *rules))}
    strangers = {("mandatory", "allowed-owners", "nested"), ("mandatory", "allowed-owners", "named")}
    assert seen >= strangers | {("advisory", "known-type", name) for name in ("nested", "named", "own")}

    stack.succeed("up", "--yes", "--skip-preview")
    assert pack.offline() == 1
    found = {(item["rule"], item["name"]) for item in json.loads(capsys.readouterr().out)["broken"]}
    assert found >= {(rule, name) for rule in ("allowed-owners", "known-type") for name in ("nested", "named", "own")}
