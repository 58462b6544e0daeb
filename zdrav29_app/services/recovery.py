"""Requests of people who cannot sign in (восстановление доступа).

Invariant: asking reads nothing about anybody, so no answer can tell whether a person is known;
only an operator is told what matches.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from zdrav29_app.db.tables import Patient
from zdrav29_app.rules import recovery as rules
from zdrav29_app.services import support
from zdrav29_app.services.support import Question, Request
from zdrav29_app.values import SupportTopic


@dataclass(frozen=True)
class Claimed:
    """Who somebody says she is. `code` is the identification code of a refusal, or empty."""

    last_name: str
    first_name: str
    birth_date: date
    policy: str
    code: str = ""


@dataclass(frozen=True)
class Match:
    """What of a claim fits the person it fits best, by the name of the field; nobody without it."""

    patient_id: int | None
    fits: Mapping[str, bool]


def ask(session: Session, claimed: Claimed, text: str, contact: str) -> Request:
    """Open a request of somebody who cannot sign in."""
    facts = {name: str(value) for name, value in asdict(claimed).items()}
    question = Question(SupportTopic.RECOVERY, text, claimed=facts)
    return support.ask_from_outside(session, question, contact)


def match(session: Session, facts: Mapping[str, str]) -> Match:
    """What of a claim fits whom the cabinet knows; for an operator's eyes only."""
    born = date.fromisoformat(facts["birth_date"])
    candidates = session.exec(
        select(Patient).where(
            or_(
                Patient.oms_number == facts["policy"],
                (col(Patient.birth_date) == born) & (Patient.first_name == facts["first_name"]),
                (col(Patient.birth_date) == born) & (Patient.last_name == facts["last_name"]),
            )
        )
    ).all()
    judged = [(rules.compare(facts, one), one) for one in candidates]
    best = max(judged, key=lambda pair: sum(pair[0].values()), default=None)
    if best is None:
        return Match(None, dict.fromkeys(rules.FIELDS, False))
    return Match(best[1].id, best[0])
