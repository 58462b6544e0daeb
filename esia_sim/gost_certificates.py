"""GOST keys in DER: public keys, private keys and X.509 certificates, read and made.

The point stands in the key little-endian, x before y; a private number is little-endian as well.
Source: RFC 9215; Р 1323565.1.023-2022.
"""

# asn1crypto ships no types: what it returns is unknown to the checker until it is cast here.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUntypedBaseClass=false
import secrets
from datetime import datetime
from typing import Any, ClassVar, Final, cast

from asn1crypto import core, keys, pem, x509

from esia_sim.gost import SIZE, GostError, PrivateKey, PublicKey

KEY_OID: Final = "1.2.643.7.1.1.1.1"
DIGEST_OID: Final = "1.2.643.7.1.1.2.2"
SIGNATURE_OID: Final = "1.2.643.7.1.1.3.2"
_CRYPTOPRO_SETS: Final = "1.2.643.2.2."


class _Parameters(core.Sequence):
    _fields: ClassVar[list[Any]] = [
        ("set", core.ObjectIdentifier),
        ("digest", core.ObjectIdentifier, {"optional": True}),
    ]


class _Algorithm(core.Sequence):
    _fields: ClassVar[list[Any]] = [
        ("algorithm", core.ObjectIdentifier),
        ("parameters", _Parameters),
    ]


class _PublicKeyInfo(core.Sequence):
    _fields: ClassVar[list[Any]] = [("algorithm", _Algorithm), ("key", core.OctetBitString)]


class _PrivateKeyInfo(core.Sequence):
    _fields: ClassVar[list[Any]] = [
        ("version", core.Integer),
        ("algorithm", _Algorithm),
        ("key", core.OctetString),
    ]


def public_key_of(certificate: bytes) -> PublicKey:
    """Return the GOST key in a DER certificate.

    Raises:
        GostError: it has none, or one that cannot be used.
    """
    try:
        tbs: Any = x509.Certificate.load(certificate)["tbs_certificate"]
        # dumped unread: asn1crypto itself does not know keys of this kind
        info: Any = _PublicKeyInfo.load(tbs["subject_public_key_info"].dump(), strict=True)
        named, curve = info["algorithm"]["algorithm"].native, info["algorithm"]["parameters"]["set"]
        if named != KEY_OID:
            raise GostError(f"not a GOST key of 256 bits: {named}")
        point = cast("bytes", core.OctetString.load(info["key"].native, strict=True).native)
        x, y = point[:SIZE], point[SIZE:]
        return PublicKey(curve.native, int.from_bytes(x, "little"), int.from_bytes(y, "little"))
    except (ValueError, TypeError, KeyError) as error:
        raise GostError(str(error)) from error


def write_private_key(key: PrivateKey) -> bytes:
    """Write a private key as PEM of PKCS#8."""
    number = core.OctetString(key.number.to_bytes(SIZE, "little")).dump()
    info = _PrivateKeyInfo({"version": 0, "algorithm": _algorithm(key.curve), "key": number})
    return pem.armor("PRIVATE KEY", info.dump())


def read_private_key(text: bytes) -> PrivateKey:
    """Read a private key from PEM of PKCS#8.

    Raises:
        GostError: it is none.
    """
    try:
        _, _, der = pem.unarmor(text)
        info: Any = _PrivateKeyInfo.load(der)
        curve: str = info["algorithm"]["parameters"]["set"].native
        raw: bytes = info["key"].native
        # OpenSSL's engine wraps the number once more, CryptoPro's tools do not
        number = raw if len(raw) == SIZE else cast("bytes", core.OctetString.load(raw).native)
        return PrivateKey(curve, int.from_bytes(number, "little"))
    except (ValueError, TypeError, KeyError) as error:
        raise GostError("not a GOST private key in PKCS#8") from error


def make_certificate(
    key: PrivateKey, name: str, *, begins: datetime, ends: datetime, serial: int | None = None
) -> bytes:
    """Write a self-signed certificate as PEM; times are aware."""
    subject = x509.Name.build({"common_name": name})
    method = {"algorithm": SIGNATURE_OID}
    tbs = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": secrets.randbits(63) if serial is None else serial % 2**63,
            "signature": method,
            "issuer": subject,
            "validity": {
                "not_before": x509.Time(name="utc_time", value=begins.replace(microsecond=0)),
                "not_after": x509.Time(name="utc_time", value=ends.replace(microsecond=0)),
            },
            "subject": subject,
            "subject_public_key_info": keys.PublicKeyInfo.load(_public_key_info(key.public())),
        }
    )
    signed = x509.Certificate(
        {
            "tbs_certificate": tbs,
            "signature_algorithm": method,
            "signature_value": key.sign(tbs.dump()),
        }
    )
    return pem.armor("CERTIFICATE", signed.dump())


def _public_key_info(key: PublicKey) -> bytes:
    point = key.x.to_bytes(SIZE, "little") + key.y.to_bytes(SIZE, "little")
    info = _PublicKeyInfo(
        {"algorithm": _algorithm(key.curve), "key": core.OctetString(point).dump()}
    )
    return cast("bytes", info.dump())


def _algorithm(curve: str) -> dict[str, object]:
    # RFC 9215 §4.2: the digest is named beside the old sets and left out beside those of ТК26
    old = curve.startswith(_CRYPTOPRO_SETS)
    parameters = {"set": curve} | ({"digest": DIGEST_OID} if old else {})
    return {"algorithm": KEY_OID, "parameters": parameters}
