"""RepositoryResource: a repository declared on its own, mounted by any number of sessions.

The platform knows repositories only as part of a session. So by itself this kind makes no request: it checks the
declaration and hands out `mount`, which sessions consume. With `sessionId` it stands for a mount on a session that
something else created, and rotates that mount's token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..declaration.capabilities import Capabilities
from ..declaration.marks import IdOf, Lasting, Local, Replaces
from ..declaration.model import Derived, Failure, Inputs, Outputs, described
from ..declaration.values import Secret, has_unknown, without_nulls
from ..errors import CallFailed, NotFound, Refusal, Refused
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle, is_archived
from ..lifecycle.missing import present
from ..lifecycle.outputs import carried_over, computed_part
from ..lifecycle.steps import Call, Operation, State, Steps, Warned
from .parts.access import GitHubRepository, verified
from .parts.denial import Denied
from .parts.mount import (
    REPOSITORIES_NEED_A_CLOUD,
    RepositoryEntry,
    RepositoryMount,
    is_repository,
    mount_rules,
    same_address,
)
from .parts.needs import Need
from .session.mounting import explained
from .session.outputs import MountedResource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..comparison.change import Change
    from ..declaration.form import Form
    from ..declaration.values import Bag


class RepositoryInputs(RepositoryMount, Inputs):
    """The repository, and for bound mode the session."""

    session_id: Annotated[
        str | None,
        IdOf("Session"),
        Replaces("a mount belongs to one session for life"),
        described(
            "Bound mode: the session, created elsewhere, whose mount of this repository is looked after.",
            min_length=1,
            max_length=128,
        ),
    ] = None

    verify_access: Annotated[
        bool | None,
        Local("GitHub is asked when the repository is declared, and whenever its token changes"),
        described(
            "Ask GitHub, before anything is created, whether the token can read the repository and what is to be "
            "checked out is there (default: false). A no is an error that says what is missing; no answer is a warning."
        ),
    ] = False

    needs: Annotated[
        list[Need] | None,
        Local("GitHub is asked with `verifyAccess`"),
        described(
            "With `verifyAccess`: what the work needs of the token beyond the clone (`push`, `pull_requests` to open "
            "and comment on them, `read_issues`, `issues` to write them). What GitHub says it may not do is an error. "
            "GitHub does not tell what fine-grained tokens and those of apps may write: the preview warns of that.",
            max_length=4,
        ),
    ] = None


class RepositoryOutputs(Outputs):
    """What GitHub says, and what the platform adds in bound mode."""

    token_expires_at: Annotated[
        str | None, described("With `verifyAccess`: when the token expires (RFC 3339), where GitHub says so.")
    ] = None

    resource_id: Annotated[str | None, Lasting(), described("Bound mode: the id of the mount on its session.")] = None
    created_at: Annotated[str | None, Lasting(), described("Bound mode: when it was mounted (RFC 3339).")] = None
    updated_at: Annotated[str | None, described("Bound mode: when its token was last rotated (RFC 3339).")] = None


def mount_of(inputs: Bag) -> Bag:
    """What `Session.resources` takes, from the inputs alone, so that every preview knows it."""
    wires = ("url", "mountPath", "checkout", "authorizationToken")
    return {"type": "github_repository", **{wire: inputs[wire] for wire in wires if inputs.get(wire) is not None}}


class RepositoryLifecycle(Lifecycle):
    """Unbound: nothing to ask of the platform. Bound: find the mount, rotate its token."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Bound: finds the mount and sends the token, if there is one. Unbound: nothing."""
        session = inputs.get("sessionId")
        expiry = yield from _verified(inputs)
        if session is None:
            return State(_address(inputs), {**inputs, **expiry})
        listing = yield Call(Operation("sessions.resources", "list"), {"session_id": session})
        mount = next((item for item in listing["data"] if _is_mount(item, inputs)), None)
        if mount is None:
            raise _not_mounted(session, inputs)
        if inputs.get("authorizationToken") is not None:
            mount = yield from explained(session, _rotation(session, mount["id"], inputs))
        return _bound(form, session, {**inputs, **expiry}, mount)

    def read(self, form: Form, id: str, managed: Bag | None) -> Steps[State | None]:
        """Bound: the mount as its session has it. Unbound: what was declared."""
        session, _, resource = id.partition("/")
        if session and resource and "/" not in resource:
            mount = yield from _mount_on(session, resource, expected=managed is not None)
            if mount is None:
                return None
            found = {
                "url": mount["url"],
                "mountPath": mount["mount_path"],
                "checkout": mount.get("checkout"),
                "sessionId": session,
            }
            said = found if managed is None else {wire: found[wire] for wire in found if managed.get(wire) is not None}
            return _bound(form, session, {**(managed or {}), **without_nulls(said)}, mount)
        if managed is not None and managed.get("url") is not None:
            try:
                expiry = yield from _verified(managed)
            except Denied as denied:
                yield Warned(str(denied))
                expiry = {}
            return State(id, {**managed, **expiry})
        url, _, place = id.partition("#")
        if not is_repository(url) or not (id == url or place.startswith("/")):
            raise CallFailed("Looking for the repository", f"{id!r} is no id of a RepositoryResource", _IDS)
        return State(id, without_nulls({"url": url, "mountPath": place or None}))

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Bound: rotates the token. Unbound: the sessions that mount it do."""
        session, _, resource = id.partition("/")
        rotated = any(change.name == "authorizationToken" for change in changed)
        expiry = yield from _verified(new)
        if new.get("sessionId") is None or not rotated:
            return State(id, {**carried_over(form, old, new), **expiry})
        mount = yield from explained(session, _rotation(session, resource, new))
        return _bound(form, session, {**new, **expiry}, mount)

    def delete(self, form: Form, id: str, old: Bag) -> Steps[None]:
        """Makes no request: the platform cannot take a repository off a session."""
        del form, id
        if old.get("sessionId") is not None:
            yield Warned(
                f"The repository stays mounted on session {old['sessionId']}: the platform keeps it there for the "
                f"session's life. Revoke its token on GitHub if it should not be used any more."
            )


def _verified(inputs: Bag, *, in_preview: bool = False) -> Steps[Bag]:
    """What GitHub says of the token, where it is to be asked."""
    if not inputs.get("verifyAccess"):
        return {}
    return without_nulls({"tokenExpiresAt": (yield from verified(inputs, in_preview=in_preview))})


def verification(old: Bag, new: Bag) -> Steps[Bag] | None:
    """Asks GitHub in a preview, when something is new that GitHub could refuse; None when there is nothing to ask."""
    asked = ("url", "checkout", "authorizationToken", "verifyAccess", "needs")
    unchanged = all(old.get(wire) == new.get(wire) for wire in asked)
    if unchanged or not new.get("verifyAccess") or has_unknown([new.get(wire) for wire in asked]):
        return None
    return _verified(new, in_preview=True)


def _mount_on(session: str, resource: str, *, expected: bool) -> Steps[Bag | None]:
    """The mount as its session has it; None when either is gone, as an archived session is."""
    retrieval = Call(Operation("sessions", "retrieve"), {"session_id": session}, shared=f"{session}/{resource}")
    answer = yield from present(retrieval, expected=expected)
    if answer is None or is_archived(answer):
        return None
    return next((item for item in answer["resources"] if item.get("id") == resource and item["type"] == _TYPE), None)


_TYPE = "github_repository"
_IDS = (
    "Write `SESSION/RESOURCE` for one that is mounted (`sesn_…/sesrsc_…`: the session's `mountedResources` have the "
    "ids of its mounts, and so has `managed-agents import --list --kind RepositoryResource`), or the address of one "
    "that is only declared."
)


def _address(inputs: Bag) -> str:
    return f"{inputs['url']}#{inputs['mountPath']}" if inputs.get("mountPath") else str(inputs["url"])


def _is_mount(item: Bag, inputs: Bag) -> bool:
    return (
        item.get("type") == _TYPE
        and same_address(item.get("url"), inputs["url"])
        and inputs.get("mountPath") in (None, item.get("mount_path"))
    )


def _not_mounted(session: str, inputs: Bag) -> Refused:
    place = f" at {inputs['mountPath']}" if inputs.get("mountPath") else ""
    refusal = Refusal(404, "not_found_error", f"session {session} does not mount {inputs['url']}{place}")
    return NotFound("Looking for the repository on its session", refusal, "Only a new session can mount it.")


def _rotation(session: str, resource: str, inputs: Bag) -> Call:
    body = {"authorization_token": Secret(inputs["authorizationToken"])}
    return Call(Operation("sessions.resources", "update"), {"session_id": session, "resource_id": resource}, body)


def _bound(form: Form, session: str, inputs: Bag, mount: Bag) -> State:
    return State(f"{session}/{mount['id']}", {**inputs, **computed_part(form, mount), "resourceId": mount["id"]})


def rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """The mount path stays inside the workspace, and nobody waits in vain for an answer about the rights."""
    yield from mount_rules(inputs, (), capabilities)
    if isinstance(inputs.get("needs"), list) and inputs["needs"] and inputs.get("verifyAccess") in (None, False):
        yield Failure(("needs",), "is looked at with `verifyAccess` only: set `verifyAccess` to true")


REPOSITORY = Kind(
    name="RepositoryResource",
    doc=(
        "A GitHub repository to mount into sessions, which take it in `resources`. Its address, path and checkout "
        "are fixed once a session runs: changing one replaces this resource and every session that mounts it. "
        "Its token is rotated in place, on the running sessions. With `sessionId` it looks after the mount of a "
        "session that something else created; removing it leaves that mount where it is."
    ),
    not_in=(REPOSITORIES_NEED_A_CLOUD,),
    inputs=RepositoryInputs,
    outputs=RepositoryOutputs,
    lifecycle=RepositoryLifecycle(
        "sessions.resources",
        "resource_id",
        removal=(),
        stamped=False,
        listed=False,
        traceless="nothing was created; a token of a bound one is sent again by the next `pulumi up`",
        kept=lambda outputs: outputs.get("sessionId") is not None,
    ),
    rules=rules,
    verify=verification,
    answers={"sessions.resources": MountedResource, "github.repositories": GitHubRepository},
    derived=(Derived("mount", "What `Session.resources` takes; known in every preview.", mount_of, RepositoryEntry),),
)
