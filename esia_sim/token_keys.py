"""A key that signs tokens, with its certificate, in memory and in the data folder.

`token.key` and `token.crt` are RSA, `token.gost.key` and `token.gost.crt` GOST; `*.old.crt` is the
certificate before the last change of keys.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from esia_sim import gost, gost_certificates, seeded_keys
from esia_sim.clients import TokenAlg

_LIFE: Final = timedelta(days=3650)
_NAME: Final = "esia_sim token signing"
_FILES: Final = {TokenAlg.RS256: "token", TokenAlg.GOST: "token.gost"}


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A private key; `certificate` is PEM."""

    private: rsa.RSAPrivateKey | gost.PrivateKey = field(repr=False)
    certificate: bytes

    @property
    def alg(self) -> TokenAlg:
        """The algorithm in the header of its tokens."""
        return TokenAlg.GOST if isinstance(self.private, gost.PrivateKey) else TokenAlg.RS256

    @property
    def id(self) -> str:
        """What tells this key from others."""
        return hashlib.sha256(self.certificate).hexdigest()[:16]

    def sign(self, message: bytes) -> bytes:
        """Return the signature as it stands in a token."""
        if isinstance(self.private, gost.PrivateKey):
            return self.private.sign(message)
        return self.private.sign(message, padding.PKCS1v15(), hashes.SHA256())

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Tell whether this key made the signature."""
        if isinstance(self.private, gost.PrivateKey):
            return self.private.public().verify(message, signature)
        public = self.private.public_key()
        try:
            public.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True

    def pem(self) -> bytes:
        """Return the private key as PEM."""
        if isinstance(self.private, gost.PrivateKey):
            return gost_certificates.write_private_key(self.private)
        return self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


def load_key(folder: Path, alg: TokenAlg, *, now: datetime) -> TokenKey:
    """Read key and certificate of a folder, making both when they are not there.

    Raises:
        ValueError, OSError: a file is damaged or cannot be read.
    """
    key_path, certificate_path = _paths(folder, alg)
    if not (key_path.exists() and certificate_path.exists()):
        save_key(folder, make_key(alg, now=now))
    pem, certificate = key_path.read_bytes(), certificate_path.read_bytes()
    if alg is TokenAlg.GOST:
        return TokenKey(gost_certificates.read_private_key(pem), certificate)
    # a file of our own: trying its primes anew would cost a start more than anything else
    private = serialization.load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise ValueError(f"{key_path} is not an RSA key")  # noqa: TRY004 - a value from outside
    return TokenKey(private, certificate)


def save_key(folder: Path, key: TokenKey, *, old: TokenKey | None = None) -> None:
    """Write key and certificate, and the certificate of the key that it replaces."""
    key_path, certificate_path = _paths(folder, key.alg)
    folder.mkdir(parents=True, exist_ok=True)
    if old:
        certificate_path.with_suffix(".old.crt").write_bytes(old.certificate)
    key_path.touch(mode=0o600)
    key_path.write_bytes(key.pem())
    certificate_path.write_bytes(key.certificate)


def make_key(alg: TokenAlg, *, now: datetime, seed: str | None = None) -> TokenKey:
    """Make a new key with a certificate of its own; a seed makes the same key each time."""
    serial = seeded_keys.serial_number(seed)
    begins = now - timedelta(days=1)
    if alg is TokenAlg.GOST:
        private = gost.PrivateKey.generate(seed=seed)
        made = gost_certificates.make_certificate(
            private, _NAME, begins=begins, ends=begins + _LIFE, serial=serial
        )
        return TokenKey(private, made)
    private = seeded_keys.rsa_key(seed)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(serial)
        .not_valid_before(begins)
        .not_valid_after(begins + _LIFE)
        .sign(private, hashes.SHA256())
    )
    return TokenKey(private, certificate.public_bytes(serialization.Encoding.PEM))


def _paths(folder: Path, alg: TokenAlg) -> tuple[Path, Path]:
    return folder / f"{_FILES[alg]}.key", folder / f"{_FILES[alg]}.crt"
