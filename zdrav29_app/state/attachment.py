"""The page `/attachment`: where one is attached, and the application to change it."""

import re
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput
from zdrav29_app.identity import Viewer
from zdrav29_app.services import applications, attachment, clinic_choices, visits
from zdrav29_app.services.applications import Wanted
from zdrav29_app.state.attachment_cards import (
    ApplicationCard,
    TermCard,
    application_card,
    term_card,
)
from zdrav29_app.state.booking_address import checked_id
from zdrav29_app.state.clinic_cards import ClinicCard, MapCard, clinic_card, clinic_cards, map_card
from zdrav29_app.state.options import Option
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import attachment as texts
from zdrav29_app.texts import booking as booking_texts
from zdrav29_app.values import AttachmentReason

TEXT_LIMIT, ADDRESS_LIMIT = 80, 200
STEP = "step"
"""The heading of the step that has just appeared: the focus goes there."""
_VISIT = re.compile(r"29-\d{8}")
_NUMBER = re.compile(r"П-\d{6}")


@dataclass(frozen=True)
class OldVisitCard:
    """A visit in the clinic one is about to leave."""

    number: str
    when: str
    box: str
    label: str


class AttachmentState(SignedIn, rx.State):
    """One look at the attachment; `step` is «now», «choose» or «check»."""

    loaded: bool = False
    step: str = "now"
    current: list[TermCard] = []
    next_change: str = ""
    application: list[ApplicationCard] = []
    refused: list[ApplicationCard] = []
    words: str = ""
    districts: list[Option] = []
    district: str = ""
    clinics: list[ClinicCard] = []
    map: list[MapCard] = []
    selected: int = 0
    chosen: list[ClinicCard] = []
    reasons: list[Option] = []
    reason: str = ""
    address_problem: str = ""
    old_visits: list[OldVisitCard] = []
    is_busy: bool = False

    @rx.event
    async def load(self):
        """Show the step that the address asks for, if the patient may take it.

        Raises:
            AttachmentRefused: she may not; what is so now stays in sight.
        """
        viewer = await self._viewer()
        clinic, step, before = self._query("clinic"), self._query("step"), self.step
        self.clinics, self.map, self.chosen = [], [], []
        self.address_problem, self.is_busy = "", False
        await self._show_now(viewer)
        self.step, self.loaded = "now", True
        if clinic or step == "choose":
            await reading(applications.check_may_begin, viewer)
        if clinic:
            await self._show_check(viewer, checked_id(clinic))
        elif step == "choose":
            await self._show_choices(viewer)
        return rx.set_focus(STEP) if self.step not in {"now", before} else None

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Look for a clinic by words."""
        fields = _fields(form)
        text, district = (fields.get(name, "").strip()[:TEXT_LIMIT] for name in ("q", "district"))
        address = urlencode({"step": "choose", "q": text, "district": district})
        return rx.redirect(f"/attachment?{address}")

    @rx.event
    async def select(self, clinic_id: int):
        """Show in the list which clinic a mark of the map stands for."""
        self.selected = checked_id(clinic_id)

    @rx.event
    async def choose(self, clinic_id: int):
        """Go on with one clinic; whether it takes the patient is checked there."""
        return rx.redirect(f"/attachment?clinic={checked_id(clinic_id)}")

    @rx.event
    async def send(self, form: dict[str, Any]):
        """Send the application; what the browser says of it is checked again by the service."""
        viewer = await self._viewer()
        wanted = read_form(form, checked_id(self._query("clinic")))
        if wanted.reason is AttachmentReason.MOVED and not wanted.new_address:
            self.address_problem = texts.NEW_ADDRESS_MISSING
            yield rx.set_focus("new_address")
            return
        self.address_problem, self.is_busy = "", True
        yield
        try:
            number = await in_transaction(applications.apply, viewer, wanted)
        finally:
            self.is_busy = False
        yield rx.redirect(f"/attachment?sent={number}", replace=True)

    @rx.event
    async def withdraw(self, number: str):
        """Take an application back; the number comes from the browser and proves nothing."""
        viewer = await self._viewer()
        if not isinstance(number, str) or not _NUMBER.fullmatch(number):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadInput
        await in_transaction(applications.withdraw, viewer, number)
        await self._show_now(viewer)
        shell = await self.get_state(ShellState)
        shell.message = texts.WITHDRAWN

    async def _show_now(self, viewer: Viewer) -> None:
        terms = await reading(attachment.my_terms, viewer)
        self.current = [term_card(one) for one in terms if one.until is None]
        self.next_change = texts.next_change(await reading(attachment.next_change, viewer))
        found = await reading(applications.my_applications, viewer)
        self.application = [application_card(one) for one in found if one.is_under_way]
        self.refused = [application_card(one) for one in found[:1] if one.is_refused]

    @rx.event
    async def tell_sent(self):
        """Say that an application was sent; runs last, for arrival clears what was said."""
        number = self._query("sent")
        if any(one.number == number for one in self.application):
            shell = await self.get_state(ShellState)
            shell.message = texts.sent(number)

    async def _show_choices(self, viewer: Viewer) -> None:
        self.step = "choose"
        self.words, self.selected = self._query("q")[:TEXT_LIMIT], 0
        known = await reading(clinic_choices.districts, viewer)
        self.districts = [Option("", texts.ALL_DISTRICTS), *(Option(one, one) for one in known)]
        asked = self._query("district")
        self.district = asked if asked in known else ""
        found = await reading(clinic_choices.choices, viewer, self.words, self.district)
        self.clinics = clinic_cards(found)
        self.map = [map_card(found)] if any(one.is_placed for one in found) else []

    async def _show_check(self, viewer: Viewer, clinic_id: int) -> None:
        self.step = "check"
        self.chosen = [clinic_card(await reading(clinic_choices.choice, viewer, clinic_id))]
        self.reasons = [Option(value, label) for value, label in texts.REASONS.items()]
        self.reason = AttachmentReason.NEARER
        old = self.current[0].clinic if self.current else ""
        ahead = [one for one in await reading(visits.my_visits, viewer) if one.is_cancellable]
        self.old_visits = [
            _old_visit(one.number, booking_texts.visit_phrase(one.speciality, one.starts_at))
            for one in ahead
            if one.place.clinic == old
        ]


def read_form(form: object, clinic_id: int) -> Wanted:
    """What the check page sends.

    Raises:
        BadInput: a field is no short text, or names no reason of ours.
    """
    fields = _fields(form)
    address = fields.get("new_address", "").strip()
    cancels = [name.removeprefix("cancel_") for name in fields if name.startswith("cancel_")]
    if len(address) > ADDRESS_LIMIT or not all(map(_VISIT.fullmatch, cancels)):
        raise BadInput
    try:
        reason = AttachmentReason(fields.get("reason", ""))
    except ValueError:
        raise BadInput from None
    return Wanted(clinic_id, reason, address, cancels)


def _old_visit(number: str, phrase: str) -> OldVisitCard:
    return OldVisitCard(number, phrase, f"cancel_{number}", texts.cancel_name(phrase))


def _fields(form: object) -> dict[str, str]:
    every = cast("dict[str, object]", form) if isinstance(form, dict) else {}
    # what is not ticked or not on the page comes as null or false
    fields = {name: value for name, value in every.items() if value not in (None, False)}
    if not all(isinstance(value, str) or value is True for value in fields.values()):
        raise BadInput
    return {name: str(value) for name, value in fields.items()}
