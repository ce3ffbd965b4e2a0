"""Secrets: no platform shows them and no program holds them, so each becomes a secret of the configuration."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..declaration.marks import WriteOnly
from ..declaration.shape import ListOf, Shape, object_at
from ..declaration.values import JSON, Path, render
from .names import setting_name
from .program import Setting

if TYPE_CHECKING:
    from .program import Declared


@dataclass
class Settings:
    """The settings of one program, as they come up."""

    declared: dict[str, Setting] = field(default_factory=dict)

    def without_secrets(self, resource: Declared) -> Declared:
        """The resource with a setting for each secret that it needs or has; what it can do without is remarked."""
        remarks: list[str] = []
        inputs = self._without_secrets(resource.kind.shape, resource.inputs, (), resource.name, remarks)
        return replace(resource, inputs=inputs, remarks=(*resource.remarks, *remarks))

    def _without_secrets(self, shape: Shape, value: JSON, path: Path, name: str, remarks: list[str]) -> JSON:
        if isinstance(shape, ListOf) and isinstance(value, list):
            parts = enumerate(value)
            return [self._without_secrets(shape.item, item, (*path, index), name, remarks) for index, item in parts]
        declared = object_at(shape, value)
        if declared is None or not isinstance(value, dict):
            return value
        done = dict(value)
        for wire, prop in declared.properties.items():
            if not prop.mark(WriteOnly):
                if wire in value:
                    done[wire] = self._without_secrets(prop.shape, value[wire], (*path, wire), name, remarks)
            elif prop.required or value.get(wire) is not None:
                done[wire] = self._setting(name, wire)
            else:
                remarks.append(f"`{render((*path, wire))}` is not read back: add it if the platform needs it again.")
        return done

    def _setting(self, resource: str, wire: str) -> Setting:
        name = setting_name(resource, wire, self.declared.keys())
        self.declared[name] = Setting(name)
        return self.declared[name]
