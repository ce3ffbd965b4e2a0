"""Chosen objects of a platform as resources of a program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .. import apply
from ..declaration.marks import Digest, Internal
from ..lifecycle.steps import Call, Operation
from ..resources.registry import KINDS
from .content import in_files, skill_file
from .disclosure import tells_secret
from .names import logical_names
from .program import Declared, Program
from .references import linked
from .settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..declaration.platform import PlatformKey
    from ..declaration.values import JSON, Bag
    from ..lifecycle.kind import Kind
    from ..lifecycle.steps import State, Steps
    from .inventory import PlatformObject


def read(found: Sequence[PlatformObject], context: apply.Context, say: Callable[[str], None]) -> list[Declared]:
    """The objects as a person would declare them; one that went meanwhile is left out."""
    platform = context.backend.capabilities.key
    resources = []
    for number, (item, name) in enumerate(zip(found, logical_names(found), strict=True), 1):
        say(f"[{number}/{len(found)}] {item.kind} {name}")
        resource = declared(KINDS[item.kind], item.id, name, platform, context)
        if resource is None:
            say(f"{item.kind} {item.id} is gone or archived: left out")
        else:
            resources.append(resource)
    return resources


def declared(kind: Kind, id: str, name: str, platform: PlatformKey, context: apply.Context) -> Declared | None:
    """One object in a program's words; None when it is gone."""
    kind = kind.on(platform)
    state = apply.read(kind, id, None, context)
    return None if state is None else as_declared(kind, state, name)


def as_declared(kind: Kind, state: State, name: str) -> Declared:
    """What was read, without what only the platform or the provider says."""
    shape = kind.shape.properties
    kept = {wire: value for wire, value in state.outputs.items() if wire in shape and not _is_made(kind, wire)}
    return Declared(kind, name, state.id, kept)


def _is_made(kind: Kind, wire: str) -> bool:
    prop = kind.shape.properties[wire]
    return bool(prop.mark(Digest) or prop.mark(Internal))


def contents(resource: Declared, context: apply.Context) -> tuple[Declared, dict[str, str]]:
    """A resource whose content cannot be read, with what stands for it."""
    if resource.kind.name == "File":
        remark = "The content is not read back. With `path` the file is watched; its content counts as what is there."
        return replace(resource, remarks=(*resource.remarks, remark)), {}
    if resource.kind.name != "Skill" or "path" in resource.inputs:
        return resource, {}
    version = apply.look_up(_version(resource.id), context)
    folder = f"skills/{resource.name}"
    text = skill_file(
        *(_open(version.get(key)) or other for key, other in (("name", resource.name), ("description", UNREAD)))
    )
    remark = f"The files of a skill are not read back: put them into {folder} before the first `pulumi up`."
    remarks = (*resource.remarks, remark)
    return replace(resource, inputs={"path": folder, **resource.inputs}, remarks=remarks), {f"{folder}/SKILL.md": text}


UNREAD = "Not read back."


def _open(text: JSON) -> str:
    return "" if not isinstance(text, str) or tells_secret(text) else text


def _version(id: str) -> Steps[Bag]:
    answer = yield Call(Operation("skills.versions", "list"), {"skill_id": id}, query={"limit": 1})
    return dict(answer["data"][0]) if answer["data"] else {}


def program(resources: Sequence[Declared], context: apply.Context, *, prose: bool) -> Program:
    """The program of the resources: linked, without secrets, its texts in files if that is wanted."""
    settings, files, done = Settings(), dict[str, str](), list[Declared]()
    for resource in resources:
        whole, content = contents(resource, context)
        open_, text = settings.without_secrets(whole), dict[str, str]()
        if prose:
            open_, text = in_files(open_)
        files |= content | text
        done.append(open_)
    return Program(linked(done), tuple(settings.declared.values()), files)
