"""When signing in goes wrong: likely reasons, recovery, support; nothing tells who exists."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sim_client import PASSWORD, Stand

from esia_sim import passwords

ANNA, TIMUR, SEMYON, NOBODY = (
    "+7(900)000-01-01", "+7(900)000-01-11", "+7(900)000-01-18", "+7 900 999-99-99",
)  # fmt: skip
NEW = "Mezen-2027"
FORM = {
    "last_name": "Двинская",
    "first_name": "Анна",
    "birth_date": "12.4.1988",
    "policy": "2900 0000 0000 1013",
    "contact": "8 (900) 555-00-11",
}


def enter(stand: Stand, login: str, password: str):
    return stand.browser.fill("/login", login=login, password=password)


def bare(text: str) -> str:
    return re.sub(r'value="[^"]*"', "", text)


def letters(stand: Stand, to: str) -> list[str]:
    found = stand.browser.get("/_sim/messages", params={"to": to}).json()["messages"]
    return [message["text"] for message in found]


def reset_password(stand: Stand, contact: str, person: str, password: str = NEW):
    stand.browser.post("/recovery", data={"contact": contact})
    stand.browser.fill("/recovery/code", code=stand.last_code(person))
    return stand.browser.fill("/recovery/password", password=password, again=password)


def test_likely_reasons_are_the_same_for_everybody(stand: Stand):
    of_anna = bare(enter(stand, ANNA, "wrong").text)
    stand.browser.cookies.clear()

    assert bare(enter(stand, NOBODY, "wrong").text) == of_anna
    assert "Caps Lock" in of_anna


def test_an_old_password_is_told_to_who_knows_it(stand: Stand):
    assert "Этот пароль прежний" in enter(stand, TIMUR, "Pinega-2025").text
    assert "прежний, вы" not in enter(stand, ANNA, "Pinega-2025").text


@pytest.mark.parametrize("number", ["1000000000110", "2999001180", "7707083893"])
def test_an_organisation_number_is_told_apart_whether_linked_or_not(stand: Stand, number: str):
    assert "Организация не привязана" in enter(stand, number, "wrong").text


def test_the_head_of_an_organisation_signs_in_by_its_number(stand: Stand):
    assert enter(stand, "1000000000110", PASSWORD).headers["Location"] == "/login/code"


@pytest.mark.parametrize("login", [ANNA, NOBODY])
def test_a_password_in_another_layout_is_told_to_everybody(stand: Stand, login: str):
    assert "русская раскладка" in enter(stand, login, "Зфыыцщкв-1").text


def test_an_unconfirmed_address_is_confirmed_by_a_letter_and_then_signs_in(stand: Stand):
    page = enter(stand, "rita@pomor.example", PASSWORD)
    assert "Адрес почты не подтверждён" in page.text
    token = page.text.split('name="token" value="')[1].split('"')[0]

    stand.browser.post("/login/letter", data={"token": token})
    found = re.search(r"/email/\S+", letters(stand, "rita")[-1])
    assert found
    looked = stand.browser.get(found[0])
    confirmed = stand.browser.post(found[0])

    assert "Подтвердить адрес" in looked.text
    assert "Адрес подтверждён" in confirmed.text
    assert stand.browser.post(found[0]).status_code == 410
    assert enter(stand, "rita@pomor.example", PASSWORD).headers["Location"] == "/login/code"


def test_who_does_not_know_the_password_learns_nothing_of_the_address(stand: Stand):
    assert "Отправить письмо ещё раз" not in enter(stand, "rita@pomor.example", "wrong").text


@pytest.mark.parametrize("login", [ANNA, TIMUR, NOBODY, "7707083893", "rita@pomor.example"])
def test_every_refusal_costs_the_same_work(stand: Stand, monkeypatch, login: str):
    verified = []
    monkeypatch.setattr(passwords, "_fits", lambda known, _: verified.append(known))

    enter(stand, login, "wrong")

    assert len(verified) == 1 + passwords.OLD_KEPT


@pytest.mark.parametrize(("contact", "person"), [(ANNA, "anna"), ("anna@pomor.example", "anna")])
def test_a_new_password_is_set_after_a_code_and_everything_else_ends(
    stand: Stand, contact: str, person: str
):
    elsewhere = stand.new_browser()
    elsewhere.sign_in_as(person)

    done = reset_password(stand, contact, person)

    assert done.headers["Location"] == "/recovery/done"
    assert list(stand.world.sessions) == []
    assert "Пароль вашей учётной записи изменён" in letters(stand, person)[-1]
    assert "Этот пароль прежний" in enter(stand, ANNA, PASSWORD).text
    assert enter(stand, ANNA, NEW).headers["Location"] == "/login/code"


def test_a_contact_that_nobody_has_looks_the_same_at_every_step(stand: Stand):
    seen = {}
    for contact in (NOBODY, ANNA):
        stand.browser.cookies.clear()
        steps = [stand.browser.post("/recovery", data={"contact": contact})]
        steps.append(stand.browser.get("/recovery/code"))
        steps += [stand.browser.fill("/recovery/code", code="000000") for _ in range(4)]
        seen[contact] = [(step.status_code, bare(step.text)) for step in steps]

    assert seen[NOBODY] == seen[ANNA]


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "не короче 8"),
        (NEW, "Mezen-2028", "Пароли не совпадают"),
        (PASSWORD, PASSWORD, "уже был"),
        ("", "", "Придумайте пароль"),
    ],
)
def test_a_password_that_will_not_do_is_told_why(
    stand: Stand, password: str, again: str, words: str
):
    stand.browser.post("/recovery", data={"contact": ANNA})
    stand.browser.fill("/recovery/code", code=stand.last_code())

    page = stand.browser.fill("/recovery/password", password=password, again=again)

    assert words in page.text
    assert PASSWORD not in page.text


def test_the_step_of_the_password_opens_by_a_code_only(stand: Stand):
    stand.browser.post("/recovery", data={"contact": ANNA})

    assert stand.browser.get("/recovery/password").headers["Location"] == "/recovery"


def test_a_recovery_is_used_up_by_its_password(stand: Stand):
    reset_password(stand, ANNA, "anna")

    assert stand.browser.get("/recovery/password").headers["Location"] == "/recovery"


def test_recovery_does_not_open_an_account_that_was_closed(stand: Stand):
    stand.browser.post("/recovery", data={"contact": "+7(900)000-01-08"})

    answer = stand.browser.fill("/recovery/code", code=stand.last_code("zoya"))

    assert answer.status_code == 403
    assert "закрыл администратор" in answer.text


def test_five_wrong_passwords_lock_and_the_person_hears_of_it(stand: Stand):
    for _ in range(5):
        page = enter(stand, ANNA, "wrong")

    assert "Вход временно закрыт" in page.text
    assert "/recovery" in page.text
    assert "Вход в вашу учётную запись закрыт до" in letters(stand, "anna")[-1]


def ask_support(stand: Stand, **changes: str):
    return stand.browser.post("/recovery/support", data=FORM | changes)


def decide(stand: Stand, decision: str):
    [found] = stand.browser.get("/_sim/conversations").json()["conversations"]
    path = f"/_sim/conversations/{found['number']}"
    return stand.browser.post(path, json={"decision": decision})


def test_support_moves_the_account_to_a_new_contact_for_who_is_believed(stand: Stand):
    page = ask_support(stand).headers["Location"]
    assert "Специалист проверяет" in stand.browser.get(page).text

    decide(stand, "believe")
    found = re.search(r"/recovery/link/\S+", letters(stand, "+79005550011")[-1])
    assert found
    stand.browser.post(found[0])
    stand.browser.fill("/recovery/password", password=NEW, again=NEW)

    assert "Личность подтверждена" in stand.browser.get(page).text
    assert enter(stand, "+79005550011", NEW).headers["Location"] == "/login/code"


@pytest.mark.parametrize(
    ("changes", "decision"), [({"last_name": "Иная"}, "believe"), ({}, "refuse")]
)
def test_who_is_not_believed_or_does_not_exist_reads_the_same_refusal(
    stand: Stand, changes: dict[str, str], decision: str
):
    page = ask_support(stand, **changes).headers["Location"]

    decide(stand, decision)

    assert "Подтвердить личность не получилось" in stand.browser.get(page).text
    assert letters(stand, "+79005550011") == []


def test_a_request_is_decided_once_and_read_by_its_own_browser_only(stand: Stand):
    page = ask_support(stand).headers["Location"]

    decisions = [decide(stand, "refuse").status_code, decide(stand, "believe").status_code]

    assert decisions == [200, 409]
    assert stand.new_browser().get(page).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("birth_date", "31.02.1988", "Проверьте дату"),
        ("policy", "2900000000000016", "Проверьте номер полиса"),
        ("contact", "нет", "нужен телефон"),
        ("last_name", "", "Введите фамилию"),
    ],
)
def test_a_form_for_support_says_how_to_repair_it_and_keeps_the_rest(
    stand: Stand, field: str, value: str, words: str
):
    page = ask_support(stand, **{field: value})

    assert words in page.text
    assert FORM["first_name"] in page.text


def test_a_sign_in_from_a_new_device_is_announced_but_not_the_first(stand: Stand):
    def sign_in():
        enter(stand, ANNA, PASSWORD)
        stand.browser.fill("/login/code", code=re.findall(r"\d{6}", letters(stand, "anna")[-1])[0])

    sign_in()
    stand.browser.get("/idp/ext/Logout")
    sign_in()
    assert not any("нового устройства" in text for text in letters(stand, "anna"))
    stand.browser = stand.new_browser()
    sign_in()

    assert "Вход с нового устройства" in letters(stand, "anna")[-1]


def test_a_link_dies_after_a_day_or_when_the_address_changes(stand: Stand):
    token = enter(stand, "rita@pomor.example", PASSWORD).text.split('name="token" value="')[1]
    stand.browser.post("/login/letter", data={"token": token.split('"')[0]})
    found = re.search(r"/email/\S+", letters(stand, "rita")[-1])
    assert found
    stand.world.put_person(replace(stand.world.people["rita"], email="other@pomor.example"))

    assert stand.browser.post(found[0]).status_code == 410
    stand.clock.advance(timedelta(days=1))
    assert stand.browser.get(found[0]).status_code == 410


def test_a_phone_that_reads_like_a_snils_does_not_reset_its_owners_password(stand: Stand):
    stand.browser.call("PATCH", "/_sim/people/anna", json={"snils": "790-055-500 94"})

    stand.browser.post("/recovery", data={"contact": "+7 900 555-00-94"})

    assert letters(stand, "+79005550094") == []
    assert letters(stand, "anna") == []
