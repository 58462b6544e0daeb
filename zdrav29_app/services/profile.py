"""The viewer's own data, as ESIA gave them at the last sign-in."""

from sqlmodel import Session

from zdrav29_app.db.tables import Patient
from zdrav29_app.services.sign_in import Viewer
from zdrav29_app.services.visits import name_of
from zdrav29_app.values import FullName


def name_of_viewer(session: Session, viewer: Viewer) -> FullName:
    """Whose cabinet this is."""
    return name_of(session.get_one(Patient, viewer.patient_id))
