"""Levels and parameters of the rules, in the form that Pulumi has for them.

    {"pinned-agent": "mandatory", "session-budget": {"enforcementLevel": "remediate", "budgetCents": 200}}

`all` stands for the level of every rule that has none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError

from ..declaration.values import render, whole_numbers
from ..errors import ManagedAgentsError
from .rule import AnyRule, Level, P, Parameters, Rule
from .view import JSON

LEVEL = "enforcementLevel"
_LEVELS: tuple[Level, ...] = get_args(Level)


class PolicyConfigError(ManagedAgentsError):
    """The configuration of the rules cannot be used; the text names the rule and the parameter."""


@dataclass(frozen=True)
class Chosen:
    """A rule with its level, and its parameters unless it is disabled."""

    rule: AnyRule
    level: Level
    parameters: Parameters


def chosen(rules: Iterable[AnyRule], config: JSON) -> list[Chosen]:
    """The rules that are not disabled.

    Raises:
        PolicyConfigError: what is wrong, with its rule and parameter.
    """
    rules = list(rules)
    if not isinstance(config, dict):
        raise PolicyConfigError('The configuration has to be an object, as in {"pinned-agent": "mandatory"}.')
    names = [rule.name for rule in rules]
    for name in config:
        if name not in ("all", *names):
            raise PolicyConfigError(f"{name!r} is no rule: there are {', '.join(names)}.")
    found = [_chosen(rule, config) for rule in rules]
    return [item for item in found if item is not None]


def _chosen(rule: AnyRule, config: Mapping[str, JSON]) -> Chosen | None:
    default, _ = _read("all", config.get("all", rule.level), rule.level)
    level, given = _read(rule.name, config.get(rule.name, {}), default)
    if level == "disabled" and not given:
        return None
    parameters = parameters_of(rule, given)
    return None if level == "disabled" else Chosen(rule, level, parameters)


def _read(name: str, given: JSON, default: Level) -> tuple[Level, dict[str, JSON]]:
    """The level and the parameters that a rule is given: a level alone, or an object."""
    written = {LEVEL: given} if isinstance(given, str) else given
    if not isinstance(written, dict):
        raise PolicyConfigError(f"{name}: has to be a level or an object.")
    level = written.get(LEVEL, default)
    if level not in _LEVELS:
        raise PolicyConfigError(f"{name}: `{LEVEL}` has to be one of {', '.join(_LEVELS)}.")
    return level, {key: value for key, value in written.items() if key != LEVEL}


def parameters_of(rule: Rule[P], given: Mapping[str, JSON]) -> P:
    """What the rule is told; what is left out has its default.

    Raises:
        PolicyConfigError: everything that is wrong.
    """
    try:
        return rule.parameters.model_validate(whole_numbers(dict(given)))
    except ValidationError as error:
        problems = [_problem(rule, item["loc"], item["type"], item["msg"]) for item in error.errors()]
        raise PolicyConfigError(f"{rule.name}: {'; '.join(problems)}.") from None


def _problem(rule: AnyRule, place: tuple[int | str, ...], kind: str, message: str) -> str:
    if kind == "missing":
        return f"`{render(place)}` is not set, and the rule needs it"
    if kind == "extra_forbidden":
        return (
            f"`{render(place)}` is no parameter: there is {', '.join(f'`{name}`' for name in schema(rule)) or 'none'}"
        )
    return f"`{render(place)}` {message.removeprefix('Value error, ').replace('Input should be', 'has to be')}"


def schema(rule: AnyRule) -> dict[str, dict[str, Any]]:
    """The JSON schema of each parameter."""
    properties = rule.parameters.model_json_schema(by_alias=True).get("properties", {})
    return {name: _simple(written) for name, written in properties.items()}


def _simple(written: Mapping[str, Any]) -> dict[str, Any]:
    """The schema without what only pydantic needs: titles, and null for a parameter that may be left out."""
    alternatives = [item for item in written.get("anyOf", ()) if item != {"type": "null"}]
    merged = {**written, **(alternatives[0] if alternatives else {})}
    dropped = ("anyOf", "title") if merged.get("default") is not None else ("anyOf", "title", "default")
    return {key: value for key, value in merged.items() if key not in dropped}
