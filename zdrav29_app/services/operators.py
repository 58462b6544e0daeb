"""Who may work at the desk (операторы): the ESIA oids of a setting, and nobody else."""

from dataclasses import replace

from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.services.sign_in import check_strong
from zdrav29_app.settings import settings
from zdrav29_app.values import Stage


def is_operator(viewer: Viewer) -> bool:
    """Whether this is an operator whose first entry is behind her."""
    return viewer.stage is Stage.COMPLETE and viewer.oid in settings.operator_oids


def check(viewer: Viewer) -> None:
    """Let nobody else know that there is a desk.

    Raises:
        NotFound: this is no operator.
        StepUpNeeded: she is, but has proved herself by one factor only.
    """
    if not is_operator(viewer):
        raise NotFound
    check_strong(viewer)


def acting_on(viewer: Viewer, patient_id: int | None) -> Viewer:
    """The operator as the audit trail sees her, in a patient's cabinet; without one in her own."""
    return replace(viewer, patient_id=patient_id or viewer.actor_id)
