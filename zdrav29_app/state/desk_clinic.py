"""The page `/desk`, its second part: what an operator does for a clinic."""

import re
from typing import Any

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import AlreadyDecided, BadInput, NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.services import desk
from zdrav29_app.state.desk_cards import DecidableCard, decidable_card
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.support import text_fields
from zdrav29_app.texts import desk as texts
from zdrav29_app.values import RefusalReason

WHY_LIMIT = 200
CONFIRM = "confirm"
_APPLICATION = re.compile(r"П-\d{6}")
_VISIT = re.compile(r"29-\d{8}")


class DeskClinicState(SignedIn, rx.State):
    """Applications to be decided, and the form that calls a visit off."""

    applications: list[DecidableCard] = []
    number_problem: str = ""
    why_problem: str = ""
    sent_count: int = 0

    @rx.event
    async def load(self):
        """Show the applications to an operator; nothing to anybody else."""
        self.number_problem = self.why_problem = ""
        try:
            viewer = await self._operator()
        except NotFound:
            self.reset()
            return
        await self._list(viewer)

    @rx.event
    async def decide(self, form: dict[str, Any]):
        """Decide an application; of two operators the second is shown what the first decided."""
        viewer = await self._operator()
        number, refusal = read_decision(form)
        try:
            await in_transaction(desk.decide, viewer, number, refusal)
        except AlreadyDecided:
            await self._list(viewer)
            raise
        except ValueError:
            raise BadInput from None
        await self._list(viewer)
        await self._say(texts.DECIDED)

    @rx.event
    async def call_off(self, form: dict[str, Any]):
        """Cancel a visit for its clinic."""
        viewer = await self._operator()
        fields = text_fields(form)
        number, why = (fields.get(name, "").strip() for name in ("visit", "why"))
        self.number_problem = "" if _VISIT.fullmatch(number) else texts.BAD_NUMBER
        self.why_problem = "" if 0 < len(why) <= WHY_LIMIT else texts.EMPTY_WHY
        if self.number_problem or self.why_problem:
            return rx.set_focus("visit" if self.number_problem else "why")
        try:
            times = await in_transaction(desk.call_off, viewer, number, why)
        except NotFound:
            self.number_problem = texts.NO_VISIT
            return rx.set_focus("visit")
        self.sent_count += 1
        await self._say(texts.called_off(times))
        return None

    async def _say(self, words: str) -> None:
        shell = await self.get_state(ShellState)
        shell.message = words

    async def _list(self, viewer: Viewer) -> None:
        self.applications = [decidable_card(one) for one in await reading(desk.undecided, viewer)]


def read_decision(form: object) -> tuple[str, RefusalReason | None]:
    """The number of an application and the reason of a refusal; None confirms.

    Raises:
        BadInput: it names no application or no reason of ours.
    """
    fields = text_fields(form)
    number, decision = fields.get("number", ""), fields.get("decision", "")
    if not _APPLICATION.fullmatch(number):
        raise BadInput
    if decision == CONFIRM:
        return number, None
    try:
        return number, RefusalReason(decision)
    except ValueError:
        raise BadInput from None
