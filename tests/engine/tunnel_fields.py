"""Every property of a tunnel and of its certificates, changed."""

from __future__ import annotations

from engine.declare import ref, row
from engine.fields import Change, Table, child
from resources.authorities import authority

ONE, TWO = authority("one"), authority("two")

TUNNELS = Table(
    kind="Tunnel",
    collection="tunnels",
    declare=row("Tunnel"),
    changes=(
        Change("tunnel-named", {"display_name": "one"}, {"display_name": "two"}, "replace"),
        Change(
            "tunnel-rotated",
            {"rotation_trigger": "June"},
            {"rotation_trigger": "July"},
            sends=("tunnels.rotate_token",),
        ),
        Change("tunnel-as-it-is", {"display_name": "one"}, {"display_name": "one"}, "same"),
    ),
    removes=("tunnels.archive",),
)

CERTIFICATES = Table(
    kind="TunnelCertificate",
    collection="certificates",
    declare=row("TunnelCertificate"),
    around=(row("Tunnel")("office"), row("Tunnel")("branch"), row("Tunnel")("shop")),
    changes=(
        Change(
            "trust-moved",
            {"tunnel_id": ref("office.id"), "ca_certificate_pem": ONE},
            {"tunnel_id": ref("branch.id"), "ca_certificate_pem": ONE},
            "replace",
        ),
        Change(
            "trust-renewed",
            {"tunnel_id": ref("shop.id"), "ca_certificate_pem": ONE},
            {"tunnel_id": ref("shop.id"), "ca_certificate_pem": TWO},
            "replace",
        ),
        Change(
            "trust-spelt-otherwise",
            {"tunnel_id": ref("office.id"), "ca_certificate_pem": TWO},
            {"tunnel_id": ref("office.id"), "ca_certificate_pem": f"our own\n{TWO}"},
            "same",
        ),
    ),
    removes=("tunnels.certificates.archive",),
    own=child,
)
