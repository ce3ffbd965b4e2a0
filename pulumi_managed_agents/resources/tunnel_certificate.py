"""TunnelCertificate: the certificate of an authority that a tunnel trusts. Another certificate is another object."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from ..declaration.marks import Always, ByDigest, Digest, IdOf, InPath, Lasting, Local, Replaces
from ..declaration.model import Failure, Inputs, Outputs, described
from ..errors import FileProblem
from ..lifecycle.kind import Kind
from ..lifecycle.lifecycle import Lifecycle, Within
from ..lifecycle.missing import present
from ..lifecycle.outputs import outputs_of
from ..lifecycle.steps import Call, Now, State, Warned
from .parts.authority import LARGEST, certificate, fingerprint, shortcomings
from .parts.denial import Denied
from .parts.federated import opened
from .parts.moments import CreatedAt
from .parts.unstamped import made_anew, remaining
from .tunnel import NOT_IN, ONLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..declaration.capabilities import Capabilities
    from ..declaration.form import Form
    from ..declaration.values import Bag
    from ..lifecycle.alike import Before
    from ..lifecycle.steps import Steps
    from .parts.unstamped import Test

NEAR_DAYS: Final = 30
"""Days before its end from which on a certificate is warned of."""

_DAY: Final = 86_400
_SHOWN: Final = 12


class TunnelCertificateInputs(Inputs):
    """Which certificate, and for which tunnel."""

    tunnel_id: Annotated[
        str,
        IdOf("Tunnel"),
        InPath(),
        Replaces("a certificate cannot move to another tunnel"),
        described("The tunnel's id.", min_length=1, max_length=128),
    ]
    ca_certificate_pem: Annotated[
        str,
        Local("it is sent once, and compared by its fingerprint"),
        ByDigest(),
        described(
            "The authority's certificate in PEM: just one, and no private key. It signs what your server shows; the "
            "platform keeps it and shows its fingerprint.",
            min_length=1,
            max_length=LARGEST,
        ),
    ]
    fingerprint: Annotated[
        str | None,
        Always(),
        Local("made from the certificate"),
        Digest(("caCertificatePem",), lambda inputs, _: fingerprint(str(inputs["caCertificatePem"]))),
        Replaces("another certificate is another object"),
        described("SHA-256 of the certificate, in hex."),
    ] = None


class TunnelCertificateOutputs(Outputs):
    """What the platform adds."""

    expires_at: Annotated[str | None, Lasting(), described("When the certificate ends (RFC 3339).")] = None
    created_at: CreatedAt


class TunnelCertificateLifecycle(Lifecycle):
    """Made and archived; a tunnel takes a second one, so that the new one comes before the old one goes."""

    def create(self, form: Form, inputs: Bag) -> Steps[State]:
        """Has the tunnel trust the authority."""
        return (yield from opened(super().create(form, inputs)))

    def creation(self, form: Form, inputs: Bag) -> Call:
        """The request; the tunnel's certificate of that fingerprint which was not there is the one made."""
        missing = "The tunnel has no new certificate"
        effect = made_anew(inputs["tunnelId"], self._listing(inputs), _marked(inputs), missing)
        body = {"ca_certificate_pem": inputs["caCertificatePem"]}
        return replace(super().creation(form, inputs), body=body, effect=effect)

    def remains(self, form: Form, inputs: Bag, before: Before) -> Steps[Bag | None]:
        """The tunnel's certificate of that fingerprint which was not there."""
        del form
        what, within = "certificates carry no stamp, and the tunnel has this one", f"{inputs['tunnelId']}/"
        return (yield from remaining(what, self._listing(inputs), _marked(inputs), before, within))

    def read(self, form: Form, id: str, managed: Bag | None) -> Steps[State | None]:
        """The certificate; of one that is imported the platform tells the fingerprint alone."""
        retrieval = Call(self.operation("retrieve"), self.ids(id), shared=id)
        answer = yield from opened(present(retrieval, expected=managed is not None))
        if answer is None or self.is_gone(answer):
            return None
        known = {"tunnelId": id.partition("/")[0], "fingerprint": answer["fingerprint"]}
        return State(id, outputs_of(form, known if managed is None else managed, {**answer, **self._parent(id)}))

    def delete(self, form: Form, id: str, old: Bag) -> Steps[None]:
        """Archives the certificate: the tunnel trusts it no more."""
        yield from opened(super().delete(form, id, old))

    def _listing(self, inputs: Bag) -> Call:
        return Call(self.operation("list"), self.place(inputs))


def _marked(inputs: Bag) -> Test:
    return lambda item: item.get("fingerprint") == inputs["fingerprint"]


def rules(inputs: Bag, capabilities: Capabilities) -> Iterator[Failure]:
    """What a tunnel would not take is found out before it is asked."""
    del capabilities
    pem = inputs.get("caCertificatePem")
    if not isinstance(pem, str):
        return
    with suppress(FileProblem):  # said already
        yield from (Failure(("caCertificatePem",), reason) for reason in shortcomings(certificate(pem)))


def verify(old: Bag, new: Bag) -> Steps[None] | None:
    """Whether the certificate is valid now, and for how long."""
    return _timed(old, new) if isinstance(new.get("caCertificatePem"), str) else None


def _timed(old: Bag, new: Bag) -> Steps[None]:
    found, now = certificate(new["caCertificatePem"]), (yield Now())
    begins, ends = found.not_valid_before_utc, found.not_valid_after_utc
    if now < begins.timestamp():
        raise Denied(Failure(("caCertificatePem",), f"is not valid before {begins.isoformat()}"))
    if now <= ends.timestamp() - NEAR_DAYS * _DAY:
        return
    over = now > ends.timestamp()
    if over and old.get("fingerprint") != new.get("fingerprint"):
        raise Denied(Failure(("caCertificatePem",), f"ended at {ends.isoformat()}: give one that is valid"))
    yield Warned(
        f"The certificate {str(new.get('fingerprint'))[:_SHOWN]}... of tunnel {new.get('tunnelId')} "
        f"{'ended' if over else 'ends'} at {ends.isoformat()}: declare the next one beside it, let your server show "
        "what that one signs, then remove this one. A tunnel takes two."
    )


TUNNEL_CERTIFICATE = Kind(
    name="TunnelCertificate",
    doc=(
        "The certificate of an authority that signs what your server shows at the end of a tunnel. Certificates are "
        "told by their fingerprints; another one is another object, made before the old one is archived: a tunnel "
        "has two at most. A preview refuses what the platform would, and warns for thirty days before the end. "
        "Removing the resource archives the certificate; without any, nothing goes through the tunnel."
    ),
    only=ONLY,
    not_in=NOT_IN,
    inputs=TunnelCertificateInputs,
    outputs=TunnelCertificateOutputs,
    lifecycle=TunnelCertificateLifecycle(
        "tunnels.certificates", "certificate_id", stamped=False, within=Within("tunnelId", "tunnel_id")
    ),
    rules=rules,
    verify=verify,
)
