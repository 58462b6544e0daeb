"""The key that signs ESIA's tokens, and tokens written and read with it.

Source: shared/reference/esia-protocol.md §3.3, §3.4: the header has `ver` and `sbt` and no `kid`;
slashes are escaped.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

# ESIA's headers carry `ver` and `sbt`, which joserfc refuses when it checks strictly.
_REGISTRY: Final = jws.JWSRegistry(algorithms=["RS256"], strict_check_header=False)
_KEY_BITS: Final = 2048
_YEARS: Final = 10


class TokenError(Exception):
    """A token was not written by this stand, or is damaged."""


class TokenKey:
    """An RSA key with its certificate."""

    def __init__(self, private: rsa.RSAPrivateKey, certificate: x509.Certificate) -> None:
        """Take a key and the certificate of its public half."""
        pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        self._key = RSAKey(private, pem)
        self.certificate = certificate.public_bytes(serialization.Encoding.PEM)
        self.pem = pem

    def write(self, kind: str, claims: dict[str, object]) -> str:
        """Sign claims as a JWT; `kind` is ESIA's `sbt`: access, id or authorization_code."""
        header = {"ver": 1, "typ": "JWT", "sbt": kind, "alg": "RS256"}
        body = json.dumps(claims, separators=(",", ":")).replace("/", "\\/")
        return jws.serialize_compact(header, body.encode(), self._key, registry=_REGISTRY)

    def read(self, kind: str, token: str) -> dict[str, object]:
        """Return the claims of a token of ours; its lifetime is the caller's business.

        Raises:
            TokenError: not ours, or of another kind.
        """
        try:
            parsed = jws.deserialize_compact(token.encode(), self._key, registry=_REGISTRY)
            claims: object = json.loads(parsed.payload)
        except (JoseError, ValueError, TypeError) as error:
            raise TokenError from error
        if parsed.headers().get("sbt") != kind or not isinstance(claims, dict):
            raise TokenError
        return cast("dict[str, object]", claims)


def load_key(folder: Path | None, *, now: datetime) -> TokenKey:
    """Read `token.key` and `token.crt` of a folder, making both when they are not there."""
    if folder is None:
        return _make_key(now)
    key_path, certificate_path = folder / "token.key", folder / "token.crt"
    if not (key_path.exists() and certificate_path.exists()):
        _save(_make_key(now), key_path, certificate_path)
    private = serialization.load_pem_private_key(key_path.read_bytes(), None)
    if not isinstance(private, rsa.RSAPrivateKey):
        msg = f"{key_path} is not an RSA key"
        raise TypeError(msg)
    return TokenKey(private, x509.load_pem_x509_certificate(certificate_path.read_bytes()))


def _save(key: TokenKey, key_path: Path, certificate_path: Path) -> None:
    key_path.parent.mkdir(parents=True, exist_ok=True)
    key_path.touch(mode=0o600)
    key_path.write_bytes(key.pem)
    certificate_path.write_bytes(key.certificate)


def _make_key(now: datetime) -> TokenKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "esia_sim token signing")])
    start = now - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * _YEARS))
        .sign(private, hashes.SHA256())
    )
    return TokenKey(private, certificate)
