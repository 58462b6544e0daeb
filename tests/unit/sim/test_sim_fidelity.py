"""The ledger: how sure each behaviour is, and on which assumptions a run has relied."""

from dataclasses import fields, replace

import pytest

from esia_sim.assumed import Assumed, Limits
from esia_sim.esia_codes import Code
from esia_sim.fidelity import behaviours
from tests.unit.sim.conftest import Stand

MARKS = {"proved", "stated", "implied", "assumed"}


def test_every_setting_and_every_code_stands_in_it_with_a_source():
    known = {one.name: one for one in behaviours()}

    settings = {one.name for kind in (Limits, Assumed) for one in fields(kind)}
    assert settings | set(Code) <= known.keys()
    assert len(known) == len(behaviours())
    assert all(one.mark in MARKS and one.source and one.about for one in known.values())
    assert {one.mark for one in known.values()} == MARKS


def test_a_run_is_told_what_it_relied_on(stand: Stand):
    assert stand.browser.post("/_sim/fidelity/verify").status_code == 200

    stand.tokens()

    told = stand.browser.post("/_sim/fidelity/verify")
    relied = {one["name"] for one in told.json()["relied"]}
    assert told.status_code == 409
    assert {"code_seconds", "id_token_seconds", "code_claims", "id_token_header"} <= relied
    assert "access_token_seconds" not in relied  # that one is observed
    listed = stand.browser.get("/_sim/fidelity").json()["behaviours"]
    assert {one["name"] for one in listed if one["relied"]} == relied


def test_what_the_user_confirms_is_no_assumption(config, signer):
    names = frozenset(one.name for one in behaviours())
    stand = Stand(replace(config, confirmed=names), signer)

    stand.tokens()

    assert stand.browser.post("/_sim/fidelity/verify").json() == {"relied": []}


def test_a_refusal_in_words_nobody_has_seen_is_an_assumption(stand: Stand):
    stand.browser.post("/aas/oauth2/te", data={"grant_type": "nothing"})

    relied = {one.name for one in stand.world.ledger.assumptions()}

    assert Code.WRONG_PARAMETER not in relied
    assert relied & set(Code) <= {Code.MISSING, Code.GRANT_TYPE}


@pytest.mark.parametrize("call", ["/_sim/fidelity?mark=proved"])
def test_an_unknown_question_is_refused(stand: Stand, call: str):
    assert stand.browser.get(call).status_code == 400
