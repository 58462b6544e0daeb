"""What a person may switch off, when reminders come, and when nobody is woken.

Status of each figure: demo (our own choice).
"""

from datetime import datetime, time, timedelta

from zdrav29_app.db.tables import NoticeKind
from zdrav29_app.values import Channel, NoticeGroup, local

GROUPS = {
    NoticeKind.BOOKED: NoticeGroup.VISITS,
    NoticeKind.MOVED: NoticeGroup.VISITS,
    NoticeKind.CANCELLED: NoticeGroup.VISITS,
    NoticeKind.CALLED_OFF: NoticeGroup.VISITS,
    NoticeKind.OFFERED: NoticeGroup.VISITS,
    NoticeKind.WAITING_ENDED: NoticeGroup.VISITS,
    NoticeKind.REMINDER: NoticeGroup.REMINDERS,
    NoticeKind.RIGHT_GIVEN: NoticeGroup.FAMILY,
    NoticeKind.ATTACHMENT: NoticeGroup.ATTACHMENT,
    NoticeKind.CERTIFICATE: NoticeGroup.CERTIFICATES,
    NoticeKind.ANSWERED: NoticeGroup.SUPPORT,
    NoticeKind.NEW_DEVICE: NoticeGroup.SECURITY,
}
SECRET = frozenset({NoticeKind.CODE, NoticeKind.RELATIVE_CODE, NoticeKind.ANSWERED_OUTSIDE})
"""What such a notice says is forgotten as soon as it was sent."""
EVERYWHERE = frozenset({Channel.SMS, Channel.EMAIL})
REMIND_HOURS = (72, 24, 2)
DEFAULT_REMIND_HOURS = (24, 2)
DEFAULT_QUIET = (time(22), time(8))
NOT_LATER_THAN = timedelta(hours=1)  # before the visit: a later reminder helps nobody


def check_switchable(channels: dict[NoticeGroup, frozenset[Channel]]) -> None:
    """Refuse to switch off what protects the account.

    Raises:
        ValueError: nothing would tell of a sign-in from a new device.
    """
    if not channels[NoticeGroup.SECURITY]:
        raise ValueError("a sign-in from a new device is always told")


def reminder_at(starts_at: datetime, hours: int, quiet: tuple[time, time] | None) -> datetime:
    """When a reminder comes: so many hours ahead, but not in the quiet hours.

    Out of the night it moves to the morning, and if that were too late, to the evening before.
    """
    wanted = starts_at - timedelta(hours=hours)
    if quiet is None or not is_quiet(wanted, quiet):
        return wanted
    begin, end = quiet
    morning = _next(wanted, end)
    if morning <= starts_at - NOT_LATER_THAN:
        return morning
    return _next(wanted - timedelta(days=1), begin)


def is_quiet(moment: datetime, quiet: tuple[time, time]) -> bool:
    """Whether a moment lies in the quiet hours."""
    at, (begin, end) = local(moment).time(), quiet
    return begin <= at < end if begin <= end else at >= begin or at < end


def _next(moment: datetime, at: time) -> datetime:
    """The first moment after `moment` at which a clock here shows `at`."""
    here = local(moment)
    found = datetime.combine(here.date(), at, here.tzinfo)
    return found if found > here else found + timedelta(days=1)
