"""The sign-in pages as page objects for Playwright, and `sign_in_as`: any way in, in one call.

Needs the package `playwright`; nothing else of the simulator does.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from httpx import URL
from playwright.sync_api import BrowserContext, Page, expect

from esia_sim.remote import Esia

PIN: Final = "12345678"


class Way(StrEnum):
    """A way in: what a person does at ESIA."""

    PASSWORD = "password"  # noqa: S105 - the way, no secret: password, then a code by SMS
    TOTP = "totp"  # password, then a code of the authenticator app
    SMS = "sms"  # a code by SMS alone
    PUSH = "push"  # allowed in the app on the phone
    SIGNATURE = "signature"  # an electronic signature with the PIN
    SESSION = "session"  # none of the pages: she has been there before


def sign_in_as(
    page: Page,
    person: str | Mapping[str, object],
    *,
    esia: Esia,
    way: Way | str = Way.PASSWORD,
) -> None:
    """Sign a person in, and agree if she is asked to.

    The page stands at ESIA's first page, where the application has sent it; for `session` the
    application is opened afterwards. A person is what a control call described, or her key.

    Raises:
        ValueError: there is no such way.
        TimeoutError: the code or push did not come.
    """
    known = esia.person(person) if isinstance(person, str) else person
    key, login = str(known["key"]), str(known["login"])
    pages = EsiaPages(page, esia)
    match Way(way):
        case Way.SESSION:
            put_session(page.context, esia, key)
            return
        case Way.PASSWORD:
            pages.give_password(login, str(known["password"]))
            pages.give_code(key)
        case Way.TOTP:
            pages.give_password(login, str(known["password"]))
            pages.give_code_of_app(key)
        case Way.SMS:
            pages.ask_for_code(login)
            pages.give_code(key)
        case Way.PUSH:
            pages.ask_the_app(login)
            pages.allow_push(key)
        case Way.SIGNATURE:
            pages.sign(key)
    pages.agree_if_asked()


def put_session(context: BrowserContext, esia: Esia, key: str) -> None:
    """Let a browser be signed in at ESIA already, consent given."""
    cookie, everywhere = esia.sign_in(key), str(URL(esia.url).join("/"))
    context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": everywhere}])


class EsiaPages:
    """The pages of ESIA in one tab; make it before the act whose code is read."""

    def __init__(self, page: Page, esia: Esia) -> None:
        """Drive this tab with the help of these control calls."""
        self.page = page
        self.esia = esia
        self._since = esia.cursor()
        self._base = esia.url

    def give_password(self, login: str, password: str) -> None:
        """Fill in and send the first page."""
        self._since = self.esia.cursor()
        self._fill_login(login)
        self.page.get_by_label("Пароль", exact=True).fill(password)
        self._press("Войти")

    def ask_for_code(self, login: str) -> None:
        """Choose the way without a password: a code by SMS."""
        self._follow("Войти по коду из СМС")
        self._since = self.esia.cursor()
        self._fill_login(login)
        self._press("Получить код")

    def give_code(self, key: str) -> None:
        """Read the code on the person's phone, never an old one, and send it."""
        field = self.page.get_by_label("Код из СМС")
        expect(field).to_be_visible()
        field.fill(self.esia.wait_for_code(key, since=self._since))
        self._press("Подтвердить")

    def give_code_of_app(self, key: str) -> None:
        """Send what the person's authenticator app shows."""
        field = self.page.get_by_label("Код из приложения")
        expect(field).to_be_visible()
        field.fill(self.esia.totp(key))
        self._press("Подтвердить")

    def ask_the_app(self, login: str) -> None:
        """Choose the mobile app; a push goes out."""
        self._follow("Мобильное приложение Госуслуги")
        self._since = self.esia.cursor()
        self._fill_login(login)
        self._press("Отправить запрос на телефон")

    def allow_push(self, key: str) -> None:
        """Allow on the phone; the page goes on by itself."""
        expect(self.page.locator(".big")).to_be_visible()
        self.esia.answer_push(self.esia.wait_for_push(key, since=self._since))

    def sign(self, key: str, pin: str = PIN) -> None:
        """Choose the electronic signature, the person's token and its PIN."""
        self._follow("Электронная подпись")
        self.page.locator(f'input[value="{key}"]').check()
        self.page.get_by_label("PIN-код").fill(pin)
        self._note_base()
        self._press("Подписать и войти")

    def agree(self) -> None:
        """Let the application have the data it asks for."""
        self._press("Разрешить")

    def agree_if_asked(self) -> None:
        """Wait until the way in is behind her; agree where consent is asked for."""
        way_in = re.compile(re.escape(self._base) + "/login(?!/consent)")
        self.page.wait_for_url(lambda url: not way_in.match(url))
        if self.page.get_by_role("button", name="Разрешить", exact=True).is_visible():
            self.agree()

    def refuse_consent(self) -> None:
        """Let the application have nothing."""
        self._press("Отказать")

    def expect_consent_of(self, client: str) -> None:
        """Expect that the consent page names who asks."""
        expect(self.page.get_by_text(client).first).to_be_visible()

    def _fill_login(self, login: str) -> None:
        self.page.get_by_label("Телефон / Email / СНИЛС").fill(login)
        self._note_base()

    def _note_base(self) -> None:
        """Note where the pages are: an application may know the stand, and not the world."""
        self._base = self.page.url.partition("/login")[0]

    def _follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).click()

    def _press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
