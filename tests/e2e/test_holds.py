"""Rows B1 and B3: a time is held while it is checked, refusals are explained, visits move."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from stand.browser import sign_in
from stand.stand import Stand
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.home import HomeScreen
from tests.e2e.simulator import SimPerson, Simulator

PHONE = {"width": 390, "height": 844}


def _choose(page: Page) -> tuple[BookingScreen, str]:
    booking = BookingScreen(page).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    return booking, booking.choose_time()


def test_b1_a_chosen_time_is_held_and_gone_from_the_pages_of_others(
    signed_in: Page, another_signed_in: Page
):
    mine, name = _choose(signed_in)
    expect(mine.main).to_contain_text(re.compile("Талон закреплён за вами на [45]:"))
    expect_accessible(signed_in)
    signed_in.reload()
    mine.arrived()
    expect(mine.main).to_contain_text(re.compile("Талон закреплён за вами на [45]:"))

    other = BookingScreen(another_signed_in).open()
    other.search("Терапевт")
    other.choose_another_day()

    expect(other.times.first).to_be_visible()
    expect(other.main.get_by_role("button", name=name, exact=True)).to_have_count(0)
    mine.confirm()


def test_b1_a_hold_survives_a_new_sign_in(enter: Callable[[SimPerson], Page], simulator: Simulator):
    person = simulator.new_person()
    page = enter(person)
    _, name = _choose(page)
    page.get_by_role("link", name="Выйти").click()
    page.wait_for_url("**/")

    again = HomeScreen(enter(person)).open().page
    expect_accessible(again)
    again.get_by_role("link", name="Продолжить запись").click()

    booking = BookingScreen(again).arrived()
    expect(booking.main).to_contain_text(name[:5])
    expect(booking.main).to_contain_text(re.compile("Талон закреплён за вами на [34]:"))
    booking.confirm()


def test_b1_a_hold_is_extended_once_and_ends_for_everybody(
    own_stand: Stand, open_page: Callable[[], Page]
):
    page = open_page()
    sign_in(page.context, own_stand)
    page.goto(f"{own_stand.cabinet_url}/booking?speciality=ent&show=1")
    booking = BookingScreen(page).arrived()
    booking.choose_time()
    _move_clock(own_stand, "200s")
    page.reload()
    booking.arrived()
    expect(page.get_by_role("status").filter(has_text="ещё на 2 минуты")).to_have_count(1)

    booking.main.get_by_role("button", name="Продлить на 5 минут").click()
    expect(booking.main).to_contain_text("закреплён за вами на 6:")
    _move_clock(own_stand, "375s")  # what is left must do for the way back to the page
    page.reload()
    booking.arrived()
    expect(booking.main.get_by_role("button", name="Продлить на 5 минут")).to_have_count(0)

    expect(booking.main).to_contain_text("Время закрепления вышло", timeout=40_000)
    expect_accessible(page)
    booking.main.get_by_role("button", name="Закрепить ещё раз").click()
    expect(booking.confirm_button).to_be_visible()


def _move_clock(stand: Stand, span: str) -> None:
    moved = httpx.post(f"{stand.cabinet_url}/_demo/clock", json={"advance": span})
    moved.raise_for_status()


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}])
def test_b1_why_a_time_cannot_be_had_is_explained_with_one_act_that_helps(
    signed_in: Page, stand: Stand | None, size: dict[str, Any]
):
    signed_in.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    booking = BookingScreen(signed_in)

    signed_in.goto(f"/booking?slot={_slot_by_referral(stand)}&show=1")

    booking.arrived().expect_refusal("BOOK-203", "нужно направление")
    why = booking.main.locator("section", has_text="Почему нельзя записаться").last
    expect(why).to_contain_text("действующее направление")
    why.get_by_text("Показать все проверки").click()
    expect(why.locator("details li")).to_have_count(17)
    expect(why.locator("details")).to_contain_text("закон: 323-ФЗ")
    expect_accessible(signed_in)

    booking.refusal.get_by_role("link", name="Записаться к терапевту").click()
    expect(booking.confirm_button).to_be_visible()
    expect(booking.main).to_contain_text("терапевт")


def test_b1_a_district_doctor_elsewhere_is_refused_with_the_own_clinic(signed_in: Page):
    booking = BookingScreen(signed_in).open()
    signed_in.goto("/booking?speciality=therapist&district=Северодвинск&show=1")
    booking.arrived()

    booking.times.last.click()

    booking.expect_refusal("BOOK-205", "поликлиника № 1")


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}])
def test_b3_a_visit_moves_to_another_time_and_keeps_its_number(
    enter: Callable[[SimPerson], Page], simulator: Simulator, size: dict[str, Any]
):
    person = simulator.new_person()
    page = enter(person)
    page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    since = simulator.cursor()
    booking, _ = _choose(page)
    talon = booking.confirm()
    assert "вы записаны" in simulator.next_message(person, "sms", since=since)["text"]
    since = simulator.cursor()

    page.goto(f"/booking?move={talon.number}")
    booking.arrived()
    expect(booking.main).to_contain_text("Старое время остаётся за вами")
    booking.choose_another_day()
    booking.times.first.click()
    expect(booking.main).to_contain_text("Талон закреплён за вами")
    expect_accessible(page)
    booking.main.get_by_role("button", name="Перенести запись").click()

    expect(page).to_have_url(re.compile(rf"/appointments/{talon.number}"))
    message = simulator.next_message(person, "sms", since=since)
    assert "запись перенесена" in message["text"]
    assert talon.number in message["text"]
    talons = (
        AppointmentsScreen(page).open().main.get_by_role("link", name=re.compile("Открыть талон"))
    )
    expect(talons).to_have_count(1)


def _slot_by_referral(stand: Stand | None) -> int:
    """A free time of a cardiologist: the pages offer none to who has no referral."""
    if stand is None:
        pytest.skip("the database of a stand that is already up is out of reach")
    with closing(sqlite3.connect(stand.data_dir / "zdrav29.sqlite")) as database:
        [(slot_id,)] = database.execute(
            "SELECT slot.id FROM slot JOIN doctor ON doctor.id = slot.doctor_id"
            " WHERE doctor.speciality_code = 'cardiologist' AND slot.status = 'free'"
            " AND slot.kind = 'referral' AND slot.starts_at > ? ORDER BY slot.id LIMIT 1",
            (f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}",),
        ).fetchall()
    return slot_id
