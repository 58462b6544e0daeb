"""ГОСТ Р 34.10-2012 (256 bits) over Streebog-256, as version 2 of ESIA signs with it.

On the wire a signature is `s‖r`, big-endian, and a digest a little-endian number; gostcrypto has
`r‖s` and a big-endian one (RFC 7091, RFC 9215).
"""

# gostcrypto and asn1crypto ship no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUntypedBaseClass=false
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, cast

from asn1crypto import core, pem, x509
from gostcrypto import gosthash, gostsignature

SIZE = 32
_NAME = "id-tc26-gost-3410-2012-256-paramSet"
# CryptoPro names the sets of ТК26 otherwise, for signing (35) and for exchange (36)
_SETS = {
    **{f"1.2.643.7.1.2.1.1.{number}": name for number, name in enumerate("ABCD", 1)},
    **{f"1.2.643.2.2.35.{number}": name for number, name in enumerate("BCD", 1)},
    "1.2.643.2.2.36.0": "B",
    "1.2.643.2.2.36.1": "D",
}


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


class _PrivateKey(core.Sequence):
    _fields: ClassVar[list[Any]] = [
        ("version", core.Integer),
        ("algorithm", _Algorithm),
        ("key", core.OctetString),
    ]


class _PublicKey(core.Sequence):
    _fields: ClassVar[list[Any]] = [("algorithm", _Algorithm), ("key", core.OctetBitString)]


def sign(key: Path, message: bytes) -> bytes:
    """The signature of a message by a PEM key in PKCS#8: 64 bytes `s‖r`."""
    curve, number = _private(key)
    signed = bytes(_curve(curve).sign(bytearray(number), _digest(message)))
    return signed[SIZE:] + signed[:SIZE]


def verify(certificate: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of a PEM certificate made this signature.

    Raises:
        ValueError: the certificate holds no key of this kind.
    """
    if len(signature) != 2 * SIZE:
        return False
    curve, point = _public(certificate)
    turned = bytearray(signature[SIZE:] + signature[:SIZE])
    return _curve(curve).verify(bytearray(point), _digest(message), turned)


def certificate_hash(certificate: Path) -> str:
    """What version 2 calls a PEM certificate by: Streebog-256 of its DER in capital hex."""
    return _streebog(_der(certificate.read_bytes())).hex().upper()


@cache
def _private(file: Path) -> tuple[str, bytes]:
    info: Any = _PrivateKey.load(_der(file.read_bytes()))
    raw: bytes = info["key"].native
    # OpenSSL wraps the number once more, CryptoPro does not
    number: bytes = raw if len(raw) == SIZE else core.OctetString.load(raw).native
    return info["algorithm"]["parameters"]["set"].native, number[::-1]


@cache
def _public(certificate: bytes) -> tuple[str, bytes]:
    tbs: Any = x509.Certificate.load(_der(certificate))["tbs_certificate"]
    info: Any = _PublicKey.load(tbs["subject_public_key_info"].dump())
    point: bytes = core.OctetString.load(info["key"].native).native
    x, y = point[:SIZE][::-1], point[SIZE:][::-1]
    return info["algorithm"]["parameters"]["set"].native, x + y


@cache
def _curve(oid: str) -> Any:
    if oid not in _SETS:
        raise ValueError(f"unknown parameter set {oid}")
    parameters = gostsignature.CURVES_R_1323565_1_024_2019[_NAME + _SETS[oid]]
    return gostsignature.new(gostsignature.MODE_256, parameters)


def _der(text: bytes) -> bytes:
    _, _, der = pem.unarmor(text)
    return cast("bytes", der)


def _digest(message: bytes) -> bytearray:
    return bytearray(_streebog(message)[::-1])


def _streebog(message: bytes) -> bytes:
    return bytes(gosthash.new("streebog256", data=bytearray(message)).digest())
