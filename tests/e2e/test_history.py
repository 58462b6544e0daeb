"""Rows B3 and B4: what has been, in words, and the question before a visit is called off."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from esia_sim.playwright import put_session
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.simulator import Simulator
from tests.e2e.test_talon import SIZES, book


def _enter(page: Page, simulator: Simulator, key: str) -> AppointmentsScreen:
    put_session(page.context, simulator.esia, key)
    page.goto("/auth/esia/login")
    page.wait_for_selector('main[data-ready="true"]')
    return AppointmentsScreen(page).open()


@pytest.mark.parametrize("size", SIZES)
def test_b4_past_visits_stand_in_words_and_missed_ones_are_counted_openly(
    open_page: Callable[[], Page], simulator: Simulator, size: dict[str, Any]
):
    page = open_page()
    page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]

    appointments = _enter(page, simulator, "anna")

    main = appointments.main
    expect(main.get_by_text("Приём состоялся", exact=True)).to_have_count(2)
    expect(main.get_by_text("Неявка", exact=True)).to_have_count(1)
    expect(main).to_contain_text("Перенесён на это время")
    expect(main).to_contain_text(re.compile("За последний год пропущено без отмены: 1.приём"))
    expect_accessible(page)
    main.get_by_role("link", name=re.compile("^Открыть талон")).first.click()
    again = main.get_by_role("link", name="Записаться ещё раз")
    expect(again).to_have_attribute("href", re.compile(r"^/booking\?speciality="))
    expect_accessible(page)


def test_b4_a_visit_that_the_clinic_called_off_says_why(
    open_page: Callable[[], Page], simulator: Simulator
):
    appointments = _enter(open_page(), simulator, "pavel")

    expect(appointments.main.get_by_role("heading", name="Отменённые")).to_be_visible()
    expect(appointments.main).to_contain_text("Отменён клиникой: врач заболел")


@pytest.mark.parametrize("size", SIZES)
def test_b3_who_cancels_is_asked_whether_to_move_instead(signed_in: Page, size: dict[str, Any]):
    signed_in.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    talon = book(signed_in, ahead=2)  # tomorrow morning may be less than a day away

    talon.cancel_button.click()

    question = talon.main.get_by_role("group", name="Отменить запись?")
    expect(question.get_by_role("button", name="Не отменять")).to_be_focused()
    instead = question.get_by_role("link", name="Перенести вместо отмены")
    expect(instead).to_have_attribute("href", f"/booking?move={talon.number}")
    expect(question).not_to_contain_text("меньше суток")
    expect_accessible(signed_in)
    question.get_by_role("button", name="Не отменять").click()
    talon.expect_status("Подтверждён")
