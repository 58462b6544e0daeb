"""The page `/profile`: what ESIA gave, and what the person agreed to."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.services import consents, profile
from zdrav29_app.services.profile import Profile
from zdrav29_app.settings import settings
from zdrav29_app.state.session import SignedIn
from zdrav29_app.texts import account as texts
from zdrav29_app.texts import consents as documents
from zdrav29_app.texts import formats
from zdrav29_app.values import OmsNumber, Phone, Purpose, Snils, local


@dataclass(frozen=True)
class Row:
    """One line of the profile."""

    term: str
    value: str


class ProfileState(SignedIn, rx.State):
    """The viewer's data, masked until she asks to see them."""

    loaded: bool = False
    rows: list[Row] = []
    is_shown: bool = False
    refreshed: str = ""
    changes: str = ""
    profile_href: str = ""
    consents: list[str] = []
    is_own: bool = True
    asked: bool = False

    @rx.event
    async def load(self):
        """Show the data masked."""
        viewer = await self._viewer()
        found = await reading(profile.my_profile, viewer)
        self._show(found, is_shown=False)
        self.refreshed = formats.when(found.refreshed_at)
        self.changes = texts.changed(found.changes)
        self.profile_href = f"{settings.esia_url}/profile"
        self.consents = [
            texts.given(
                documents.current(one.purpose).title,
                one.version,
                formats.numeric_date(local(one.given_at).date()),
            )
            for one in await reading(consents.in_force, viewer)
        ]
        self.is_own = not viewer.is_acting
        self.asked = False
        self.loaded = True

    @rx.event
    async def toggle(self):
        """Show the data in full, or hide them again."""
        viewer = await self._viewer()
        self._show(await reading(profile.my_profile, viewer), is_shown=not self.is_shown)

    @rx.event
    async def ask_withdraw(self):
        """Ask before withdrawing."""
        await self._viewer()
        self.asked = True

    @rx.event
    async def keep_consent(self):
        """Do not withdraw after all."""
        self.asked = False

    @rx.event
    async def withdraw(self):
        """Withdraw the consent: the cabinet closes, here too."""
        await in_transaction(consents.withdraw, await self._viewer(), Purpose.CABINET)
        return rx.redirect("/")

    def _show(self, found: Profile, *, is_shown: bool) -> None:
        self.is_shown = is_shown
        self.rows = profile_rows(found, is_shown=is_shown)


def profile_rows(found: Profile, *, is_shown: bool) -> list[Row]:
    """The profile line by line; numbers and contacts are masked unless shown."""
    mask: Callable[[str], str] = str if is_shown else formats.masked
    mask_line: Callable[[str], str] = str if is_shown else formats.masked_line
    numbers = (
        (texts.SNILS, str(Snils(found.snils)) if found.snils else ""),
        (texts.PASSPORT, _passport(found, is_shown=is_shown)),
        (texts.POLICY, str(OmsNumber(found.oms_number)) if found.oms_number else ""),
        (texts.PHONE, str(Phone(found.phone)) if found.phone else ""),
        (texts.EMAIL, found.email or ""),
    )
    return [
        Row(texts.NAME, formats.full_name(found.name)),
        Row(texts.BIRTH, formats.numeric_date(found.birth_date)),
        Row(texts.GENDER, texts.GENDERS[found.gender]),
        *[Row(term, mask(value) or texts.NONE) for term, value in numbers],
        Row(texts.CLINIC, found.clinic or texts.NO_CLINIC),
        *[Row(texts.ADDRESSES[kind], mask_line(line)) for kind, line in found.addresses],
        *[Row(texts.CHILD, formats.full_name(name)) for name in found.children],
    ]


def _passport(found: Profile, *, is_shown: bool) -> str:
    if found.passport is None:
        return ""
    return texts.passport(found.passport) if is_shown else found.passport.number
