"""The page `/family`: whose cabinet to open, and who may open one's own."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput
from zdrav29_app.identity import Viewer
from zdrav29_app.limits import Limit
from zdrav29_app.services import family
from zdrav29_app.services.family import Right
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.welcome import checked_code
from zdrav29_app.texts import entry as entry_texts
from zdrav29_app.texts import family as texts
from zdrav29_app.texts import formats
from zdrav29_app.values import OmsNumber

LIMIT = 40


@dataclass(frozen=True)
class RightCard:
    """One person on the other side of a right."""

    id: int
    name: str
    what: str
    is_open: bool
    is_revocable: bool
    open_name: str
    revoke_name: str
    give_up_name: str


class FamilyState(SignedIn, rx.State):
    """Rights in both directions, and the way to a new one."""

    loaded: bool = False
    own_name: str = ""
    is_own_open: bool = True
    wards: list[RightCard] = []
    representatives: list[RightCard] = []
    is_sent: bool = False
    resend_in: int = 0
    sent_count: int = 0
    blocked: str = ""
    policy_problem: str = ""
    birth_problem: str = ""

    @rx.event
    async def load(self):
        """List the rights."""
        await self._list(await self._viewer())
        self.policy_problem = self.birth_problem = ""
        self.loaded = True

    @rx.event
    async def open_own(self):
        """Back to the own cabinet."""
        await in_transaction(family.open_own, await self._viewer())
        return rx.redirect("/home")

    @rx.event
    async def open_ward(self, right_id: int):
        """Open another's cabinet; the id comes from the browser and proves nothing."""
        await in_transaction(family.open_ward, await self._viewer(), _checked(right_id))
        return rx.redirect("/home")

    @rx.event
    async def revoke(self, right_id: int):
        """End a relative's right, from either side."""
        viewer = await self._viewer()
        await in_transaction(family.revoke, viewer, _checked(right_id))
        await self._list(viewer)
        await self._say(texts.REVOKED)

    @rx.event
    async def ask_relative(self, form: dict[str, Any]):
        """Send a code to an adult relative; what was typed stays until it can be right."""
        viewer = await self._viewer()
        policy, birth_date = read_form(form)
        self.policy_problem = "" if policy else texts.BAD_POLICY
        self.birth_problem = "" if birth_date else texts.BAD_BIRTH
        if policy is None or birth_date is None:
            return rx.set_focus("birth_date" if policy else "policy")
        await self._count(Limit.CODE)
        await in_transaction(family.ask_relative, viewer, policy, birth_date)
        await self._list(viewer)
        self.sent_count += 1
        return rx.set_focus("code")

    @rx.event
    async def confirm_relative(self, form: dict[str, Any]):
        """Take the code that the relative told."""
        viewer = await self._viewer()
        refusal = await in_transaction(family.confirm_relative, viewer, checked_code(form))
        await self._list(viewer)
        if refusal:
            raise refusal
        await self._say(texts.ADDED)

    async def _list(self, viewer: Viewer) -> None:
        found = await reading(family.my_family, viewer)
        self.own_name = formats.full_name(found.own_name)
        self.is_own_open = found.is_own_open
        self.wards = [right_card(one) for one in found.wards]
        self.representatives = [right_card(one) for one in found.representatives]
        self.is_sent = found.code.is_sent
        self.resend_in = found.code.resend_in_seconds
        self.blocked = entry_texts.blocked(found.code.blocked_until)

    async def _say(self, words: str) -> None:
        shell = await self.get_state(ShellState)
        shell.message = words


def read_form(form: object) -> tuple[str | None, date | None]:
    """Policy number and birth date as the browser sends them; None for what cannot be read.

    Raises:
        BadInput: a field is no short text.
    """
    fields = cast("dict[str, object]", form) if isinstance(form, dict) else {}
    policy, birth_date = fields.get("policy") or "", fields.get("birth_date") or ""
    if not all(isinstance(value, str) and len(value) <= LIMIT for value in (policy, birth_date)):
        raise BadInput
    return _policy(str(policy)), _day(str(birth_date))


def right_card(one: Right) -> RightCard:
    """A right in words."""
    name = formats.full_name(one.name)
    return RightCard(
        id=one.id,
        name=name,
        what=texts.right(one),
        is_open=one.is_open,
        is_revocable=one.relation == "relative",
        open_name=texts.act_on(texts.OPEN, name),
        revoke_name=texts.act_on(texts.REVOKE, name),
        give_up_name=texts.act_on(texts.GIVE_UP, name),
    )


def _checked(value: object) -> int:
    if type(value) is not int:
        raise BadInput
    return value


def _policy(text: str) -> str | None:
    try:
        return OmsNumber.parse(text).digits
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
