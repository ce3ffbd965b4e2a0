"""What a program may declare of sessions: what they mount, what is said to them, and deployments that start them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from torture.app import APP, INSTALLATIONS, app_key
from torture.draw import ROOTS
from torture.forms import BOUND, LABELS, Form, assigned, named, text
from torture.program import Ref, refs

if TYPE_CHECKING:
    from torture.draw import Draw

    from pulumi_managed_agents.declaration.values import Bag

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
    """A repository that the session declares itself, with a token or, where none is needed, without."""
    if draw.chance(0.4):
        return None
    place = draw.name("own")
    entry = {
        "type": "github_repository",
        "url": f"https://github.com/org/{place}",
        "mountPath": f"{ROOTS[draw.platform]}/{place}",
    }
    with_token = draw.chance(0.5) or draw.platform == "qoder"
    return entry | ({"authorizationToken": draw.token()} if with_token else {})


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
    file = draw.ref("File")
    if file is None or file in refs(bag["resources"]):
        return None
    return {**bag, "resources": [*bag["resources"], _mounted_file(draw, file)]}


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


SESSIONS = (
    Form(
        "GitHubInstallationToken",
        3,
        2,
        _minted,
        (
            ("field", assigned("permissions", _permissions)),
            ("new", assigned("installationId", lambda draw: draw.choice(INSTALLATIONS))),
        ),
    ),
    Form("RepositoryResource", 5, 4, _repository, (("secret", _rotated), ("new", assigned("mountPath", _place)))),
    Form(BOUND, 3, 2, _bound, (("secret", _rotated),)),
    Form(
        "Session",
        9,
        5,
        _session,
        (
            ("field", named("title", "title")),
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
        (("again", named("trigger", "again")), ("again", assigned("events", _said))),
    ),
    Form(
        "Deployment",
        6,
        3,
        _deployment,
        (
            ("field", named("name", "deployment")),
            ("field", assigned("description", text)),
            ("field", assigned("initialEvents", _said)),
            ("field", _paused),
            LABELS,
            ("again", named("runTrigger", "run")),
        ),
    ),
)
"""The forms of these."""
