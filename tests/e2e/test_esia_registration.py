"""Row G1: a person who did not exist registers, is checked, and signs in."""

from collections.abc import Iterator
from secrets import randbelow

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.sign_in import EsiaScreen
from tests.e2e.simulator import Simulator

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
PASSWORD = "Mezen-2027"


@pytest.fixture
def moved_clock(simulator: Simulator) -> Iterator[None]:
    """The simulator's clock is put right after the test."""
    yield
    simulator.esia.move_clock(reset=True)


def _new_phone() -> str:
    return f"+7 901 {randbelow(10**7):07}"


def _step(page: Page, number: int) -> None:
    heading = page.get_by_role("heading", level=1, name=f"Шаг {number} из 8")
    expect(heading).to_be_visible()
    expect_accessible(page)


def _up_to_proof(page: Page, simulator: Simulator, phone: str) -> None:
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


def _complete(page: Page) -> None:
    _step(page, 8)
    page.get_by_label("пользовательским соглашением").check()
    page.get_by_label("политикой конфиденциальности").check()
    page.get_by_role("button", name="Завершить регистрацию").click()
    expect(page.get_by_role("heading", name="Заявка обрабатывается")).to_be_visible()
    expect_accessible(page)


@pytest.mark.usefixtures("moved_clock")
def test_g1_a_new_person_registers_with_scans_is_checked_in_five_minutes_and_signs_in(
    cabinet: Page, simulator: Simulator
):
    phone = _new_phone()
    _up_to_proof(cabinet, simulator, phone)
    since = simulator.cursor()
    cabinet.get_by_label("Файлы").set_input_files(
        {"name": "passport.png", "mimeType": "image/png", "buffer": PNG}
    )
    cabinet.get_by_role("button", name="Загрузить сканы").click()
    _complete(cabinet)

    letters = simulator.esia.messages(to=f"u{phone[-7:]}@stand.example", since=since, wait=5)
    cabinet.goto(letters["messages"][0]["links"][0])  # pyright: ignore[reportIndexIssue]
    cabinet.get_by_role("button", name="Подтвердить адрес").click()
    simulator.esia.move_clock(advance="5m")
    cabinet.goto(f"{simulator.esia.url}/registration/status")
    expect(cabinet.get_by_role("heading", name="Учётная запись готова")).to_be_visible()

    cabinet.get_by_role("link", name="Войти").click()
    EsiaScreen(cabinet, simulator).give_password(phone, PASSWORD)
    expect(cabinet.get_by_label("Код из СМС")).to_be_visible()


def test_g1_video_verification_is_the_other_proof_of_identity(cabinet: Page, simulator: Simulator):
    _up_to_proof(cabinet, simulator, _new_phone())

    cabinet.get_by_role("button", name="Показать паспорт").click()
    cabinet.get_by_role("button", name="Посмотреть в камеру").click()

    _complete(cabinet)


def test_g1_a_lying_file_and_an_unconfirmed_number_are_refused_in_words(
    cabinet: Page, simulator: Simulator
):
    cabinet.goto(f"{simulator.esia.url}/registration")
    cabinet.get_by_label("Мобильный телефон").fill("+7 900 000-00-00")
    cabinet.get_by_role("button", name="Получить код").click()
    expect(cabinet.get_by_role("alert")).to_contain_text("не подтверждён оператором")
    expect_accessible(cabinet)

    _up_to_proof(cabinet, simulator, _new_phone())
    cabinet.get_by_label("Файлы").set_input_files(
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90"}
    )
    cabinet.get_by_role("button", name="Загрузить сканы").click()

    expect(cabinet.get_by_role("alert")).to_contain_text("scan.pdf")
    expect_accessible(cabinet)
