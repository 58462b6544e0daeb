"""The extension for clients of kind `oidc`: discovery, keys, nonce, a string `sub`, userinfo."""

from dataclasses import replace

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sim_client import Stand, query

BACK = "https://cabinet.example/oidc"
CLIENT = {
    "client_id": "WEB",
    "kind": "oidc",
    "secret": "s3cret",
    "redirect_uris": [BACK],
    "post_logout_redirect_uris": [BACK],
}


@pytest.fixture
def web(stand: Stand) -> Stand:
    assert stand.browser.post("/_sim/clients", json=CLIENT).status_code == 201
    return stand


def ask(stand: Stand, **changes: str):
    params = {
        "client_id": "WEB",
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "openid profile email",
        "state": "s",
        "nonce": "n-1",
    }
    given = {name: value for name, value in (params | changes).items() if value}
    return stand.browser.get("/oidc/authorize", params=given)


def exchange(stand: Stand, code: str, secret: str = "s3cret"):
    data = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    return stand.browser.post("/oidc/token", data=data, auth=("WEB", secret))


def test_id_token_verifies_by_jwks_and_carries_nonce_and_a_string_sub(web: Stand):
    web.browser.sign_in_as("anna")
    about = web.browser.get("/.well-known/openid-configuration").json()

    tokens = exchange(web, query(ask(web))["code"]).json()

    keys = KeySet.import_key_set(web.browser.get("/oidc/jwks").json())
    claims = jwt.decode(tokens["id_token"], keys).claims
    assert claims["iss"] == about["issuer"] == "https://stand.example"
    assert (claims["sub"], claims["aud"], claims["nonce"]) == ("1000000101", "WEB", "n-1")
    assert claims["amr"] == ["pwd"]


def test_userinfo_follows_the_scope(web: Stand):
    web.browser.sign_in_as("anna")
    tokens = exchange(web, query(ask(web))["code"]).json()

    known = web.rest("/oidc/userinfo", tokens["access_token"]).json()

    assert (known["given_name"], known["birthdate"]) == ("Анна", "1988-04-12")
    assert "phone_number" not in known


def test_userinfo_tells_where_a_person_lives(web: Stand):
    web.browser.sign_in_as("anna")
    tokens = exchange(web, query(ask(web, scope="openid address"))["code"]).json()

    known = web.rest("/oidc/userinfo", tokens["access_token"]).json()

    house = "Троицкий проспект, д. 52, кв. 17"
    assert known["address"] == {
        "formatted": f"163000, Архангельская область, г. Архангельск, {house}",
        "street_address": house,
        "locality": "г. Архангельск",
        "region": "Архангельская область",
        "postal_code": "163000",
        "country": "Россия",
    }


def test_the_address_is_the_one_where_the_person_lives(web: Stand):
    registered, lived_in = (
        {"type": kind, "zip_code": code, "region": "р", "city": "г", "street": "с", "house": "1"}
        for kind, code in (("PRG", "163000"), ("PLV", "164500"))
    )
    person = web.browser.post("/_sim/people", json={"addresses": [registered, lived_in]}).json()
    web.browser.sign_in_as(person["key"])
    tokens = exchange(web, query(ask(web, scope="openid address"))["code"]).json()

    known = web.rest("/oidc/userinfo", tokens["access_token"]).json()

    assert known["address"]["postal_code"] == "164500"


def test_a_wrong_secret_is_refused(web: Stand):
    web.browser.sign_in_as("anna")

    answer = exchange(web, query(ask(web))["code"], secret="guess")

    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"scope": "openid fly"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": ""}, "invalid_request"),
        ({"code_challenge": "x", "code_challenge_method": "plain"}, "invalid_request"),
    ],
)
def test_a_wrong_request_goes_back_with_its_error(web: Stand, changes, error: str):
    assert query(ask(web, **changes))["error"] == error


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": f"{BACK}/"},
        {"redirect_uri": f"{BACK}?next=1"},
        {"client_id": "TEST01"},
    ],
)
def test_a_strange_address_or_client_never_redirects(web: Stand, changes):
    answer = ask(web, **changes)

    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/.well-known/openid-configuration", "/oidc/jwks", "/oidc/authorize"]
)
def test_a_faithful_stand_has_none_of_it(config, signer, path: str):
    stand = Stand(replace(config, faithful=True), signer)

    assert stand.browser.get(path).status_code == 404


@pytest.mark.parametrize(
    "change", [{"secret": None}, {"token_alg": "GOST3410_2012_256"}, {"kind": "saml"}]
)
def test_a_client_that_cannot_be_is_refused(stand: Stand, change):
    answer = stand.browser.post("/_sim/clients", json=CLIENT | change)

    assert answer.status_code == 400
    assert next(iter(change)) in answer.json()["error"]


def tokens_of(stand: Stand) -> dict[str, str]:
    stand.browser.sign_in_as("anna")
    return exchange(stand, query(ask(stand))["code"]).json()


def told(stand: Stand, path: str, token: str, auth: tuple[str, str] = ("WEB", "s3cret")):
    return stand.browser.post(path, data={"token": token}, auth=auth)


