"""The page `/attachment/doctor`: choosing the district doctor."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput
from zdrav29_app.services import applications, attachment, doctor_choice
from zdrav29_app.services.applications import Wanted
from zdrav29_app.services.doctor_choice import Colleague
from zdrav29_app.state.booking_address import checked_id
from zdrav29_app.state.options import Option
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.support import text_fields
from zdrav29_app.texts import attachment as texts
from zdrav29_app.texts import formats
from zdrav29_app.values import AttachmentReason

STEP = "doctor-step"
"""The heading of the step that has just appeared: the focus goes there."""


@dataclass(frozen=True)
class ColleagueCard:
    """A district doctor to choose."""

    doctor_id: int
    name: str
    post: str
    plot: str
    place: str
    is_own: bool
    href: str
    choose_name: str


class DoctorChoiceState(SignedIn, rx.State):
    """The doctors of one's clinic, or the one of the address to be checked."""

    loaded: bool = False
    colleagues: list[ColleagueCard] = []
    chosen: list[ColleagueCard] = []
    others: int = 0
    is_attached: bool = True
    next_choice: str = ""
    reasons: list[Option] = []

    @rx.event
    async def load(self):
        """Show the doctors, or what is about to be sent.

        Raises:
            AttachmentRefused: nothing may be sent now.
        """
        viewer = await self._viewer()
        self.loaded, self.chosen = False, []
        found = await reading(doctor_choice.colleagues, viewer)
        self.colleagues = [colleague_card(one) for one in found]
        terms = await reading(attachment.my_terms, viewer)
        self.is_attached = any(one.until is None for one in terms)
        self.others = sum(not one.is_own for one in found)
        self.next_choice = texts.next_doctor(await reading(doctor_choice.next_choice, viewer))
        self.reasons = [Option(value, texts.REASONS[value]) for value in texts.DOCTOR_REASONS]
        self.loaded = True
        if asked := self._query("doctor"):
            await reading(applications.check_may_begin, viewer)
            one = await reading(doctor_choice.colleague, viewer, checked_id(asked))
            self.chosen = [colleague_card(one)]
        return rx.set_focus(STEP) if asked else None

    @rx.event
    async def send(self, form: dict[str, Any]):
        """Send the application; the doctor of the address is checked again by the service."""
        viewer = await self._viewer()
        reason = text_fields(form).get("reason", "")
        if reason not in texts.DOCTOR_REASONS:
            raise BadInput
        doctor_id = checked_id(self._query("doctor"))
        wanted = Wanted(0, AttachmentReason(reason), doctor_id=doctor_id)
        number = await in_transaction(applications.apply, viewer, wanted)
        return rx.redirect(f"/attachment?sent={number}", replace=True)


def colleague_card(one: Colleague) -> ColleagueCard:
    """A doctor in words."""
    name = formats.full_name(one.name)
    return ColleagueCard(
        doctor_id=one.doctor_id,
        name=name,
        post=one.post,
        plot=one.plot,
        place=f"{one.branch}, {one.address}",
        is_own=one.is_own,
        href=f"/attachment/doctor?doctor={one.doctor_id}",
        choose_name=texts.choose_name(name),
    )
