"""Acting for others (представители и подопечные, FHIR RelatedPerson): children, adult relatives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, Patient, RelatedPerson, WebSession
from zdrav29_app.errors import CabinetError, CodeExpired, NotFound
from zdrav29_app.identity import EsiaPerson, Viewer
from zdrav29_app.rules import access as rules
from zdrav29_app.services import audit, codes, notices
from zdrav29_app.services.codes import CodeState
from zdrav29_app.services.patients import name_of, refresh_child
from zdrav29_app.values import CodePurpose, FullName, Relation


@dataclass(frozen=True)
class Right:
    """One right to act for another. `until` is aware UTC; `name` is the other side's."""

    id: int
    name: FullName
    relation: Relation
    until: datetime
    is_open: bool = False


@dataclass(frozen=True)
class Family:
    """Whom the viewer may act for, and who may act for her."""

    own_name: FullName
    is_own_open: bool
    wards: tuple[Right, ...]
    representatives: tuple[Right, ...]
    code: CodeState


def my_family(session: Session, viewer: Viewer) -> Family:
    """Both directions of the viewer's rights."""
    me, row = session.get_one(Patient, viewer.actor_id), RelatedPerson
    return Family(
        own_name=name_of(me),
        is_own_open=viewer.patient_id == viewer.actor_id,
        wards=_rights(session, viewer, of=row.representative_id, to=row.patient_id),
        representatives=_rights(session, viewer, of=row.patient_id, to=row.representative_id),
        code=codes.look(session, viewer.actor_id, CodePurpose.RELATIVE),
    )


def open_right(session: Session, viewer: Viewer) -> Right | None:
    """By which right somebody else's cabinet is open; None in the viewer's own."""
    if not viewer.is_acting:
        return None
    return next((right for right in my_family(session, viewer).wards if right.is_open), None)


def children_of(session: Session, viewer: Viewer) -> tuple[FullName, ...]:
    """The viewer's children by their names; none while another's cabinet is open."""
    wards = () if viewer.is_acting else my_family(session, viewer).wards
    return tuple(right.name for right in wards if right.relation is Relation.CHILD)


def children(session: Session, parent: Patient) -> list[Patient]:
    """The children for whom a parent may act, whoever asks; for acts of the house itself."""
    rows = session.exec(
        select(RelatedPerson, Patient)
        .join(Patient, col(Patient.id) == RelatedPerson.patient_id)
        .where(
            RelatedPerson.representative_id == parent.id,
            RelatedPerson.relation == Relation.CHILD,
        )
    )
    return [child for one, child in rows if rules.may_act_for(one, now=clock.now())]


def circle_of(session: Session, viewer: Viewer) -> set[int]:
    """Ids of everybody whose cabinet the person who acts may open, her own first of all."""
    rows = select(RelatedPerson).where(RelatedPerson.representative_id == viewer.actor_id)
    now = clock.now()
    in_force = {one.patient_id for one in session.exec(rows) if rules.may_act_for(one, now=now)}
    return {viewer.actor_id} | in_force


def who_speaks_for(session: Session, patient: Patient) -> Patient:
    """Who is told of what concerns a patient: herself, or who acts for one without contacts."""
    if patient.phone or patient.email:
        return patient
    rows = session.exec(
        select(RelatedPerson, Patient)
        .join(Patient, col(Patient.id) == RelatedPerson.representative_id)
        .where(RelatedPerson.patient_id == patient.id)
        .order_by(col(RelatedPerson.id))
    )
    acting = (who for one, who in rows if rules.may_act_for(one, now=clock.now()))
    return next(acting, patient)


def open_own(session: Session, viewer: Viewer) -> None:
    """Back to the viewer's own cabinet."""
    _open(session, viewer, None)


def open_ward(session: Session, viewer: Viewer, right_id: int) -> None:
    """Open the cabinet of somebody the viewer may act for.

    Raises:
        NotFound: there is no such right of hers in force.
    """
    relation = session.get(RelatedPerson, right_id)
    is_hers = relation is not None and relation.representative_id == viewer.actor_id
    if relation is None or not is_hers or not rules.may_act_for(relation, now=clock.now()):
        raise NotFound
    _open(session, viewer, relation.patient_id)
    audit.record(session, viewer, Action.CABINET_OPENED, f"patient:{relation.patient_id}")


def ask_relative(session: Session, viewer: Viewer, policy: str, birth_date: date) -> None:
    """Send a code to an adult with this policy and birth date; whether there is one, is not told.

    Raises:
        CodeBlocked: too many wrong codes.
        CodeTooSoon: the last one was sent a moment ago.
    """
    found = session.exec(
        select(Patient).where(Patient.oms_number == policy, Patient.birth_date == birth_date)
    ).first()
    is_other = found is not None and found.id != viewer.actor_id
    subject = found if is_other and found and rules.may_ask_for(found, now=clock.now()) else None
    code = codes.make(
        session,
        viewer.actor_id,
        CodePurpose.RELATIVE,
        subject=str(subject.id) if subject else None,
    )
    if subject:
        asker = name_of(session.get_one(Patient, viewer.actor_id))
        notices.send_relative_code(session, subject, code, asker)


