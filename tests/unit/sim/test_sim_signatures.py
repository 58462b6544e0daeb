"""Every form of a client's signature that ESIA v1 takes, and what it must not take."""

import base64
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import algos, cms, core
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
)
from sim_client import GostSigner, Signer

from esia_sim.signatures import SignatureError, check_signature

MESSAGE = "openid2026.11.21 10:00:00 +0300TEST01state"
DETACHED = pkcs7.PKCS7Options.DetachedSignature
NO_ATTRIBUTES = pkcs7.PKCS7Options.NoAttributes
NO_CERTIFICATES = pkcs7.PKCS7Options.NoCerts


def url64(der: bytes, *, padded: bool = True) -> str:
    text = base64.urlsafe_b64encode(der).decode()
    return text if padded else text.rstrip("=")


def check(signer: Signer, secret: str, message: str = MESSAGE) -> None:
    check_signature(secret, message, signer.certificate, datetime.now(UTC))


def changed(der: bytes, change) -> str:
    info = cms.ContentInfo.load(der)
    change(info["content"])
    return url64(info.dump(force=True))


@pytest.mark.parametrize("padded", [True, False])
@pytest.mark.parametrize(
    "options",
    [
        (DETACHED,),
        (),
        (DETACHED, NO_ATTRIBUTES),
        (NO_ATTRIBUTES,),
        (DETACHED, NO_CERTIFICATES),
        (DETACHED, NO_CERTIFICATES, NO_ATTRIBUTES),
    ],
)
def test_every_usual_form_is_accepted(signer: Signer, options, padded):
    secret = url64(signer.der(MESSAGE, *options), padded=padded)

    check(signer, secret)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program")
def test_what_openssl_streams_in_parts_is_accepted(signer: Signer, tmp_path: Path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    key.write_bytes(signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    certificate.write_text(signer.pem)
    command = ["openssl", "smime", "-sign", "-nodetach", "-binary", "-stream", "-outform", "DER"]
    files = ["-signer", str(certificate), "-inkey", str(key)]

    done = subprocess.run(
        [*command, *files], input=MESSAGE.encode(), capture_output=True, check=True
    )

    assert done.stdout[1] == 0x80  # of indefinite length
    check(signer, url64(done.stdout))
    with pytest.raises(SignatureError, match="another content"):
        check(signer, url64(done.stdout), MESSAGE + "x")


@pytest.mark.parametrize("options", [(DETACHED,), (), (DETACHED, NO_ATTRIBUTES), (NO_ATTRIBUTES,)])
def test_another_message_is_refused_in_every_form(signer: Signer, options):
    secret = url64(signer.der(MESSAGE, *options))

    with pytest.raises(SignatureError):
        check(signer, secret, MESSAGE + "x")


@pytest.mark.parametrize("options", [(DETACHED,), (), (DETACHED, NO_ATTRIBUTES)])
def test_another_key_is_refused_in_every_form(signer: Signer, stranger: Signer, options):
    secret = url64(stranger.der(MESSAGE, *options))

    with pytest.raises(SignatureError):
        check(signer, secret)


@pytest.mark.parametrize("attached", [True, False])
@pytest.mark.parametrize("attributes", [True, False])
def test_every_form_is_accepted_with_gost(gost_signer: GostSigner, attached, attributes):
    secret = url64(gost_signer.der(MESSAGE, attached=attached, attributes=attributes))

    check_signature(secret, MESSAGE, gost_signer.certificate, datetime.now(UTC))


@pytest.mark.parametrize("attributes", [True, False])
def test_another_message_or_key_is_refused_with_gost(gost_signer: GostSigner, attributes):
    secret = url64(gost_signer.der(MESSAGE, attributes=attributes))

    for message, owner in ((MESSAGE + "x", gost_signer), (MESSAGE, GostSigner())):
        with pytest.raises(SignatureError):
            check_signature(secret, message, owner.certificate, datetime.now(UTC))


def test_a_gost_signature_does_not_pass_for_rsa(gost_signer: GostSigner, signer: Signer):
    with pytest.raises(SignatureError, match="another kind"):
        check(signer, url64(gost_signer.der(MESSAGE)))


def test_attached_content_must_be_the_message(signer: Signer):
    def attach(signed):
        signed["encap_content_info"]["content"] = core.OctetString(b"another")

    secret = changed(signer.der(MESSAGE), attach)

    with pytest.raises(SignatureError, match="another content"):
        check(signer, secret)


def test_two_signers_are_refused(signer: Signer):
    def double(signed):
        signed["signer_infos"].append(signed["signer_infos"][0].copy())

    secret = changed(signer.der(MESSAGE, DETACHED), double)

    with pytest.raises(SignatureError):
        check(signer, secret)


def test_digest_attribute_of_another_message_is_refused_though_well_signed(signer: Signer):
    info = cms.ContentInfo.load(signer.der(MESSAGE + "x", DETACHED))

    with pytest.raises(SignatureError, match="message_digest"):
        check(signer, url64(info.dump()))


def test_attributes_without_a_digest_are_refused_though_well_signed(signer: Signer):
    def drop(signed):
        one = signed["signer_infos"][0]
        kept = [a for a in one["signed_attrs"] if a["type"].native != "message_digest"]
        one["signed_attrs"] = cms.CMSAttributes(kept)
        raw = one["signed_attrs"].untag().dump()
        one["signature"] = signer.key.sign(raw, padding.PKCS1v15(), hashes.SHA256())

    secret = changed(signer.der(MESSAGE, DETACHED), drop)

    with pytest.raises(SignatureError, match="message_digest"):
        check(signer, secret)


def test_sha1_is_refused(signer: Signer):
    def weaken(signed):
        one = signed["signer_infos"][0]
        one["digest_algorithm"] = algos.DigestAlgorithm({"algorithm": "sha1"})

    secret = changed(signer.der(MESSAGE, DETACHED), weaken)

    with pytest.raises(SignatureError, match="digest"):
        check(signer, secret)


def test_certificate_out_of_force_is_refused(signer: Signer):
    secret = url64(signer.der(MESSAGE, DETACHED))

    with pytest.raises(SignatureError, match="not in force"):
        check_signature(secret, MESSAGE, signer.certificate, datetime.now(UTC) + timedelta(days=60))


@pytest.mark.parametrize("secret", ["", "=", "+/+/", "строка", "a" * 40_000, "MII\n"])
def test_what_is_not_base64url_is_refused(signer: Signer, secret: str):
    with pytest.raises(SignatureError):
        check(signer, secret)


def accepts(signer: Signer, der: bytes, message: str) -> bool:
    try:
        check(signer, url64(der), message)
    except SignatureError:
        return False
    return True


def test_cut_signatures_are_refused_and_break_nothing(signer: Signer):
    der = signer.der(MESSAGE, DETACHED)

    accepted = [
        length for length in range(0, len(der), 5) if accepts(signer, der[:length], MESSAGE)
    ]

    assert accepted == []


def test_flipped_bytes_break_nothing_and_open_nothing(signer: Signer):
    der = signer.der(MESSAGE, DETACHED, NO_CERTIFICATES)
    flipped = [der[:at] + bytes([der[at] ^ 0xFF]) + der[at + 1 :] for at in range(0, len(der), 3)]

    # A flip outside what is signed (a version, the signer's name) leaves the proof whole.
    right = [one for one in flipped if accepts(signer, one, MESSAGE)]
    other = [one for one in flipped if accepts(signer, one, MESSAGE + "x")]

    assert len(right) < len(flipped) / 3
    assert other == []
