"""The talon sent when its patient asks for it, to a contact that ESIA has confirmed."""

from sqlmodel import Session

from zdrav29_app.db.tables import Action, Patient
from zdrav29_app.identity import Viewer
from zdrav29_app.services import audit, notices, visits
from zdrav29_app.services.preferences import Contacts
from zdrav29_app.values import Channel


def contacts(session: Session, viewer: Viewer, number: str) -> Contacts:
    """Where the talon of this visit would go: of who has no contact, to who acts.

    Raises:
        NotFound: the viewer has no such visit.
    """
    to, _ = _addressee(session, viewer, number)
    return Contacts(phone=to.phone, email=to.email)


def send(session: Session, viewer: Viewer, number: str, channel: Channel) -> None:
    """Put the talon of this visit into the outbox.

    Raises:
        NotFound: the viewer has no such visit.
        BadInput: there is no contact for this channel.
    """
    to, facts = _addressee(session, viewer, number)
    notices.send_talon(session, to, channel, facts)
    audit.record(session, viewer, Action.TALON_SENT, f"talon:{number}")


def _addressee(session: Session, viewer: Viewer, number: str) -> tuple[Patient, dict[str, str]]:
    patient = session.get_one(Patient, viewer.patient_id)
    actor = session.get_one(Patient, viewer.actor_id)
    return notices.addressee(patient, actor, visits.my_visit(session, viewer, number))
