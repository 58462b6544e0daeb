"""Rows B1, B2, B3 and Q1: from the way in to a booked visit, and back out of it."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from esia_sim.playwright import sign_in_as
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import Simulator


@pytest.mark.parametrize("size", [{"width": 390, "height": 844}, {"width": 1280, "height": 800}])
def test_q1_a_patient_signs_in_books_gets_the_sms_and_cancels(
    cabinet: Page, simulator: Simulator, size: dict[str, Any]
):
    cabinet.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    anna = simulator.new_person()
    SignInScreen(cabinet).open().go_to_esia()
    sign_in_as(cabinet, anna.key, esia=simulator.esia)
    expect(cabinet.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    cursor = simulator.cursor()

    cabinet.get_by_role("main").get_by_role("link", name="Запись к врачу").first.click()
    booking = BookingScreen(cabinet).arrived()
    booking.search("Терапевт")
    booking.choose_another_day()
    time = booking.choose_time()[:5]
    talon = booking.confirm()

    talon.expect_status("Подтверждён")
    sms = simulator.next_message(anna, "sms", since=cursor)
    assert talon.number in sms["text"]
    assert time in sms["text"]
    letter = simulator.next_message(anna, "email", since=cursor)
    assert talon.number in letter["subject"]
    cursor = simulator.cursor()
    talon.cancel()
    talon.expect_status("Отменён вами")
    assert "отменена" in simulator.next_message(anna, "sms", since=cursor)["text"]


def test_b1_the_filters_narrow_what_is_offered(signed_in: Page):
    booking = BookingScreen(signed_in).open()

    booking.search("Терапевт", district="Северодвинск")

    options = booking.main.get_by_label("Филиал").locator("option")
    assert options.count() > 0
    for label in options.all_inner_texts():
        assert "еверодвинск" in label


def test_b2_the_talon_tells_date_time_room_doctor_and_survives_a_reload(signed_in: Page):
    booking = BookingScreen(signed_in).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    label = booking.choose_time()

    talon = booking.confirm()
    signed_in.reload()
    talon.arrived()

    room = re.search(r"кабинет (\S+)$", label)
    assert room
    expect(talon.main).to_contain_text(label[:5])
    expect(talon.main).to_contain_text(re.compile(rf"кабинет\s{re.escape(room[1])}"))
    expect(talon.main.locator("svg path").first).to_be_attached()


def test_b2_the_calendar_file_holds_the_visit(signed_in: Page):
    booking = BookingScreen(signed_in).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    talon = booking.confirm()

    with signed_in.expect_download() as download:
        talon.main.get_by_role("link", name=re.compile("^В календарь")).click()

    text = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename == f"zdrav29-{talon.number}.ics"
    assert f"UID:{talon.number}@zdrav29" in text
    assert "SEQUENCE:0" in text


def test_b3_visits_stand_on_booking_and_appointments_and_can_be_cancelled(signed_in: Page):
    booking = BookingScreen(signed_in).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    talon = booking.confirm()
    booking.open()
    mine = booking.main.get_by_role("link", name=re.compile(f"талон № {talon.number}"))
    expect(mine).to_be_visible()

    appointments = AppointmentsScreen(signed_in).open()
    appointments.cancel(re.compile("^Отменить: терапевт"))

    appointments.expect_nothing_ahead()
    expect(signed_in.get_by_role("status").filter(has_text="Запись отменена")).to_be_visible()


def test_a_second_patient_is_refused_the_same_time(signed_in: Page, another_signed_in: Page):
    first, second = BookingScreen(signed_in).open(), BookingScreen(another_signed_in).open()
    first.search("Терапевт")
    first.choose_another_day()
    name = first.choose_time()
    chosen = signed_in.url
    first.confirm()

    # an open page loses the time by itself, so she comes by an address from before
    second.page.goto(chosen)

    second.expect_refusal("SLOT-409", "только что занял другой пациент")
    expect(second.main.get_by_role("button", name=name, exact=True)).to_have_count(0)


def test_pressing_twice_makes_one_visit(signed_in: Page, demo: httpx.Client):
    booking = BookingScreen(signed_in).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    # the first press is still under way when the second one comes
    late = {"when": {"endpoint": "booking_state.confirm"}, "then": {"delay": 1}}
    demo.post("/expectations", json=late).raise_for_status()

    booking.confirm_button.dblclick()

    expect(signed_in).to_have_url(re.compile(r"/appointments/29-\d{8}"))
    appointments = AppointmentsScreen(signed_in).open()
    talons = appointments.main.get_by_role("link", name=re.compile("Открыть талон"))
    expect(talons).to_have_count(1)


def test_the_chosen_time_survives_a_reload_and_the_back_button(signed_in: Page):
    booking = BookingScreen(signed_in).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()

    signed_in.reload()
    booking.arrived()
    expect(booking.confirm_button).to_be_visible()
    signed_in.go_back()

    expect(booking.times.first).to_be_visible()
    expect(booking.confirm_button).to_have_count(0)


def test_a_second_visit_to_the_same_speciality_is_refused_with_the_first_one(signed_in: Page):
    booking = BookingScreen(signed_in).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    talon = booking.confirm()

    booking.open()
    booking.search("Терапевт")
    booking.times.last.click()

    booking.expect_refusal("BOOK-201", "Вы уже записаны")
    booking.refusal.get_by_role("link", name="Перенести эту запись").click()
    booking.arrived()
    expect(booking.main).to_contain_text("Старое время остаётся за вами")
    expect(signed_in).to_have_url(re.compile(talon.number))
