"""`/aas/oauth2/te`: cases C1-C8, and the tokens themselves, T1-T2."""

import base64
import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from joserfc import jws
from joserfc.jwk import RSAKey
from sim_client import Stand, timestamp


def part(token: str, number: int) -> dict:
    text = token.split(".")[number]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def exchange(stand: Stand, **changes):
    return stand.browser.post("/aas/oauth2/te", data=stand.token_params(**changes))


def test_c1_code_becomes_tokens_and_the_state_is_echoed(stand: Stand):
    code = stand.code()

    answer = exchange(stand, code=code)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["state"] == "token-state"
    assert answer.json()["token_type"] == "Bearer"
    assert answer.json()["expires_in"] == 3600
    assert {"access_token", "refresh_token", "id_token"} <= answer.json().keys()


@pytest.mark.parametrize("scope", ["openid", None])
def test_c1_scope_of_the_token_request_may_differ_or_be_absent(stand: Stand, scope):
    code = stand.code()

    answer = exchange(stand, code=code, scope=scope)

    assert "fullname?oid=1000000101" in part(answer.json()["access_token"], 1)["scope"]


def test_c1_query_string_junk_and_double_encoding_are_borne(stand: Stand):
    twice = quote(stand.params()["redirect_uri"], safe="")
    params = stand.token_params(code=stand.code(), redirect_uri=twice, refresh_token="junk")

    answer = stand.browser.post("/aas/oauth2/te", params=params)

    assert answer.status_code == 200


def test_c2_code_works_once(stand: Stand):
    code = stand.code()
    exchange(stand, code=code)

    again = exchange(stand, code=code)

    assert again.status_code == 400
    assert again.json()["error"] == "invalid_grant"
    assert again.json()["error_description"].startswith("ESIA-007011: ")
    assert again.json()["state"] == "token-state"


def test_c2_code_of_another_client_is_refused_and_stays_good(stand: Stand):
    code = stand.code()

    foreign = exchange(stand, code=code, client_id="TEST02")

    assert foreign.json()["error_description"].startswith("ESIA-007011")
    assert exchange(stand, code=code).status_code == 200


def test_c2_expired_code_is_refused(stand: Stand):
    code = stand.code()

    stand.clock.advance(timedelta(seconds=121))
    answer = exchange(stand, code=code)

    assert answer.json()["error_description"].startswith("ESIA-007011")


@pytest.mark.parametrize(
    "changes", [{"code": "nonsense"}, {"redirect_uri": "https://cabinet.example/elsewhere"}]
)
def test_c2_wrong_code_or_other_redirect_uri_is_refused(stand: Stand, changes):
    given = {"code": stand.code()} | changes

    answer = exchange(stand, **given)

    assert answer.json()["error_description"].startswith("ESIA-007011")


def test_c4_unknown_grant_type_is_refused(stand: Stand):
    answer = exchange(stand, grant_type="password", code="x")

    assert answer.status_code == 400
    assert answer.json()["error"] == "unsupported_grant_type"
    assert answer.json()["error_description"].startswith("ESIA-007012")


def test_c5_refresh_gives_a_new_pair_and_ends_the_old_token(stand: Stand):
    old = stand.tokens()["refresh_token"]

    fresh = exchange(stand, grant_type="refresh_token", refresh_token=old)
    again = exchange(stand, grant_type="refresh_token", refresh_token=old)

    assert fresh.status_code == 200
    assert fresh.json()["refresh_token"] != old
    assert fresh.json()["state"] == "token-state"
    assert again.json()["error_description"].startswith("ESIA-007011")


def test_c5_refresh_token_of_another_client_or_expired_is_refused(stand: Stand):
    token = stand.tokens()["refresh_token"]

    foreign = exchange(stand, grant_type="refresh_token", refresh_token=token, client_id="TEST02")
    stand.clock.advance(timedelta(days=8))
    expired = exchange(stand, grant_type="refresh_token", refresh_token=token)

    assert foreign.json()["error_description"].startswith("ESIA-007011")
    assert expired.json()["error_description"].startswith("ESIA-007011")


@pytest.mark.parametrize("access_type", ["online", None])
def test_c6_online_access_gets_no_refresh_token(stand: Stand, access_type):
    stand.browser.sign_in_as("anna")
    asked = stand.browser.get("/aas/oauth2/ac", params=stand.params(access_type=access_type))
    code = asked.headers["Location"].split("code=")[1].split("&")[0]

    answer = exchange(stand, code=code)

    assert "refresh_token" not in answer.json()


