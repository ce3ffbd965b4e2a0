"""Secrets: no program holds them, so each becomes a secret of the configuration.

Some no platform shows. Others stand where people put them: in a container's variables, in addresses, in any text. A
user or password of an address is left out; another text that holds a secret, or may be one, is a setting as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..declaration.marks import Confidential, WriteOnly
from ..declaration.shape import Json, ListOf, MapOf, Object, Shape, object_at
from ..declaration.values import JSON, Bag, Path, Secret, render
from .disclosure import tells_secret, without_user
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
        pass_ = _Pass(self, resource.name)
        inputs = pass_.value(resource.kind.shape, resource.inputs, (), "value")
        return replace(resource, inputs=inputs, remarks=(*resource.remarks, *dict.fromkeys(pass_.remarks)))

    def add(self, resource: str, wire: str, *, shown: bool = False) -> Setting:
        """Another setting, for what is called so."""
        name = setting_name(resource, re.sub(r"\W", "", wire, flags=re.ASCII) or "value", self.declared.keys())
        self.declared[name] = Setting(name, shown)
        return self.declared[name]


@dataclass
class _Pass:
    """Goes through the inputs of one resource. A path ends where names are the user's own: they may be anything."""

    settings: Settings
    resource: str
    remarks: list[str] = field(default_factory=list)

    def value(self, shape: Shape, value: JSON, path: Path, name: str) -> JSON:
        """A value without secrets; `name` is the last one that leads to it."""
        if isinstance(value, Secret):
            return self._setting(path, name)
        if isinstance(value, str):
            return self._text(value, path, name, names_user=False)
        if isinstance(value, list):
            item = shape.item if isinstance(shape, ListOf) else Shape()
            places = (path if type(item) is Shape else (*path, index) for index in range(len(value)))
            return [self.value(item, part, place, name) for part, place in zip(value, places, strict=True)]
        if not isinstance(value, dict):
            return value
        known = None if isinstance(shape, Json | MapOf) else object_at(shape, value)
        return self._free(shape, value, path) if known is None else self._object(known, value, path)

    def _object(self, shape: Object, value: Bag, path: Path) -> Bag:
        done = {wire: self._part(shape, value, path, wire) for wire in value if wire in shape.properties}
        done |= self._free(Shape(), {wire: part for wire, part in value.items() if wire not in done}, path)
        for wire, prop in shape.properties.items():
            if not prop.mark(WriteOnly):
                continue
            done.pop(wire, None)
            if prop.required or value.get(wire) is not None:
                done[wire] = self.settings.add(self.resource, wire)
            else:
                self._remark((*path, wire), "is not read back: add it if the platform needs it again.")
        return done

    def _part(self, shape: Object, value: Bag, path: Path, wire: str) -> JSON:
        prop, part, place = shape.properties[wire], value[wire], (*path, wire)
        if prop.mark(Confidential) and part is not None:
            return self._confidential(part, place, wire)
        if isinstance(part, str):
            return self._text(part, place, wire, names_user=_names_user(shape, wire))
        return self.value(prop.shape, part, place, wire)

    def _confidential(self, value: JSON, path: Path, wire: str) -> JSON:
        if not isinstance(value, dict):
            return self._setting(path, wire)
        self._remark(path, "may hold secrets: its values are taken from the configuration.")
        return {key: self.settings.add(self.resource, key, shown=True) for key in value if not self._tells(key, path)}

    def _free(self, shape: Shape, value: Bag, path: Path) -> Bag:
        """What has names of the user's own."""
        inner = shape.value if isinstance(shape, MapOf) else Shape()
        return {key: self.value(inner, part, path, key) for key, part in value.items() if not self._tells(key, path)}

    def _tells(self, key: str, path: Path) -> bool:
        if not tells_secret(key):
            return False
        self._remark(path, "has a name that looks like a secret: it is left out.")
        return True

    def _text(self, text: str, path: Path, name: str, *, names_user: bool) -> JSON:
        address = without_user(text, named=names_user)
        if tells_secret(address, name):
            return self._setting(path, name)
        if address != text:
            self._remark(path, "had a user's name or a password in its address, which is left out.")
        return address

    def _setting(self, path: Path, name: str) -> Setting:
        self._remark(path, "holds what looks like a secret: it is taken from the configuration.")
        return self.settings.add(self.resource, name, shown=True)

    def _remark(self, path: Path, what: str) -> None:
        self.remarks.append(f"`{render(path)}` {what}")


def _names_user(shape: Object, wire: str) -> bool:
    """Whether an address has to name a user: one that is cloned with a password."""
    return wire == "url" and "password" in shape.properties
