"""The whole table of §4.1: every code of ESIA, at each endpoint, in the form that belongs there."""

import re

import pytest
from sim_client import STATE, Stand, query

from esia_sim.esia_codes import ANSWERS, Code

# As observed on the real ESIA (esia-protocol.md §4.1).
OBSERVED = {
    "ESIA-007004": "The resource owner or authorization server denied the request.",
    "ESIA-007005": "The client is not authorized to request an access token using this method.",
    "ESIA-007053": "OAuthErrorEnum.clientSecretWrong",
}
TABLE = [
    "007002",
    "007003",
    "007004",
    "007005",
    "007006",
    "007007",
    "007008",
    "007009",
    "007011",
    "007012",
    "007013",
    "007014",
    "007015",
    "007019",
    "007023",
    "007038",
    "007039",
    "007040",
    "007046",
    "007053",
    "007055",
    "007060",
    "007061",
    "007062",
    "007194",
    "008010",
    "036700",
    "036701",
    "036702",
    "036703",
    "036704",
    "036705",
    "036706",
    "036707",
    "036716",
    "036726",
    "036727",
]


def test_the_simulator_knows_the_codes_of_the_table_and_no_others():
    assert [f"ESIA-{number}" for number in TABLE] == list(Code)
    assert set(ANSWERS) == set(Code)


@pytest.mark.parametrize("number", TABLE)
@pytest.mark.parametrize("path", ["/aas/oauth2/ac", "/aas/oauth2/v2/ac"])
def test_row_is_a_redirect_at_the_authorization_step(stand: Stand, path: str, number: str):
    stand.browser.post(
        "/_sim/expectations",
        json={"when": {"endpoint": "authorize"}, "then": {"error": f"ESIA-{number}"}},
    )

    answer = stand.browser.get(path, params=stand.params())

    said = query(answer)
    assert said["error"] == ANSWERS[Code(f"ESIA-{number}")].error
    assert re.fullmatch(rf"ESIA-{number}: \S.*", said["error_description"])
    assert said["state"] == STATE


@pytest.mark.parametrize("number", TABLE)
@pytest.mark.parametrize("path", ["/aas/oauth2/te", "/aas/oauth2/v3/te"])
def test_row_is_json_at_the_token_endpoint(stand: Stand, path: str, number: str):
    stand.browser.post(
        "/_sim/expectations",
        json={"when": {"endpoint": "token"}, "then": {"error": f"ESIA-{number}"}},
    )

    answer = stand.browser.post(path, data=stand.token_params(code="x"))

    assert answer.status_code == 400
    assert answer.json()["error"] == ANSWERS[Code(f"ESIA-{number}")].error
    assert answer.json()["error_description"].startswith(f"ESIA-{number}: ")
    assert answer.json()["state"] == "token-state"


@pytest.mark.parametrize(("code", "text"), OBSERVED.items())
def test_observed_text_is_verbatim(code: str, text: str):
    assert ANSWERS[Code(code)].text == text
    assert ANSWERS[Code(code)].observed


@pytest.mark.parametrize("path", ["/aas/oauth2/ac", "/aas/oauth2/v2/ac"])
def test_a5_missing_parameters_are_named_together(stand: Stand, path: str):
    params = stand.params(client_certificate_hash="x")

    for name in ("state", "scope", "timestamp"):
        del params[name]

    assert query(stand.browser.get(path, params=params))["error_description"] == (
        "ESIA-007014: The request doesn`t contain the mandatory parameter"
        " [scope, state, timestamp]."
    )


@pytest.mark.parametrize("path", ["/aas/oauth2/ac", "/aas/oauth2/v2/ac"])
def test_a7_wrong_redirect_uri_is_a_page_at_either_version(stand: Stand, path: str):
    params = stand.params(redirect_uri="https://evil.example/")

    answer = stand.browser.get(path, params=params)

    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "ESIA-007023" in answer.text


@pytest.mark.parametrize("path", ["/aas/oauth2/te", "/aas/oauth2/v3/te"])
def test_a_body_that_cannot_be_read_is_said_in_json(stand: Stand, path: str):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}

    answer = stand.browser.post(path, content=b"--x\r\nnonsense", headers=headers)

    assert answer.status_code == 400
    assert answer.json()["error_description"].startswith("ESIA-0070")


@pytest.mark.parametrize("path", ["/aas/oauth2/ac", "/aas/oauth2/te", "/aas/oauth2/v3/te"])
def test_a_body_over_the_limit_is_refused(stand: Stand, path: str):
    answer = stand.browser.post(path, data={"scope": "x" * 300_000})

    assert answer.status_code == 400
    assert "ESIA-007038" in answer.text


def test_a_client_of_another_kind_has_no_certificate_to_prove_itself_with(stand: Stand):
    body = {
        "client_id": "WEB",
        "kind": "oidc",
        "secret": "s3cret",
        "redirect_uris": [stand.params()["redirect_uri"]],
    }
    stand.browser.post("/_sim/clients", json=body)

    answer = stand.browser.get("/aas/oauth2/ac", params=stand.params(client_id="WEB"))

    assert query(answer)["error_description"].startswith("ESIA-007005")
