"""An application to change the clinic: from sending to coming into force, by the clock alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from tests.conftest import ANNA, FrozenClock, Town, entered, signed_in
from tests.unit.services.test_family import open_child, sign_in_mother
from zdrav29_app.db.engine import transaction
from zdrav29_app.db.tables import (
    Action,
    Attachment,
    AttachmentApplication,
    AuditEvent,
    Branch,
    Clinic,
    ClinicKind,
    Notice,
    NoticeKind,
    Patient,
)
from zdrav29_app.errors import (
    AlreadyApplying,
    ClinicFull,
    NotFound,
    TooLateToWithdraw,
    TooSoonToChange,
)
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import attachment as rules
from zdrav29_app.services import (
    application_steps,
    applications,
    attachment,
    booking,
    clinic_choices,
    visits,
)
from zdrav29_app.services.applications import Wanted
from zdrav29_app.values import ApplicationStatus, AttachmentReason, RefusalReason

MINUTE = timedelta(minutes=1)


def _clinic(
    session: Session, town: Town, *, free: int = 5, kind: ClinicKind = ClinicKind.POLYCLINIC
) -> Clinic:
    branch: Branch = town.branch(kind=kind)
    clinic = session.get_one(Clinic, branch.clinic_id)
    clinic.free_places = free
    session.add(clinic)
    session.flush()
    return clinic


@pytest.fixture
def old(session: Session, town: Town, anna: Viewer, frozen_clock: FrozenClock) -> Clinic:
    """Anna's clinic of many years."""
    clinic = _clinic(session, town)
    patient = session.get_one(Patient, anna.patient_id)
    since = frozen_clock.now().date() - timedelta(days=900)
    attachment.attach(session, patient, clinic.id, since=since, by_choice=False)
    return clinic


@pytest.fixture
def new(session: Session, town: Town, old: Clinic) -> Clinic:
    """The one she would rather have."""
    assert old.id
    return _clinic(session, town)


def _wanted(clinic: Clinic, reason: AttachmentReason = AttachmentReason.NEARER) -> Wanted:
    return Wanted(clinic.id or 0, reason)


def _status(session: Session, viewer: Viewer) -> ApplicationStatus:
    return applications.my_applications(session, viewer)[0].status


def test_an_application_is_reviewed_confirmed_and_comes_into_force_within_a_day(
    session: Session, anna: Viewer, old: Clinic, new: Clinic, frozen_clock: FrozenClock
):
    applications.apply(session, anna, _wanted(new))
    assert _status(session, anna) is ApplicationStatus.UNDER_REVIEW
    assert not application_steps.is_any_due(session)

    frozen_clock.moment += rules.DEMO_ANSWERS_AFTER
    application_steps.settle(session)
    assert _status(session, anna) is ApplicationStatus.CONFIRMED
    assert session.get_one(Patient, anna.patient_id).clinic_id == old.id

    frozen_clock.moment += rules.ACTIVE_AFTER
    application_steps.settle(session)
    assert _status(session, anna) is ApplicationStatus.ACTIVE
    assert session.get_one(Patient, anna.patient_id).clinic_id == new.id
    promised = timedelta(hours=24)
    assert promised >= rules.DEMO_ANSWERS_AFTER + rules.ACTIVE_AFTER


def test_a_boundary_that_the_clock_passes_counts_once(
    session: Session, anna: Viewer, new: Clinic, frozen_clock: FrozenClock
):
    applications.apply(session, anna, _wanted(new))
    frozen_clock.advance(days=3)

    for _ in range(4):
        application_steps.settle(session)
        frozen_clock.advance(days=1)

    session.refresh(new)
    assert new.free_places == 4
    current, before = attachment.my_terms(session, anna)
    assert (current.clinic, current.until) == (new.name, None)
    assert before.until == current.since
    kinds = [row.facts["status"] for row in session.exec(select(Notice)) if not row.address]
    assert kinds == ["under_review", "confirmed", "active"]


def test_visits_that_were_ticked_are_called_off_when_it_comes_into_force_and_no_others(
    session: Session,
    anna: Viewer,
    vera: Viewer,
    new: Clinic,
    town: Town,
    frozen_clock: FrozenClock,
):
    far = frozen_clock.now() + timedelta(days=5)
    ticked, kept = (
        booking.book_slot(session, anna, town.slot(town.doctor(what), far + later).id or 0).number
        for what, later in (("surgeon", timedelta()), ("dentist", timedelta(hours=1)))
    )
    other = town.slot(town.doctor("ent"), far)
    veras = booking.book_slot(session, vera, other.id or 0).number
    wanted = Wanted(new.id or 0, AttachmentReason.NEARER, "", (ticked, veras, "29-00000000"))

    applications.apply(session, anna, wanted)
    assert all(one.is_active for one in visits.my_visits(session, anna))
    for _ in range(2):
        frozen_clock.advance(days=1)
        application_steps.settle(session)

    active = [one.number for one in visits.my_visits(session, anna) if one.is_active]
    assert active == [kept]
    assert visits.my_visit(session, vera, veras).is_active


def test_a_second_application_waits_for_the_first(
    session: Session, anna: Viewer, old: Clinic, new: Clinic, town: Town
):
    number = applications.apply(session, anna, _wanted(new))

    with pytest.raises(AlreadyApplying) as refusal:
        applications.apply(session, anna, _wanted(_clinic(session, town)))

    assert refusal.value.number == number


def test_the_database_itself_refuses_a_second_application_under_way(
    session: Session, anna: Viewer, new: Clinic
):
    applications.apply(session, anna, _wanted(new))
    row = session.exec(select(AttachmentApplication)).one()
    facts = row.model_dump(exclude={"id", "number"})

    session.add(AttachmentApplication(number="П-000000", **facts))

    with pytest.raises(IntegrityError):
        session.flush()


