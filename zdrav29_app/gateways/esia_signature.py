"""Signs requests to ESIA in place of a password, as its version 1 or 2 wants it."""

import base64
from datetime import datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs7

from zdrav29_app.gateways import gost
from zdrav29_app.gateways.esia_client import EsiaClient
from zdrav29_app.settings import EsiaProtocol
from zdrav29_app.values import local


def signed(
    client: EsiaClient, *, scope: str, state: str, code: str, moment: datetime
) -> dict[str, str]:
    """The parameters that prove a request to be ours; `code` is empty where none is exchanged."""
    stamp = timestamp(moment)
    if client.protocol is EsiaProtocol.V1:
        message = scope + stamp + client.client_id + state
        secret = _pkcs7(client.key, client.certificate, message.encode())
        return {"client_secret": _base64url(secret), "timestamp": stamp}
    # between scope and timestamp v2 has the scopes of organisations, of which we ask none
    message = client.client_id + scope + stamp + state + client.redirect_uri + code
    return {
        "client_secret": _base64url(gost.sign(client.key, message.encode())),
        "client_certificate_hash": _hash(client.certificate),
        "timestamp": stamp,
    }


def timestamp(moment: datetime) -> str:
    """A moment as ESIA reads it: `2025.09.02 13:00:29 +0300`."""
    return local(moment).strftime("%Y.%m.%d %H:%M:%S %z")


def _pkcs7(key: Path, certificate: Path, message: bytes) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(message)
    builder = builder.add_signer(_certificate(certificate), _key(key), hashes.SHA256())
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    return builder.sign(serialization.Encoding.DER, options)


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@cache
def _key(file: Path) -> RSAPrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("version 1 of ESIA is signed with an RSA key")
    return key


@cache
def _certificate(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


@cache
def _hash(file: Path) -> str:
    return gost.certificate_hash(file)
