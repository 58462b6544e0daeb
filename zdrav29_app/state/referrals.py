"""The page `/referrals`: the viewer's referrals."""

from dataclasses import dataclass
from datetime import date

import reflex as rx

from zdrav29_app import clock
from zdrav29_app.db.engine import reading
from zdrav29_app.services import referrals
from zdrav29_app.services.referrals import MyReferral, ReferralState
from zdrav29_app.state.booking_address import BookingAddress
from zdrav29_app.state.session import SignedIn
from zdrav29_app.texts import referrals as texts
from zdrav29_app.values import local


@dataclass(frozen=True)
class ReferralCard:
    """One referral in words, with its one next act."""

    number: str
    speciality: str
    status: str
    tone: str
    term: str
    left: str
    issued_by: str
    reason: str
    advice: str
    act: str
    act_href: str
    act_name: str


class ReferralsState(SignedIn, rx.State):
    """All referrals of the person whose cabinet is open."""

    loaded: bool = False
    referrals: list[ReferralCard] = []

    @rx.event
    async def load(self):
        """List them: what can be used first."""
        viewer = await self._viewer()
        today = local(clock.now()).date()
        found = await reading(referrals.my_referrals, viewer)
        self.referrals = [referral_card(one, today=today) for one in found]
        self.loaded = True


def referral_card(one: MyReferral, *, today: date) -> ReferralCard:
    """A referral in words."""
    status, tone = texts.STATES[one.state]
    act, href = _act(one)
    is_open = one.state is ReferralState.OPEN
    return ReferralCard(
        number=texts.number(one.number),
        speciality=one.speciality,
        status=status,
        tone=tone,
        term=texts.term(one.issued_on, one.valid_until),
        left=texts.left((one.valid_until - today).days) if is_open else "",
        issued_by=texts.issued_by(one.issued_by, one.clinic),
        reason=one.reason,
        advice=texts.RENEW if one.state is ReferralState.EXPIRED else "",
        act=act,
        act_href=href,
        act_name=texts.act_on(act, one.speciality, one.number),
    )


def _act(one: MyReferral) -> tuple[str, str]:
    if one.state is ReferralState.USED:
        return texts.OPEN_VISIT, f"/appointments/{one.visit}"
    if one.state is ReferralState.EXPIRED:
        return texts.TO_THERAPIST, texts.THERAPIST_HREF
    address = BookingAddress(speciality=one.speciality_code, is_searched=True)
    return texts.BOOK, address.href
