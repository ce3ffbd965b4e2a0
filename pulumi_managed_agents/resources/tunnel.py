"""Tunnel: a way for agents to MCP servers in a network of one's own, with a token that is rotated in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..declaration.marks import AutoNamed, Deed, Lasting, Local, NotIn, Only, Replaces, SecretOutput
from ..declaration.model import Inputs, Outputs, described
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle
from ..lifecycle.outputs import carried_over
from ..lifecycle.steps import Call, Reached, State
from .parts.federated import opened
from .parts.moments import CreatedAt
from .parts.unstamped import made_anew, remaining

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..comparison.change import Change
    from ..declaration.form import Form
    from ..declaration.values import Bag
    from ..lifecycle.alike import Before
    from ..lifecycle.steps import Steps
    from .parts.unstamped import Test


class TunnelInputs(Inputs):
    """What the tunnel is called, and when its token changes."""

    display_name: Annotated[
        str | None,
        AutoNamed(suffix=7),
        Replaces("nothing about a tunnel can change; another one has another `domain`"),
        described("Shown to people (default: the resource's name and some digits).", min_length=1, max_length=255),
    ] = None
    rotation_trigger: Annotated[
        str | None,
        Local("a change rotates the token"),
        Deed(),
        described("Any text; when it changes, the token is rotated: the old one ends.", min_length=1),
    ] = None


class TunnelOutputs(Outputs):
    """What the platform adds."""

    domain: Annotated[str, Lasting(), described("The tunnel's host name: MCP servers are reached at names below it.")]
    token: Annotated[
        str | None, SecretOutput(), described("What the connector in your network runs the tunnel with.")
    ] = None
    token_id: Annotated[str | None, described("The token's id, which changes when it is rotated.")] = None
    created_at: CreatedAt


class TunnelToken(Outputs):
    """A tunnel's token."""

    tunnel_token: Annotated[str, SecretOutput(), described("The token.")]


_OWN = ("rotationTrigger", "token", "tokenId")


class TunnelLifecycle(Lifecycle):
    """A tunnel stays as it is made; its token is asked for beside it, and rotated."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Makes the tunnel, and asks for its token, which is a fresh one whatever the trigger says."""
        made = yield from opened(super().create(form, inputs))
        trigger = {wire: inputs[wire] for wire in ("rotationTrigger",) if inputs.get(wire)}
        state = State(made.id, {**made.outputs, **trigger})
        yield Reached(state)
        return (yield from opened(self._with_token(state, "reveal_token")))

    def creation(self, form: Form, inputs: Bag) -> Call:
        """The request, which makes another tunnel each time: one of that name that was not there is the one made."""
        call = super().creation(form, inputs)
        effect = made_anew(self.collection, self._listing(), _called(inputs), "There is no new tunnel of that name")
        return Call(call.operation, call.ids, call.body, effect=effect, once=call.once)

    def remains(self, form: Form, inputs: Bag, before: Before) -> Steps[Bag | None]:
        """The tunnel of that name which was not there."""
        del form
        what = "tunnels carry no stamp, and there is one of its name"
        return (yield from remaining(what, self._listing(), _called(inputs), before))

    def read(self, form: Form, id: str, managed: Bag | None) -> Steps[State | None]:
        """The tunnel, and its token: somebody else may have rotated it."""
        return (yield from opened(self._read(form, id, managed)))

    def looked_up(self, form: Form, id: str) -> Steps[State | None]:
        """The tunnel; nobody who only looks has its token revealed."""
        return (yield from opened(super().read(form, id, None)))

    def update(self, form: Form, id: str, changed: Sequence[Change], old: Bag, new: Bag) -> Steps[State]:
        """Rotates the token where the trigger changed; asks for one that was never told."""
        kept = {wire: value for wire, value in carried_over(form, old, new).items() if wire not in _OWN}
        known = {wire: old[wire] for wire in _OWN if wire in old}
        trigger = {"rotationTrigger": new["rotationTrigger"]} if new.get("rotationTrigger") else {}
        is_due = bool(trigger) and any(change.name == "rotationTrigger" for change in changed)
        state = State(id, {**kept, **known})
        if is_due or not known.get("token"):
            state = yield from opened(self._with_token(state, "rotate_token" if is_due else "reveal_token"))
        outputs = {wire: value for wire, value in state.outputs.items() if wire != "rotationTrigger"}
        return State(id, {**outputs, **trigger})

    def delete(self, form: Form, id: str, old: Bag) -> Steps[None]:
        """Archives the tunnel for ever."""
        yield from opened(super().delete(form, id, old))

    def _read(self, form: Form, id: str, managed: Bag | None) -> Steps[State | None]:
        state = yield from super().read(form, id, managed)
        return (yield from self._with_token(state, "reveal_token")) if state else None

    def _with_token(self, state: State, verb: str) -> Steps[State]:
        answer = yield Call(self.operation(verb), self.ids(state.id), {})
        return State(state.id, {**state.outputs, "token": answer["tunnel_token"], "tokenId": answer["id"]})

    def _listing(self) -> Call:
        return Call(self.operation("list"))


def _called(inputs: Bag) -> Test:
    name = inputs.get("displayName")
    return lambda item: item.get("display_name") == name


ONLY = Only("claude", "leave the resource out; there are no tunnels")
NOT_IN = (
    NotIn(("aws",), "leave the resource out: agents reach MCP servers there that are public"),
    NotIn(("self-hosted",), "leave the resource out if the server refuses it", inferred=True),
)
"""Where there are tunnels, and where there are none."""

TUNNEL = Kind(
    name="Tunnel",
    doc=(
        "A tunnel to MCP servers in a network of your own (research preview): agents reach them at names below "
        "`domain`, and a connector in the network runs it with `token`. API keys are refused: it takes a provider "
        "instance whose federated credential has the scope `workspace:manage_tunnels`. The token is rotated in place, "
        "by `rotationTrigger`; any other change makes another tunnel, with another `domain`. Removing the resource "
        "archives the tunnel and its certificates for ever."
    ),
    only=ONLY,
    not_in=NOT_IN,
    inputs=TunnelInputs,
    outputs=TunnelOutputs,
    lifecycle=TunnelLifecycle("tunnels", "tunnel_id", stamped=False),
    answers={"tunnels.tokens": TunnelToken},
)