def test_the_clinic_may_be_chosen_once_a_year_unless_one_has_moved(
    session: Session, anna: Viewer, new: Clinic, town: Town, frozen_clock: FrozenClock
):
    applications.apply(session, anna, _wanted(new))
    frozen_clock.advance(days=1)
    application_steps.settle(session)
    frozen_clock.advance(days=1)
    application_steps.settle(session)
    third = _clinic(session, town)

    with pytest.raises(TooSoonToChange):
        applications.apply(session, anna, _wanted(third))
    applications.apply(session, anna, _wanted(third, AttachmentReason.MOVED))

    assert _status(session, anna) is ApplicationStatus.UNDER_REVIEW


@pytest.mark.parametrize(
    ("free", "kind"), [(0, ClinicKind.POLYCLINIC), (5, ClinicKind.CHILDREN), (5, ClinicKind.DENTAL)]
)
def test_a_clinic_without_places_or_for_others_is_refused(
    session: Session, anna: Viewer, town: Town, free: int, kind: ClinicKind
):
    with pytest.raises(ClinicFull):
        applications.apply(session, anna, _wanted(_clinic(session, town, free=free, kind=kind)))


def test_ones_own_clinic_and_one_that_does_not_exist_are_no_choice(
    session: Session, anna: Viewer, old: Clinic
):
    for clinic_id in (old.id or 0, 10**6):
        with pytest.raises(NotFound):
            applications.apply(session, anna, Wanted(clinic_id, AttachmentReason.OTHER))


def test_an_application_is_withdrawn_while_nobody_has_decided(
    session: Session, anna: Viewer, vera: Viewer, new: Clinic
):
    number = applications.apply(session, anna, _wanted(new))
    with pytest.raises(NotFound):
        applications.withdraw(session, vera, number)

    applications.withdraw(session, anna, number)

    assert _status(session, anna) is ApplicationStatus.WITHDRAWN
    with pytest.raises(TooLateToWithdraw):
        applications.withdraw(session, anna, number)
    acts = session.exec(select(AuditEvent.action)).all()
    assert Action.ATTACHMENT_WITHDRAWN in acts


def test_of_two_deciders_one_wins(session: Session, anna: Viewer, new: Clinic):
    number = applications.apply(session, anna, _wanted(new))

    assert application_steps.decide(session, number, RefusalReason.FULL)
    assert not application_steps.decide(session, number, None)

    assert _status(session, anna) is ApplicationStatus.REFUSED
    told = session.exec(select(Notice).where(Notice.kind == NoticeKind.ATTACHMENT)).all()
    assert told[-1].facts["refusal"] == "full"


def test_a_clinic_that_filled_up_meanwhile_refuses(
    session: Session, anna: Viewer, new: Clinic, frozen_clock: FrozenClock
):
    applications.apply(session, anna, _wanted(new))
    new.free_places = 0
    session.add(new)
    frozen_clock.moment += rules.DEMO_ANSWERS_AFTER + MINUTE

    application_steps.settle(session)

    [refused] = applications.my_applications(session, anna)
    assert (refused.status, refused.refusal) == (ApplicationStatus.REFUSED, RefusalReason.FULL)


def test_a_mother_applies_for_her_son_and_is_told(session: Session, town: Town):
    token = sign_in_mother(session)
    acting = open_child(session, token)
    clinic = _clinic(session, town, kind=ClinicKind.CHILDREN)

    applications.apply(session, acting, _wanted(clinic))

    row = session.exec(select(AttachmentApplication)).one()
    assert (row.patient_id, row.actor_id) == (acting.patient_id, acting.actor_id)
    told = session.exec(select(Notice).where(Notice.kind == NoticeKind.ATTACHMENT)).all()
    assert {one.patient_id for one in told} == {acting.actor_id}


def test_of_two_workers_at_once_one_brings_an_application_into_force(
    each_engine: Engine, frozen_clock: FrozenClock
):
    SQLModel.metadata.create_all(each_engine)
    with transaction() as own:
        town, anna = Town(own), entered(signed_in(own, ANNA))
        town.attach(anna)
        clinic = _clinic(own, town)
        applications.apply(own, anna, _wanted(clinic))
    frozen_clock.advance(days=1)
    with transaction() as own:
        application_steps.settle(own)
    frozen_clock.advance(days=1)
    workers = 4
    all_there = Barrier(workers)

    def settle(_: int) -> None:
        all_there.wait()
        with transaction() as own:
            application_steps.settle(own)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(settle, range(workers)))

    with transaction() as own:
        terms = own.exec(select(Attachment).where(Attachment.patient_id == anna.patient_id)).all()
        assert [one.clinic_id for one in terms if one.until is None] == [clinic.id]
        assert [one.by_choice for one in terms] == [True]
        assert own.get_one(Clinic, clinic.id).free_places == 4
        told = own.exec(select(Notice).where(Notice.kind == NoticeKind.ATTACHMENT)).all()
        assert [one.facts["status"] for one in told if not one.address].count("active") == 1


def test_clinics_are_found_by_the_beginnings_of_their_words_and_the_own_comes_first(
    session: Session, anna: Viewer, old: Clinic, new: Clinic
):
    everything = clinic_choices.choices(session, anna)
    found = clinic_choices.choices(session, anna, "помор 3")

    assert [one.clinic_id for one in everything] == [old.id, new.id]
    assert everything[0].is_own
    assert all("Поморская" in one.addresses[0] for one in found)
    assert clinic_choices.choices(session, anna, "Владивосток") == []
