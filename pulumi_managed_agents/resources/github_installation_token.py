"""GitHubInstallationToken: a short-lived token of a GitHub App, minted, replaced in time and revoked in the end."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeVar

from pydantic import AfterValidator, Field

from ..declaration.marks import Local, Replaces, SecretOutput, Unordered, WriteOnly
from ..declaration.model import Failure, Inputs, Outputs, described
from ..declaration.values import Secret, without_nulls
from ..errors import CallFailed, NotFound, Refusal, Refused
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle, never
from ..lifecycle.outputs import carried_over
from ..lifecycle.steps import Call, Now, Operation, State, Warned
from .parts.github_app import app_token, cannot_sign

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..comparison.change import Change
    from ..declaration.capabilities import Capabilities
    from ..declaration.form import Form
    from ..declaration.values import Bag
    from ..lifecycle.steps import Steps


LIFE_SECONDS: Final = 3600.0
"""What GitHub gives a token to live."""

RENEWED_SECONDS: Final = LIFE_SECONDS / 3
"""A token is replaced when no more than this is left of its life."""

_FIXED = "what a token may do is fixed when it is minted"

Given = TypeVar("Given", list[str] | None, dict[str, str] | None)


def _not_empty(given: Given) -> Given:
    """What came out empty is not meant for all, and that is what GitHub may take it for."""
    if given is not None and not given:
        message = "is empty, which GitHub may take for all that there is: name some, or leave it out for all"
        raise ValueError(message)
    return given


PermissionName = Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]


class InstallationTokenInputs(Inputs):
    """Which app, and what its token may do."""

    app_id: Annotated[
        str,
        Replaces("a token belongs to one app"),
        described("The app's id or client id.", min_length=1, max_length=64),
    ]
    installation_id: Annotated[
        str,
        Replaces("a token belongs to one installation"),
        described("The id of the app's installation on the account that owns the repositories.", pattern=r"^[0-9]+$"),
    ]
    private_key: Annotated[
        str,
        WriteOnly("signs requests for tokens here, and is sent to nobody"),
        Local("it never leaves this machine, and signs for the next token"),
        described("The app's private key, in PEM.", min_length=1),
    ]
    repositories: Annotated[
        list[Annotated[str, Field(min_length=1, pattern=r"^[A-Za-z0-9._-]+$")]] | None,
        Replaces(_FIXED),
        Unordered(),
        AfterValidator(_not_empty),
        described("Names of the repositories that the token reads (default: all of the installation).", max_length=500),
    ] = None
    permissions: Annotated[
        dict[PermissionName, Literal["read", "write", "admin"]] | None,
        Replaces(_FIXED),
        AfterValidator(_not_empty),
        described(
            "What the token may do, in GitHub's words: `contents: read` to clone, `contents: write` to push, "
            "`pull_requests: write` for pull requests, `issues: read` or `write` (default: all that the app may)."
        ),
    ] = None


class InstallationTokenOutputs(Outputs):
    """The token and its life."""

    token: Annotated[str, SecretOutput(), described("The token: what `RepositoryResource.authorizationToken` takes.")]
    minted_at: Annotated[str, described("When it was minted (RFC 3339).")]
    expires_at: Annotated[
        str,
        Replaces("its life ends, and another one takes its place"),
        described("When it expires (RFC 3339); a preview in its last third replaces it."),
    ]


class InstallationTokenLifecycle(Lifecycle):
    """A token cannot change: another one takes its place.

    It is minted first, and the old one revoked last: the engine removes what it has replaced when all that depends on
    it, such as the sessions that mount with it, has the new one. Nobody else could tell when that is.
    """

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Mints a token."""
        del form
        outputs = yield from _minted(inputs)
        return State(f"{inputs['installationId']}/{_mark(outputs['token'])}", {**inputs, **outputs})

    def read(self, form: Form, id: str, managed: Bag | None) -> Steps[State | None]:
        """What was minted; GitHub shows a token once only."""
        del form
        if managed is None:
            refusal = Refusal(404, "github", "GitHub shows a token once, when it is minted")
            raise NotFound(f"Reading the token {id}", refusal, "Declare a new one: it takes one request.")
        # A token that got lost is due for another one.
        return State(
            id, managed if "token" in managed else {wire: managed[wire] for wire in managed if wire != "expiresAt"}
        )
        yield  # a generator, as every lifecycle is

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Makes no request: the key signs for the next token."""
        del changed
        return State(id, carried_over(form, old, new))
        yield  # a generator, as every lifecycle is

    def delete(self, form: Form, id: str, old: Bag) -> Steps[None]:
        """Revokes the token."""
        del form, id
        yield from _revoked(old)


def _minted(inputs: Bag) -> Steps[Bag]:
    now = yield Now()
    signed = Secret(app_token(inputs["appId"], inputs["privateKey"], now))
    body = without_nulls({"repositories": inputs.get("repositories"), "permissions": inputs.get("permissions")})
    place = {"installation_id": inputs["installationId"]}
    answer = yield Call(Operation("github.tokens", "create"), place, body, credential=signed)
    minted = datetime.fromtimestamp(now).astimezone().isoformat()
    return {"token": answer["token"], "mintedAt": minted, "expiresAt": answer["expires_at"]}


def _revoked(old: Bag) -> Steps[None]:
    """Ends the old token; one that has ended is fine, and one that cannot be ended now ends by itself."""
    if not old.get("token"):
        return
    try:
        yield Call(Operation("github.tokens", "delete"), credential=Secret(old["token"]))
    except CallFailed as failure:
        if isinstance(failure, Refused) and failure.refusal.own and failure.refusal.status in _ENDED:
            return
        yield Warned(f"The token could not be revoked ({failure.problem}); it expires at {old.get('expiresAt')}.")


_ENDED = (401, 404)
"""What GitHub answers a token that is none any more."""


def _mark(token: str) -> str:
    return sha256(token.encode()).hexdigest()[:12]


def due(outputs: Bag, now: float) -> str | None:
    """The output by which the token is in the last third of its life, or past it."""
    try:
        expires = datetime.fromisoformat(str(outputs["expiresAt"])).timestamp()
    except (KeyError, ValueError, OverflowError, OSError):
        return "expiresAt"
    return "expiresAt" if now >= expires - RENEWED_SECONDS else None


def rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """A key that cannot sign is found out before GitHub is asked."""
    del capabilities
    key = inputs.get("privateKey")
    problem = cannot_sign(key) if isinstance(key, str) else None
    if problem:
        yield Failure(("privateKey",), problem)


INSTALLATION_TOKEN = Kind(
    name="GitHubInstallationToken",
    doc=(
        "A short-lived token of a GitHub App for mounted repositories, with the least rights that the work needs. A "
        "preview that runs in the last third of its life replaces it: another one is minted, the sessions that mount "
        "with it get it without anything else changing, and then the old one is revoked. Removing the resource revokes "
        "the token."
    ),
    inputs=InstallationTokenInputs,
    outputs=InstallationTokenOutputs,
    lifecycle=InstallationTokenLifecycle(
        "github.tokens",
        "installation_id",
        removal=(),
        stamped=False,
        listed=False,
        kept=never,
        traceless="a token that was minted is shown to nobody and ends within the hour; the next `pulumi up` mints one",
    ),
    rules=rules,
    due=due,
    answers={"github.tokens": InstallationTokenOutputs},
)
