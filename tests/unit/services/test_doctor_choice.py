"""Choosing the district doctor: in one's own clinic, once a year, by the clock."""

import pytest
from sqlmodel import Session, select

from tests.conftest import FrozenClock, Town
from tests.unit.services.test_family import open_child, sign_in_mother
from zdrav29_app.db.tables import Attachment, Clinic, Doctor, Notice, NoticeKind, Patient
from zdrav29_app.errors import NotFound, TooSoonForDoctor
from zdrav29_app.identity import Viewer
from zdrav29_app.services import application_steps, applications, attachment, doctor_choice
from zdrav29_app.services.applications import Wanted
from zdrav29_app.texts.notices import words_for
from zdrav29_app.values import ApplicationStatus, AttachmentReason, RefusalReason


@pytest.fixture
def doctors(session: Session, anna: Viewer, town: Town, frozen_clock: FrozenClock) -> list[Doctor]:
    """Three district doctors of Anna's clinic; the first one is hers."""
    branch = town.branch()
    kind = town.speciality("general", attached=True)
    made = [town.doctor(kind, branch=branch) for _ in range(3)]
    patient = session.get_one(Patient, anna.patient_id)
    long_ago = frozen_clock.now().date().replace(year=2020)
    attachment.attach(session, patient, branch.clinic_id, since=long_ago, by_choice=False)
    session.flush()
    row = session.exec(select(Attachment)).one()
    row.doctor_id = made[0].id
    session.flush()
    return made


def _choose(session: Session, viewer: Viewer, doctor: Doctor) -> str:
    wanted = Wanted(0, AttachmentReason.QUALITY, doctor_id=doctor.id)
    return applications.apply(session, viewer, wanted)


def _let_it_come_into_force(session: Session, frozen_clock: FrozenClock) -> None:
    for _ in range(2):
        frozen_clock.advance(days=1)
        application_steps.settle(session)


def test_the_chosen_doctor_is_hers_within_two_days_and_the_clinic_stays(
    session: Session, anna: Viewer, doctors: list[Doctor], frozen_clock: FrozenClock
):
    free = session.exec(select(Clinic.free_places)).one()

    _choose(session, anna, doctors[1])
    _let_it_come_into_force(session, frozen_clock)

    now, before = attachment.my_terms(session, anna)
    assert now.doctor
    assert now.doctor.last == doctors[1].last_name
    assert (now.clinic, now.doctor_by_choice, now.by_choice) == (before.clinic, True, False)
    assert session.exec(select(Clinic.free_places)).one() == free
    own = next(one for one in doctor_choice.colleagues(session, anna) if one.is_own)
    assert own.doctor_id == doctors[1].id


def test_a_doctor_is_chosen_once_a_year_and_anew_after_another_clinic(
    session: Session,
    anna: Viewer,
    doctors: list[Doctor],
    town: Town,
    frozen_clock: FrozenClock,
):
    _choose(session, anna, doctors[1])
    _let_it_come_into_force(session, frozen_clock)
    with pytest.raises(TooSoonForDoctor):
        _choose(session, anna, doctors[2])
    assert attachment.next_change(session, anna) is None

    patient = session.get_one(Patient, anna.patient_id)
    branch = town.branch()
    other = town.doctor(town.speciality("general", attached=True), branch=branch)
    town.doctor(town.speciality("general", attached=True), branch=branch)
    today = frozen_clock.now().date()
    attachment.attach(session, patient, branch.clinic_id, since=today, by_choice=True)
    session.flush()
    free = next(one for one in doctor_choice.colleagues(session, anna) if not one.is_own)

    assert doctor_choice.next_choice(session, anna) is None
    assert other.id in {one.doctor_id for one in doctor_choice.colleagues(session, anna)}
    doctor_choice.check_may_choose(session, anna, free.doctor_id)


def test_neither_ones_own_doctor_nor_one_of_another_clinic_or_age_can_be_chosen(
    session: Session, anna: Viewer, doctors: list[Doctor], town: Town
):
    elsewhere = town.doctor(town.speciality("general", attached=True))
    for_children = town.speciality("pediatrician", children=True, attached=True)
    branch = doctors[0].branch_id
    pediatrician = town.doctor(for_children)
    pediatrician.branch_id = branch
    session.flush()

    for doctor in (doctors[0], elsewhere, pediatrician):
        with pytest.raises(NotFound):
            _choose(session, anna, doctor)


def test_a_clinic_refuses_when_the_doctor_does_not_consent_and_says_so_by_name(
    session: Session, anna: Viewer, doctors: list[Doctor]
):
    number = _choose(session, anna, doctors[1])

    application_steps.decide(session, number, RefusalReason.DOCTOR)

    [mine] = applications.my_applications(session, anna)
    assert mine.status is ApplicationStatus.REFUSED
    told = session.exec(select(Notice).where(Notice.kind == NoticeKind.ATTACHMENT)).all()[-1]
    words = words_for(told.kind, "sms", told.facts).text
    assert doctors[1].last_name in words
    assert "у врача нет места" in words


def test_a_mother_chooses_the_doctor_of_her_son_under_fourteen(
    session: Session, town: Town, frozen_clock: FrozenClock
):
    acting = open_child(session, sign_in_mother(session))
    branch = town.branch()
    kind = town.speciality("pediatrician", children=True, attached=True)
    for _ in range(2):
        town.doctor(kind, branch=branch)
    son = session.get_one(Patient, acting.patient_id)
    today = frozen_clock.now().date()
    attachment.attach(session, son, branch.clinic_id, since=today, by_choice=False)
    session.flush()
    other = next(one for one in doctor_choice.colleagues(session, acting) if not one.is_own)

    wanted = Wanted(0, AttachmentReason.QUALITY, doctor_id=other.doctor_id)
    applications.apply(session, acting, wanted)
    _let_it_come_into_force(session, frozen_clock)

    own = next(one for one in doctor_choice.colleagues(session, acting) if one.is_own)
    assert own.doctor_id == other.doctor_id
