"""Rows D5, D6 and P1: documents protected; the record, results and prevention made of them."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.documents import DocumentsScreen
from tests.e2e.screens.home import HomeScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.simulator import SimPerson, Simulator, cookie_header

XML = "Протокол консультации невролога"


def test_d5_another_persons_document_looks_exactly_like_a_missing_one(
    patient: Page, another_signed_in: Page, cabinet_url: str
):
    hers = DocumentsScreen(patient).open().open_document(XML).id
    stranger = {"Cookie": cookie_header(another_signed_in.context)}

    foreign, missing = (
        httpx.get(f"{cabinet_url}/files/{each}", headers=stranger) for each in (hers, 999_999)
    )
    another_signed_in.goto(f"/documents/{hers}")

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert _without_stamps(foreign.text) == _without_stamps(missing.text)
    expect(another_signed_in.get_by_text("Такого документа у вас нет")).to_be_visible()


def _without_stamps(page: str) -> str:
    return re.sub(r"[0-9a-f]{12}|\d\d(:|%3A)\d\d(:|%3A)\d\d", "", page)


def test_d5_nobody_who_is_not_signed_in_gets_a_file(patient: Page, cabinet_url: str):
    hers = DocumentsScreen(patient).open().open_document(XML).id

    answer = httpx.get(f"{cabinet_url}/files/{hers}")

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/?next=%2Fdocuments%2F{hers}"


def test_d5_every_access_is_shown_to_the_patient(patient: Page, tmp_path: Path):
    documents = DocumentsScreen(patient).open()
    documents.download(XML, tmp_path)

    document = documents.open_document(XML)

    accesses = document.main.get_by_role("listitem")
    expect(accesses.filter(has_text="скачивание")).to_be_visible()
    expect(accesses.filter(has_text="открытие")).to_be_visible()
    expect(accesses.filter(has_text="(вы)")).to_have_count(2)


def test_d5_a_document_hidden_from_others_says_so(patient: Page):
    document = DocumentsScreen(patient).open().open_document(XML)

    document.main.get_by_role("button", name="Скрыть от других").click()

    expect(patient.get_by_role("status").filter(has_text="Документ скрыт")).to_be_visible()
    documents = DocumentsScreen(patient).open()
    expect(documents.items.first).to_contain_text("Скрыт от других")


def test_d5_what_is_hidden_is_not_there_for_who_may_open_the_cabinet(
    simulator: Simulator, enter: Callable[[SimPerson], Page]
):
    son = simulator.new_person(birth_date="2012-06-01", last_name="Двинской", record="child")
    mother = enter(simulator.new_person(children=[son.key]))
    hidden = "Протокол консультации педиатра"
    document = DocumentsScreen(enter(son)).open().open_document(hidden)
    document.main.get_by_role("button", name="Скрыть от других").click()
    expect(document.page.get_by_role("status").filter(has_text="Документ скрыт")).to_be_visible()

    mother.goto("/family")
    mother.get_by_role("button", name=re.compile("^Открыть кабинет: Двинской")).click()
    expect(mother.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    documents = DocumentsScreen(mother).open()

    expect(documents.items).to_have_count(5)
    expect(documents.items.filter(has_text=hidden)).to_have_count(0)
    mother.goto(f"/documents/{document.id}")
    expect(mother.get_by_text("Такого документа у вас нет")).to_be_visible()


def test_d6_the_medical_record_is_one_page_to_print(patient: Page):
    patient.goto("/record")
    record = Screen(patient)
    record.wait_ready()

    for words in (
        "Диспансерное наблюдение",
        "Аллергии",
        "Прививки",
        "Приёмы",
        "Последние документы",
    ):
        expect(record.main.get_by_role("heading", name=words)).to_be_visible()
    expect(record.main).to_contain_text("Грипп")
    expect(record.main.get_by_role("button", name="Распечатать")).to_be_visible()
    expect_accessible(patient)


def test_p1_results_of_all_analyses_stand_on_one_page(patient: Page):
    patient.goto("/results")
    results = Screen(patient)
    results.wait_ready()

    outside = results.main.get_by_role("region").or_(results.main.locator("section")).first
    expect(outside).to_contain_text("Холестерин общий")
    expect(outside).to_contain_text("выше нормы")
    outside.locator("summary").first.click()
    expect(outside.get_by_role("row")).to_have_count(5)
    expect_accessible(patient)


def test_p1_prevention_says_when_the_check_up_is_and_what_it_holds(patient: Page):
    patient.goto("/prevention")
    prevention = Screen(patient)
    prevention.wait_ready()

    expect(prevention.main).to_contain_text(re.compile("испансеризаци.+в (этом|20..) году"))
    expect(prevention.main.get_by_role("listitem").filter(has_text="Глюкоза")).to_be_visible()
    expect(prevention.main).to_contain_text("Грипп, Ультрикс")
    for order in ("№ 404н", "№ 1122н"):
        expect(prevention.main).to_contain_text(order)
    expect_accessible(patient)


def test_p1_under_18_no_order_for_grown_people_is_cited(
    simulator: Simulator, enter: Callable[[SimPerson], Page]
):
    page = enter(simulator.new_person(birth_date="2010-07-27"))
    page.goto("/prevention")
    prevention = Screen(page)
    prevention.wait_ready()

    expect(prevention.main).to_contain_text("педиатр")
    expect(prevention.main).to_contain_text("№ 1122н")
    expect(prevention.main).not_to_contain_text("№ 404н")


def test_what_is_new_stands_on_the_home_page_without_its_name(patient: Page):
    main = HomeScreen(patient).open().main

    expect(main.get_by_role("heading", name="Новые документы")).to_be_visible()

    expect(main.get_by_role("link", name=re.compile("нов.. документ"))).to_be_visible()
    expect(main).not_to_contain_text("анализ крови")
