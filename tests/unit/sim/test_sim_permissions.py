"""Permissions of the Digital Profile: shown in words, remembered, ended, used on their own."""

import base64
import json
from typing import Any

from sim_client import GostSigner, Stand, query

ANNA = 1000000101
AC = "/aas/oauth2/v2/ac"
CREDIT = {
    "sysname": "CREDIT",
    "expire": 60,
    "actions": [{"sysname": "USE_DATA"}],
    "purposes": [{"sysname": "CREDIT"}],
    "scopes": [{"sysname": "birthdate"}, {"sysname": "ndfl_person"}],
    "responsibleObject": "Банк <Поморье>",
}


def params(stand: Stand, signer: GostSigner, **changes: Any) -> dict[str, str]:
    raw = json.dumps([CREDIT | changes]).encode()
    written = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return stand.v2_params(signer, scope="openid", permissions=written)


def agree(stand: Stand, signer: GostSigner) -> None:
    stand.browser.sign_in_as("anna", consent=False)
    stand.browser.get(AC, params=params(stand, signer))
    stand.browser.fill("/login/consent", decision="allow")


def system_token(stand: Stand, signer: GostSigner) -> Any:
    order = ("client_id", "scope", "scope_org", "timestamp", "state", "redirect_uri")
    asked = stand.v3_params(
        signer, order, grant_type="client_credentials", scope=f"prm_chg?oid={ANNA}"
    )
    return stand.browser.post("/aas/oauth2/v3/te", data=asked).json()


def test_b7_the_person_sees_in_words_what_she_agrees_to(stand: Stand, gost_signer: GostSigner):
    stand.browser.sign_in_as("anna")

    asked = stand.browser.get(AC, params=params(stand, gost_signer))

    assert asked.headers["Location"] == "/login/consent"
    page = stand.browser.get("/login/consent").text
    for words in ("Согласие для получения кредита", "использование данных", "Дата рождения"):
        assert words in page
    assert "ndfl_person" in page
    assert "Банк &lt;Поморье&gt;" in page


def test_b7_a_permission_is_asked_again_when_it_changes_or_ends(stand: Stand, gost_signer):
    agree(stand, gost_signer)

    again = stand.browser.get(AC, params=params(stand, gost_signer))
    changed = stand.browser.get(AC, params=params(stand, gost_signer, expire=61))
    stand.browser.post("/_sim/clock", json={"advance": "61m"})
    ended = stand.browser.get(AC, params=params(stand, gost_signer))

    assert query(again)["code"]
    assert changed.headers["Location"] == ended.headers["Location"] == "/login/consent"


def test_b7_the_profile_lists_a_permission_with_its_end(stand: Stand, gost_signer: GostSigner):
    agree(stand, gost_signer)

    assert "Согласие для получения кредита (до " in stand.browser.get("/profile").text


def test_c7_a_permission_opens_its_scopes_without_the_person_until_it_ends(
    stand: Stand, gost_signer: GostSigner
):
    agree(stand, gost_signer)

    opened = stand.rest(f"/rs/prns/{ANNA}", system_token(stand, gost_signer)["access_token"])
    stand.browser.post("/_sim/clock", json={"advance": "61m"})
    ended = system_token(stand, gost_signer)

    assert "birthDate" in opened.json()
    assert ended["error_description"].startswith("ESIA-007019")
