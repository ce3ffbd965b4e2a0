"""Certificates of the authorities that a tunnel trusts (section 6.1). What makes one good is documented in words."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from .. import clock, settings
from ..platform import Answer, Call, Refusal, records
from ..platform.bodies import Closed, NoBody
from ..world import JSON, Transaction
from . import paging, schema, tunnels
from .errors import invalid
from .kinds import CERTIFICATES, TUNNELS

MOST = 2
"""Certificates of a tunnel that are not archived."""
_LARGEST = 8192
_RSA_BITS, _CURVE_BITS, _DIGEST_BYTES = 2048, 256, 32
_FIELD = "ca_certificate_pem"


class CreateCertificate(Closed):
    """The body of a create."""

    ca_certificate_pem: str


def create(tx: Transaction, call: Call) -> Answer:
    """POST /v1/tunnels/{tunnel_id}/certificates."""
    sent = schema.body(CreateCertificate, call)
    tunnel = tunnels.find_open(tx, call)
    certificate = _read(sent.ca_certificate_pem)
    _check(tx, certificate)
    fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
    there = [each for each in records.owned(tx, CERTIFICATES, tunnel.id) if each.body["archived_at"] is None]
    repeated = settings.value(tx, "tunnel_duplicate_certificate")
    if repeated != "accept" and fingerprint in [each.body["fingerprint"] for each in there]:
        raise Refusal(repeated, "The tunnel has this certificate already.")
    if len(there) >= MOST:
        raise Refusal(settings.value(tx, "cap_refusal_status"), f"A tunnel has at most {MOST} certificates.")
    ends = certificate.not_valid_after_utc
    fields: JSON = {"tunnel_id": tunnel.id, "fingerprint": fingerprint, "expires_at": clock.write(ends)}
    return Answer(document=records.make(tx, CERTIFICATES, fields).body)


def list_page(tx: Transaction, call: Call) -> Answer:
    """GET /v1/tunnels/{tunnel_id}/certificates, newest first (inferred)."""
    tunnel = records.find(tx, TUNNELS, call.ids["tunnel_id"])
    return paging.answer(tx, call, CERTIFICATES, maximum=1000, keep=lambda body: body["tunnel_id"] == tunnel.id)


def archive(tx: Transaction, call: Call) -> Answer:
    """POST /v1/tunnels/{tunnel_id}/certificates/{certificate_id}/archive, the last one too."""
    schema.body(NoBody, call)
    record = records.locate(tx, CERTIFICATES, call)
    tunnels.close(tx, record)
    return Answer(document=record.body)


def _read(pem: str) -> x509.Certificate:
    if len(pem.encode(errors="surrogatepass")) > _LARGEST:
        raise invalid(f"{_FIELD}: at most {_LARGEST} bytes")
    if "PRIVATE KEY" in pem:
        raise invalid(f"{_FIELD}: holds a private key")
    try:
        found = x509.load_pem_x509_certificates(pem.encode())
    except ValueError:
        raise invalid(f"{_FIELD}: no certificate in PEM") from None
    if len(found) != 1:
        raise invalid(f"{_FIELD}: exactly one certificate")
    return found[0]


def _check(tx: Transaction, certificate: x509.Certificate) -> None:
    now = clock.now(tx)
    key, digest = certificate.public_key(), certificate.signature_hash_algorithm
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise invalid(f"{_FIELD}: not valid now")
    if not (
        (isinstance(key, rsa.RSAPublicKey) and key.key_size >= _RSA_BITS)
        or (isinstance(key, ec.EllipticCurvePublicKey) and key.key_size >= _CURVE_BITS)
    ):
        raise invalid(f"{_FIELD}: the key is too weak")
    if digest is not None and digest.digest_size < _DIGEST_BYTES:
        raise invalid(f"{_FIELD}: the signature is too weak")
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except x509.ExtensionNotFound as missing:
        raise invalid(f"{_FIELD}: lacks {missing.oid._name}") from None  # noqa: SLF001 - its only name
    if not (constraints.critical and constraints.value.ca and usage.key_cert_sign):
        raise invalid(f"{_FIELD}: not the certificate of an authority")
