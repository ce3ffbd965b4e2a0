"""Certificates of authorities, made for a test: good ones, and each kind of bad one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def signing_key(kind: str = "p256") -> Any:
    """A private key, made once."""
    match kind:
        case "p256":
            return ec.generate_private_key(ec.SECP256R1())
        case "p192":
            return ec.generate_private_key(ec.SECP192R1())
        case "ed25519":
            return ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(65537, int(kind.removeprefix("rsa")))


USAGES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


def authority(
    name: str = "authority",
    *,
    key: str = "p256",
    days: tuple[float, float] = (-400, 365),
    digest: Any = hashes.SHA256,
    flaw: str = "",
) -> str:
    """A certificate in PEM, valid from and until so many days from now, with a flaw if it is to have one."""
    private, now = signing_key(key), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage: Mapping[str, bool] = {**dict.fromkeys(USAGES, False), "key_cert_sign": flaw != "usage"}
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=flaw != "no authority", path_length=None), critical=flaw != "critical")
        .add_extension(x509.KeyUsage(**usage), critical=True)
    )
    if flaw != "identifier":
        built = built.add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
    signed = built.sign(private, None if key == "ed25519" else digest())
    return signed.public_bytes(serialization.Encoding.PEM).decode()
