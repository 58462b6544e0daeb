"""Signing in with an electronic signature: certificates are really checked, PINs are counted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sim_client import Stand, query

from esia_sim import signed_challenge, token_device
from esia_sim.authority import Authority, Credential
from esia_sim.signed_challenge import Flaw, Refused

CHALLENGE = "attempt:29"


def enter(stand: Stand, holder: str = "nina", pin: str = token_device.PIN):
    return stand.browser.fill("/login/signature", holder=holder, pin=pin)


def set_signature(stand: Stand, state: str | None) -> None:
    stand.browser.call("PATCH", "/_sim/people/nina", json={"signature": state})


def credential(
    stand: Stand, authority: Authority | None = None, state: str = "valid"
) -> Credential:
    nina = replace(stand.world.people["nina"], signature=state)
    found = (authority or stand.world.authority()).credential(nina, stand.clock.now())
    assert found
    return found


def check(stand: Stand, signed: bytes, challenge: str = CHALLENGE) -> str:
    authority, now = stand.world.authority(), stand.clock.now()
    crl = authority.crl(now)
    return signed_challenge.check(signed, challenge, root=authority.certificate, crl=crl, now=now)


def flaw(stand: Stand, signed: bytes, challenge: str = CHALLENGE) -> Flaw:
    with pytest.raises(Refused) as refused:
        check(stand, signed, challenge)
    return refused.value.flaw


def test_a_signature_signs_in_and_the_token_says_so(stand: Stand):
    stand.browser.get("/aas/oauth2/ac", params=stand.params())

    answer = enter(stand)
    allowed = stand.browser.fill("/login/consent", decision="allow")

    assert answer.headers["Location"] == "/login/consent"
    assert query(allowed)["code"]
    assert stand.world.sign_ins["nina"][-1].ways == ("signature",)


@pytest.mark.parametrize(
    ("state", "words"),
    [("expired", "Срок действия сертификата закончился"), ("revoked", "Сертификат отозван")],
)
def test_a_certificate_out_of_force_is_refused_with_the_reason(
    stand: Stand, state: str, words: str
):
    set_signature(stand, state)

    page = enter(stand)

    assert words in page.text
    assert "nina" not in stand.world.sign_ins


def test_a_certificate_expires_by_the_clock_of_the_stand(stand: Stand):
    stand.browser.get("/login/signature")
    stand.clock.advance(timedelta(days=400))

    assert "Срок действия" in enter(stand).text


def test_three_wrong_pins_block_the_token_until_a_stated_time(stand: Stand):
    pages = [enter(stand, pin="00000000").text for _ in range(3)]
    blocked = enter(stand)
    stand.clock.advance(timedelta(minutes=31))

    assert "Осталось попыток: 2" in pages[0]
    assert "Токен заблокирован до" in pages[2]
    assert "Токен заблокирован до" in blocked.text
    assert enter(stand).status_code == 302


@pytest.mark.parametrize("holder", ["", "anna", "nobody", "../nina"])
def test_a_token_that_is_not_there_signs_nothing(stand: Stand, holder: str):
    assert "Выберите токен" in enter(stand, holder).text


def test_a_closed_account_stays_closed(stand: Stand):
    stand.browser.call("PATCH", "/_sim/people/nina", json={"state": "locked"})

    assert "Вход временно закрыт" in enter(stand).text


def test_what_the_token_signed_leads_to_its_snils(stand: Stand):
    signed = token_device.sign(credential(stand), CHALLENGE.encode())

    assert check(stand, signed) == "90000011086"


def test_what_was_signed_for_another_challenge_is_worth_nothing(stand: Stand):
    signed = token_device.sign(credential(stand), b"another")

    assert flaw(stand, signed) is Flaw.FORGED


def test_a_certificate_of_another_authority_is_foreign(stand: Stand):
    other = Authority(stand.clock.now())

    signed = token_device.sign(credential(stand, other), CHALLENGE.encode())

    assert flaw(stand, signed) is Flaw.FOREIGN


def test_a_stolen_certificate_with_another_key_is_forged(stand: Stand):
    honest = credential(stand)
    thief = Credential(credential(stand, Authority(stand.clock.now())).key, honest.certificate)

    signed = token_device.sign(thief, CHALLENGE.encode())

    assert flaw(stand, signed) is Flaw.FORGED


def test_a_signature_that_was_touched_is_forged(stand: Stand):
    signed = bytearray(token_device.sign(credential(stand), CHALLENGE.encode()))
    signed[-1] ^= 1

    assert flaw(stand, bytes(signed)) is Flaw.FORGED


@pytest.mark.parametrize("damaged", [b"", b"\x30", b"\x30\x82\xff\xff", b"garbage" * 100])
def test_damaged_bytes_are_refused(stand: Stand, damaged: bytes):
    assert flaw(stand, damaged) is Flaw.DAMAGED


def test_an_expired_certificate_is_told_from_a_revoked_one(stand: Stand):
    expired = token_device.sign(credential(stand, state="expired"), CHALLENGE.encode())
    revoked = token_device.sign(credential(stand, state="revoked"), CHALLENGE.encode())

    assert (flaw(stand, expired), flaw(stand, revoked)) == (Flaw.EXPIRED, Flaw.REVOKED)


def test_the_authority_gives_its_certificate_and_its_revocations_away(stand: Stand):
    root = x509.load_pem_x509_certificate(stand.browser.get("/ca.crt").content)
    crl = x509.load_der_x509_crl(stand.browser.get("/ca.crl").content)

    assert crl.is_signature_valid(root.public_key())  # pyright: ignore[reportArgumentType]
    assert root.public_bytes(Encoding.PEM).startswith(b"-----BEGIN CERTIFICATE")
