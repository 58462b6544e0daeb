"""Row B2: the confirmation in the cabinet, on paper, as a file, by SMS and letter."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.appointments import AppointmentsScreen, TalonScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.simulator import Simulator

SIZES = [{"width": 390, "height": 844}, {"width": 1280, "height": 800}]
NOTE_PRINTING = "window.print = () => { window.printed = true }"


def book(page: Page, speciality: str = "Терапевт", *, ahead: int = 1) -> TalonScreen:
    """Book the first time of another day, so many free days ahead."""
    booking = BookingScreen(page).open()
    booking.search(speciality)
    booking.choose_another_day(ahead)
    booking.choose_time(booking.times.first.get_attribute("aria-label"))
    return booking.confirm()


def sheets(page: Page) -> list[str]:
    """What the printer would give, sheet by sheet."""
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    return [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in PdfReader(BytesIO(paper)).pages]


@pytest.mark.parametrize("size", SIZES)
def test_b2_the_talon_says_what_to_bring_how_to_get_ready_and_on_what_it_stands(
    signed_in: Page, size: dict[str, Any]
):
    signed_in.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    talon = book(signed_in, "Офтальмолог")

    for words in (
        "паспорт",
        "полис ОМС",
        "СНИЛС",
        "Снимите контактные линзы",
        "За 10–15 минут до приёма",
        "самозапись",
    ):
        expect(talon.main).to_contain_text(words)
    expect_accessible(signed_in)


def test_b2_the_talon_prints_on_one_sheet_without_the_page_around_it(signed_in: Page):
    signed_in.add_init_script(NOTE_PRINTING)
    talon = book(signed_in, "Офтальмолог")
    talon.main.get_by_role("button", name="Распечатать", exact=True).click()
    signed_in.wait_for_function("window.printed")

    [sheet] = sheets(signed_in)

    assert talon.number in sheet
    assert "Снимите" in sheet
    assert "Отменить" not in sheet
    assert "Учебный стенд" not in sheet


@pytest.mark.parametrize("size", SIZES)
def test_b2_large_print_is_one_sheet_of_eighteen_points(signed_in: Page, size: dict[str, Any]):
    signed_in.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    talon = book(signed_in, "Офтальмолог")
    talon.main.get_by_role("link", name="Крупная печать").click()
    expect(talon.main.get_by_role("article", name="Крупная печать")).to_be_visible()
    talon.wait_ready()
    expect_accessible(signed_in)

    [sheet] = sheets(signed_in)

    assert "Автобусы" in sheet
    assert "Снимите" in sheet
    signed_in.emulate_media(media="print")
    smallest = talon.main.locator(".large").evaluate(
        "sheet => Math.min(...[...sheet.querySelectorAll('*')]"
        ".map(each => parseFloat(getComputedStyle(each).fontSize)))"
    )
    assert smallest == pytest.approx(18 * 96 / 72)


def test_b2_a_visit_of_the_list_is_printed_and_moved_by_its_own_acts(signed_in: Page):
    signed_in.add_init_script(NOTE_PRINTING)
    talon = book(signed_in)
    talon.open()
    assert not signed_in.evaluate("window.printed")
    appointments = AppointmentsScreen(signed_in).open()
    move = appointments.main.get_by_role("link", name=re.compile("^Перенести: терапевт, "))
    expect(move).to_have_attribute("href", f"/booking?move={talon.number}")

    appointments.main.get_by_role("button", name=re.compile("^Распечатать: терапевт, ")).click()

    talon.arrived()
    signed_in.wait_for_function("window.printed")


def test_b2_the_talon_is_downloaded_as_pdf_under_its_russian_name(signed_in: Page):
    talon = book(signed_in)

    with signed_in.expect_download() as download:
        talon.main.get_by_role("link", name="Скачать PDF").click()

    assert download.value.suggested_filename == f"Талон № {talon.number}.pdf"
    [sheet] = PdfReader(download.value.path()).pages
    assert talon.number in sheet.extract_text()


def test_b2_the_file_of_another_patient_is_answered_like_one_that_does_not_exist(
    signed_in: Page, another_signed_in: Page
):
    talon = book(signed_in)

    def answer(page: Page, number: str) -> tuple[int, str, str]:
        got = page.request.get(f"/appointments/{number}.pdf")
        words = re.sub(r"[0-9a-f]{12}|\d\d:\d\d:\d\d|%3A\d\d", "", got.text())
        return got.status, got.headers["cache-control"], words

    assert signed_in.request.get(f"/appointments/{talon.number}.pdf").ok
    another = answer(another_signed_in, talon.number)
    assert another[:2] == (404, "no-store")
    assert another == answer(another_signed_in, "29-00000000")


def test_b2_the_talon_is_sent_by_sms_and_letter_on_demand(
    open_page: Callable[[], Page], simulator: Simulator
):
    person, page = simulator.new_person(), open_page()
    simulator.put_session(page.context, person)
    page.goto("/auth/esia/login")
    talon = book(page, "Офтальмолог")
    simulator.next_message(person, "email", since=0)
    cursor = simulator.cursor()
    expect(talon.main).to_contain_text(f"-{person.phone[-2:]}")

    talon.main.get_by_role("button", name="Отправить по СМС").click()
    expect(page.get_by_role("status").filter(has_text="Талон отправлен на +7")).to_be_visible()
    assert talon.number in simulator.next_message(person, "sms", since=cursor)["text"]
    talon.main.get_by_role("button", name="Отправить на почту").click()

    letter = simulator.next_message(person, "email", since=cursor)
    assert letter["subject"] == f"Талон № {talon.number}"
    assert "Взять с собой: паспорт" in letter["text"]
    assert "Снимите контактные линзы" in letter["text"]
    expect_accessible(page)


def test_b2_who_has_no_mail_is_told_so_with_a_way_on(
    open_page: Callable[[], Page], simulator: Simulator
):
    person, page = simulator.new_person(email_verified=False), open_page()
    simulator.put_session(page.context, person)
    page.goto("/auth/esia/login")
    talon = book(page)

    expect(talon.main.get_by_role("button", name="Отправить на почту")).to_have_count(0)
    expect(talon.main).to_contain_text("Подтверждённой почты в ЕСИА нет")
    way_on = talon.main.get_by_role("link", name="Добавить в профиле ЕСИА")
    expect(way_on).to_have_attribute("href", f"{simulator.esia.url}/profile")
    expect_accessible(page)
