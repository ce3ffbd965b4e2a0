"""What a program may declare beside sessions: agents, environments, vaults, memory, files, skills, profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torture.forms import LABELS, OWN_MACHINE, Form, assigned, named, text, without

if TYPE_CHECKING:
    from torture.draw import Draw

    from pulumi_managed_agents.declaration.values import Bag

# Agents, environments, profiles


def _agent(draw: Draw) -> Bag:
    return {"name": draw.name("agent"), "model": draw.model(), "system": draw.words(), **draw.labels()}


def _environment(draw: Draw) -> Bag:
    return {"name": draw.name("env"), "description": text(draw), "config": {"type": "cloud"}, **draw.labels()}


def _packages(draw: Draw) -> Bag:
    return {"type": "cloud", "packages": {"pip": [draw.name("package")]}}


def _own_machine(draw: Draw) -> Bag:
    """An environment that sessions cannot mount anything in; so none is declared in it."""
    return {**_environment(draw), "config": {"type": draw.choice(("cloud", "self_hosted"))}}


def _moved(_: Draw, bag: Bag) -> Bag:
    return {**bag, "config": {"type": "cloud" if bag["config"]["type"] == "self_hosted" else "self_hosted"}}


def _profile(draw: Draw) -> Bag | None:
    return {"name": draw.name("user"), **draw.labels()} if draw.platform == "claude" else None


# Vaults and credentials


def _vault(draw: Draw) -> Bag:
    return {"displayName": draw.name("vault"), **draw.labels()}


def _credential(draw: Draw) -> Bag | None:
    vault = draw.ref("Vault")
    return {"vaultId": vault, "auth": _bearer(draw), **draw.labels()} if vault else None


def _bearer(draw: Draw) -> Bag:
    return {
        "type": "static_bearer",
        "mcpServerUrl": f"https://{draw.name('server')}.example.com/",
        "token": draw.token(),
    }


def _rotated_bearer(draw: Draw, bag: Bag) -> Bag:
    return {**bag, "auth": {**bag["auth"], "token": draw.token()}}


# Memory


def _store(draw: Draw) -> Bag:
    return {"name": draw.name("store"), "description": text(draw), **draw.labels()}


def _memory(draw: Draw) -> Bag | None:
    store = draw.ref("MemoryStore")
    return {"memoryStoreId": store, "path": _path(draw), "content": draw.words()} if store else None


def _path(draw: Draw) -> str:
    return f"/{draw.choice(('style', 'deep/er'))}/{draw.name('m')}.md"


def _remembered(draw: Draw, bag: Bag) -> Bag:
    """Another text, at times an earlier one."""
    return {**bag, "content": draw.choice([text for text in (draw.words(), text(draw)) if text != bag["content"]])}


# Files and skills


def _file(draw: Draw) -> Bag:
    name = "notes.txt" if draw.chance(0.3) else f"{draw.name('file')}.txt"
    return {"filename": name, "text": draw.words()}


def _skill(draw: Draw) -> Bag:
    return {"path": draw.name("skill"), **({"displayName": draw.name("title")} if draw.chance(0.5) else {})}


OBJECTS = (
    Form(
        "Agent",
        6,
        4,
        _agent,
        (
            ("field", named("name", "agent")),
            ("field", assigned("system", text)),
            ("field", assigned("description", text)),
            ("field", without("description")),
            ("field", assigned("model", lambda draw: draw.model())),
            LABELS,
        ),
    ),
    Form(
        "Environment",
        6,
        3,
        _environment,
        (
            ("field", assigned("description", text)),
            ("field", assigned("config", _packages)),
            ("field", named("name", "env")),
            LABELS,
        ),
    ),
    Form(OWN_MACHINE, 3, 1, _own_machine, (("field", assigned("description", text)), LABELS, ("new", _moved))),
    Form("Vault", 4, 3, _vault, (("field", named("displayName", "vault")), LABELS)),
    Form(
        "Credential",
        5,
        4,
        _credential,
        (("secret", _rotated_bearer), LABELS, ("new", assigned("auth", _bearer))),
    ),
    Form(
        "MemoryStore",
        4,
        2,
        _store,
        (
            ("field", assigned("description", text)),
            ("field", named("name", "store")),
            LABELS,
        ),
    ),
    Form("Memory", 6, 5, _memory, (("field", _remembered), ("field", _remembered), ("new", assigned("path", _path)))),
    Form(
        "File",
        5,
        4,
        _file,
        (("new", assigned("text", text)), ("new", named("filename", "f"))),
    ),
    Form(
        "Skill",
        4,
        3,
        _skill,
        (
            ("field", named("path", "skill")),
            ("new", named("displayName", "title")),
        ),
    ),
    Form(
        "UserProfile",
        4,
        2,
        _profile,
        (("field", named("name", "user")), LABELS, ("new", without("name"))),
    ),
)
"""The forms of these."""