def test_without_a_session_and_without_a_page_signing_in_is_asked_for(web: Stand):
    answer = query(ask(web, prompt="none"))

    assert (answer["error"], answer["state"]) == ("login_required", "s")


def test_with_a_session_no_page_is_needed(web: Stand):
    tokens_of(web)

    assert "code" in query(ask(web, prompt="none"))


@pytest.mark.parametrize("name", ["access_token", "refresh_token"])
def test_a_revoked_token_opens_nothing_more(web: Stand, name: str):
    tokens = tokens_of(web)
    assert told(web, "/oidc/introspect", tokens[name]).json()["active"]

    assert told(web, "/oidc/revoke", tokens[name]).status_code == 200

    assert told(web, "/oidc/introspect", tokens[name]).json() == {"active": False}
    data = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    renewed = web.browser.post("/oidc/token", data=data, auth=("WEB", "s3cret"))
    seen = web.rest("/oidc/userinfo", tokens["access_token"])
    assert (renewed.status_code == 400) == (name == "refresh_token")
    assert (seen.status_code == 401) == (name == "access_token")


def test_introspection_tells_whose_token_it_is_and_only_its_own_client(web: Stand):
    other = CLIENT | {"client_id": "OTHER", "secret": "another"}
    assert web.browser.post("/_sim/clients", json=other).status_code == 201
    token = tokens_of(web)["access_token"]

    own = told(web, "/oidc/introspect", token).json()
    foreign = told(web, "/oidc/introspect", token, ("OTHER", "another")).json()
    told(web, "/oidc/revoke", token, ("OTHER", "another"))

    assert (own["sub"], own["client_id"], own["token_type"]) == ("1000000101", "WEB", "Bearer")
    assert foreign == {"active": False}
    assert told(web, "/oidc/introspect", token).json()["active"]
    assert told(web, "/oidc/introspect", "nonsense").json() == {"active": False}
    assert told(web, "/oidc/introspect", token, ("WEB", "wrong")).status_code == 401


@pytest.mark.parametrize("endpoint", ["authorize", "token"])
def test_expectations_are_met_here_too(web: Stand, endpoint: str):
    web.browser.sign_in_as("anna")
    code = query(ask(web))["code"]
    expected = {"when": {"endpoint": endpoint, "client": "WEB"}, "then": {"error": "ESIA-007008"}}
    web.browser.post("/_sim/expectations", json=expected)

    refused = query(ask(web)) if endpoint == "authorize" else exchange(web, code).json()

    assert refused["error"] == "temporarily_unavailable"


def test_a_code_shown_twice_takes_back_what_it_was_exchanged_for(web: Stand):
    web.browser.sign_in_as("anna")
    code = query(ask(web))["code"]
    tokens = exchange(web, code).json()

    again = exchange(web, code)

    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert web.rest("/oidc/userinfo", tokens["access_token"]).status_code == 401
    assert told(web, "/oidc/introspect", tokens["refresh_token"]).json() == {"active": False}


@pytest.mark.parametrize("asked", [{"prompt": "login"}, {"max_age": "0"}])
def test_who_wants_a_new_sign_in_gets_the_sign_in_page(web: Stand, asked: dict[str, str]):
    web.browser.sign_in_as("anna")

    assert ask(web, **asked).headers["location"].startswith("/login")


def test_no_page_and_a_new_sign_in_cannot_be_asked_for_together(web: Stand):
    assert query(ask(web, prompt="none login"))["error"] == "invalid_request"


def test_signing_out_leads_back_with_the_state(web: Stand):
    web.browser.sign_in_as("anna")
    asked = {"client_id": "WEB", "post_logout_redirect_uri": BACK, "state": "s"}

    answer = web.browser.get("/idp/ext/Logout", params=asked)

    assert answer.headers["location"] == f"{BACK}?state=s"
    assert query(ask(web, prompt="none"))["error"] == "login_required"


def test_signing_out_takes_the_client_from_the_id_token(web: Stand):
    hint = tokens_of(web)["id_token"]
    asked = {"id_token_hint": hint, "post_logout_redirect_uri": BACK}

    assert web.browser.get("/idp/ext/Logout", params=asked).headers["location"] == BACK


@pytest.mark.parametrize("hint", ["nonsense", "a.b.c"])
def test_signing_out_by_a_forged_id_token_leads_to_the_portal(web: Stand, hint: str):
    asked = {"id_token_hint": hint, "post_logout_redirect_uri": BACK}

    assert web.browser.get("/idp/ext/Logout", params=asked).headers["location"] == "/"


def test_tokens_are_spoilt_here_too(web: Stand):
    expected = {"when": {"endpoint": "token"}, "then": {"spoil": "audience"}}
    web.browser.post("/_sim/expectations", json=expected)

    spoilt, good = tokens_of(web)["id_token"], tokens_of(web)["id_token"]

    keys = KeySet.import_key_set(web.browser.get("/oidc/jwks").json())
    assert [jwt.decode(one, keys).claims["aud"] for one in (spoilt, good)] == ["SOMEBODY", "WEB"]


def test_signing_out_leads_to_no_stranger(web: Stand):
    asked = {"client_id": "WEB", "post_logout_redirect_uri": f"{BACK}/other"}

    assert web.browser.get("/idp/ext/Logout", params=asked).headers["location"] == "/"
