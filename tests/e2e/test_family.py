"""Switching the person: a child, an adult relative, and never acting for the wrong one."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from stand.stand import Stand
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.family import FamilyScreen, whose_is
from tests.e2e.simulator import SimPerson, Simulator


@pytest.fixture
def child(simulator: Simulator) -> SimPerson:
    """A boy of seven."""
    return simulator.new_person(has_entered=False, birth_date="2019-07-27", last_name="Двинской")


@pytest.fixture
def mother(simulator: Simulator, child: SimPerson) -> SimPerson:
    """His mother."""
    return simulator.new_person(children=[child.key])


@pytest.mark.parametrize("size", [{"width": 390, "height": 844}, {"width": 1280, "height": 800}])
def test_e1_b1_a_parent_books_for_a_child_in_its_cabinet_and_goes_back(
    enter: Callable[[SimPerson], Page], mother: SimPerson, child: SimPerson, size: dict[str, Any]
):
    page = enter(mother)
    page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    family = FamilyScreen(page).open()
    expect(family.main).to_contain_text("ваш ребёнок, до 27 июля 2034")
    expect_accessible(page)

    family.open_cabinet(child.last_name)

    whose = whose_is(page)
    expect(whose).to_contain_text("кабинет вашего ребёнка, до 27 июля 2034")
    expect_accessible(page)
    booking = BookingScreen(page).open()
    expect(whose).to_contain_text(child.last_name)
    booking.search("Педиатр")
    booking.choose_another_day()
    booking.choose_time()
    talon = booking.confirm()
    expect(talon.main).to_contain_text(child.last_name)

    page.get_by_role("link", name="Сменить кабинет").click()
    family.arrived().main.get_by_role("button", name="Открыть кабинет: мой кабинет").click()
    expect(page.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    expect(whose).to_have_count(0)
    AppointmentsScreen(page).open().expect_nothing_ahead()


def test_b1_a_visit_at_the_same_time_in_the_family_is_named_before_it_is_made(
    enter: Callable[[SimPerson], Page], mother: SimPerson, child: SimPerson, stand: Stand | None
):
    hers, his = _at_the_same_time(stand, "therapist", "pediatrician")
    page = enter(mother)
    page.goto(f"/booking?slot={hers}&show=1")
    BookingScreen(page).arrived().confirm()

    FamilyScreen(page).open().open_cabinet(child.last_name)
    page.goto(f"/booking?slot={his}&show=1")

    check = BookingScreen(page).arrived()
    expect(check.main).to_contain_text(f"В это же время в семье другой приём: {mother.last_name}")
    expect_accessible(page)
    check.confirm()


def _at_the_same_time(stand: Stand | None, *specialities: str) -> tuple[int, int]:
    """Two free times in clinics of Arkhangelsk that begin at one moment."""
    if stand is None:
        pytest.skip("the database of a stand that is already up is out of reach")
    with closing(sqlite3.connect(stand.data_dir / "zdrav29.sqlite")) as database:
        free = (
            "SELECT slot.id, starts_at FROM slot JOIN doctor ON doctor.id = doctor_id"
            " JOIN branch ON branch.id = branch_id JOIN clinic ON clinic.id = clinic_id"
            " WHERE speciality_code = ? AND district = 'Архангельск' AND status = 'free'"
            " AND slot.kind = 'self' AND starts_at > ?"
        )
        tomorrow = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}"
        one, other = (
            {at: slot for slot, at in database.execute(free, (code, tomorrow))}
            for code in specialities
        )
    moment = max(set(one) & set(other))
    return one[moment], other[moment]


def test_e6_the_profile_names_the_children_and_the_clinic(
    enter: Callable[[SimPerson], Page], mother: SimPerson, child: SimPerson
):
    page = enter(mother)

    page.goto("/profile")

    rows = {"Ребёнок": child.last_name, "Прикрепление": "поликлиника № 1"}
    for term, value in rows.items():
        row = page.locator("main").get_by_role("term").filter(has_text=term).locator("..")
        expect(row).to_contain_text(value)


def test_an_act_in_a_tab_that_shows_another_cabinet_is_refused(
    enter: Callable[[SimPerson], Page], mother: SimPerson, child: SimPerson
):
    page = enter(mother)
    booking = BookingScreen(page).open()
    booking.search("Терапевт")
    booking.choose_another_day()
    booking.choose_time()
    other = page.context.new_page()
    FamilyScreen(other).open().open_cabinet(child.last_name)

    booking.confirm_button.click()

    booking.expect_refusal("ACCESS-409", "другой кабинет")
    booking.refusal.get_by_role("link", name="Показать открытый кабинет").click()
    expect(whose_is(page)).to_contain_text("кабинет вашего ребёнка")
    AppointmentsScreen(page).open().expect_nothing_ahead()


def test_an_adult_relative_lets_one_in_by_the_code_and_closes_the_door_again(
    enter: Callable[[SimPerson], Page], simulator: Simulator, mother: SimPerson
):
    father = simulator.new_person(birth_date="1948-10-15", last_name="Мезенский")
    facts: Any = simulator.esia.person(father.key)
    [policy] = [one["number"] for one in facts["documents"] if one["type"] == "MDCL_PLCY"]
    fathers = FamilyScreen(enter(father)).open()
    family = FamilyScreen(enter(mother)).open()
    family.main.get_by_role("button", name="Отправить код близкому").click()
    expect(family.main.get_by_label("Номер полиса ОМС")).to_be_focused()
    expect_accessible(family.page)

    since = simulator.cursor()
    family.main.get_by_label("Номер полиса ОМС").fill(policy)
    family.main.get_by_label("Дата рождения").fill("1948-10-15")
    family.main.get_by_role("button", name="Отправить код близкому").click()
    message = simulator.next_message(father, "sms", since=since)
    assert mother.last_name in message["text"]
    family.main.get_by_label("Код от близкого").fill(message["code"])
    family.main.get_by_role("button", name="Подтвердить доступ").click()

    family.open_cabinet("Мезенский")
    expect(whose_is(family.page)).to_contain_text("кабинет вашего близкого")

    fathers.open().main.get_by_role("button", name=re.compile("^Отозвать доступ")).click()
    expect(fathers.main).to_contain_text("Никто, кроме вас.")
    family.page.reload()
    family.wait_ready()
    expect(whose_is(family.page)).to_have_count(0)
