"""Every page: how it loads, how it is reached, and whether everybody can use it."""

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.conftest import CabinetLog
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.home import HomeScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.screens.sign_in import SignInScreen
from zdrav29_app.texts import common

ADDRESSES = [
    *("/", "/clinics", "/timetable", "/status"),
    *("/home", "/booking", "/waiting", "/appointments", "/appointments/29-00000000"),
]
WIDTHS = (320, 1280)
OTHERS = [
    *("/home", "/appointments", "/appointments/29-00000000"),
    *("/documents", "/documents/upload", "/documents/999999", "/documents/999999/report"),
    *("/results", "/record", "/prevention"),
    *("/referrals", "/waiting", "/services", "/attachment", "/attachment/history"),
    *("/attachment?step=choose", "/attachment/doctor", "/support", "/support/recovery", "/desk"),
    *("/clinics", "/timetable?speciality=therapist"),
]
LANGUAGE = re.compile(r'<html[^>]* lang="ru"')
BROKEN_PAGE = "export default function Page() { throw new Error('broken on purpose') }"
KEEP_SOCKETS = """
    window.sockets = [];
    window.WebSocket = class extends WebSocket {
        constructor(...details) { super(...details); sockets.push(this); }
    };
"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_hard_load_answers_200_at_the_address_as_typed(cabinet_url: str, address: str):
    answer = httpx.get(cabinet_url + address)

    assert answer.status_code == 200
    assert LANGUAGE.search(answer.text)
    assert "unsafe-eval" not in answer.headers["content-security-policy"]
    assert (
        common.SUPPORT_PHONE in answer.text.partition("<noscript>")[2].partition("</noscript>")[0]
    )


def test_an_unknown_address_answers_404_in_russian(cabinet: Page, cabinet_url: str):
    assert httpx.get(cabinet_url + "/no-such-page").status_code == 404

    cabinet.goto("/no-such-page")

    expect(cabinet.get_by_role("heading", level=1)).to_have_text("Такой страницы нет")


def test_home_booking_appointments_make_no_document_request_and_move_the_focus(
    signed_in: Page,
):
    HomeScreen(signed_in).open()
    documents: list[str] = []
    signed_in.on(
        "request",
        lambda request: (
            documents.append(request.url) if request.resource_type == "document" else None
        ),
    )

    navigation = signed_in.get_by_role("navigation").filter(visible=True).first
    navigation.get_by_role("link", name="Запись к врачу").click()
    BookingScreen(signed_in).arrived().expect_focus_on_heading()
    navigation.get_by_role("link", name="Мои записи").click()
    AppointmentsScreen(signed_in).arrived().expect_focus_on_heading()
    navigation.get_by_role("link", name="Главная").click()
    expect(signed_in.get_by_role("heading", level=1, name="Главная")).to_be_focused()

    assert documents == []


@pytest.mark.parametrize("width", WIDTHS)
def test_each_step_of_booking_is_accessible(signed_in: Page, width: int):
    signed_in.set_viewport_size({"width": width, "height": 800})
    booking = BookingScreen(signed_in).open()
    expect_accessible(signed_in)
    booking.search("Терапевт")
    booking.choose_another_day()
    expect_accessible(signed_in)
    booking.choose_time()
    expect_accessible(signed_in)
    talon = booking.confirm()
    expect_accessible(signed_in)
    talon.cancel_button.click()
    expect_accessible(signed_in)


@pytest.mark.parametrize("address", OTHERS)
def test_every_screen_is_accessible_and_as_wide_as_the_window(signed_in: Page, address: str):
    signed_in.goto(address)
    Screen(signed_in).wait_ready()

    for width in WIDTHS:
        signed_in.set_viewport_size({"width": width, "height": 800})
        expect_accessible(signed_in)
        assert signed_in.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_in_is_accessible(cabinet: Page, scheme: str):
    cabinet.emulate_media(color_scheme=scheme)  # pyright: ignore[reportArgumentType]
    SignInScreen(cabinet).open()

    expect_accessible(cabinet)


def test_the_whole_booking_works_by_keyboard(signed_in: Page):
    BookingScreen(signed_in).open()
    signed_in.get_by_label("Специальность").focus()
    signed_in.keyboard.type("Терапевт")
    signed_in.get_by_role("button", name="Показать свободное время").press("Enter")
    booking = BookingScreen(signed_in)
    booking.choose_another_day()
    booking.times.last.press("Enter")
    expect(booking.confirm_button).to_be_visible()

    booking.confirm_button.press("Enter")

    expect(signed_in).to_have_url(re.compile(r"/appointments/29-\d{8}"))


def test_a_lost_connection_says_so_and_heals_without_losing_the_choice(signed_in: Page):
    signed_in.add_init_script(KEEP_SOCKETS)
    booking = BookingScreen(signed_in).open()
    speciality = booking.main.get_by_label("Специальность")
    speciality.select_option(label="Терапевт")

    signed_in.context.set_offline(True)
    signed_in.evaluate("sockets.forEach(socket => socket.close())")
    banner = signed_in.get_by_text("Нет связи с сервером")
    expect(banner).to_be_visible()
    signed_in.context.set_offline(False)

    expect(banner).to_be_hidden(timeout=15_000)
    expect(speciality).to_have_value("therapist")
    booking.main.get_by_role("button", name="Показать свободное время").click()
    expect(booking.times.first).to_be_visible()


def test_e5_a_page_that_breaks_says_so_in_russian_with_a_code_and_ways_on(
    new_context: Callable[..., BrowserContext], cabinet_log: CabinetLog
):
    cabinet_log.forgive("reflex.app")
    page = new_context().new_page()
    page.route(
        re.compile(r"/assets/_booking_\.\S+\.js"),
        lambda route: route.fulfill(content_type="text/javascript", body=BROKEN_PAGE),
    )
    page.goto("/booking")

    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("Страница не открылась")
    expect(main).to_contain_text("SYS-500")
    report = main.get_by_role("link", name="Сообщить об этой ошибке")
    expect(report).to_have_attribute("href", "/support?code=SYS-500")
