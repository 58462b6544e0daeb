"""How a person wants to be told of things (настройки уведомлений)."""

from dataclasses import dataclass
from datetime import time

from sqlmodel import Session

from zdrav29_app.db.tables import Patient, Preference
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import notices as rules
from zdrav29_app.values import Channel, NoticeGroup


@dataclass(frozen=True)
class Preferences:
    """Channels by group, how many hours ahead reminders come, and local hours without any."""

    channels: dict[NoticeGroup, frozenset[Channel]]
    remind_hours: tuple[int, ...]
    quiet: tuple[time, time] | None


@dataclass(frozen=True)
class Contacts:
    """Where messages go; None when ESIA has none that is confirmed."""

    phone: str | None
    email: str | None


DEFAULTS = Preferences(
    channels=dict.fromkeys(NoticeGroup, rules.EVERYWHERE),
    remind_hours=rules.DEFAULT_REMIND_HOURS,
    quiet=rules.DEFAULT_QUIET,
)


def of(session: Session, patient_id: int) -> Preferences:
    """What a person has chosen, or the defaults."""
    row = session.get(Preference, patient_id)
    if row is None:
        return DEFAULTS
    chosen = {
        NoticeGroup(group): frozenset(map(Channel, channels))
        for group, channels in row.channels.items()
    }
    return Preferences(
        channels={**DEFAULTS.channels, **chosen},
        remind_hours=tuple(row.remind_hours),
        quiet=_quiet(row),
    )


def mine(session: Session, viewer: Viewer) -> tuple[Preferences, Contacts]:
    """The viewer's preferences, and where her messages go."""
    patient = session.get_one(Patient, viewer.actor_id)
    return of(session, viewer.actor_id), Contacts(patient.phone, patient.email)


def save(session: Session, viewer: Viewer, wanted: Preferences) -> None:
    """Keep what the viewer chose.

    Raises:
        ValueError: something that protects the account would be switched off.
    """
    rules.check_switchable(wanted.channels)
    row = session.get(Preference, viewer.actor_id) or Preference(
        patient_id=viewer.actor_id, channels={}, remind_hours=[]
    )
    row.channels = {group: sorted(channels) for group, channels in wanted.channels.items()}
    row.remind_hours = list(wanted.remind_hours)
    row.quiet_from, row.quiet_to = map(_minutes, wanted.quiet or (None, None))
    session.add(row)


def vision_of(session: Session, viewer: Viewer) -> dict[str, str]:
    """How the viewer wants to see; empty when she never said."""
    row = session.get(Preference, viewer.actor_id)
    return dict(row.vision) if row else {}


def save_vision(session: Session, viewer: Viewer, vision: dict[str, str]) -> None:
    """Keep how the viewer wants to see."""
    if session.get(Preference, viewer.actor_id) is None:
        save(session, viewer, DEFAULTS)
    row = session.get_one(Preference, viewer.actor_id)
    row.vision = vision
    session.add(row)


def _quiet(row: Preference) -> tuple[time, time] | None:
    if row.quiet_from is None or row.quiet_to is None:
        return None
    return time(*divmod(row.quiet_from, 60)), time(*divmod(row.quiet_to, 60))


def _minutes(at: time | None) -> int | None:
    return None if at is None else at.hour * 60 + at.minute
