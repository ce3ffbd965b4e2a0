"""`managed-agents import`: a program for what exists already, and the file that `pulumi import` takes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .. import apply
from ..declaration.platform import usual_place
from ..importing import ant, live
from ..importing.ant_lock import differs, read_lock
from ..importing.inventory import Choice, Inventory, PlatformObject
from ..importing.names import slug
from ..importing.problem import ImportProblem
from ..importing.project import files, next_steps, write
from ..lifecycle.steps import Call, Operation
from ..plan.diff import refuse_elsewhere
from ..platforms import base_url_of
from ..resources.registry import KINDS
from .output import say, show, show_json
from .table import print_table
from .target import configuration, provider

if TYPE_CHECKING:
    import argparse

    from ..importing.program import Declared, Setting
    from ..provider.configured import ConfiguredProvider


def run(options: argparse.Namespace) -> int:
    """Does what the options say."""
    choice = Choice(tuple(options.kind), tuple(options.pattern), tuple(options.id), options.sessions)
    if options.from_ant and choice != Choice():
        raise ImportProblem(
            "--from-ant takes over all that the lock file has: leave out --kind, --name, --id and --sessions"
        )
    chosen = provider(options)
    if options.from_ant:
        return _from_ant(options, chosen)
    found = _chosen(choice, chosen.context)
    if options.list:
        _show(found, as_json=options.json)
        return 0
    return _write(options, live.read(found, chosen.context, say), chosen.context)


def _chosen(choice: Choice, platform: apply.Context) -> list[PlatformObject]:
    for name in choice.listed:
        refuse_elsewhere(KINDS[name], platform.backend.capabilities)
    items = apply.look_up(Inventory().objects(choice.listed), platform)
    missing = choice.missing(items)
    if missing:
        raise ImportProblem(f"there is no {', '.join(missing)}, or it is archived, or in another workspace")
    chosen = [item for item in items if choice.takes(item)]
    for maker in ("deployments", "agents"):
        left = sum(1 for item in items if item.made_by == maker and item not in chosen)
        if left and not choice.ids:
            say(f"{left} that {maker} made are left out: name them with --id")
    return chosen


def _show(found: list[PlatformObject], *, as_json: bool) -> None:
    if as_json:
        show_json([{"kind": item.kind, "name": item.name, "id": item.id} for item in found])
        return
    print_table([("KIND", "NAME", "ID"), *((item.kind, item.name, item.id) for item in found)])


def _from_ant(options: argparse.Namespace, chosen: ConfiguredProvider) -> int:
    lock = read_lock(options.from_ant)
    if chosen.capabilities.key != "claude":
        raise ImportProblem(f"{lock.path} belongs to Claude Managed Agents: leave out --platform")
    problem = differs(lock, _account(chosen))
    if problem:
        raise ImportProblem(problem)
    if options.list:
        _show([item for _, item in ant.locked_objects(lock)], as_json=options.json)
        return 0
    return _write(options, ant.read(lock, options.out, chosen.context, say), chosen.context)


def _account(chosen: ConfiguredProvider) -> dict[str, str]:
    """What can be learnt of the account at hand, in the lock file's words; an emulator's file has no address."""
    settings = chosen.configuration.settings
    headers = chosen.platform.service.probe(Call(Operation("agents", "list"), query={"limit": 1}))
    # On Google Cloud there is a workspace in it, and nobody says how `ant` writes that down.
    is_told = not settings.emulator and settings.where != "google-cloud"
    address = base_url_of(chosen.configuration).lower() if is_told else ""
    tenant = {key: headers.get(f"anthropic-{key.replace('_', '-')}", "") for key in ("organization_id", "workspace_id")}
    return {"base_url": address, **tenant}


def _write(options: argparse.Namespace, resources: list[Declared], platform: apply.Context) -> int:
    if not resources:
        raise ImportProblem("nothing was chosen: `--list` shows what there is")
    program = live.program(resources, platform, prose=options.prose)
    name = slug(options.out.resolve().name) or "imported"
    written = files(program, options.language, name, _config(options))
    write(written, options.out, force=options.force)
    say(f"Wrote {len(program.resources)} resources into {options.out}. What to do next:")
    show(*next_steps(program, options.language, options.out))
    for setting in program.settings:
        say(_about(setting))
    if any(resource.kind.name in ("Credential", "Skill") for resource in program.resources):
        say("`pulumi import` will warn that secrets, and the paths of skills, are required: the program has them.")
    return 0


def _about(setting: Setting) -> str:
    if setting.shown:
        return (
            f"`{setting.name}` is not written down: set it as the platform has it, or the next `pulumi up` changes it."
        )
    return f"No platform shows `{setting.name}`: once it is set, the next `pulumi up` sends it, once."


def _config(options: argparse.Namespace) -> dict[str, str]:
    """The settings that lead the program to the same platform."""
    settings = configuration(options).settings
    found = {} if settings.platform == "claude" else {"managed-agents:platform": str(settings.platform)}
    if settings.where != usual_place(settings.platform):
        found["managed-agents:place"] = settings.where
    if settings.emulator:
        found["managed-agents:emulator"] = Path(os.path.relpath(settings.emulator, options.out)).as_posix()
    return found
