"""REST below an organisation: contacts, addresses, branches, employees and their groups."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from sim_client import GostSigner, Stand

from esia_sim.scopes import TITLES

ORG = "/rs/orgs/1100000110"
SEMYON = 1000000118


@pytest.fixture
def stand(stand: Stand) -> Stand:
    clients = stand.world.clients
    clients["GOST01"] = replace(clients["GOST01"], scopes=frozenset(TITLES))
    return stand


def token(stand: Stand, signer: GostSigner, scope_org: str) -> str:
    code = stand.v2_code(signer, "semyon", scope="openid usr_org", scope_org=scope_org)
    answer = stand.browser.post("/aas/oauth2/v3/te", data=stand.v3_params(signer, code=code))
    return answer.json()["access_token"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ctts", ["+7(900)0000218", "verf@pomor.example"]),
        ("addrs", ["Архангельская область, г. Архангельск, ул. Учебная, д. 18"]),
        ("brhs", ["Филиал ООО «Учебная верфь» в Северодвинске"]),
    ],
)
def test_a_collection_opens_by_its_own_scope_only(stand: Stand, gost_signer, name: str, said):
    right, other = (token(stand, gost_signer, scope) for scope in (f"org_{name}", "org_kpp"))

    opened, closed = (stand.rest(f"{ORG}/{name}?embed=(elements)", one) for one in (right, other))

    found = opened.json()["elements"]
    assert [item.get("value") or item.get("addressStr") or item["name"] for item in found] == said
    assert (closed.status_code, closed.json()["code"]) == (403, "ESIA-005029")


def test_employees_are_addresses_that_resolve(stand: Stand, gost_signer: GostSigner):
    access = token(stand, gost_signer, "org_emps")

    [address] = stand.rest(f"{ORG}/emps", access).json()["elements"]

    assert stand.rest(urlsplit(address).path, access).json()["prnOid"] == SEMYON


def test_groups_of_an_employee_are_a_collection(stand: Stand, gost_signer: GostSigner):
    access = token(stand, gost_signer, "org_emps")

    groups = stand.rest(f"{ORG}/emps/{SEMYON}/grps?embed=(elements)", access)

    assert (groups.status_code, groups.json()["size"]) == (200, 0)


@pytest.mark.parametrize("tail", ["emps/7", "emps/7/grps", "nothing", "ctts/1", "ctts/1/grps"])
def test_what_an_organisation_lacks_is_not_found(stand: Stand, gost_signer, tail: str):
    access = token(stand, gost_signer, "org_emps org_ctts")

    assert stand.rest(f"{ORG}/{tail}", access).status_code == 404
