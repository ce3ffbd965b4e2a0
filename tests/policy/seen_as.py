"""The ways in which rules see a stack: in a preview, in an update, and in a state, through either front end."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from policy.test_pack import options
from pulumi_policy import (
    PolicyResource,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    proxy,
)

from pulumi_managed_agents.policy.configuration import chosen
from pulumi_managed_agents.policy.pack import policies
from pulumi_managed_agents.policy.report import findings
from pulumi_managed_agents.policy.rule import Broken
from pulumi_managed_agents.policy.rules import RULES
from pulumi_managed_agents.policy.state import exported_stack

FAMILIES = ("managed-agents:index:", "pulumi-python:dynamic/managedagents:")
PREVIEW, UPDATE, STATE = VIEWS = ("preview", "update", "state")
PACK: dict[str, Any] = {policy.name: policy for policy in policies()}


@dataclass(frozen=True)
class Row:
    """A resource as a program declares it; `made_of` names the rows whose outputs its properties were made of."""

    kind: str
    name: str
    properties: dict[str, Any]
    made_of: dict[str, str] = field(default_factory=dict)
    protect: bool = False
    type: str = ""
    """Its type token, where that is not its kind's."""


@dataclass(frozen=True)
class Seen:
    """How rules see rows."""

    view: str
    family: str

    def breaking(self, rule: str, rows: list[Row], given: dict[str, Any]) -> list[str]:
        """The names of the rows that break a rule."""
        found = self._in_state(rule, rows, given) if self.view == STATE else self._in_pack(rule, rows, given)
        return sorted(set(found))

    def _token(self, row: Row) -> str:
        return row.type or f"{self.family}{row.kind}"

    def _urn(self, row: Row) -> str:
        return f"urn:pulumi:dev::p::{self._token(row)}::{row.name}"

    def _in_state(self, rule: str, rows: list[Row], given: dict[str, Any]) -> list[str]:
        urns = {row.name: self._urn(row) for row in rows}
        resources = [
            {
                "urn": self._urn(row),
                "custom": True,
                "type": self._token(row),
                "id": f"id-of-{row.name}",
                "inputs": row.properties,
                "outputs": row.properties,
                "protect": row.protect,
                "propertyDependencies": {wire: [urns[name]] for wire, name in row.made_of.items()},
            }
            for row in rows
        ]
        stack = exported_stack(json.dumps({"version": 3, "deployment": {"resources": resources}}))
        config = {"all": "disabled", rule: {"enforcementLevel": "mandatory", **given}}
        outcomes = [item.outcome for item in findings(stack, chosen(RULES, config))]
        return [outcome.subject.name for outcome in outcomes if isinstance(outcome, Broken)]

    def _in_pack(self, rule: str, rows: list[Row], given: dict[str, Any]) -> list[str]:
        policy = PACK[rule]
        if isinstance(policy, ResourceValidationPolicy):
            asked: list[Any] = [
                ResourceValidationArgs(
                    self._token(row),
                    self._wire(row),
                    self._urn(row),
                    row.name,
                    options(protect=row.protect),
                    None,
                    given,
                )
                for row in rows
            ]
        else:
            asked = [StackValidationArgs(self._resources(rows), given)]
        return [name for args in asked for name in _told(policy, args)]

    def _identity(self, row: Row) -> tuple[str, Any, str, str]:
        return self._token(row), self._wire(row), self._urn(row), row.name

    def _wire(self, row: Row) -> Any:
        """As the engine hands it over: numbers are doubles, and what is computed is not known in a preview."""
        unknown = {"updatedAt": proxy.UNKNOWN_STRING_VALUE} if self.view == PREVIEW else {}
        return proxy.unknown_checking_proxy({**_doubles(row.properties), **unknown})

    def _resources(self, rows: list[Row]) -> list[PolicyResource]:
        made = {
            row.name: PolicyResource(
                self._token(row),
                self._wire(row),
                self._urn(row),
                row.name,
                options(protect=row.protect),
                None,
                None,
                [],
                {},
            )
            for row in rows
        }
        for row in rows:
            made[row.name].property_dependencies.update({wire: [made[name]] for wire, name in row.made_of.items()})
        return list(made.values())


def _told(policy: Any, args: Any) -> list[str]:
    told: list[str] = []

    def report(message: str, urn: str | None = None) -> None:
        told.append((urn or message.partition("`")[2].partition("`")[0]).rpartition("::")[2])

    try:
        policy.validate(args, report)
    except Exception as skipped:
        # The library's own way to say that a policy does not apply.
        if type(skipped).__name__ != "_NotApplicableError":
            raise
    return told


def _doubles(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _doubles(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_doubles(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53 else value
