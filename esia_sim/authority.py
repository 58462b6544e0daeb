"""The demo certificate authority (удостоверяющий центр) of the stand: certificates and a CRL.

СНИЛС stands in the subject under its Russian OID, as in qualified certificates. Everything lives
in memory: a stand that starts anew is another authority, unless it has a seed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from esia_sim import seeded_keys
from esia_sim.people import Person

SNILS: Final = x509.ObjectIdentifier("1.2.643.100.3")
_CN_LETTERS: Final = 32  # 64 bytes are allowed, a Russian letter takes two
_YEAR: Final = timedelta(days=365)
_NAME: Final = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "УЦ учебного стенда")])
_USAGE: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True, slots=True)
class Credential:
    """A key with its certificate, as it lies in somebody's token."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


class Authority:
    """One authority with the credentials that it has issued, by person."""

    def __init__(self, now: datetime, *, seed: str | None = None) -> None:
        """Make the root; a seed makes the same keys and numbers each time."""
        self._seed = seed
        seed = self._seed_of("root")
        self._key = seeded_keys.rsa_key(seed)
        years = (now - _YEAR, now + 10 * _YEAR)
        self.certificate = _signed(_NAME, self._key, self._key, years, seed=seed, is_root=True)
        self._issued: dict[tuple[str, str], Credential] = {}
        self._revoked: dict[int, datetime] = {}

    def credential(self, person: Person, now: datetime) -> Credential | None:
        """Return what lies in the person's token, None when she has none."""
        if person.signature is None or person.snils is None:
            return None
        name = (person.key, person.signature)
        if name not in self._issued:
            self._issued[name] = self._issue(person, now)
        return self._issued[name]

    def ends(self) -> list[tuple[str, datetime]]:
        """List the people who have a certificate, and when it ends."""
        return [
            (key, credential.certificate.not_valid_after_utc)
            for (key, _), credential in self._issued.items()
        ]

    def crl(self, now: datetime) -> x509.CertificateRevocationList:
        """Write the list of revoked certificates as of now."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(_NAME)
        builder = builder.last_update(now).next_update(now + timedelta(days=1))
        for serial, since in self._revoked.items():
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self._key, hashes.SHA256())

    def _issue(self, person: Person, now: datetime) -> Credential:
        seed = self._seed_of(f"{person.key}:{person.signature}")
        key = seeded_keys.rsa_key(seed)
        start = now - timedelta(days=400 if person.signature == "expired" else 30)
        years = (start, start + _YEAR)
        certificate = _signed(_subject(person), key, self._key, years, seed=seed)
        if person.signature == "revoked":
            self._revoked[certificate.serial_number] = now - timedelta(days=1)
        return Credential(key, certificate)

    def _seed_of(self, name: str) -> str | None:
        return None if self._seed is None else f"{self._seed}:authority:{name}"


def _signed(
    subject: x509.Name,
    key: rsa.RSAPrivateKey,
    by: rsa.RSAPrivateKey,
    times: tuple[datetime, datetime],
    *,
    seed: str | None,
    is_root: bool = False,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_NAME)
        .public_key(key.public_key())
        .serial_number(seeded_keys.serial_number(seed))
        .not_valid_before(times[0])
        .not_valid_after(times[1])
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
    )
    if not is_root:
        builder = builder.add_extension(_USAGE, critical=True)
    return builder.sign(by, hashes.SHA256())


def _subject(person: Person) -> x509.Name:
    snils = "".join(filter(str.isdigit, person.snils or ""))
    name = f"{person.last_name} {person.short_name}"[:_CN_LETTERS]
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.SURNAME, person.last_name),
            x509.NameAttribute(NameOID.GIVEN_NAME, person.short_name),
            x509.NameAttribute(SNILS, snils),
        ]
    )
