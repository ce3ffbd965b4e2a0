"""Pulumi's options for a resource: what the SDK does not hand on to a dynamic provider goes along as notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pulumi

from ..declaration.secrecy import is_secret
from ..declaration.tokens import PLUGIN_FAMILY
from ..plan.state import REPLACED_ON, TIMEOUTS
from .paths import wire_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..declaration.values import Bag
    from ..lifecycle.kind import Kind

OPERATIONS: Final = ("create", "update", "delete")
"""What a time can be given for."""


def in_wire_names(kind: Kind, opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions:
    """The options with property paths in wire names, and with the outputs that are secret."""
    properties = kind.shape.properties | kind.output_shape.properties
    hidden = [wire for wire, prop in properties.items() if is_secret(prop.shape)]
    # A stack that the plugin made is known again, as the schema lets the plugin know one of the classes.
    known = [pulumi.Alias(type_=f"{PLUGIN_FAMILY}{kind.name}")]
    more = pulumi.ResourceOptions(additional_secret_outputs=hidden, aliases=known)
    merged = pulumi.ResourceOptions.merge(opts or pulumi.ResourceOptions(), more)
    for option in _PATHS:
        given = getattr(merged, option, None)
        if given is not None:
            setattr(merged, option, _wire_paths(kind, given))
    return merged


_PATHS = ("ignore_changes", "replace_on_changes", "additional_secret_outputs", "hide_diffs")
"""The options that name properties; an older SDK lacks the last one."""


def notes_of(kind: Kind, opts: pulumi.ResourceOptions | None) -> Bag:
    """What the provider has to know of the options, and is not told otherwise."""
    if opts is None:
        return {}
    paths, times = _wire_paths(kind, opts.replace_on_changes or ()), _times(opts.custom_timeouts)
    return {**({REPLACED_ON: paths} if paths else {}), **({TIMEOUTS: times} if times else {})}


def _times(given: pulumi.CustomTimeouts | Mapping[str, str] | None) -> dict[str, str]:
    value_of: Any = given.get if isinstance(given, dict) else lambda name: getattr(given, name, None)
    return {name: value_of(name) for name in OPERATIONS if value_of(name)}


def _wire_paths(kind: Kind, paths: Sequence[str]) -> list[str]:
    """The paths in wire names, of inputs and of outputs."""
    return [wire_path(kind.output_shape, wire_path(kind.shape, path)) for path in paths]


_UNITS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_DURATION = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)")


def seconds_in(notes: Bag, operation: str) -> float | None:
    """The time for an operation; the engine has refused what is no time."""
    times = notes.get(TIMEOUTS)
    text = times.get(operation) if isinstance(times, dict) else None
    found = _DURATION.findall(text) if isinstance(text, str) else []
    return sum(float(number) * _UNITS[unit] for number, unit in found) or None
