"""The rules of the policy pack as a table, and each under its name, for the guide."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..policy.configuration import schema
from ..policy.rule import ResourceRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..policy.rule import AnyRule


def rules_explained(rules: Sequence[AnyRule]) -> str:
    """The table of all rules, then what there is to say of each."""
    rows = ["| rule | | severity | default |", "| --- | --- | --- | --- |"]
    rows += [f"| [`{rule.name}`](#{rule.name}) | {rule.sentence} | {rule.severity} | {rule.level} |" for rule in rules]
    return "\n".join([*rows, "", *(_section(rule) for rule in rules)])


def _section(rule: AnyRule) -> str:
    remedied = "It can be remedied." if isinstance(rule, ResourceRule) and rule.remedy else ""
    parts = [f"### {rule.name}\n", f"{rule.sentence} {rule.notes}".strip() + "\n"]
    parts.append(f"{rule.fix} {remedied}".strip() + "\n")
    properties = schema(rule)
    if properties:
        parts += ["| parameter | type | default | |", "| --- | --- | --- | --- |"]
        required = rule.parameters.model_json_schema().get("required", ())
        parts += [_row(name, about, needed=name in required) for name, about in properties.items()]
        parts.append("")
    return "\n".join(parts)


def _row(name: str, about: dict[str, object], *, needed: bool) -> str:
    default = f"`{json.dumps(about['default'])}`" if "default" in about else "required" if needed else ""
    kind = f"list of {_item(about)}" if about["type"] == "array" else about["type"]
    return f"| `{name}` | {kind} | {default} | {about['description']} |"


def _item(about: dict[str, object]) -> object:
    """What stands in a list."""
    items = about.get("items")
    return items.get("type") if isinstance(items, dict) else "string"


__all__ = ["rules_explained"]