def confirm_relative(session: Session, viewer: Viewer, typed: str) -> CabinetError | None:
    """Take the code that the relative told; returns why it was refused, or None."""
    found = codes.check(session, viewer.actor_id, CodePurpose.RELATIVE, typed)
    if isinstance(found, CabinetError):
        return found
    if found.subject is None:  # guessed the code of a request that reached nobody
        return CodeExpired()
    patient = session.get_one(Patient, int(found.subject))
    until = clock.now() + rules.RELATIVE_FOR
    _give(session, patient.id or 0, viewer.actor_id, Relation.RELATIVE, until)
    asker = name_of(session.get_one(Patient, viewer.actor_id))
    notices.tell_of_right(session, patient, asker, until)
    audit.record(session, viewer, Action.RIGHT_GIVEN, f"patient:{patient.id}")
    return None


def revoke(session: Session, viewer: Viewer, right_id: int) -> None:
    """End the right of a relative, from either side; a parent's right is not ended here.

    Raises:
        NotFound: there is no such right, or it is between others.
    """
    relation = session.get(RelatedPerson, right_id)
    sides = {relation.patient_id, relation.representative_id} if relation else set[int]()
    is_ours = viewer.actor_id in sides and relation and relation.relation is Relation.RELATIVE
    if relation is None or not is_ours or not rules.may_act_for(relation, now=clock.now()):
        raise NotFound
    relation.revoked_at = clock.now()
    session.add(relation)
    audit.record(session, viewer, Action.RIGHT_REVOKED, f"right:{relation.id}")


def refresh_children(session: Session, parent: Patient, children: Sequence[EsiaPerson]) -> None:
    """Bring a parent's rights up to what ESIA says of her children."""
    known = set[int]()
    for child in children:
        patient = refresh_child(session, child)
        known.add(patient.id or 0)
        until = rules.child_until(child.birth_date)
        if until > clock.now():
            _give(session, patient.id or 0, parent.id or 0, Relation.CHILD, until)
    session.exec(
        update(RelatedPerson)
        .where(
            col(RelatedPerson.representative_id) == parent.id,
            col(RelatedPerson.relation) == Relation.CHILD,
            col(RelatedPerson.revoked_at).is_(None),
            col(RelatedPerson.patient_id).not_in(known),
        )
        .values(revoked_at=clock.now())
    )


def open_ward_of(session: Session, actor_id: int, acting_for: int | None) -> int:
    """Whose cabinet is open: another's as long as the right to it is in force, else her own."""
    if acting_for is None:
        return actor_id
    relations = session.exec(
        select(RelatedPerson).where(
            RelatedPerson.representative_id == actor_id,
            RelatedPerson.patient_id == acting_for,
        )
    )
    is_open = any(rules.may_act_for(one, now=clock.now()) for one in relations)
    return acting_for if is_open else actor_id


def _rights(session: Session, viewer: Viewer, *, of: Any, to: Any) -> tuple[Right, ...]:
    rows = session.exec(
        select(RelatedPerson, Patient)
        .join(Patient, col(Patient.id) == to)
        .where(of == viewer.actor_id)
        .order_by(col(RelatedPerson.id))
    )
    in_force = [(one, who) for one, who in rows if rules.may_act_for(one, now=clock.now())]
    return tuple(_right(one, who, viewer) for one, who in in_force)


def _right(relation: RelatedPerson, other: Patient, viewer: Viewer) -> Right:
    return Right(
        id=relation.id or 0,
        name=name_of(other),
        relation=relation.relation,
        until=relation.until,
        is_open=other.id == viewer.patient_id,
    )


def _give(
    session: Session, patient_id: int, representative_id: int, relation: Relation, until: datetime
) -> None:
    known = session.exec(
        select(RelatedPerson).where(
            RelatedPerson.patient_id == patient_id,
            RelatedPerson.representative_id == representative_id,
            RelatedPerson.relation == relation,
            col(RelatedPerson.revoked_at).is_(None),
        )
    ).first()
    row = known or RelatedPerson(
        patient_id=patient_id,
        representative_id=representative_id,
        relation=relation,
        given_at=clock.now(),
        until=until,
    )
    row.until = until
    session.add(row)


def _open(session: Session, viewer: Viewer, patient_id: int | None) -> None:
    row = session.get_one(WebSession, viewer.session_id)
    row.acting_for = patient_id
    session.add(row)
