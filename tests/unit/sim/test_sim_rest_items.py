"""REST beyond the person: vehicles, organisations, roles; tokens of systems (C7)."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from sim_client import GostSigner, Stand

from esia_sim.scopes import TITLES

SEMYON = "/rs/prns/1000000118"
ORG = 1_100_000_110
TE = "/aas/oauth2/v3/te"


@pytest.fixture
def stand(stand: Stand) -> Stand:
    clients = stand.world.clients
    for name in ("TEST01", "GOST01"):
        clients[name] = replace(clients[name], scopes=frozenset(TITLES))
    return stand


def rest(stand: Stand, path: str, scope: str):
    return stand.rest(path, stand.tokens("semyon", scope=scope)["access_token"])


def test_r4_vehicles_open_by_their_scope(stand: Stand):
    found = rest(stand, f"{SEMYON}/vhls?embed=(elements)", "vehicles").json()

    [vehicle] = found["elements"]
    assert vehicle["numberPlate"] == "А000АА29"
    assert vehicle["regCertificate"] == {"series": "0000", "number": "000118"}
    assert rest(stand, f"{SEMYON}/vhls", "fullname").status_code == 403


@pytest.mark.parametrize("name", ["vhls", "orgs"])
def test_r4_elements_are_addresses_that_resolve(stand: Stand, name: str):
    token = stand.tokens("semyon", scope="vehicles usr_org")["access_token"]

    [address] = stand.rest(f"{SEMYON}/{name}", token).json()["elements"]

    assert address.startswith("https://stand.example/rs/")
    assert stand.rest(urlsplit(address).path, token).status_code == 200


@pytest.mark.parametrize("name", ["vhls", "orgs", "roles", "docs", "kids"])
def test_r4_an_empty_collection_has_the_size_nought(stand: Stand, name: str):
    scope = "vehicles usr_org foreign_passport_doc kid_fullname"
    token = stand.tokens("vera", scope=scope)["access_token"]

    found = stand.rest(f"/rs/prns/1000000103/{name}", token).json()

    assert (found["size"], found["elements"]) == (0, [])


def test_r4_person_embeds_vehicles_and_organisations(stand: Stand):
    embed = "(vehicles.elements,organizations.elements)"

    person = rest(stand, f"{SEMYON}?embed={embed}", "fullname vehicles usr_org").json()

    assert person["vehicles"]["elements"][0]["id"] == 100000011801
    assert person["organizations"]["elements"][0]["oid"] == ORG


def test_r5_vehicles_bear_odd_slashes(stand: Stand):
    assert rest(stand, f"{SEMYON}//vhls/", "vehicles").status_code == 200


def test_roles_are_inline_without_being_asked(stand: Stand):
    [role] = rest(stand, f"{SEMYON}/roles", "usr_org").json()["elements"]

    assert (role["oid"], role["prnOid"], role["chief"]) == (ORG, 1000000118, True)
    assert role["shortName"] == "ООО «Учебная верфь»"


def test_a_contact_on_its_way_to_change_says_so(stand: Stand):
    token = stand.tokens("semyon", scope="contacts")["access_token"]
    form = stand.browser.get("/profile/phone").text.split('name="token" value="')[1].split('"')[0]

    stand.browser.post("/profile/phone", data={"token": form, "contact": "+79011112233"})

    phone, email = stand.rest(f"{SEMYON}/ctts?embed=(elements)", token).json()["elements"]
    assert (phone["verifyingValue"], phone["vrfValStu"]) == ("+7(901)1112233", "VERIFYING")
    assert "verifyingValue" not in email


def test_a_licence_says_when_it_ends(stand: Stand):
    found = rest(stand, f"{SEMYON}/docs?embed=(elements)", "drivers_licence_doc").json()

    assert [one["expiryDate"] for one in found["elements"]] == ["02.03.2030"]


def test_an_organisation_of_others_is_closed(stand: Stand):
    token = stand.tokens("vera", scope="usr_org")["access_token"]

    assert stand.rest(f"/rs/orgs/{ORG}", token).status_code == 403
    assert stand.rest("/rs/orgs/7", token).status_code == 404


def test_b1_scope_org_opens_fields_of_her_organisation(stand: Stand, gost_signer: GostSigner):
    org = f"http://esia.gosuslugi.ru/org_shortname?org_oid={ORG} org_kpp"
    code = stand.v2_code(gost_signer, "semyon", scope="openid usr_org", scope_org=org)

    tokens = stand.browser.post(TE, data=stand.v3_params(gost_signer, code=code)).json()

    organisation = stand.rest(f"/rs/orgs/{ORG}", tokens["access_token"]).json()
    assert organisation["shortName"] == "ООО «Учебная верфь»"
    assert organisation["kpp"] == "299900101"
    assert "fullName" not in organisation


@pytest.mark.parametrize(("person", "org"), [("anna", "org_inn"), ("semyon", "org_inn?org_oid=7")])
def test_c7_scope_of_an_organisation_that_is_not_hers_is_refused(
    stand: Stand, gost_signer, person: str, org: str
):
    stand.browser.sign_in_as(person)

    answer = stand.browser.get(
        "/aas/oauth2/v2/ac", params=stand.v2_params(gost_signer, scope_org=org)
    )

    assert "ESIA-007194" in answer.headers["Location"]


def system_token(stand: Stand, signer: GostSigner, scope: str | None, path: str = TE):
    given = {"grant_type": "client_credentials", "scope": scope, "redirect_uri": None}
    if path == TE:
        order = ("client_id", "scope", "scope_org", "timestamp", "state", "redirect_uri")
        return stand.browser.post(path, data=stand.v3_params(signer, order, **given))
    return stand.browser.post(path, data=stand.token_params(**given))


@pytest.mark.parametrize("path", [TE, "/aas/oauth2/te"])
def test_c7_a_system_gets_a_token_for_an_organisation(stand: Stand, gost_signer, path: str):
    names = [f"http://esia.gosuslugi.ru/{name}?org_oid={ORG}" for name in ("org_type", "org_inn")]

    answer = system_token(stand, gost_signer, " ".join(names), path)

    assert answer.status_code == 200
    assert not {"id_token", "refresh_token"} & answer.json().keys()
    organisation = stand.rest(f"/rs/orgs/{ORG}", answer.json()["access_token"]).json()
    assert organisation["type"] == "LEGAL"
    assert stand.rest(SEMYON, answer.json()["access_token"]).status_code == 403


@pytest.mark.parametrize(
    ("scope", "code"),
    [
        ("http://esia.gosuslugi.ru/org_inn?org_oid=7", "ESIA-007194"),
        ("http://esia.gosuslugi.ru/org_inn", "ESIA-007194"),
        ("fullname", "ESIA-007006"),
        (None, "ESIA-007013"),
        ("prm_chg?oid=1000000118", "ESIA-007019"),
        ("prm_chg?oid=7", "ESIA-007019"),
    ],
)
def test_c7_a_system_is_refused_what_it_may_not_have(stand, gost_signer, scope, code: str):
    answer = system_token(stand, gost_signer, scope)

    assert answer.status_code == 400
    assert answer.json()["error_description"].startswith(code)


def test_c7_consent_given_once_is_used_again_without_the_person(stand: Stand, gost_signer):
    stand.v2_code(gost_signer, "semyon")

    answer = system_token(stand, gost_signer, "prm_chg?oid=1000000118")

    assert answer.status_code == 200
    assert stand.rest(SEMYON, answer.json()["access_token"]).json()["lastName"] == "Лешуконский"
