"""The viewer's own data."""

from sqlmodel import Session

from zdrav29_app.identity import Viewer
from zdrav29_app.services import profile
from zdrav29_app.values import FullName


def test_a_cabinet_bears_the_name_of_its_viewer(session: Session, anna: Viewer, boris: Viewer):
    assert profile.name_of_viewer(session, anna) == FullName("Двинская", "Анна", "Сергеевна")
    assert profile.name_of_viewer(session, boris) == FullName("Двинской", "Борис", "Павлович")
