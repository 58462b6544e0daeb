"""Rows A1, A2 and A3: services, changing the clinic by the clock, and its history."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from stand.stand import Stand
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.attachment import AttachmentScreen, HistoryScreen, ServicesScreen
from tests.e2e.screens.doctor_choice import DoctorChoiceScreen
from tests.e2e.screens.family import FamilyScreen, whose_is
from tests.e2e.simulator import SimPerson, Simulator, simulator_of, wait_until

SEVERODVINSK = "Северодвинская городская больница № 1"
CHILDREN = "Мезенская центральная районная больница"
SIZES = [{"width": 390, "height": 844}, {"width": 1280, "height": 800}]


class Patient:
    """A patient of a stand whose clock nobody else looks at."""

    def __init__(self, page: Page, stand: Stand, simulator: Simulator) -> None:
        self.page = page
        self._stand, self._simulator = stand, simulator
        self._person = simulator.new_person()

    def enter(self, address: str) -> None:
        """Sign in, again if need be, and go there."""
        self._simulator.put_session(self.page.context, self._person)
        self.page.goto(f"{self._stand.cabinet_url}/auth/esia/login?next={address}")
        self.page.wait_for_selector('main[data-ready="true"]')

    def give_visits(self, *specialities: str) -> None:
        """Book visits of the days to come for her, one of each speciality."""
        known: dict[str, Any] = self._simulator.esia.person(self._person.key)
        person = f"{self._stand.cabinet_url}/_demo/people/{known['oid']}"
        visits = [
            {"speciality": one, "in_days": day} for day, one in enumerate(specialities, start=5)
        ]
        httpx.put(person, json={"visits": visits}, timeout=20).raise_for_status()

    def wait_by_the_clock(self, span: str, words: str) -> None:
        """Let time pass for cabinet and ESIA alike; her session has ended, so she enters again."""
        self._simulator.esia.move_clock(advance=span)
        clock = f"{self._stand.cabinet_url}/_demo/clock"
        httpx.post(clock, json={"advance": span}).raise_for_status()
        self.enter("/attachment")
        wait_until(lambda: self._sees(words))

    def _sees(self, words: str) -> bool:
        self.page.reload()
        self.page.wait_for_selector('main[data-ready="true"]')
        return words in self.page.locator("main").inner_text()


@pytest.fixture
def patient(
    own_stand: Stand, open_page: Callable[[], Page], request: pytest.FixtureRequest
) -> Iterator[Patient]:
    """A patient of a stand whose clock nobody else looks at."""
    with simulator_of(request, own_stand.simulator_url, own_stand.cabinet_url) as simulator:
        yield Patient(open_page(), own_stand, simulator)


def test_a1_services_tell_the_attachment_and_lead_to_it(signed_in: Page):
    services = ServicesScreen(signed_in).open()
    expect(services.main).to_contain_text("Архангельская городская клиническая поликлиника № 1")
    expect_accessible(signed_in)

    group = services.main.get_by_role("group", name="Медицинские услуги")
    group.get_by_role("link", name="Прикрепление к поликлинике").click()

    attachment = AttachmentScreen(signed_in).arrived()
    expect(attachment.main).to_contain_text("Привязка — то же, что прикрепление")
    expect(attachment.main.get_by_role("link", name="Обратная связь")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a2_a3_the_clinic_is_changed_within_a_day_and_the_history_tells_it(
    patient: Patient, size: dict[str, Any]
):
    page = patient.page
    page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    patient.enter("/services")
    page.get_by_role("link", name="Прикрепление к поликлинике").click()
    attachment = AttachmentScreen(page).arrived()
    expect_accessible(page)
    attachment.choose(SEVERODVINSK)
    expect(attachment.main).to_contain_text("не дольше двух рабочих дней")
    expect_accessible(page)
    attachment.send()
    expect(page.get_by_role("status").filter(has_text="отправлено")).to_be_visible()
    expect(attachment.main).to_contain_text("На рассмотрении")
    expect(attachment.main).not_to_contain_text("Сменить поликлинику можно")
    expect_accessible(page)

    patient.wait_by_the_clock("3h", "Подтверждено")
    patient.wait_by_the_clock("12h", "по вашему заявлению")

    expect(attachment.main).to_contain_text(SEVERODVINSK)
    expect(attachment.main).to_contain_text("Следующая смена — с")
    attachment.main.get_by_role("link", name="История привязок").click()
    history = HistoryScreen(page).arrived()
    expect(history.main.get_by_role("listitem")).to_have_count(3)
    expect(history.main).to_contain_text("Действует")
    expect_accessible(page)


def test_a2_a3_a_parent_changes_the_clinic_of_a_child_and_its_history_tells_it(
    enter: Callable[[SimPerson], Page], simulator: Simulator, cabinet_url: str
):
    child = simulator.new_person(has_entered=False, birth_date="2019-07-27", last_name="Двинской")
    mother = simulator.new_person(children=[child.key])
    page = enter(mother)
    FamilyScreen(page).open().open_cabinet(child.last_name)
    attachment = AttachmentScreen(page).open()
    expect(whose_is(page)).to_contain_text(child.last_name)

    attachment.choose(CHILDREN)
    attachment.send()
    number = attachment.sent_number()
    decided = httpx.post(f"{cabinet_url}/_demo/clinic", json={"decide": number})

    assert decided.status_code == 204
    history = HistoryScreen(page).open()
    expect(history.main.get_by_role("button", name="Распечатать")).to_be_visible()
    asked = history.main.get_by_role("listitem").filter(has_text=number)
    expect(asked).to_contain_text(CHILDREN)
    expect(asked).to_contain_text("Подтверждено")
    expect(asked).to_contain_text(re.compile(r"Подано .+, \d\d:\d\d\. Решение — .+, \d\d:\d\d\."))
    expect(whose_is(page)).to_contain_text(child.last_name)
    expect_accessible(page)
    FamilyScreen(page).open().main.get_by_role("button", name="мой кабинет").click()
    expect(page.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    expect(HistoryScreen(page).open().main).not_to_contain_text(number)


def test_a2_for_a_child_of_fourteen_nobody_else_applies_and_is_told_so_before_anything_is_chosen(
    enter: Callable[[SimPerson], Page], simulator: Simulator
):
    born = (datetime.now(UTC) - timedelta(days=14.5 * 365.25)).date()
    child = simulator.new_person(
        has_entered=False, birth_date=born.isoformat(), last_name="Двинской"
    )
    page = enter(simulator.new_person(children=[child.key]))
    FamilyScreen(page).open().open_cabinet(child.last_name)
    attachment = AttachmentScreen(page).open()

    attachment.main.get_by_role("button", name="Изменить привязку").click()

    attachment.expect_refusal("ATT-304", "С 14 лет поликлинику выбирают сами")
    expect(attachment.main).to_contain_text("Где вы прикреплены")
    expect_accessible(page)
    attachment.refusal.get_by_role("link", name="Сменить кабинет").click()
    FamilyScreen(page).arrived()


def test_a2_of_the_visits_in_the_old_clinic_those_that_are_ticked_are_called_off(patient: Patient):
    page = patient.page
    patient.enter("/attachment")
    patient.give_visits("therapist", "surgeon")
    attachment = AttachmentScreen(page).arrived()
    attachment.choose(SEVERODVINSK)
    old = attachment.main.get_by_role("group", name="Ваши записи в прежней поликлинике")
    expect(old.get_by_role("checkbox")).to_have_count(2)
    expect_accessible(page)

    old.get_by_role("checkbox", name="Отменить: терапевт").check()
    attachment.send()
    expect(page.get_by_role("status").filter(has_text="отправлено")).to_be_visible()
    patient.wait_by_the_clock("3h", "Подтверждено")
    patient.enter("/appointments")
    cancel = page.get_by_role("main").get_by_role("button", name=re.compile("^Отменить:"))
    expect(cancel).to_have_count(2)

    patient.wait_by_the_clock("12h", "по вашему заявлению")

    patient.enter("/appointments")
    expect(cancel).to_have_count(1)
    expect(cancel).to_have_accessible_name(re.compile("хирург"))


def test_a2_a_doctor_is_chosen_once_a_year_by_the_clock(patient: Patient):
    page = patient.page
    patient.enter("/attachment")
    attachment = AttachmentScreen(page).arrived()
    attachment.main.get_by_role("link", name="Выбрать врача").click()
    choice = DoctorChoiceScreen(page).arrived()
    expect(choice.main).to_contain_text("Ваш врач")
    expect_accessible(page)
    name = choice.choose_another()
    expect_accessible(page)
    choice.send()
    expect(page.get_by_role("status").filter(has_text="отправлено")).to_be_visible()
    expect(attachment.main).to_contain_text("На рассмотрении")

    patient.wait_by_the_clock("3h", "Подтверждено")
    patient.wait_by_the_clock("12h", "вы выбрали врача")

    expect(attachment.main).to_contain_text(name)
    attachment.main.get_by_role("link", name="Выбрать врача").click()
    choice.arrived()
    expect(choice.main).to_contain_text("Следующий выбор — с")
    expect(choice.main.get_by_role("link", name="Выбрать:")).to_have_count(0)


def test_a3_who_is_attached_nowhere_is_told_so_and_led_to_the_clinics(
    enter: Callable[[SimPerson], Page], simulator: Simulator
):
    page = enter(simulator.of_the_cast("galya"))
    history = HistoryScreen(page).open()
    expect(history.main).to_contain_text("Вы ещё ни к какой поликлинике не прикреплялись")
    expect_accessible(page)
    choice = DoctorChoiceScreen(page).open()
    expect(choice.main).to_contain_text("Вы не прикреплены к поликлинике")
    expect_accessible(page)

    choice.main.get_by_role("link", name="Назад к прикреплению").last.click()

    attachment = AttachmentScreen(page).arrived()
    expect(attachment.main).to_contain_text("Вы не прикреплены к поликлинике")
    expect_accessible(page)
    attachment.main.get_by_role("button", name="Изменить привязку").click()
    expect(attachment.main.get_by_role("heading", name="Выберите поликлинику")).to_be_focused()


def test_a2_moving_asks_the_new_address_and_nothing_is_lost(signed_in: Page):
    attachment = AttachmentScreen(signed_in).open()
    attachment.choose(SEVERODVINSK)

    attachment.main.get_by_label("Почему меняете").select_option(label="Переезд")
    attachment.send()

    address = attachment.main.get_by_label("Новый адрес")
    expect(address).to_be_focused()
    expect(address).to_have_attribute("aria-invalid", "true")
    expect(attachment.main.get_by_label("Почему меняете")).to_have_value("moved")
    address.fill("Северодвинск, улица Ломоносова, 1")
    attachment.send()
    expect(attachment.main).to_contain_text("На рассмотрении")

    attachment.main.get_by_role("button", name="Отозвать заявление").click()

    expect(signed_in.get_by_role("status").filter(has_text="Заявление отозвано")).to_be_visible()
    expect(attachment.main.get_by_role("button", name="Изменить привязку")).to_be_visible()


def test_a2_a_clinic_without_places_says_so_before_it_is_chosen(signed_in: Page):
    signed_in.goto("/attachment?step=choose&q=Котлас")

    found = AttachmentScreen(signed_in).arrived().main.get_by_role("listitem")

    expect(found.filter(has_text="мест нет")).to_have_count(1)
    expect(signed_in.get_by_role("button", name="Выбрать:")).to_have_count(0)
    expect_accessible(signed_in)


@pytest.mark.parametrize("size", SIZES)
def test_a2_the_map_of_a_district_leads_to_the_clinic_in_the_list(
    signed_in: Page, size: dict[str, Any]
):
    signed_in.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    signed_in.goto("/attachment?step=choose")
    attachment = AttachmentScreen(signed_in).arrived()
    attachment.main.get_by_label("Район", exact=True).select_option("Северодвинск")
    attachment.main.get_by_role("button", name="Найти").click()
    drawn = attachment.main.get_by_role("complementary", name="Карта района")
    expect(drawn).to_contain_text("На карте: Северодвинск")
    mark = drawn.get_by_role("button", name="проспект Бутомы, 14: показать в списке")
    expect(mark).to_have_attribute("aria-pressed", "false")

    mark.click()

    expect(mark).to_have_attribute("aria-pressed", "true")
    expect(attachment.main.get_by_role("heading", name=SEVERODVINSK)).to_be_focused()
    expect_accessible(signed_in)
