"""`/rs/prns/{oid}`: cases R1-R5; `/idp/ext/Logout`: L1."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sim_client import Stand

ANNA = "/rs/prns/1000000101"
EVERYTHING = "openid fullname birthdate gender snils inn id_doc medical_doc mobile email"


def test_r1_fields_follow_the_scope(stand: Stand):
    token = stand.tokens(scope="openid fullname")["access_token"]

    person = stand.rest(ANNA, token).json()

    assert person["firstName"] == "Анна"
    assert person["trusted"] is True
    assert person["status"] == "REGISTERED"
    assert not {"birthDate", "snils", "inn", "gender", "oid"} & person.keys()


def test_r1_everything_asked_for_is_there(stand: Stand):
    token = stand.tokens(scope=EVERYTHING)["access_token"]

    person = stand.rest(ANNA, token).json()

    assert person["birthDate"] == "12.04.1988"
    assert person["snils"] == "900-000-101 85"
    assert person["gender"] == "F"
    assert person["rIdDoc"] == 100000010101
    assert len(person["eTag"]) == 40


def test_r1_absent_patronymic_is_an_absent_key(stand: Stand):
    token = stand.tokens("max", scope="fullname")["access_token"]

    person = stand.rest("/rs/prns/1000000113", token).json()

    assert "middleName" not in person
    assert person["lastName"] == "Ё"


@pytest.mark.parametrize("path", [ANNA, f"{ANNA}/ctts", f"{ANNA}/docs"])
def test_r1_openid_alone_opens_nothing(stand: Stand, path: str):
    token = stand.tokens(scope="openid")["access_token"]

    answer = stand.rest(path, token)

    assert answer.status_code == 403
    assert answer.json() == {
        "code": "ESIA-005029",
        "message": "SecurityErrorEnum.scopeNotAllowed",
    }


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x.y.z", "Basic abc", "Bearer \x7f"])
def test_r2_no_or_garbled_token_is_refused(stand: Stand, header: str):
    answer = stand.browser.get(ANNA, headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer.json()["code"] == "ESIA-005011"


def test_r2_expired_token_is_refused(stand: Stand):
    token = stand.tokens()["access_token"]

    stand.clock.advance(timedelta(seconds=3601))
    answer = stand.rest(ANNA, token)

    assert answer.status_code == 401
    assert answer.json() == {"code": "ESIA-005013", "message": "SecurityErrorEnum.expiredToken"}


def test_r3_other_persons_are_closed(stand: Stand):
    token = stand.tokens()["access_token"]

    answer = stand.rest("/rs/prns/1000000103", token)

    assert answer.status_code == 403


@pytest.mark.parametrize("embed", ["(elements)", "%28elements%29", "(elements-1)"])
def test_r4_embedded_elements_are_inline(stand: Stand, embed: str):
    token = stand.tokens(scope="mobile email")["access_token"]

    answer = stand.rest(f"{ANNA}/ctts?embed={embed}", token).json()

    assert answer["size"] == 2
    assert [(one["type"], one["value"]) for one in answer["elements"]] == [
        ("MBT", "+7(900)0000101"),
        ("EML", "anna@pomor.example"),
    ]


@pytest.mark.parametrize("name", ["ctts", "docs"])
def test_r4_without_embed_elements_are_addresses_that_resolve(stand: Stand, name: str):
    token = stand.tokens(scope=EVERYTHING)["access_token"]

    addresses = stand.rest(f"{ANNA}/{name}", token).json()["elements"]
    items = [stand.rest(urlsplit(address).path, token).json() for address in addresses]

    assert all(address.startswith("https://stand.example/rs/prns/") for address in addresses)
    assert [f"https://stand.example{ANNA}/{name}/{item['id']}" for item in items] == addresses


def test_r4_collections_are_filtered_by_scope(stand: Stand):
    token = stand.tokens(scope="mobile medical_doc")["access_token"]

    contacts = stand.rest(f"{ANNA}/ctts?embed=(elements)", token).json()
    documents = stand.rest(f"{ANNA}/docs?embed=(elements)", token).json()
    passport = stand.rest(f"{ANNA}/docs/100000010101", token)

    assert [one["type"] for one in contacts["elements"]] == ["MBT"]
    assert [one["type"] for one in documents["elements"]] == ["MDCL_PLCY"]
    assert passport.status_code == 404


def test_r4_person_embeds_what_the_scope_opens(stand: Stand):
    token = stand.tokens(scope="fullname mobile")["access_token"]

    person = stand.rest(f"{ANNA}?embed=(contacts.elements,documents.elements)", token).json()

    assert person["contacts"]["elements"][0]["value"] == "+7(900)0000101"
    assert "documents" not in person


@pytest.mark.parametrize("path", [f"{ANNA}/", f"{ANNA}//ctts", "/rs//prns/1000000101/ctts/"])
def test_r5_odd_slashes_do_no_harm(stand: Stand, path: str):
    token = stand.tokens()["access_token"]

    assert stand.rest(path, token).status_code == 200


def test_unconfirmed_email_is_not_verified(stand: Stand):
    token = stand.tokens("rita", scope="email")["access_token"]

    contacts = stand.rest("/rs/prns/1000000112/ctts?embed=(elements)", token).json()

    assert contacts["elements"][0]["vrfStu"] == "NOT_VERIFIED"


def test_l1_logout_ends_the_session_and_returns(stand: Stand):
    stand.browser.sign_in_as("anna")
    back = "https://cabinet.example/bye"

    answer = stand.browser.get(
        "/idp/ext/Logout", params={"client_id": "TEST01", "redirect_url": back}
    )

    assert answer.headers["Location"] == back
    asked = stand.browser.get("/aas/oauth2/ac", params=stand.params())
    assert asked.headers["Location"] == "/login"


@pytest.mark.parametrize(
    "params",
    [{}, {"client_id": "TEST01", "redirect_url": "https://evil.example/"}, {"redirect_url": "x"}],
)
def test_l1_logout_never_leads_to_a_strange_address(stand: Stand, params):
    answer = stand.browser.get("/idp/ext/Logout", params=params)

    assert answer.headers["Location"] == "/"
