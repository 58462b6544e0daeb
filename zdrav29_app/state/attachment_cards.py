"""Terms and applications in words, for `/attachment` and its history."""

from dataclasses import dataclass

from zdrav29_app.services.applications import Application
from zdrav29_app.services.attachment import Term
from zdrav29_app.texts import attachment as texts
from zdrav29_app.texts import formats
from zdrav29_app.values import ApplicationStatus, local


@dataclass(frozen=True)
class TermCard:
    """A term at a clinic."""

    clinic: str
    address: str
    doctor: str
    plot: str
    term: str
    why: str


@dataclass(frozen=True)
class ApplicationCard:
    """An application with what comes next."""

    number: str
    title: str
    clinic: str
    reason: str
    status: str
    tone: str
    dates: str
    next: str
    is_withdrawable: bool


def term_card(one: Term) -> TermCard:
    """A term in words."""
    doctor = f"{formats.full_name(one.doctor)}, {formats.inside(one.post)}" if one.doctor else ""
    return TermCard(
        clinic=one.clinic,
        address=one.address,
        doctor=doctor or texts.NO_DOCTOR,
        plot=one.plot,
        term=texts.term(one.since, one.until),
        why=_why(one),
    )


def _why(one: Term) -> str:
    if one.doctor_by_choice:
        return texts.BY_DOCTOR
    return texts.BY_CHOICE if one.by_choice else texts.BY_ADDRESS


def application_card(one: Application) -> ApplicationCard:
    """An application in words."""
    status, tone = texts.STATUSES[one.status]
    moment = one.active_from if one.status is ApplicationStatus.CONFIRMED else one.decide_by
    return ApplicationCard(
        number=one.number,
        title=f"{formats.NBSP}".join(("Заявление", "№", one.number)),
        clinic=texts.goal(one.clinic, one.doctor),
        reason=texts.REASONS[one.reason],
        status=status,
        tone=tone,
        dates=texts.dates(one.submitted_at, one.decided_at),
        next=texts.what_next(
            one.status,
            local(moment) if moment else None,
            one.refusal or "",
            is_doctor=one.doctor is not None,
        ),
        is_withdrawable=one.status is ApplicationStatus.UNDER_REVIEW,
    )
