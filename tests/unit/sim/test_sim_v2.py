"""`/aas/oauth2/v2/ac`: cases B1-B7."""

import base64
import hashlib
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding
from sim_client import STATE, V2_ORDER, GostSigner, Signer, Stand, query

from esia_sim import client_keys, gost

AC = "/aas/oauth2/v2/ac"
V1_ORDER = ("scope", "timestamp", "client_id", "state")
WRONG_SECRET = "ESIA-007053: OAuthErrorEnum.clientSecretWrong"


def said(stand: Stand, params: dict[str, str]) -> str:
    return query(stand.browser.get(AC, params=params))["error_description"]


def url64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def joined(params: dict[str, str], order: tuple[str, ...]) -> str:
    return "".join(params.get(name, "") for name in order)


@pytest.mark.parametrize("scope_org", ["", None])
def test_b1_raw_gost_signature_leads_to_the_sign_in_page(stand: Stand, gost_signer, scope_org):
    params = stand.v2_params(gost_signer, scope_org=scope_org)

    answer = stand.browser.get(AC, params=params)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login"


def test_b1_signed_in_person_returns_with_a_code_and_the_state(stand: Stand, gost_signer):
    stand.browser.sign_in_as("anna")

    answer = stand.browser.get(AC, params=stand.v2_params(gost_signer))

    assert query(answer)["state"] == STATE
    assert query(answer)["code"].count(".") == 2


def test_b2_v1_message_order_is_refused(stand: Stand, gost_signer: GostSigner):
    params = stand.v2_params(gost_signer)

    params["client_secret"] = gost_signer.secret(joined(params, V1_ORDER))
    answer = query(stand.browser.get(AC, params=params))

    assert (answer["error"], answer["error_description"]) == ("access_denied", WRONG_SECRET)
    assert answer["state"] == STATE


def test_b2_pkcs7_is_refused(stand: Stand, gost_signer: GostSigner):
    params = stand.v2_params(gost_signer)

    params["client_secret"] = url64(gost_signer.der(joined(params, V2_ORDER)))

    assert said(stand, params) == WRONG_SECRET


@pytest.mark.parametrize("order", [V1_ORDER, V2_ORDER])
def test_b2_a_client_that_is_not_strict_may_bring_pkcs7(stand: Stand, gost_signer, order):
    params = stand.v2_params(gost_signer, client_id="LENIENT")

    params["client_secret"] = url64(gost_signer.der(joined(params, order)))
    answer = stand.browser.get(AC, params=params)

    assert answer.headers["Location"] == "/login"


@pytest.mark.parametrize("named", ["streebog", "sha256", "nothing"])
def test_b2_a_client_that_is_not_strict_may_sign_with_rsa(
    stand: Stand, gost_signer: GostSigner, signer: Signer, named: str
):
    names = {"streebog": None, "sha256": sha256_of(signer), "nothing": None}
    params = stand.v2_params(gost_signer, client_id="LENIENT", client_certificate_hash=names[named])
    raw = signer.key.sign(joined(params, V2_ORDER).encode(), padding.PKCS1v15(), hashes.SHA256())

    answer = stand.browser.get(AC, params=params | {"client_secret": url64(raw)})

    assert answer.headers["Location"] == "/login"


def test_b2_a_strict_client_may_not_sign_with_rsa(stand: Stand, gost_signer, signer: Signer):
    params = stand.v2_params(gost_signer, client_certificate_hash=hash_of(signer))
    raw = signer.key.sign(joined(params, V2_ORDER).encode(), padding.PKCS1v15(), hashes.SHA256())

    assert said(stand, params | {"client_secret": url64(raw)}) == WRONG_SECRET


def test_b3_without_the_hash_it_is_called_missing(stand: Stand, gost_signer):
    params = stand.v2_params(gost_signer, client_certificate_hash=None)

    assert said(stand, params).endswith("parameter [client_certificate_hash].")


def hash_of(signer: Signer) -> str:
    return client_keys.hash_of(signer.certificate)


def sha256_of(signer: Signer) -> str:
    return hashlib.sha256(signer.certificate.public_bytes(Encoding.DER)).hexdigest()


@pytest.mark.parametrize("kind", ["pem", "sha1", "sha256", "unknown", "another certificate"])
def test_b4_another_hash_is_refused(stand: Stand, gost_signer: GostSigner, signer, kind: str):
    der = gost_signer.certificate.public_bytes(Encoding.DER)
    given = {
        "pem": gost.streebog256(gost_signer.pem.encode()).hex(),
        "sha1": hashlib.sha1(der, usedforsecurity=False).hexdigest(),
        "sha256": hashlib.sha256(der).hexdigest(),
        "unknown": "0" * 64,
        "another certificate": hash_of(signer),
    }[kind]

    assert said(stand, stand.v2_params(gost_signer, client_certificate_hash=given)) == WRONG_SECRET


