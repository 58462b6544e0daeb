"""The page `/support/recovery`: a request of somebody who cannot sign in.

Nothing that is known of anybody is read here, so nothing can be told.
"""

import re
from datetime import date
from typing import Any

import reflex as rx

from zdrav29_app import clock
from zdrav29_app.db.engine import in_transaction
from zdrav29_app.errors import BadInput
from zdrav29_app.limits import Limit
from zdrav29_app.services import recovery
from zdrav29_app.services.recovery import Claimed
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.support import text_fields
from zdrav29_app.texts import recovery as texts
from zdrav29_app.values import OmsNumber, local, reach

NAME_LIMIT, CONTACT_LIMIT, TEXT_LIMIT = 100, 120, 1000
EARLIEST = date(1900, 1, 1)
_CODE = re.compile(r"[0-9a-f]{12}")
_NAME = re.compile(r"[^\W\d_]+(?:[ \-][^\W\d_]+)*")


class RecoveryState(SignedIn, rx.State):
    """The form; what is wrong with which field."""

    loaded: bool = False
    code: str = ""
    today: str = ""
    problems: dict[str, str] = {}
    sent: str = ""
    sent_count: int = 0

    @rx.event
    async def load(self):
        """Show the form with the identification code of a refusal filled in."""
        asked = self._query("request_id")
        self.code = asked if _CODE.fullmatch(asked) else ""
        self.today = local(clock.now()).date().isoformat()
        self.problems, self.sent = dict.fromkeys(texts.PROBLEMS, ""), ""
        self.loaded = True

    @rx.event
    async def send(self, form: dict[str, Any]):
        """Send the request; what was typed stays until it is accepted."""
        fields = {name: value.strip() for name, value in text_fields(form).items()}
        if len(fields.get("text", "")) > TEXT_LIMIT:
            raise BadInput
        wrong = problems_of(fields, today=local(clock.now()).date())
        self.problems = {
            name: words if name in wrong else "" for name, words in texts.PROBLEMS.items()
        }
        if wrong:
            return rx.set_focus(wrong[0])
        await self._count(Limit.RECOVERY)
        made = await in_transaction(
            recovery.ask, read_claim(fields), fields.get("text", ""), fields["contact"]
        )
        self.sent = texts.sent(made.number, made.due_at)
        self.sent_count += 1
        return rx.set_focus("sent")


def problems_of(fields: dict[str, str], *, today: date) -> list[str]:
    """Names of the fields that cannot be what is asked for, as they stand on the page.

    Only how they are written is judged, never whose they are.
    """
    checks = {
        "last_name": _is_name(fields.get("last_name", "")),
        "first_name": _is_name(fields.get("first_name", "")),
        "birth_date": _is_birth_date(fields.get("birth_date", ""), today),
        "policy": _is_policy(fields.get("policy", "")),
        "code": not fields.get("code") or bool(_CODE.fullmatch(fields["code"].lower())),
        "contact": _is_contact(fields.get("contact", "")),
    }
    return [name for name, is_right in checks.items() if not is_right]


def read_claim(fields: dict[str, str]) -> Claimed:
    """Who somebody says she is, from fields without problems."""
    return Claimed(
        last_name=fields["last_name"],
        first_name=fields["first_name"],
        birth_date=date.fromisoformat(fields["birth_date"]),
        policy=OmsNumber.parse(fields["policy"]).digits,
        code=fields.get("code", "").lower(),
    )


def _is_name(words: str) -> bool:
    return len(words) <= NAME_LIMIT and _NAME.fullmatch(words) is not None


def _is_birth_date(words: str, today: date) -> bool:
    try:
        return EARLIEST <= date.fromisoformat(words) <= today
    except ValueError:
        return False


def _is_policy(words: str) -> bool:
    try:
        OmsNumber.parse(words)
    except ValueError:
        return False
    return True


def _is_contact(words: str) -> bool:
    return len(words) <= CONTACT_LIMIT and reach(words) is not None
