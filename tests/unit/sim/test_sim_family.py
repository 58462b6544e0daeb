"""REST for families: addresses and children, each by the scope that opens it."""

import pytest
from sim_client import Stand

ANNA, BORIS = 1000000101, 1000000102
KIDS = "openid kid_fullname kid_birthdate kid_gender kid_snils kid_medical_doc kid_birth_cert_doc"


def ask(stand: Stand, scope: str, path: str = ""):
    token = stand.tokens(scope=scope)["access_token"]
    return stand.rest(f"/rs/prns/{ANNA}{path}", token)


def test_addresses_open_by_their_scope(stand: Stand):
    found = ask(stand, "openid addresses", "/addrs?embed=(elements)").json()

    [address] = found["elements"]
    assert (address["type"], address["zipCode"], address["flat"]) == ("PRG", "163000", "17")
    assert address["addressStr"].startswith("Архангельская область, г. Архангельск")


def test_children_are_written_as_far_as_the_scopes_go(stand: Stand):
    all_of_him = ask(stand, KIDS, "/kids?embed=(elements)").json()["elements"][0]
    name_only = ask(stand, "openid kid_fullname", "/kids?embed=(elements)").json()["elements"][0]

    assert (all_of_him["id"], all_of_him["firstName"]) == (BORIS, "Борис")
    assert "birthDate" in all_of_him
    assert {"birthDate", "snils", "gender"}.isdisjoint(name_only)


@pytest.mark.parametrize(
    ("scope", "kinds"),
    [
        (KIDS, {"BRTH_CERT", "MDCL_PLCY"}),
        ("openid kid_fullname kid_medical_doc", {"MDCL_PLCY"}),
        ("openid kid_fullname", set()),
    ],
)
def test_documents_of_a_child_open_by_scope(stand: Stand, scope: str, kinds: set[str]):
    found = ask(stand, scope, f"/kids/{BORIS}/docs?embed=(elements)").json()

    assert {one["type"] for one in found["elements"]} == kinds


@pytest.mark.parametrize("path", ["/addrs", "/kids"])
def test_without_its_scope_a_collection_is_closed(stand: Stand, path: str):
    assert ask(stand, "openid fullname", path).status_code == 403


def test_somebody_elses_child_does_not_exist(stand: Stand):
    assert ask(stand, KIDS, "/kids/1000000103/docs").status_code == 404


def test_links_resolve_and_everything_can_be_embedded(stand: Stand):
    token = stand.tokens(scope=f"{KIDS} addresses fullname")["access_token"]
    [link] = stand.rest(f"/rs/prns/{ANNA}/kids", token).json()["elements"]
    whole = stand.rest(f"/rs/prns/{ANNA}?embed=(kids.elements,addresses.elements)", token)

    assert stand.rest(link.removeprefix("https://stand.example"), token).json()["id"] == BORIS
    assert whole.json()["kids"]["size"] == whole.json()["addresses"]["size"] == 1
    assert "rel=kids" in whole.headers["Link"]
