"""Token requests as ESIA clients in other languages write them, byte by byte."""

import base64
from urllib.parse import quote, quote_plus, urlencode

import pytest
from cryptography.hazmat.primitives.serialization import pkcs7
from sim_client import Stand

TE = "/aas/oauth2/te"
DETACHED = pkcs7.PKCS7Options.DetachedSignature
NO_ATTRIBUTES = pkcs7.PKCS7Options.NoAttributes
FORM = "application/x-www-form-urlencoded"
# how it signs, whether it pads base64, how it writes a space, its headers
CLIENTS = {
    "php": ((DETACHED,), False, quote_plus, {"Content-Type": FORM, "Accept": "*/*"}),
    "php old": ((DETACHED, NO_ATTRIBUTES), False, quote_plus, {"Content-Type": FORM}),
    "node": ((), False, quote, {"Content-Type": FORM, "Accept": "application/json, text/plain"}),
    "java": (
        (DETACHED,),
        True,
        quote_plus,
        {"Content-Type": f"{FORM};charset=UTF-8", "Accept": "text/html, image/gif, */*; q=.2"},
    ),
    "go": ((DETACHED,), True, quote_plus, {"Content-Type": FORM, "Accept-Encoding": "gzip"}),
    "dotnet": ((DETACHED,), True, quote, {"Content-Type": f"{FORM}; charset=utf-8"}),
}


@pytest.mark.parametrize("name", CLIENTS)
def test_c1_every_way_of_writing_a_token_request_is_understood(stand: Stand, name: str):
    options, padded, escape, headers = CLIENTS[name]
    params = stand.token_params(code=stand.code())
    message = "".join(params[one] for one in ("scope", "timestamp", "client_id", "state"))
    secret = base64.urlsafe_b64encode(stand.signer.der(message, *options)).decode()
    params["client_secret"] = secret if padded else secret.rstrip("=")

    body = urlencode(params, quote_via=escape)
    answer = stand.browser.post(TE, content=body, headers=headers)

    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "token-state"
    assert answer.headers["Content-Type"] == "application/json"


def test_c1_a_plus_that_was_not_encoded_is_a_timestamp_of_another_form(stand: Stand):
    params = stand.token_params(code=stand.code())

    body = urlencode(params, safe="+:", quote_via=quote)
    answer = stand.browser.post(TE, content=body, headers={"Content-Type": FORM})

    assert answer.status_code == 400
    assert answer.json()["error_description"].endswith("[timestamp].")


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_breakdown_of_the_token_endpoint_is_html(stand: Stand, status: int):
    expected = {"when": {"endpoint": "token"}, "then": {"status": status}}
    stand.browser.post("/_sim/expectations", json=expected)

    answer = stand.browser.post(TE, data=stand.token_params(code=stand.code()))

    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
