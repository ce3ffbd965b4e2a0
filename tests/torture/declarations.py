"""What a program may declare of each kind, and what may become of it.

A change says what is meant by it: `field` changes in place, `secret` rotates, `again` sends or runs once more, `new`
needs another object. What is really done follows from the provider's own comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from torture.app import APP, INSTALLATIONS, app_key
from torture.draw import FULL, ROOTS, Draw
from torture.program import Ref

if TYPE_CHECKING:
    from pulumi_managed_agents.declaration.values import Bag

Meaning = Literal["field", "secret", "again", "new"]
Declare: TypeAlias = "Callable[[Draw], Bag | None]"
Alter: TypeAlias = "Callable[[Draw, Bag], Bag | None]"


BOUND, OWN_MACHINE = "BoundRepository", "OwnMachine"
"""A repository that looks after the mount of a session; an environment that moves between machines."""


@dataclass(frozen=True)
class Form:
    """A kind as programs declare it."""

    name: str
    weight: int
    """How often it is declared."""
    most: int
    """Resources of it in one program."""
    declare: Declare
    changes: tuple[tuple[Meaning, Alter], ...]

    @property
    def kind(self) -> str:
        """The kind of resource."""
        return {BOUND: "RepositoryResource", OWN_MACHINE: "Environment"}.get(self.name, self.name)


def _set(wire: str, value: Callable[[Draw], Any]) -> Alter:
    return lambda draw, bag: {**bag, wire: value(draw)}


def _without(wire: str) -> Alter:
    return lambda _, bag: {key: item for key, item in bag.items() if key != wire} if wire in bag else None


def _text(draw: Draw) -> str:
    return draw.name("text")


def _relabelled(draw: Draw, bag: Bag) -> Bag:
    """Other labels; where all are taken, another value of one."""
    labels = dict(bag.get("metadata") or {})
    name = draw.choice(list(labels)) if len(labels) == FULL else f"label-{draw.random.randrange(4)}"
    labels[name] = draw.name("v")
    return {**bag, "metadata": labels}


LABELS: tuple[Meaning, Alter] = ("field", _relabelled)


# Agents, environments, profiles


def _agent(draw: Draw) -> Bag:
    return {"name": draw.name("agent"), "model": draw.model(), "system": draw.words(), **draw.labels()}


def _environment(draw: Draw) -> Bag:
    return {"name": draw.name("env"), "description": _text(draw), "config": {"type": "cloud"}, **draw.labels()}


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
    return {"name": draw.name("store"), "description": _text(draw), **draw.labels()}


def _memory(draw: Draw) -> Bag | None:
    store = draw.ref("MemoryStore")
    return {"memoryStoreId": store, "path": _path(draw), "content": draw.words()} if store else None


def _path(draw: Draw) -> str:
    return f"/{draw.choice(('style', 'deep/er'))}/{draw.name('m')}.md"


def _remembered(draw: Draw, bag: Bag) -> Bag:
    """Another text, at times an earlier one."""
    return {**bag, "content": draw.choice([text for text in (draw.words(), _text(draw)) if text != bag["content"]])}


# Files and skills


def _file(draw: Draw) -> Bag:
    name = "notes.txt" if draw.chance(0.3) else f"{draw.name('file')}.txt"
    return {"filename": name, "text": draw.words()}


def _skill(draw: Draw) -> Bag:
    return {"path": draw.name("skill"), **({"displayName": draw.name("title")} if draw.chance(0.5) else {})}


# Repositories and their tokens


def _minted(draw: Draw) -> Bag:
    return {
        "appId": APP,
        "installationId": draw.choice(INSTALLATIONS),
        "privateKey": app_key()[0],
        "permissions": _permissions(draw),
    }


def _permissions(draw: Draw) -> Bag:
    return {"contents": "read", "issues": draw.choice(("read", "write"))}


def _repository(draw: Draw) -> Bag:
    minted = draw.ref("GitHubInstallationToken", "token") if draw.chance(0.4) else None
    place = draw.name("repo")
    return {
        "url": f"https://github.com/org/{place}",
        "mountPath": f"{ROOTS[draw.platform]}/{place}",
        "authorizationToken": minted or draw.token(),
        **({"verifyAccess": True} if draw.chance(0.2) else {}),
    }


def _rotated(draw: Draw, bag: Bag) -> Bag | None:
    return {**bag, "authorizationToken": draw.token()} if isinstance(bag["authorizationToken"], str) else None


def _place(draw: Draw) -> str:
    return f"{ROOTS[draw.platform]}/{draw.name('repo')}"


def _bound(draw: Draw) -> Bag | None:
    """Looks after the one mount of a session that the session declares without a token."""
    bound = {each.bag["sessionId"].name for each in draw.program.of(BOUND)}
    free = [each for each in draw.program.of("Session") if each.name not in bound and _public(each.bag)]
    session = draw.choice(free)
    if session is None:
        return None
    mount = _public(session.bag)[0]
    return {
        "url": mount["url"],
        "mountPath": mount["mountPath"],
        "sessionId": Ref(session.name),
        "authorizationToken": draw.token(),
    }


def _public(bag: Bag) -> list[Bag]:
    mounted = [entry for entry in bag["resources"] if isinstance(entry, dict)]
    return [each for each in mounted if each["type"] == "github_repository" and "authorizationToken" not in each]


# Sessions and what is said to them


def _session(draw: Draw) -> Bag | None:
    agent, environment = draw.ref("Agent"), draw.ref("Environment")
    if agent is None or environment is None:
        return None
    bag: Bag = {"agent": agent, "environmentId": environment, "title": draw.name("title"), **draw.labels()}
    bag["resources"] = [each for each in (_own(draw), *_mounts(draw)) if each]
    vault = draw.ref("Vault") if draw.chance(0.3) else None
    bag |= {"vaultIds": [vault]} if vault else {}
    bag |= {"waitForReady": True} if draw.chance(0.15) else {}
    return bag | ({"onDelete": "delete"} if draw.chance(0.4) else {})


def _own(draw: Draw) -> Bag | None:
    """A repository that the session declares itself, with a token or without."""
    if draw.chance(0.4):
        return None
    place = draw.name("own")
    entry = {
        "type": "github_repository",
        "url": f"https://github.com/org/{place}",
        "mountPath": f"{ROOTS[draw.platform]}/{place}",
    }
    return entry | ({"authorizationToken": draw.token()} if draw.chance(0.5) else {})


def _mounts(draw: Draw) -> list[Any]:
    repository = draw.ref("RepositoryResource", "mount") if draw.chance(0.6) else None
    store = draw.ref("MemoryStore") if draw.chance(0.2) else None
    stored = {"type": "memory_store", "memoryStoreId": store} if store else None
    return [repository, _mounted_file(draw, draw.ref("File") if draw.chance(0.3) else None), stored]


def _mounted_file(draw: Draw, file: Ref | None) -> Bag | None:
    return {"type": "file", "fileId": file, "mountPath": f"/{draw.name('in')}.txt"} if file else None


def _own_token(draw: Draw, bag: Bag) -> Bag | None:
    entries = [
        {**entry, "authorizationToken": draw.token()}
        if isinstance(entry, dict) and "authorizationToken" in entry
        else entry
        for entry in bag["resources"]
    ]
    return {**bag, "resources": entries} if entries != bag["resources"] else None


def _files_exchanged(draw: Draw, bag: Bag) -> Bag | None:
    """A file more, or one less."""
    others = [entry for entry in bag["resources"] if not (isinstance(entry, dict) and entry["type"] == "file")]
    if len(others) < len(bag["resources"]) and draw.chance(0.5):
        return {**bag, "resources": others}
    entry = _mounted_file(draw, draw.ref("File"))
    return {**bag, "resources": [*bag["resources"], entry]} if entry else None


def _elsewhere(draw: Draw, bag: Bag) -> Bag | None:
    environment = draw.ref("Environment")
    return {**bag, "environmentId": environment} if environment and environment != bag["environmentId"] else None


def _said(draw: Draw) -> list[Bag]:
    count = 2 if draw.chance(0.2) else 1
    return [{"type": "user.message", "content": [{"type": "text", "text": draw.words()}]} for _ in range(count)]


def _events(draw: Draw) -> Bag | None:
    session = draw.ref("Session")
    bag = {"sessionId": session, "events": _said(draw)} if session else None
    return bag and {**bag, **({"waitForIdle": True} if draw.chance(0.2) else {})}


# Deployments


def _deployment(draw: Draw) -> Bag | None:
    agent, environment = draw.ref("Agent"), draw.ref("Environment")
    if agent is None or environment is None:
        return None
    bag = {
        "name": draw.name("deployment"),
        "agent": agent,
        "environmentId": environment,
        "initialEvents": _said(draw),
        **draw.labels(),
    }
    if draw.chance(0.3):
        bag |= {"schedule": {"type": "cron", "expression": "0 0 1 1 *", "timezone": "UTC"}, "paused": draw.chance(0.5)}
    return bag | ({"runTrigger": draw.name("run")} if draw.chance(0.5) else {})


def _paused(_: Draw, bag: Bag) -> Bag | None:
    return {**bag, "paused": not bag["paused"]} if "paused" in bag else None


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form(
            "Agent",
            6,
            4,
            _agent,
            (
                ("field", _set("name", lambda draw: draw.name("agent"))),
                ("field", _set("system", _text)),
                ("field", _set("description", _text)),
                ("field", _without("description")),
                ("field", _set("model", lambda draw: draw.model())),
                LABELS,
            ),
        ),
        Form(
            "Environment",
            6,
            3,
            _environment,
            (
                ("field", _set("description", _text)),
                ("field", _set("config", _packages)),
                ("field", _set("name", lambda draw: draw.name("env"))),
                LABELS,
            ),
        ),
        Form(OWN_MACHINE, 3, 1, _own_machine, (("field", _set("description", _text)), LABELS, ("new", _moved))),
        Form("Vault", 4, 3, _vault, (("field", _set("displayName", lambda draw: draw.name("vault"))), LABELS)),
        Form(
            "Credential",
            5,
            4,
            _credential,
            (("secret", _rotated_bearer), LABELS, ("new", _set("auth", _bearer))),
        ),
        Form(
            "MemoryStore",
            4,
            2,
            _store,
            (("field", _set("description", _text)), ("field", _set("name", lambda draw: draw.name("store"))), LABELS),
        ),
        Form("Memory", 6, 5, _memory, (("field", _remembered), ("field", _remembered), ("new", _set("path", _path)))),
        Form("File", 5, 4, _file, (("new", _set("text", _text)), ("new", _set("filename", lambda draw: draw.name("f"))))),
        Form(
            "Skill",
            4,
            3,
            _skill,
            (
                ("field", _set("path", lambda draw: draw.name("skill"))),
                ("new", _set("displayName", lambda draw: draw.name("title"))),
            ),
        ),
        Form(
            "UserProfile",
            4,
            2,
            _profile,
            (("field", _set("name", lambda draw: draw.name("user"))), LABELS, ("new", _without("name"))),
        ),
        Form(
            "GitHubInstallationToken",
            3,
            2,
            _minted,
            (
                ("field", _set("permissions", _permissions)),
                ("new", _set("installationId", lambda draw: draw.choice(INSTALLATIONS))),
            ),
        ),
        Form("RepositoryResource", 5, 4, _repository, (("secret", _rotated), ("new", _set("mountPath", _place)))),
        Form(BOUND, 3, 2, _bound, (("secret", _rotated),)),
        Form(
            "Session",
            9,
            5,
            _session,
            (
                ("field", _set("title", lambda draw: draw.name("title"))),
                ("field", _files_exchanged),
                LABELS,
                ("secret", _own_token),
                ("new", _elsewhere),
            ),
        ),
        Form(
            "SessionEvents",
            7,
            4,
            _events,
            (("again", _set("trigger", lambda draw: draw.name("again"))), ("again", _set("events", _said))),
        ),
        Form(
            "Deployment",
            6,
            3,
            _deployment,
            (
                ("field", _set("name", lambda draw: draw.name("deployment"))),
                ("field", _set("description", _text)),
                ("field", _set("initialEvents", _said)),
                ("field", _paused),
                LABELS,
                ("again", _set("runTrigger", lambda draw: draw.name("run"))),
            ),
        ),
    )
}
"""Every form in which something is declared; two of them are of one kind."""
