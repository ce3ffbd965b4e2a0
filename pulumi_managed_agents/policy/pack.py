"""The rules as a Pulumi policy pack. A pack's folder needs two lines: import `start`, and call it.

Pulumi shows a rule the inputs of a resource as its provider has checked them, secrets in the clear. Looking at a value
that is not known yet raises an error there, so everything is made plain first: rules see `Withheld.UNKNOWN` instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyConfigSchema,
    PolicyPack,
    PolicyResource,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
    proxy,
)

from ..printable import printable
from .configuration import parameters_of, schema
from .kinds import identity, may_be_ours, platform_of
from .rule import AnyRule, Broken, Change, Outcomes, ResourceRule, StackRule, Unchecked, once
from .rules import RULES
from .view import JSON, Declared, Stack, Withheld

NAME = "managed-agents"

_UNKNOWN = frozenset(
    {
        proxy.UNKNOWN_BOOLEAN_VALUE,
        proxy.UNKNOWN_NUMBER_VALUE,
        proxy.UNKNOWN_STRING_VALUE,
        proxy.UNKNOWN_ARRAY_VALUE,
        proxy.UNKNOWN_ASSET_VALUE,
        proxy.UNKNOWN_ARCHIVE_VALUE,
        proxy.UNKNOWN_OBJECT_VALUE,
    }
)
_ENCRYPTED = "[secret]"
"""What `pulumi policy analyze` shows of a secret that it cannot decrypt."""


def start(rules: Iterable[AnyRule] = RULES) -> None:
    """Serves the pack to the engine; never returns."""
    PolicyPack(NAME, policies(rules), description="Rules about agents, sessions and the repositories that they mount.")


def policies(rules: Iterable[AnyRule] = RULES) -> list[Policy]:
    """The rules as Pulumi's policies."""
    return [_policy(rule) for rule in rules]


def _policy(rule: AnyRule) -> Policy:
    about: dict[str, Any] = {
        "name": rule.name,
        "description": rule.sentence,
        "enforcement_level": EnforcementLevel(rule.level),
        "config_schema": PolicyConfigSchema(schema(rule)),
        "severity": Severity(rule.severity),
        "remediation_steps": rule.fix,
        "url": rule.link,
    }
    if isinstance(rule, StackRule):
        return StackValidationPolicy(validate=_stack_validation(rule), **about)
    assert isinstance(rule, ResourceRule)  # noqa: S101 - there are two sorts of rules
    remediate = _remediation(rule) if rule.remedy else None
    return ResourceValidationPolicy(validate=_resource_validation(rule), remediate=remediate, **about)


def _resource_validation(rule: ResourceRule[Any]) -> Any:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        parameters = parameters_of(rule, args.get_config())
        declared = _declared(args, args.props)
        if declared is not None and declared.kind in rule.kinds:
            _tell(rule, rule.check(declared, parameters), report, args)

    return validate


def _stack_validation(rule: StackRule[Any]) -> Any:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        parameters = parameters_of(rule, args.get_config())
        found = (_declared(resource, resource.props) for resource in args.resources)
        stack = Stack.of(declared for declared in found if declared is not None)
        _tell(rule, rule.check(stack, parameters), report, args)

    return validate


def _tell(
    rule: AnyRule, outcomes: Outcomes, report: ReportViolation, args: ResourceValidationArgs | StackValidationArgs
) -> None:
    """Reports what is broken; where nothing is, but not everything could be seen, the rule does not apply."""
    found = list(once(outcomes))
    broken = [outcome for outcome in found if isinstance(outcome, Broken)]
    for outcome in broken:
        report(rule.message(outcome), outcome.subject.urn)
    if found and not broken:
        hidden = [outcome for outcome in found if isinstance(outcome, Unchecked)]
        args.not_applicable(printable("; ".join(f"`{item.subject.name}`: {item.reason}" for item in hidden)))


def _remediation(rule: ResourceRule[Any]) -> Any:
    def remediate(args: ResourceValidationArgs) -> Mapping[str, Any] | None:
        declared = _declared(args, args.props)
        if declared is None or declared.kind not in rule.kinds or rule.remedy is None:
            return None
        change = rule.remedy(declared, parameters_of(rule, args.get_config()))
        return None if change is None else _changed(args.props, change)

    return remediate


def _changed(props: Any, change: Change) -> Mapping[str, Any]:
    """The same properties with the change made in place: a copy would lose which of them are secret."""
    target = props
    for name in change.path[:-1]:
        target = target[name]
    target[change.path[-1]] = change.value
    changed: Mapping[str, Any] = props
    return changed


def _declared(args: ResourceValidationArgs | PolicyResource, props: Mapping[str, Any]) -> Declared | None:
    if not may_be_ours(args.resource_type, args.urn):
        return None
    properties = _plain(props)
    found = identity(args.resource_type, args.urn, properties)
    if found is None:
        return None
    dependencies = args.property_dependencies if isinstance(args, PolicyResource) else {}
    return Declared(
        kind=found.kind,
        name=args.name,
        urn=args.urn,
        properties=properties,
        protect=bool(args.opts.protect),
        platform=platform_of(_plain(args.provider.props) if args.provider else None),
        references={name: tuple(item.urn for item in items) for name, items in dependencies.items()},
        is_known=found.is_known,
    )


def _plain(value: JSON) -> JSON:
    """The value without the library's wrappers."""
    if isinstance(value, str):
        return Withheld.SECRET if value == _ENCRYPTED else Withheld.UNKNOWN if value in _UNKNOWN else value
    if isinstance(value, Mapping):
        return {key: _plain(_seen(value, key)) for key in value}
    return [_plain(_seen(value, index)) for index in range(len(value))] if isinstance(value, Sequence) else value


def _seen(value: Any, key: str | int) -> JSON:
    """What is there, as it is on the wire where it is unknown."""
    try:
        return value[key]
    except proxy.UnknownValueError as unknown:
        return unknown.unknown_type_sentinel
