"""The same stacks through the plugin, in YAML: what a test declares for Python becomes a YAML program."""

from __future__ import annotations

from typing import Any

import yaml
from engine import once
from engine.stack import PROJECT, Stack

from pulumi_managed_agents.declaration.names import to_wire
from pulumi_managed_agents.declaration.shape import shape_of
from pulumi_managed_agents.resources.registry import KINDS
from pulumi_managed_agents.version import __version__

PACKAGE = "managed-agents"


class YamlStack(Stack):
    """A stack whose program is YAML and whose provider is the plugin."""

    token = f"{PACKAGE}:index:"

    def pending(self, name: str) -> str:
        """Why a resource is not ready: the engine has a place of its own for it."""
        return "; ".join(self.state()[name].get("initErrors") or [])

    def words(self, text: str) -> str:
        """A sentence as it is: YAML has the wire's own names."""
        return text

    def declare(self, *rows: dict[str, Any]) -> None:
        """What the program declares, in the words of the table program."""
        resources = {row["name"]: _resource(row) for row in rows}
        program = {
            "name": PROJECT,
            "runtime": "yaml",
            "plugins": {"providers": [{"name": PACKAGE, "version": __version__, "path": str(once.plugin())}]},
            "resources": resources,
            "outputs": {name: f"${{{name}.id}}" for name in resources},
        }
        (self.folder / "Pulumi.yaml").write_text(yaml.safe_dump(program, sort_keys=False))


def provider(name: str, **settings: Any) -> dict[str, Any]:
    """A row for a provider instance: resources take it with the option `provider`."""
    return {"kind": "provider", "name": name, "args": settings}


def _resource(row: dict[str, Any]) -> dict[str, Any]:
    if row["kind"] == "provider":
        settings = {_camel(key): _value(item) for key, item in row["args"].items()}
        return {"type": f"pulumi:providers:{PACKAGE}", "properties": settings}
    shape = shape_of(KINDS[row["kind"]].inputs)
    properties = {key: _value(item) for key, item in to_wire(shape, row["args"]).items()}
    options = {_camel(key): _value(item) for key, item in row.get("options", {}).items()}
    return {"type": f"{PACKAGE}:{row['kind']}", "properties": properties, **({"options": options} if options else {})}


def _value(item: Any) -> Any:
    if isinstance(item, dict) and "$ref" in item:
        name, _, prop = item["$ref"].partition(".")
        return f"${{{name}}}" if prop == "" and item.get("whole") else f"${{{name}.{_camel(prop or 'mount')}}}"
    if isinstance(item, dict) and "$secret" in item:
        return {"fn::secret": item["$secret"]}
    if isinstance(item, dict):
        return {key: _value(part) for key, part in item.items()}
    return [_value(part) for part in item] if isinstance(item, list) else item


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
