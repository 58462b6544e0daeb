"""Requests of people who cannot sign in: nothing tells whether somebody is known."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from sqlmodel import Session

from tests.conftest import ANNA, entered, signed_in
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.services import operators, recovery, support_desk
from zdrav29_app.services.recovery import Claimed

STRANGER = Claimed("Небывалова", "Инна", date(1970, 1, 1), "2900000000009990", "0a1b2c3d4e5f")
ANNAS = Claimed("двинская", "Анна", ANNA.birth_date, ANNA.oms_number or "", "0a1b2c3d4e5f")


@pytest.fixture
def operator(session: Session, vera: Viewer, monkeypatch: pytest.MonkeyPatch) -> Viewer:
    """Vera, who works at the desk."""
    known = SimpleNamespace(operator_oids=frozenset({vera.oid}))
    monkeypatch.setattr(operators, "settings", known)
    return replace(vera, factors=2)


def test_asking_for_a_known_person_and_for_an_invented_one_is_the_same_work(
    session: Session, anna: Viewer, statements: list[str]
):
    recovery.ask(session, ANNAS, "Сменила телефон", "+79000007788")
    session.flush()
    of_known = list(statements)
    statements.clear()

    recovery.ask(session, STRANGER, "Сменила телефон", "+79000007788")

    session.flush()
    assert statements == of_known
    assert not any("patient " in one for one in statements)


def test_an_operator_sees_what_fits_and_what_does_not(
    session: Session, anna: Viewer, operator: Viewer
):
    almost = replace(ANNAS, policy="2900000000009990")
    number = recovery.ask(session, almost, "", "+79000007788").number

    opened = support_desk.open_request(session, operator, number)

    assert opened.match
    assert opened.match.patient_id == anna.patient_id
    fits = {"last_name": True, "first_name": True, "birth_date": True, "policy": False}
    assert opened.match.fits == fits
    assert opened.claimed
    assert opened.claimed["code"] == "0a1b2c3d4e5f"


def test_of_an_invented_person_nothing_fits(session: Session, operator: Viewer):
    number = recovery.ask(session, STRANGER, "", "+79000007788").number

    opened = support_desk.open_request(session, operator, number)

    assert opened.match
    assert opened.match.patient_id is None
    assert not any(opened.match.fits.values())


def test_whoever_is_no_operator_sees_no_claim(session: Session, operator: Viewer):
    number = recovery.ask(session, STRANGER, "", "+79000007788").number
    anna = replace(entered(signed_in(session, ANNA)), factors=2)

    with pytest.raises(NotFound):
        support_desk.open_request(session, anna, number)
