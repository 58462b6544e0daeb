"""Rows P3 and A2 from the other side: the desk of an operator."""

import re

import httpx
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.attachment import AttachmentScreen
from tests.e2e.screens.desk import DeskScreen
from tests.e2e.screens.home import HomeScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.screens.support import SupportScreen

SEVERODVINSK = "Северодвинская городская больница № 1"


def test_p3_an_operator_asks_back_answers_and_the_patient_reads_it_and_opens_it_again(
    signed_in: Page, operator: Page
):
    support = SupportScreen(signed_in).open()
    support.ask("Не вижу талонов к окулисту")
    number = support.sent_number()

    HomeScreen(operator).open()
    operator.get_by_role("link", name="Рабочее место").click()
    desk = DeskScreen(operator).arrived()
    expect_accessible(operator)
    desk.open_request(number)
    expect_accessible(operator)
    operator.get_by_role("button", name="Взять в работу").click()
    desk.expect_told("у вас в работе")
    desk.reply("В каком городе?", "question")

    mine = support.open().main.get_by_role("listitem").filter(has_text=number).first
    expect(mine).to_contain_text("Ждём вашего ответа")
    expect(mine).to_contain_text("В каком городе?")
    mine.get_by_text("Ответить на вопрос").click()
    mine.get_by_label("Что добавить").fill("В Котласе")
    mine.get_by_role("button", name="Добавить").click()
    expect(mine).to_contain_text("Принято")

    desk.reply("Талоны будут завтра в восемь")

    mine = support.open().main.get_by_role("listitem").filter(has_text=number).first
    expect(mine).to_contain_text("Есть ответ")
    expect(mine).to_contain_text("Талоны будут завтра в восемь")
    signed_in.goto("/home")
    expect(signed_in.locator("main")).to_contain_text("есть ответ")
    operator.get_by_role("button", name="Закрыть без ответа").click()
    desk.expect_told("закрыто")
    mine = support.open().main.get_by_role("listitem").filter(has_text=number).first
    mine.get_by_text("Открыть снова").click()
    mine.get_by_label("Что добавить").fill("Талонов всё нет")
    mine.get_by_role("button", name="Добавить").click()
    expect(mine).to_contain_text("Ответим до")


def test_a2_of_two_operators_one_decides_and_the_other_sees_the_decision(
    signed_in: Page, operator: Page
):
    attachment = AttachmentScreen(signed_in).open()
    attachment.choose(SEVERODVINSK)
    attachment.send()
    number = attachment.sent_number()
    other = operator.context.new_page()
    first, second = DeskScreen(operator).open(), DeskScreen(other).open()

    first.decide(number, "Отказать: данные полиса не совпали")
    first.expect_told("Решение отправлено")
    second.decide(number, "Подтвердить")

    second.expect_refusal("ATT-306", re.compile("отказано, причина: данные полиса не совпали"))
    expect(second.application(number)).to_contain_text("Отказано")
    expect(second.application(number).get_by_role("button")).to_have_count(0)
    attachment.open()
    last = attachment.main.get_by_role("heading", name="Последнее заявление").locator("../..")
    expect(last).to_contain_text("Отказано")
    expect(last).to_contain_text("данные полиса не совпали")
    expect(attachment.main.get_by_role("button", name="Изменить привязку")).to_be_visible()
    signed_in.goto("/attachment/history")
    expect(signed_in.locator("main")).to_contain_text("данные полиса не совпали")


def test_a_visit_is_called_off_from_the_desk_and_what_is_missing_is_said(
    operator: Page,
):
    desk = DeskScreen(operator).open()

    operator.get_by_label("Номер талона").fill("17")
    operator.get_by_role("button", name="Отменить приём").click()
    expect(operator.get_by_label("Номер талона")).to_be_focused()
    expect(desk.main).to_contain_text("29, чёрточка и восемь цифр")
    operator.get_by_label("Номер талона").fill("29-00000000")
    operator.get_by_label("Почему").fill("Врач заболел")
    operator.get_by_role("button", name="Отменить приём").click()

    expect(desk.main).to_contain_text("Приёма с таким номером нет")
    expect_accessible(operator)


def test_for_everybody_else_the_desk_is_the_page_that_is_not_there(
    cabinet: Page, signed_in: Page, cabinet_url: str
):
    assert httpx.get(f"{cabinet_url}/desk").status_code == 404
    signed_in.goto("/no-such-page")
    Screen(signed_in).wait_ready()
    nowhere = signed_in.locator("main").inner_html()

    for page in (signed_in, cabinet):
        answer = page.goto("/desk")
        Screen(page).wait_ready()

        assert answer
        assert answer.status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text("Такой страницы нет")
        expect(page).to_have_title("Такой страницы нет — Здрав29")
        assert page.locator("main").inner_html() == nowhere


def test_p4_an_operator_announces_an_outage_and_takes_it_away(signed_in: Page, operator: Page):
    desk = DeskScreen(operator).open()
    operator.get_by_role("button", name="Объявить", exact=True).click()
    expect(operator.get_by_label("Что не работает и что делать")).to_be_focused()

    operator.get_by_label("Сервис").select_option("СМС")
    operator.get_by_label("Что не работает и что делать").fill("СМС приходят с опозданием.")
    operator.get_by_role("button", name="Объявить", exact=True).click()
    desk.expect_told("Объявление опубликовано")
    expect_accessible(operator)
    signed_in.goto("/home")
    expect(signed_in.get_by_text("СМС приходят с опозданием.")).to_be_visible()

    operator.get_by_role("button", name=re.compile("^Снять: .*СМС приходят")).click()

    desk.expect_told("Объявление снято")
    signed_in.goto("/home")
    Screen(signed_in).wait_ready()
    expect(signed_in.get_by_text("СМС приходят с опозданием.")).to_have_count(0)