def test_b4_the_hash_may_be_written_in_small_letters(stand: Stand, gost_signer: GostSigner):
    params = stand.v2_params(gost_signer, client_certificate_hash=gost_signer.hash.lower())

    assert stand.browser.get(AC, params=params).headers["Location"] == "/login"


@pytest.mark.parametrize("padded", [True, False])
@pytest.mark.parametrize("alphabet", [base64.b64encode, base64.urlsafe_b64encode])
def test_b5_both_alphabets_with_and_without_padding(stand: Stand, gost_signer, alphabet, padded):
    params = stand.v2_params(gost_signer)
    raw = gost_signer.key.sign(joined(params, V2_ORDER).encode())

    written = alphabet(raw).decode()
    params["client_secret"] = written if padded else written.rstrip("=")
    answer = stand.browser.get(AC, params=params)

    assert answer.headers["Location"] == "/login"


@pytest.mark.parametrize("name", ["scope", "timestamp", "client_id", "state", "redirect_uri"])
def test_b5_signature_of_other_values_is_refused(stand: Stand, gost_signer, name: str):
    params = stand.v2_params(gost_signer)
    others = {"timestamp": "2026.01.01 10:00:00 +0300", "client_id": "GOST02"}

    params[name] = others.get(name, params[name] + "x")

    assert said(stand, params) == WRONG_SECRET


@pytest.mark.parametrize("person", ["oleg", "lida"])
def test_b6_an_unconfirmed_person_is_refused_where_a_confirmed_one_is_wanted(
    stand: Stand, gost_signer, person: str
):
    stand.browser.sign_in_as(person)

    params = stand.v2_params(gost_signer, person_filter="conf_acc")

    assert said(stand, params).startswith("ESIA-007055")


def test_b6_a_confirmed_person_passes(stand: Stand, gost_signer):
    assert stand.v2_code(gost_signer, person_filter="conf_acc")


def test_b6_a_grown_up_is_refused_where_a_child_is_wanted(stand: Stand, gost_signer):
    stand.browser.sign_in_as("anna")

    assert said(stand, stand.v2_params(gost_signer, person_filter="acc_kid")).startswith(
        "ESIA-007062"
    )


GOOD_PERMISSION = {
    "sysname": "CREDIT",
    "expire": 262800,
    "actions": [{"sysname": "ALL_ACTIONS_TO_DATA"}],
    "purposes": [{"sysname": "CREDIT"}],
    "scopes": [{"sysname": "fullname"}],
    "responsibleObject": "Банк",
}


def asked(stand: Stand, signer: GostSigner, raw: bytes) -> str:
    params = stand.v2_params(signer, scope="openid", permissions=url64(raw))
    answer = stand.browser.get(AC, params=params)
    return query(answer)["error_description"][:11] if "?" in answer.headers["Location"] else "good"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "good"),
        ({"sysname": "no such"}, "ESIA-036701"),
        ({"scopes": []}, "ESIA-036702"),
        ({"scopes": [{"sysname": "Не то"}]}, "ESIA-036703"),
        ({"actions": []}, "ESIA-036705"),
        ({"actions": [{"sysname": "BURN"}]}, "ESIA-036706"),
        ({"purposes": []}, "ESIA-036707"),
        ({"expire": 0}, "ESIA-036716"),
        ({"expire": "soon"}, "ESIA-036716"),
        ({"purposes": [{"sysname": "?"}]}, "ESIA-036726"),
        ({"purposes": [{"sysname": "A"}, {"sysname": "B"}]}, "ESIA-036727"),
    ],
)
def test_b7_permissions_are_checked_part_by_part(stand: Stand, gost_signer, change, code: str):
    written = json.dumps([GOOD_PERMISSION | change]).encode()

    assert asked(stand, gost_signer, written) == code


@pytest.mark.parametrize("raw", [b"[]", b"{}", b"[1]", b"nonsense", b"[" * 9000, b"\xff"])
def test_b7_malformed_permissions_are_no_consent_type(stand: Stand, gost_signer, raw: bytes):
    assert asked(stand, gost_signer, raw) == "ESIA-036700"


def test_b7_permissions_go_with_the_scope_openid_alone(stand: Stand, gost_signer):
    written = url64(json.dumps([GOOD_PERMISSION]).encode())

    assert said(stand, stand.v2_params(gost_signer, permissions=written)).startswith("ESIA-036703")


@pytest.mark.parametrize(("name", "code"), [("obj_type", "ESIA-007061"), ("roles", "ESIA-007060")])
def test_unknown_kinds_of_users_are_refused(stand: Stand, gost_signer, name: str, code: str):
    assert said(stand, stand.v2_params(gost_signer, **{name: "X"})).startswith(code)
