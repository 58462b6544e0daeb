"""The page `/security`: who entered, from where, and ending it."""

from dataclasses import dataclass

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput
from zdrav29_app.identity import Viewer
from zdrav29_app.services import profile, sessions, support
from zdrav29_app.services.sessions import SignIn
from zdrav29_app.services.support import Question
from zdrav29_app.settings import settings
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import account as texts
from zdrav29_app.texts import devices, formats
from zdrav29_app.texts import support as support_texts
from zdrav29_app.values import SupportTopic


@dataclass(frozen=True)
class SignInCard:
    """One sign-in, ready to be shown."""

    id: int
    when: str
    device: str
    address: str
    way: str
    status: str
    tone: str
    is_endable: bool
    end_name: str
    not_me_name: str


class SecurityState(SignedIn, rx.State):
    """The viewer's sign-ins, and how she wants to sign in next time."""

    loaded: bool = False
    sign_ins: list[SignInCard] = []
    way: str = ""
    recovery_href: str = ""
    request: str = ""

    @rx.event
    async def load(self):
        """List the sign-ins."""
        viewer = await self._viewer()
        await self._list(viewer)
        self.way = await reading(profile.next_way, viewer) or ""
        self.recovery_href = ""
        self.loaded = True

    @rx.event
    async def end(self, session_id: int):
        """End one session."""
        await self._end(session_id)
        shell = await self.get_state(ShellState)
        shell.message = texts.ENDED

    @rx.event
    async def not_me(self, session_id: int):
        """End a session that somebody else opened, and say what to do next."""
        card = next((one for one in self.sign_ins if one.id == session_id), None)
        viewer = await self._end(session_id)
        if card:
            words = support_texts.not_me(card.when, card.device, card.address)
            question = Question(SupportTopic.SECURITY, words)
            made = await in_transaction(support.ask, viewer, question)
            self.request = support_texts.number(made.number)
        self.recovery_href = f"{settings.esia_url}/recovery"

    @rx.event
    async def end_all(self):
        """Sign out everywhere, here too."""
        await in_transaction(sessions.end_all_sessions, await self._viewer())
        return rx.redirect("/")

    async def _end(self, session_id: object) -> Viewer:
        viewer = await self._viewer()
        if type(session_id) is not int:
            raise BadInput
        await in_transaction(sessions.end_session, viewer, session_id)
        await self._list(viewer)
        return viewer

    async def _list(self, viewer: Viewer) -> None:
        self.sign_ins = [sign_in_card(one) for one in await reading(sessions.my_sign_ins, viewer)]


def sign_in_card(one: SignIn) -> SignInCard:
    """A sign-in in words."""
    when, device = formats.when(one.at), devices.in_words(one.user_agent)
    status, tone = _status(one)
    return SignInCard(
        id=one.id,
        when=when,
        device=device,
        address=one.ip,
        way=texts.way(one.factors, by_signature=one.by_signature),
        status=status,
        tone=tone,
        is_endable=one.is_live and not one.is_this,
        end_name=texts.act_on(texts.END, when, device),
        not_me_name=texts.act_on(texts.NOT_ME, when, device),
    )


def _status(one: SignIn) -> tuple[str, str]:
    if one.is_this:
        return texts.THIS_ONE, "good"
    if one.is_new_device:
        return texts.NEW_DEVICE, "danger"
    return (texts.LIVE, "muted") if one.is_live else ("", "")
