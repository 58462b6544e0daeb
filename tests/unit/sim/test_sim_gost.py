"""GOST signatures and digests against published examples."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from gostcrypto.gostsignature import MODE_256
from gostcrypto.gostsignature.gost_34_10_2012 import GOST34102012

from esia_sim import gost, gost_certificates
from esia_sim.gost import GostError, PrivateKey, PublicKey, streebog256

# ГОСТ Р 34.10-2012, appendix A.1; RFC 7091 §7.1. The curve serves examples only.
P = 0x8000000000000000000000000000000000000000000000000000000000000431
Q = 0x8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3
EXAMPLE = {
    "p": P,
    "a": 7,
    "b": 0x5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E,
    "m": Q,
    "q": Q,
    "x": 2,
    "y": 0x8E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8,
}
D = bytearray.fromhex("7A929ADE789BB9BE10ED359DD39A72C11B60961F49397EEE1D19CE9891EC3B28")
E = bytearray.fromhex("2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5")
K = bytearray.fromhex("77105C9B20BCD3122823C8CF6FCC7B956DE33814E95B7FE64FED924594DCEAB3")
PUBLIC = bytearray.fromhex(
    "7F2B49E270DB6D90D8595BEC458B50C58585BA1D4E9B788F6689DBD8E56FD80B"
    "26F1B489D6701DD185C8413A977B3CBBAF64D1C593D26627DFFB101A87FF77DA"
)
SIGNATURE = bytearray.fromhex(
    "41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493"
    "01456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40"
)

# An example certificate of ТК26 with its private key, over the set CryptoPro-XchA.
CERTIFICATE = base64.b64decode("""
MIICYjCCAg+gAwIBAgIBATAKBggqhQMHAQEDAjBWMSkwJwYJKoZIhvcNAQkBFhpH
b3N0UjM0MTAtMjAxMkBleGFtcGxlLmNvbTEpMCcGA1UEAxMgR29zdFIzNDEwLTIw
MTIgKDI1NiBiaXQpIGV4YW1wbGUwHhcNMTMxMTA1MTQwMjM3WhcNMzAxMTAxMTQw
MjM3WjBWMSkwJwYJKoZIhvcNAQkBFhpHb3N0UjM0MTAtMjAxMkBleGFtcGxlLmNv
bTEpMCcGA1UEAxMgR29zdFIzNDEwLTIwMTIgKDI1NiBiaXQpIGV4YW1wbGUwZjAf
BggqhQMHAQEBATATBgcqhQMCAiQABggqhQMHAQECAgNDAARAut/Qw1MUq9KPqkdH
C2xAF3K7TugHfo9n525D2s5mFZdD5pwf90/i4vF0mFmr9nfRwMYP4o0Pg1mOn5Rl
aXNYraOBwDCBvTAdBgNVHQ4EFgQU1fIeN1HaPbw+XWUzbkJ+kHJUT0AwCwYDVR0P
BAQDAgHGMA8GA1UdEwQIMAYBAf8CAQEwfgYDVR0BBHcwdYAU1fIeN1HaPbw+XWUz
bkJ+kHJUT0ChWqRYMFYxKTAnBgkqhkiG9w0BCQEWGkdvc3RSMzQxMC0yMDEyQGV4
YW1wbGUuY29tMSkwJwYDVQQDEyBHb3N0UjM0MTAtMjAxMiAoMjU2IGJpdCkgZXhh
bXBsZYIBATAKBggqhQMHAQEDAgNBAF5bm4BbARR6hJLEoWJkOsYV3Hd7kXQQjz3C
dqQfmHrz6TI6Xojdh/t8ckODv/587NS5/6KsM77vc6Wh90NAT2s=
""")
CERTIFIED = 0xBFCF1D623E5CDD3032A7C6EABB4A923C46E43D640FFEAAF2C3ED39A8FA399924
XCHA = "1.2.643.2.2.36.0"
SETS = ["1.2.643.7.1.2.1.1.1", "1.2.643.7.1.2.1.1.2", "1.2.643.2.2.35.2", "1.2.643.2.2.36.1"]


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        (b"", "3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb"),
        (
            b"012345678901234567890123456789012345678901234567890123456789012",
            "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500",
        ),
        (
            "Се ветри, Стрибожи внуци, веютъ с моря стрелами на храбрыя плъкы Игоревы".encode(
                "cp1251"
            ),
            "9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50",
        ),
    ],
)
def test_digest_is_that_of_rfc_6986(message: bytes, digest: str):
    assert streebog256(message).hex() == digest


def test_signature_and_public_key_are_those_of_rfc_7091():
    curve = gost.Curve(EXAMPLE)

    assert bytes(curve.public_key_generate(D)) == PUBLIC
    assert bytes(curve.sign(D, E, K)) == SIGNATURE
    assert curve.verify(PUBLIC, E, SIGNATURE)


def test_example_certificate_of_tc26_verifies_with_its_own_key():
    key = gost_certificates.public_key_of(CERTIFICATE)
    parsed = asn1_x509.Certificate.load(CERTIFICATE)

    signed, signature = parsed["tbs_certificate"].dump(), parsed["signature_value"].native

    assert key == PrivateKey(XCHA, CERTIFIED).public()
    assert key.verify(signed, signature)
    assert not key.verify(signed + b"x", signature)


@pytest.mark.parametrize("curve", SETS)
def test_quick_arithmetic_agrees_with_the_library(curve: str):
    key = PrivateKey.generate(curve)
    name = gost._TC26_NAME + gost._SETS[curve]
    plain = GOST34102012(MODE_256, gost.PARAMETERS[name])

    point = bytes(plain.public_key_generate(key.number.to_bytes(32, "big")))
    signed = key.sign(b"message")

    assert point == key.public().x.to_bytes(32, "big") + key.public().y.to_bytes(32, "big")
    digest, turned = bytearray(streebog256(b"message")[::-1]), bytearray(signed[32:] + signed[:32])
    assert plain.verify(point, digest, turned)


def test_signature_of_another_message_key_order_or_length_is_refused():
    key = PrivateKey.generate()
    signed = key.sign(b"message")
    turned = signed[32:] + signed[:32]

    refused = [
        key.public().verify(b"another", signed),
        PrivateKey.generate().public().verify(b"message", signed),
        *(key.public().verify(b"message", bad) for bad in (turned, signed[::-1], signed[1:], b"")),
        *(key.public().verify(b"message", fill * 64) for fill in (b"\0", b"\xff")),
    ]

    assert key.public().verify(b"message", signed)
    assert not any(refused)


@pytest.mark.parametrize(("x", "y"), [(0, 0), (1, 1), (-1, 2), (2**256, 1)])
def test_a_point_beside_the_curve_is_no_key(x: int, y: int):
    with pytest.raises(GostError):
        PublicKey(gost.TC26_A, x, y)


def test_an_unknown_parameter_set_is_refused():
    with pytest.raises(GostError, match=r"1\.2\.3"):
        PrivateKey("1.2.3", 5).public()


@pytest.mark.parametrize("curve", [*SETS, XCHA])
def test_made_certificates_and_keys_are_read_back(curve: str):
    key, now = PrivateKey.generate(curve), datetime.now(UTC)

    pem = gost_certificates.make_certificate(key, "ТЕСТ", begins=now, ends=now + timedelta(days=9))
    certificate = x509.load_pem_x509_certificate(pem)
    der = certificate.public_bytes(Encoding.DER)

    assert certificate.not_valid_after_utc == (now + timedelta(days=9)).replace(microsecond=0)
    assert gost_certificates.public_key_of(der) == key.public()
    assert key.public().verify(certificate.tbs_certificate_bytes, certificate.signature)
    written = gost_certificates.write_private_key(key)
    assert gost_certificates.read_private_key(written) == key


@pytest.mark.parametrize("junk", [b"", b"\x30\x03\x02\x01\x01", CERTIFICATE[:200]])
def test_junk_is_no_certificate(junk: bytes):
    with pytest.raises(GostError):
        gost_certificates.public_key_of(junk)
