"""The page `/settings`: of what, how and when a person wants to be told."""

from dataclasses import dataclass
from datetime import time
from typing import Any, cast

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput
from zdrav29_app.identity import Viewer
from zdrav29_app.limits import Limit
from zdrav29_app.services import notices, preferences, reminders
from zdrav29_app.services.preferences import Preferences
from zdrav29_app.settings import settings
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import preferences as texts
from zdrav29_app.values import Channel, NoticeGroup, Phone

LONGEST = 10  # «22:00», «on»
REMIND_HOURS = frozenset(map(int, texts.REMIND))


@dataclass(frozen=True)
class Contact:
    """One contact: where, and whether it is there."""

    term: str
    value: str


class PreferencesState(SignedIn, rx.State):
    """What was chosen, as the boxes of a form; `chosen` holds «group:channel» and «remind:24»."""

    loaded: bool = False
    contacts: list[Contact] = []
    profile_href: str = ""
    chosen: list[str] = []
    has_quiet: bool = True
    quiet_from: str = ""
    quiet_to: str = ""
    security_problem: str = ""
    quiet_problem: str = ""
    shown_count: int = 0
    saved_count: int = 0

    @rx.event
    async def load(self):
        """Show what was chosen."""
        self.profile_href = f"{settings.esia_url}/profile"
        await self._show(await self._viewer())
        self.security_problem = self.quiet_problem = ""
        self.loaded = True

    @rx.event
    async def save(self, form: dict[str, Any]):
        """Keep the choice; what cannot be kept is said and nothing is lost."""
        viewer = await self._viewer()
        fields = checked_fields(form)
        wanted = read_form(fields)
        self.security_problem = "" if wanted.channels[NoticeGroup.SECURITY] else texts.BAD_SECURITY
        self.quiet_problem = (
            texts.BAD_QUIET if _is_on(fields.get("quiet")) and not wanted.quiet else ""
        )
        if self.security_problem or self.quiet_problem:
            return rx.set_focus("security-sms" if self.security_problem else "quiet_from")
        await in_transaction(preferences.save, viewer, wanted)
        await in_transaction(reminders.plan_own, viewer)
        self.saved_count += 1
        await self._show(viewer)
        await self._say(texts.SAVED)
        return None

    @rx.event
    async def send_test(self):
        """Send a message to every contact, so that she sees it comes."""
        viewer = await self._viewer()
        await self._count(Limit.CODE)
        await in_transaction(notices.send_test, viewer)
        await self._say(texts.TEST_SENT)

    async def _show(self, viewer: Viewer) -> None:
        found, contacts = await reading(preferences.mine, viewer)
        phone = f"{Phone(contacts.phone).masked}, {texts.CONFIRMED}" if contacts.phone else ""
        email = f"{contacts.email}, {texts.EMAIL_CONFIRMED}" if contacts.email else ""
        self.contacts = [
            Contact(texts.PHONE, phone or texts.NO_PHONE),
            Contact(texts.EMAIL, email or texts.NO_EMAIL),
        ]
        self.chosen = [
            *[f"{group}:{channel}" for group, of in found.channels.items() for channel in of],
            *[f"remind:{hours}" for hours in found.remind_hours],
        ]
        self.has_quiet = found.quiet is not None
        begin, end = found.quiet or preferences.DEFAULTS.quiet or (time(22), time(8))
        self.quiet_from, self.quiet_to = f"{begin:%H:%M}", f"{end:%H:%M}"
        self.shown_count += 1

    async def _say(self, words: str) -> None:
        shell = await self.get_state(ShellState)
        shell.message = words


def checked_fields(form: object) -> dict[str, object]:
    """The fields of a form as the browser sends it.

    Raises:
        BadInput: it is no form, or a field is far too long to be ours.
    """
    fields = cast("dict[str, object]", form) if isinstance(form, dict) else None
    if fields is None or any(len(str(value)) > LONGEST for value in fields.values()):
        raise BadInput
    return fields


def read_form(fields: dict[str, object]) -> Preferences:
    """The choice in a form; a box that is absent is not ticked."""
    channels = {
        group: frozenset(
            channel
            for channel in (Channel.SMS, Channel.EMAIL)
            if _is_on(fields.get(f"{group}-{channel}"))
        )
        for group in NoticeGroup
    }
    hours = tuple(each for each in sorted(REMIND_HOURS) if _is_on(fields.get(f"remind-{each}")))
    quiet = _hours(fields) if _is_on(fields.get("quiet")) else None
    return Preferences(channels, hours, quiet)


def _is_on(value: object) -> bool:
    return value is True or value == "on"


def _hours(fields: dict[str, object]) -> tuple[time, time] | None:
    try:
        begin, end = (
            time.fromisoformat(str(fields.get(name))) for name in ("quiet_from", "quiet_to")
        )
    except ValueError:
        return None
    return begin, end
