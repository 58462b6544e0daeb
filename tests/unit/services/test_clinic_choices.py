"""The clinics to choose from: their order, narrowing by district, and the map beside them."""

import pytest
from sqlmodel import Session

from tests.conftest import Town
from zdrav29_app.db.tables import Branch, Clinic, Patient
from zdrav29_app.identity import Viewer
from zdrav29_app.services import clinic_choices, district_maps


def _branch(session: Session, town: Town, district: str, *, point: bool = True) -> Branch:
    branch = town.branch(district=district)
    session.get_one(Clinic, branch.clinic_id).free_places = 5
    if point:
        branch.latitude, branch.longitude = 64.5 + (branch.id or 0) / 100, 40.5
    session.flush()
    return branch


@pytest.fixture
def own(session: Session, town: Town, anna: Viewer) -> Branch:
    """Anna is attached in Severodvinsk."""
    branch = _branch(session, town, "Северодвинск")
    session.get_one(Patient, anna.patient_id).clinic_id = branch.clinic_id
    return branch


def test_the_own_clinic_comes_first_then_what_is_near(
    session: Session, anna: Viewer, town: Town, own: Branch
):
    far = _branch(session, town, "Котлас")
    nobody_knows = _branch(session, town, "Соловки")
    near = _branch(session, town, "Архангельск")

    found = clinic_choices.choices(session, anna)

    order = [own.clinic_id, near.clinic_id, far.clinic_id, nobody_knows.clinic_id]
    assert [one.clinic_id for one in found] == order
    assert [one.distance_km for one in found] == [0, 40, 640, None]
    assert clinic_choices.districts(session, anna)[0] == "Северодвинск"


def test_a_district_narrows_the_list(session: Session, anna: Viewer, town: Town, own: Branch):
    near = _branch(session, town, "Архангельск")

    found = clinic_choices.choices(session, anna, district="Архангельск")

    assert [one.clinic_id for one in found] == [near.clinic_id]


def test_the_map_shows_the_first_district_with_the_numbers_of_the_list(
    session: Session, anna: Viewer, town: Town, own: Branch
):
    second = _branch(session, town, "Северодвинск")
    _branch(session, town, "Архангельск")

    drawn = district_maps.of(clinic_choices.choices(session, anna))

    assert drawn.district == "Северодвинск"
    marks = [(mark.number, mark.clinic_id) for mark in drawn.marks]
    assert marks == [(1, own.clinic_id), (2, second.clinic_id)]
    assert drawn.waters


def test_where_nobody_wrote_a_place_down_there_is_no_map(
    session: Session, anna: Viewer, town: Town
):
    _branch(session, town, "Архангельск", point=False)

    with pytest.raises(ValueError, match="no choice has a place"):
        district_maps.of(clinic_choices.choices(session, anna))
