"""Whether a patient may book a time: every check of norms.py, and what each of them says.

Pure functions of facts. A check answers None, or the refusal that stands in the way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zdrav29_app.db.tables import Patient, Referral, Slot, SlotKind, SlotStatus, Speciality
from zdrav29_app.errors import (
    AlreadyBooked,
    AttachedElsewhere,
    BeyondHorizon,
    CabinetError,
    ClinicSilent,
    EntryIncomplete,
    NotForPortal,
    PatientClosed,
    PolicyMissing,
    QuotaUsed,
    ReferralExpired,
    ReferralNeeded,
    ReferralUsed,
    SignedOut,
    SlotPast,
    SlotTaken,
    TimeConflict,
    TooManyCancels,
    TooManyVisits,
    WrongAge,
    WrongSex,
)
from zdrav29_app.rules.booking import ADULT_AGE, HORIZON_DAYS, age_on, horizon
from zdrav29_app.rules.norms import Check, norms
from zdrav29_app.values import Gender, local


@dataclass(frozen=True)
class ActiveVisit:
    """One visit the patient already holds."""

    number: str
    speciality: Speciality
    slot: Slot


@dataclass(frozen=True)
class Facts:
    """What a decision is made of. Moments are aware UTC.

    `clinic_id` is where the time is; `own_clinic` the name of the patient's own, None without one.
    `referrals` are those to this speciality, each with whether it was used. `quota_left` is None
    where nothing is counted. `cancels` are the moments at which she called off visits to this
    speciality today.
    """

    patient: Patient
    slot: Slot
    speciality: Speciality
    clinic_id: int
    now: datetime
    own_clinic: str | None = None
    active: Sequence[ActiveVisit] = ()
    referrals: Sequence[tuple[Referral, bool]] = ()
    is_observed: bool = False
    quota_left: int | None = None
    cancels: Sequence[datetime] = ()
    is_held_for_patient: bool = False
    has_session: bool = True
    has_consent: bool = True
    does_clinic_answer: bool = True

    @property
    def today(self) -> date:
        """The day it is in Arkhangelsk."""
        return local(self.now).date()


@dataclass(frozen=True)
class Decision:
    """The outcome of all checks, in their order; None where a check has nothing against it."""

    outcomes: Mapping[Check, CabinetError | None]

    @property
    def refusal(self) -> CabinetError | None:
        """The first one, which a patient has to repair first."""
        return next(filter(None, self.outcomes.values()), None)

    @property
    def lasting_refusal(self) -> CabinetError | None:
        """The first that no other time of the same doctor would repair by itself."""
        return next(filter(None, (self.outcomes[check] for check in _OF_THE_PATIENT)), None)


def decide(facts: Facts) -> Decision:
    """Run every check, also after one has failed."""
    return Decision({check: _CHECKS[check](facts) for check in Check})


def open_referral(referrals: Sequence[tuple[Referral, bool]], today: date) -> Referral | None:
    """The referral a visit can be booked with: in force and not used; the soonest to end."""
    usable = [one for one, is_used in referrals if not is_used and one.valid_until >= today]
    return min(usable, key=lambda one: one.valid_until, default=None)


def _session(facts: Facts) -> CabinetError | None:
    return None if facts.has_session else SignedOut()


def _consent(facts: Facts) -> CabinetError | None:
    return None if facts.has_consent else EntryIncomplete("/consent")


def _patient(facts: Facts) -> CabinetError | None:
    return None if facts.patient.is_active else PatientClosed()


def _policy(facts: Facts) -> CabinetError | None:
    patient, day = facts.patient, local(facts.slot.starts_at).date()
    is_valid = patient.oms_number and (patient.oms_until is None or patient.oms_until >= day)
    return None if is_valid else PolicyMissing()


def _attachment(facts: Facts) -> CabinetError | None:
    is_own = facts.patient.clinic_id == facts.clinic_id
    if not facts.speciality.by_attachment or is_own:
        return None
    return AttachedElsewhere(facts.own_clinic or "")


def _age(facts: Facts) -> CabinetError | None:
    age = age_on(facts.patient.birth_date, local(facts.slot.starts_at).date())
    fits = facts.speciality.for_children == (age < ADULT_AGE)
    return None if fits else WrongAge(age, for_children=facts.speciality.for_children)


def _sex(facts: Facts) -> CabinetError | None:
    fits = not facts.speciality.for_women or facts.patient.gender is Gender.FEMALE
    return None if fits else WrongSex()


def _referral(facts: Facts) -> CabinetError | None:
    is_free = not facts.speciality.by_referral or facts.is_observed
    if is_free or open_referral(facts.referrals, facts.today):
        return None
    unused = [one for one, is_used in facts.referrals if not is_used]
    if unused:
        return ReferralExpired(max(one.valid_until for one in unused))
    return ReferralUsed() if facts.referrals else ReferralNeeded()


def _kind(facts: Facts) -> CabinetError | None:
    # whether she has the referral that such a time is for, is a check of its own
    is_open = facts.slot.kind in {SlotKind.SELF, SlotKind.REFERRAL}
    return None if is_open else NotForPortal(facts.slot.kind)


def _future(facts: Facts) -> CabinetError | None:
    return None if facts.slot.starts_at > facts.now else SlotPast()


def _horizon(facts: Facts) -> CabinetError | None:
    is_open = facts.slot.starts_at < horizon(facts.now)
    return None if is_open else BeyondHorizon(HORIZON_DAYS)


def _overlap(facts: Facts) -> CabinetError | None:
    slot = facts.slot
    for visit in facts.active:
        if visit.slot.starts_at < slot.ends_at and slot.starts_at < visit.slot.ends_at:
            return TimeConflict(visit.speciality.name, visit.slot.starts_at, visit.number)
    return None


def _speciality(facts: Facts) -> CabinetError | None:
    for visit in facts.active:
        if visit.speciality.code == facts.speciality.code:
            return AlreadyBooked(visit.speciality.name, visit.slot.starts_at, visit.number)
    return None


def _total(facts: Facts) -> CabinetError | None:
    norm = norms()[Check.TOTAL]
    if len(facts.active) >= norm.value:
        return TooManyVisits(norm.value)
    if len(facts.cancels) < norm.cancels:
        return None
    until = max(facts.cancels) + timedelta(minutes=norm.cool_down_minutes)
    return TooManyCancels(until) if until > facts.now else None


def _quota(facts: Facts) -> CabinetError | None:
    is_left = facts.quota_left is None or facts.quota_left > 0
    return None if is_left or facts.is_observed else QuotaUsed()


def _free(facts: Facts) -> CabinetError | None:
    is_free = facts.slot.status is SlotStatus.FREE or facts.is_held_for_patient
    return None if is_free else SlotTaken()


def _clinic(facts: Facts) -> CabinetError | None:
    return None if facts.does_clinic_answer else ClinicSilent()


_OF_THE_PATIENT = (
    Check.SESSION,
    Check.CONSENT,
    Check.PATIENT,
    Check.POLICY,
    Check.ATTACHMENT,
    Check.AGE,
    Check.SEX,
    Check.REFERRAL,
    Check.SPECIALITY,
)
_CHECKS: dict[Check, Callable[[Facts], CabinetError | None]] = {
    Check.SESSION: _session,
    Check.CONSENT: _consent,
    Check.PATIENT: _patient,
    Check.POLICY: _policy,
    Check.ATTACHMENT: _attachment,
    Check.AGE: _age,
    Check.SEX: _sex,
    Check.REFERRAL: _referral,
    Check.KIND: _kind,
    Check.FUTURE: _future,
    Check.HORIZON: _horizon,
    Check.OVERLAP: _overlap,
    Check.SPECIALITY: _speciality,
    Check.TOTAL: _total,
    Check.QUOTA: _quota,
    Check.FREE: _free,
    Check.CLINIC: _clinic,
}
