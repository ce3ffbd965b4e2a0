"""A checkout of `ant apply` as resources of a program: what its files declare, under the ids of its lock file."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from .. import apply, plan
from ..declaration.marks import AutoNamed
from ..declaration.names import to_wire
from ..resources.parts.mount import CLONE_TOKENS
from ..resources.registry import KINDS
from .ant_files import Resolver
from .ant_lock import KINDS as ORDER
from .checkout import place_in, read_body
from .inventory import PlatformObject
from .live import as_declared
from .names import logical_names
from .program import Declared, Reference
from .settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..declaration.values import JSON, Bag
    from ..lifecycle.kind import Kind
    from .ant_lock import Entry, Lock


def locked_objects(lock: Lock) -> list[tuple[Entry, PlatformObject]]:
    """The entries of a lock file as objects to take over, none before what it names."""
    ranks = list(ORDER.values())
    entries = sorted(lock.entries.values(), key=lambda entry: (ranks.index(entry.kind), entry.key))
    return [(entry, PlatformObject(entry.kind, entry.id, _title(entry))) for entry in entries]


def _title(entry: Entry) -> str:
    last = (entry.subpath or entry.key).rstrip("/").rpartition("/")[2]
    return re.sub(r"\.(md|ya?ml|json)\Z", "", last)


def read(lock: Lock, out: Path, context: apply.Context, say: Callable[[str], None]) -> list[Declared]:
    """What the files declare; what differs from the platform is said.

    Raises:
        ImportProblem: a file cannot be understood.
    """
    pairs = locked_objects(lock)
    names = logical_names([item for _, item in pairs])
    resources, newest = list[Declared](), dict[tuple[str, str], Reference]()
    for number, ((entry, item), name) in enumerate(zip(pairs, names, strict=True), 1):
        say(f"[{number}/{len(pairs)}] {item.kind} {name}")
        kind = KINDS[entry.kind].on(context.backend.capabilities.key)
        state = apply.read(kind, entry.id, None, context)
        if state is None:
            say(f"{entry.key}: {entry.id} is gone or archived, so it is left out")
            continue
        resources.append(_as_declared(lock, entry, as_declared(kind, state, name), out, context, say))
        newest |= {
            (entry.id, str(state.outputs[wire])): Reference(name, wire) for wire in VERSIONS if state.outputs.get(wire)
        }
    return [replace(resource, inputs=_following(resource.inputs, newest)) for resource in resources]


VERSIONS = ("latestVersionId", "version")
"""Outputs that dependents are pinned to."""


def _following(inputs: Bag, newest: Mapping[tuple[str, str], Reference]) -> Bag:
    """What is pinned to the newest version of another resource follows it, as `ant apply` has it."""

    def followed(item: JSON) -> JSON:
        named = item.get("skillId") or item.get("id") if isinstance(item, dict) else None
        reference = newest.get((str(named), str(item.get("version")))) if named else None
        return {**item, "version": reference} if reference else item

    done = dict(inputs)
    if isinstance(done.get("skills"), list):
        done["skills"] = [followed(skill) for skill in done["skills"]]
    roster = done.get("multiagent")
    if isinstance(roster, dict) and isinstance(roster.get("agents"), list):
        done["multiagent"] = {**roster, "agents": [followed(member) for member in roster["agents"]]}
    return done


def _as_declared(
    lock: Lock, entry: Entry, there: Declared, out: Path, context: apply.Context, say: Callable[[str], None]
) -> Declared:
    if entry.kind == "Skill":
        return _skill(lock, entry, there, out, say)
    path = None if entry.is_address else place_in(lock.folder, entry.key)
    if path is None or not path.exists():
        say(f"{entry.key} is not in the checkout: taken as the platform has it")
        return there
    body, text = read_body(path)
    inputs = _inputs(
        there, Resolver(lock, entry.key).resolved(entry.kind, body), text, lambda what: say(f"{entry.key}: {what}")
    )
    for difference in _differences(there, inputs, context):
        say(f"{entry.key}: {difference}")
    secrets = Settings()
    secrets.without_secrets(replace(there, inputs=inputs))
    if secrets.declared:
        say(f"{entry.key} holds a secret in the clear: remove it there once the configuration has it")
    return replace(there, inputs=_by_source(there.kind, inputs, body, text, path, out) or inputs)


def _inputs(there: Declared, body: Bag, text: str, warn: Callable[[str], None]) -> Bag:
    """The inputs that a body and its prose declare; a name that is left out is the platform's."""
    shape = there.kind.shape
    for name in body.keys() - shape.by_either_name.keys() - {"type"}:
        warn(f"`{name}` is no property of {there.kind.name}, so it is left out")
    known = {name: value for name, value in body.items() if name in shape.by_either_name and value is not None}
    names = {wire: there.inputs.get(wire) for wire, prop in shape.properties.items() if prop.mark(AutoNamed)}
    given = {wire: value for wire, value in names.items() if value is not None}
    prose = there.kind.prose(text) if there.kind.prose and text else {}
    return {**given, **to_wire(shape, known), **prose}


def _by_source(kind: Kind, inputs: Bag, body: Bag, text: str, path: Path, out: Path) -> Bag | None:
    """The declaration by the Markdown file itself and what the file cannot say; None where it cannot stand for it."""
    shape = kind.shape
    if path.suffix != ".md" or kind.prose is None or not body.keys() <= shape.by_either_name.keys():
        return None
    try:
        place = _seen_from(out, path)
    except ValueError:  # another drive
        return None
    in_file = {**to_wire(shape, body), **(kind.prose(text) if text else {})}
    return {"source": place, **{wire: value for wire, value in inputs.items() if in_file.get(wire) != value}}


def _skill(lock: Lock, entry: Entry, there: Declared, out: Path, say: Callable[[str], None]) -> Declared:
    """A skill by its folder, or by its address at the commit that was applied."""
    if entry.is_address:
        repository = re.match(r"https://[^/]+/[^/]+/[^/]+", entry.key)
        if repository and re.fullmatch(r"[0-9a-f]{40}", entry.revision or ""):
            place = f"{repository[0]}/tree/{entry.revision}/{(entry.subpath or '').strip('/')}".rstrip("/")
            return replace(there, inputs={"path": place, **there.inputs})
    elif place_in(lock.folder, f"{entry.key}/SKILL.md").is_file():
        place = _seen_from(out, place_in(lock.folder, entry.key))
        return replace(there, inputs={"path": place, **there.inputs})
    say(f"{entry.key} is not in the checkout: a folder stands for it")
    return there


def _seen_from(out: Path, path: Path) -> str:
    """The relative path that leads from the program's folder to a place without links."""
    return Path(os.path.relpath(path, os.path.realpath(out))).as_posix()


def _differences(there: Declared, inputs: Bag, context: apply.Context) -> list[str]:
    """What the first `pulumi up` would change, since files and platform do not say the same."""
    naming = plan.CheckContext(context.backend.capabilities, there.name, lambda digits: "0" * digits)
    checked, failures = plan.check(there.kind, {}, inputs, naming)
    changed = [change for change in plan.diff(there.kind, there.inputs, checked) if not _is_secret(change.path)]
    different = dict.fromkeys(change.name for change in changed)
    problems = [f"{failure}" for failure in failures]
    return [*problems, *(f"`{name}` is not as the platform has it: `pulumi preview` shows how" for name in different)]


def _is_secret(path: tuple[str | int, ...]) -> bool:
    return path[-1] in {token.wire for token in CLONE_TOKENS.values()}
