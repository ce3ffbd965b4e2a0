"""The certificate of an authority: what has to be so for a tunnel to take it, and what tells it from others."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ...errors import FileProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.x509 import Certificate

LARGEST: Final = 8192
"""Bytes of the text."""

_RSA_BITS, _CURVE_BITS, _DIGEST_BITS = 2048, 256, 256
_BEGIN: Final = "-----BEGIN CERTIFICATE-----"


@lru_cache(maxsize=16)
def certificate(pem: str) -> Certificate:
    """The one certificate in a text.

    Raises:
        FileProblem: there is not just one; the words go on from the name of the property.
    """
    if "PRIVATE KEY-----" in pem:
        raise FileProblem("holds a private key, which belongs to nobody else: give the certificate alone")
    if len(pem.encode(errors="surrogatepass")) > LARGEST:
        raise FileProblem(f"has more than {LARGEST} bytes: give the one certificate alone, without words around it")
    found = pem.count(_BEGIN)
    if found != 1:
        many = f"holds {found} certificates" if found else f"holds no certificate in PEM, which begins with `{_BEGIN}`"
        raise FileProblem(f"{many}: exactly one is taken")
    from cryptography import x509  # noqa: PLC0415 - it loads a library that few processes need

    try:
        return x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        raise FileProblem("holds a certificate that cannot be read: is it whole?") from None


def fingerprint(pem: str) -> str:
    """What tells a certificate from others, however its text is written."""
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - see above

    return certificate(pem).fingerprint(hashes.SHA256()).hex()


def shortcomings(found: Certificate) -> Iterator[str]:
    """Why a tunnel would not take a certificate, but for its time."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: PLC0415 - see above

    key, digest = found.public_key(), found.signature_hash_algorithm
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _RSA_BITS:
        yield f"has an RSA key of {key.key_size} bits: {_RSA_BITS} are the least"
    elif isinstance(key, ec.EllipticCurvePublicKey) and key.key_size < _CURVE_BITS:
        yield f"has a key on a curve of {key.key_size} bits: {_CURVE_BITS} (P-256) are the least"
    elif not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        yield "has a key that is neither RSA nor of an elliptic curve"
    if digest is not None and digest.digest_size * 8 < _DIGEST_BITS:
        yield f"is signed with {digest.name.upper()}: SHA-256 is the least"
    yield from _unlike_an_authority(found)


def _unlike_an_authority(found: Certificate) -> Iterator[str]:
    from cryptography import x509  # noqa: PLC0415 - see above

    extensions = {extension.oid: extension for extension in found.extensions}
    constraints = extensions.get(x509.BasicConstraints.oid)
    if constraints is None or not constraints.value.ca:
        yield "is not the certificate of an authority: its basic constraints do not say `CA:TRUE`"
    elif not constraints.critical:
        yield "has basic constraints (`CA:TRUE`) that are not marked critical"
    usage = extensions.get(x509.KeyUsage.oid)
    if usage is None or not usage.value.key_cert_sign:
        yield "may not sign certificates: its key usage lacks `keyCertSign`"
    if x509.SubjectKeyIdentifier.oid not in extensions:
        yield "lacks a subject key identifier"