def test_c8_without_openid_there_is_no_id_token(stand: Stand):
    answer = stand.tokens(scope="fullname")

    assert "id_token" not in answer


def test_token_request_needs_the_signature(stand: Stand, stranger):
    params = stand.token_params(code=stand.code())
    params["client_secret"] = stranger.secret(params)

    answer = stand.browser.post("/aas/oauth2/te", data=params)

    assert answer.status_code == 400
    assert answer.json()["error_description"].startswith("ESIA-007005")


@pytest.mark.parametrize("name", ["client_id", "code", "state", "timestamp", "redirect_uri"])
def test_missing_parameter_of_a_token_request_is_named(stand: Stand, name: str):
    params = stand.token_params(code="x")

    del params[name]
    answer = stand.browser.post("/aas/oauth2/te", data=params)

    assert answer.json()["error_description"].endswith(f"[{name}].")
    assert ("state" in answer.json()) == (name != "state")


def test_refused_exchange_never_redirects(stand: Stand):
    answer = exchange(stand, code="x", client_id="NOBODY")

    assert answer.status_code == 400
    assert answer.json()["error"] == "unauthorized_client"


def test_t1_access_token_has_esias_header_and_claims(stand: Stand):
    token = stand.tokens()["access_token"]

    header, claims = part(token, 0), part(token, 1)

    assert header == {"ver": 1, "typ": "JWT", "sbt": "access", "alg": "RS256"}
    assert set(claims["scope"].split()) == {
        "openid",
        "fullname?oid=1000000101",
        "mobile?oid=1000000101",
    }
    assert claims["iss"] == "http://esia-portal1.test.gosuslugi.ru/"
    assert claims["urn:esia:sbj_id"] == 1000000101
    assert claims["client_id"] == "TEST01"
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["nbf"] == claims["iat"]
    assert not {"aud", "sub"} & claims.keys()


def test_t1_token_verifies_with_the_certificate_in_the_data_folder(stand: Stand, config):
    token = stand.tokens()["access_token"]
    certificate = (config.data_dir / "token.crt").read_bytes()

    key = RSAKey.import_key(certificate)
    registry = jws.JWSRegistry(algorithms=["RS256"], strict_check_header=False)

    assert jws.deserialize_compact(token.encode(), key, registry=registry)


def test_t2_id_token_of_a_confirmed_person(stand: Stand):
    token = stand.tokens()["id_token"]

    header, claims = part(token, 0), part(token, 1)

    assert header["sbt"] == "id"
    assert claims["aud"] == "TEST01"
    assert claims["sub"] == 1000000101
    assert claims["amr"] == claims["urn:esia:amd"] == "PWD"
    assert claims["exp"] - claims["iat"] == 10800
    assert claims["urn:esia:sbj"] == {
        "urn:esia:sbj:lvl": "PR",
        "urn:esia:sbj:typ": "P",
        "urn:esia:sbj:oid": 1000000101,
        "urn:esia:sbj:nam": "OID.1000000101",
        "urn:esia:sbj:is_tru": True,
    }
    assert not {"nonce", "at_hash"} & claims.keys()


@pytest.mark.parametrize("person", ["oleg", "lida"])
def test_t2_is_tru_is_absent_for_the_unconfirmed(stand: Stand, person: str):
    claims = part(stand.tokens(person)["id_token"], 1)

    assert "urn:esia:sbj:is_tru" not in claims["urn:esia:sbj"]
    assert claims["urn:esia:sbj"]["urn:esia:sbj:lvl"] == "P"


def test_code_is_a_jwt_and_no_access_token(stand: Stand):
    code = stand.code()

    answer = stand.rest("/rs/prns/1000000101", code)

    assert part(code, 0)["sbt"] == "authorization_code"
    assert answer.status_code == 401


def test_timestamp_of_the_token_request_is_checked(stand: Stand):
    code, written = stand.code(), timestamp(stand.clock)

    stand.clock.advance(timedelta(minutes=10))
    answer = exchange(stand, code=code, timestamp=written)

    assert answer.json()["error_description"].startswith("ESIA-007015")
