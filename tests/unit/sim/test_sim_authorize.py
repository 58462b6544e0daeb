"""`/aas/oauth2/ac`: cases A1-A9 of the protocol reference."""

import base64
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sim_client import RETURN_TO, STATE, Signer, Stand, query


def test_a1_valid_request_leads_to_the_sign_in_page(stand: Stand):
    params = stand.params()

    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login"


def test_a1_signed_in_person_returns_with_a_code_and_the_state(stand: Stand):
    stand.browser.sign_in_as("anna")

    answer = stand.browser.get("/aas/oauth2/ac", params=stand.params())

    assert answer.headers["Location"].startswith("https://cabinet.example/back?a=1&code=")
    assert query(answer)["state"] == STATE
    assert query(answer)["code"].count(".") == 2


def test_a2_attached_content_is_taken_like_a_detached_signature(stand: Stand, signer: Signer):
    params = stand.params()
    message = "".join(params[name] for name in ("scope", "timestamp", "client_id", "state"))

    params["client_secret"] = base64.urlsafe_b64encode(signer.der(message)).decode()
    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert answer.headers["Location"] == "/login"


def test_a3_form_post_is_taken_like_get(stand: Stand):
    params = stand.params()

    answer = stand.browser.post("/aas/oauth2/ac", data=params)

    assert answer.headers["Location"] == "/login"


def test_a4_signature_of_a_stranger_is_refused(stand: Stand, stranger):
    params = stand.params()
    params["client_secret"] = stranger.secret(params)

    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert query(answer) == {
        "a": "1",
        "error": "unauthorized_client",
        "error_description": "ESIA-007005: The client is not authorized to request an access"
        " token using this method.",
        "state": STATE,
    }
    assert "&error_description=ESIA-007005%3A+The" in answer.headers["Location"]


@pytest.mark.parametrize("name", ["scope", "timestamp", "client_id", "state"])
def test_a4_signature_of_other_values_is_refused(stand: Stand, name: str):
    params = stand.params()
    others = {"timestamp": "2026.01.01 10:00:00 +0300", "client_id": "TEST02"}

    params[name] = others.get(name, params[name] + "x")
    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert query(answer)["error_description"].startswith("ESIA-007005")


@pytest.mark.parametrize("name", ["state", "scope", "timestamp", "response_type", "client_secret"])
def test_a5_missing_parameter_is_named(stand: Stand, name: str):
    params = stand.params()

    del params[name]
    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert query(answer)["error"] == "invalid_request"
    assert query(answer)["error_description"] == (
        f"ESIA-007014: The request doesn`t contain the mandatory parameter [{name}]."
    )


@pytest.mark.parametrize("name", ["client_id", "redirect_uri"])
def test_a5_without_a_way_back_the_refusal_is_a_page(stand: Stand, name: str):
    params = stand.params()

    del params[name]
    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert answer.status_code == 400
    assert "ESIA-007014" in answer.text


@pytest.mark.parametrize(
    "written",
    ["2026.01.01 10:00:00  0300", "2026-01-01 10:00:00 +0300", "2026.13.01 10:00:00 +0300", "now"],
)
def test_a6_timestamp_of_another_form_is_called_missing(stand: Stand, written: str):
    params = stand.params(timestamp=written)

    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert query(answer)["error_description"].endswith("parameter [timestamp].")


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a6_stale_or_future_request_is_refused(stand: Stand, minutes: int):
    params = stand.params()

    stand.clock.advance(timedelta(minutes=minutes))
    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert query(answer)["error_description"].startswith("ESIA-007015")


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "https://cabinet.example.evil.example/",
        "https://cabinet.example@evil.example/",
        "https://evil.example\\@cabinet.example/",
        "//cabinet.example/",
        "javascript:alert(1)//cabinet.example",
        "https://cabinet.example:99999/",
        "https://[cabinet.example/",
        "https://cabinet.example/#part",
    ],
)
def test_a7_wrong_redirect_uri_never_redirects(stand: Stand, address: str):
    params = stand.params(redirect_uri=address)

    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "ESIA-007023" in answer.text


def test_a7_unknown_client_never_redirects(stand: Stand):
    params = stand.params(client_id="NOBODY")

    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert answer.status_code == 400
    assert "ESIA-007005" in answer.text


@pytest.mark.parametrize(
    ("scope", "code"),
    [("openid usr_inf", "ESIA-007006"), (" ", "ESIA-007006"), ("openid vehicles", "ESIA-007019")],
)
def test_a8_scope_unknown_or_not_granted_is_refused(stand: Stand, scope: str, code: str):
    params = stand.params(scope=scope)

    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert query(answer)["error_description"].startswith(code)


def test_a9_refusal_of_the_person_goes_back_to_the_client(stand: Stand):
    stand.browser.sign_in_as("anna", consent=False)
    asked = stand.browser.get("/aas/oauth2/ac", params=stand.params())

    answer = stand.browser.fill(asked.headers["Location"], decision="deny")

    assert query(answer)["error"] == "access_denied"
    assert query(answer)["error_description"].startswith("ESIA-007004: The resource owner")
    assert query(answer)["state"] == STATE


def test_other_response_types_are_refused(stand: Stand):
    params = stand.params(response_type="token")

    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert query(answer)["error"] == "unsupported_response_type"


def test_repeated_parameter_is_refused(stand: Stand):
    pairs = [*stand.params().items(), ("state", "another")]

    answer = stand.browser.get("/aas/oauth2/ac", params=pairs)

    assert query(answer)["error_description"].startswith("ESIA-007003")


def test_repeated_redirect_uri_never_redirects(stand: Stand):
    pairs = [*stand.params().items(), ("redirect_uri", "https://evil.example/")]

    answer = stand.browser.get("/aas/oauth2/ac", params=pairs)

    assert answer.status_code == 400


def test_error_page_says_code_time_and_request(stand: Stand):
    params = stand.params(redirect_uri="https://evil.example/")

    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert 'data-code="ESIA-007023"' in answer.text
    assert "МСК" in answer.text
    assert "data-request-id=" in answer.text


@pytest.mark.parametrize("junk", [b"\x00\xff", b"\x30\x80", b"\x30\x03\x02\x01\x01", b"0" * 999])
def test_broken_der_is_a_refusal_and_not_a_breakdown(stand: Stand, junk: bytes):
    params = stand.params()
    params["client_secret"] = base64.urlsafe_b64encode(junk).decode()

    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert query(answer)["error_description"].startswith("ESIA-007005")


def test_return_address_keeps_its_own_query(stand: Stand):
    stand.browser.sign_in_as("anna")

    answer = stand.browser.get("/aas/oauth2/ac", params=stand.params())

    sent_to = urlsplit(answer.headers["Location"])
    assert RETURN_TO.startswith(f"{sent_to.scheme}://{sent_to.netloc}{sent_to.path}?a=1")
