"""Registration in eight steps at the simulator, as a person walks through it."""

from secrets import randbelow
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.simulator import Simulator

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
PASSWORD = "Mezen-2027"


def new_phone() -> str:
    """A telephone number that nobody else's test uses."""
    return f"+7 901 {randbelow(10**7):07}"


def _step(page: Page, number: int) -> None:
    heading = page.get_by_role("heading", level=1, name=f"Шаг {number} из 8")
    expect(heading).to_be_visible()
    expect_accessible(page)


def fill_up_to_proof(page: Page, simulator: Simulator, phone: str) -> None:
    """Steps 1 to 6, as a person fills them in; the proof of identity is next."""
    page.goto(simulator.esia.url)
    page.get_by_role("link", name="Регистрация").first.click()
    _step(page, 1)
    since = simulator.cursor()
    page.get_by_label("Мобильный телефон").fill(phone)
    page.get_by_role("button", name="Получить код").click()
    _step(page, 2)
    page.get_by_label("Код из СМС").fill(simulator.esia.wait_for_code(phone, since=since))
    page.get_by_role("button", name="Подтвердить", exact=True).click()
    _step(page, 3)
    page.get_by_label("Электронная почта").fill(f"u{phone[-7:]}@stand.example")
    page.get_by_role("button", name="Продолжить").click()
    _step(page, 4)
    page.get_by_label("Новый пароль").fill(PASSWORD)
    page.get_by_label("Пароль ещё раз").fill(PASSWORD)
    page.get_by_role("button", name="Продолжить").click()
    _step(page, 5)
    page.get_by_label("Фамилия").fill("Новожилова-Двинская")
    page.get_by_label("Имя", exact=True).fill("Яна")
    page.get_by_label("Дата рождения").fill("03071990")
    page.get_by_label("Женский").check()
    page.get_by_label("Серия и номер паспорта").fill("1104 000000")
    page.get_by_label("Дата выдачи").fill("01.06.2012")
    page.get_by_label("Код подразделения").fill("290-001")
    page.get_by_label("Кем выдан").fill("Учебный стенд")
    page.get_by_role("button", name="Продолжить").click()
    _step(page, 6)
    page.get_by_role("button", name="Продолжить").click()
    _step(page, 7)


def send_scans_and_confirm_address(page: Page, simulator: Simulator, phone: str) -> None:
    """The proof by scans, the last step, and the link in the letter."""
    since = simulator.cursor()
    page.get_by_label("Файлы").set_input_files(
        {"name": "passport.png", "mimeType": "image/png", "buffer": PNG}
    )
    page.get_by_role("button", name="Загрузить сканы").click()
    complete(page)
    letters: Any = simulator.esia.messages(to=f"u{phone[-7:]}@stand.example", since=since, wait=5)
    page.goto(letters["messages"][0]["links"][0])
    page.get_by_role("button", name="Подтвердить адрес").click()


def complete(page: Page) -> None:
    """Step 8: both documents accepted, and the application is on its way."""
    _step(page, 8)
    page.get_by_label("пользовательским соглашением").check()
    page.get_by_label("политикой конфиденциальности").check()
    page.get_by_role("button", name="Завершить регистрацию").click()
    expect(page.get_by_role("heading", name="Заявка обрабатывается")).to_be_visible()
    expect_accessible(page)
