"""`/aas/oauth2/v3/te`: what it changes in cases C1-C5."""

import pytest
from sim_client import RETURN_TO, V2_ORDER, Stand, query

from esia_sim.pkce import challenge_of

TE = "/aas/oauth2/v3/te"
V1_ORDER = ("scope", "timestamp", "client_id", "state")
WRONG_SECRET = "ESIA-007053: OAuthErrorEnum.clientSecretWrong"


def test_c1_code_becomes_tokens_by_the_message_of_v3(stand: Stand, gost_signer):
    code = stand.v2_code(gost_signer)

    answer = stand.browser.post(TE, data=stand.v3_params(gost_signer, code=code))

    assert answer.status_code == 200
    assert answer.json()["state"] == "token-state"
    assert {"access_token", "refresh_token", "id_token"} <= answer.json().keys()


def test_c1_redirect_uri_encoded_twice_may_be_signed_either_way(stand: Stand, gost_signer):
    twice = RETURN_TO.replace(":", "%3A").replace("/", "%2F")
    params = stand.v3_params(gost_signer, code=stand.v2_code(gost_signer))

    answer = stand.browser.post(TE, data=params | {"redirect_uri": twice})

    assert answer.status_code == 200


@pytest.mark.parametrize("order", [V2_ORDER, V1_ORDER])
def test_c1_without_the_code_in_the_message_it_is_refused(stand: Stand, gost_signer, order):
    params = stand.v3_params(gost_signer, order, code=stand.v2_code(gost_signer))

    answer = stand.browser.post(TE, data=params)

    assert answer.status_code == 400
    assert answer.json()["error_description"] == WRONG_SECRET


def test_c1_v3_needs_the_hash_too(stand: Stand, gost_signer):
    params = stand.v3_params(gost_signer, code="x", client_certificate_hash=None)

    answer = stand.browser.post(TE, data=params)

    assert answer.json()["error_description"].endswith("[client_certificate_hash].")


METHODS = ["S256", "St256", "GOST3411"]


@pytest.mark.parametrize("method", METHODS)
def test_c3_the_right_verifier_opens(stand: Stand, gost_signer, method: str):
    verifier = "v" * 43
    challenge = challenge_of(method, verifier)
    code = stand.v2_code(gost_signer, code_challenge=challenge, code_challenge_method=method)

    answer = stand.browser.post(
        TE, data=stand.v3_params(gost_signer, code=code, code_verifier=verifier)
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("challenged", "verifier", "code"),
    [
        (False, "v" * 43, "ESIA-007039"),
        (True, "w" * 43, "ESIA-007040"),
        (True, None, "ESIA-007014"),
    ],
)
def test_c3_pkce_that_does_not_fit_is_refused(
    stand: Stand, gost_signer, challenged: bool, verifier: str | None, code: str
):
    challenge = challenge_of("S256", "v" * 43) if challenged else None
    given = stand.v2_code(gost_signer, code_challenge=challenge)

    answer = stand.browser.post(
        TE, data=stand.v3_params(gost_signer, code=given, code_verifier=verifier)
    )

    assert answer.json()["error_description"].startswith(code)


@pytest.mark.parametrize("challenge", ["x", None])
def test_c3_a_challenge_of_an_unknown_method_is_refused(stand: Stand, gost_signer, challenge):
    method = "plain" if challenge else "S256"
    params = stand.v2_params(gost_signer, code_challenge=challenge, code_challenge_method=method)

    answer = stand.browser.get("/aas/oauth2/v2/ac", params=params)

    assert query(answer)["error_description"].startswith("ESIA-007003")


@pytest.mark.parametrize(
    ("order", "left_out"),
    [
        (V2_ORDER, ()),
        (
            ("client_id", "scope", "timestamp", "state", "refresh_token"),
            ("client_certificate_hash", "redirect_uri"),
        ),
    ],
)
def test_c5_refresh_takes_both_messages_and_ends_the_old_token(
    stand: Stand, gost_signer, order, left_out
):
    tokens = stand.browser.post(
        TE, data=stand.v3_params(gost_signer, code=stand.v2_code(gost_signer))
    ).json()
    given = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    params = stand.v3_params(gost_signer, order, **given, **dict.fromkeys(left_out))

    fresh = stand.browser.post(TE, data=params)
    again = stand.browser.post(TE, data=params)

    assert fresh.status_code == 200
    assert fresh.json()["refresh_token"] != tokens["refresh_token"]
    assert again.json()["error_description"].startswith("ESIA-007011")
