"""Registration: eight steps in their order, nothing lost, nothing told, checked in time."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sim_client import PASSWORD, Stand

PHONE = "+7 900 777-00-01"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
PERSON = {
    "last_name": "Новожилова",
    "first_name": "Яна",
    "middle_name": "",
    "birth_date": "3/7/1990",
    "gender": "F",
    "passport": "11 04 000000",
    "issue_date": "01.06.2012",
    "issue_id": "290001",
    "issued_by": "Учебный стенд",
}


def post(stand: Stand, step: str, **fields: str):
    """Fill the form of a step in and send it."""
    page = stand.browser.get(f"/registration/{step}").text
    token = page.split('name="token" value="')[1].split('"')[0]
    return stand.browser.post(f"/registration/{step}", data={"token": token, **fields})


def send_scans(stand: Stand, *files: tuple[str, bytes]):
    token = stand.browser.get("/registration/proof").text.split('name="token" value="')[1]
    sent: Any = [("scans", file) for file in files]
    return stand.browser.post(
        "/registration/proof", data={"token": token.split('"')[0]}, files=sent
    )


def confirm_phone(stand: Stand, phone: str = PHONE):
    stand.browser.post("/registration", data={"phone": phone})
    to = "+7" + re.sub(r"\D", "", phone)[1:]
    code = stand.browser.get("/_sim/messages", params={"to": to}).json()["messages"][-1]["code"]
    return post(stand, "code", code=code)


def up_to_proof(stand: Stand, **changes: str) -> None:
    confirm_phone(stand)
    post(stand, "email", email=changes.get("email", "Yana@Pomor.example"))
    post(stand, "password", password=PASSWORD, again=PASSWORD)
    post(stand, "person", **PERSON)
    post(stand, "numbers", snils=changes.get("snils", "900-069-998 99"), inn="")


def finish(stand: Stand):
    send_scans(stand, ("passport.png", PNG))
    return post(stand, "check", agreement="yes", privacy="yes")


def person_of(stand: Stand) -> dict[str, Any]:
    people = stand.browser.get("/_sim/people").json()["people"]
    return next(one for one in people if one["last_name"] == "Новожилова")


def test_eight_steps_make_an_account_that_rises_in_five_minutes(stand: Stand):
    up_to_proof(stand)
    done = finish(stand)
    levels = [person_of(stand)["level"]]
    for _ in range(2):
        stand.clock.advance(timedelta(seconds=150))
        levels.append(person_of(stand)["level"])

    assert done.headers["Location"] == "/registration/status"
    assert levels == ["simplified", "standard", "confirmed"]
    assert "Учётная запись готова" in stand.browser.get("/registration/status").text
    entered = stand.new_browser().fill("/login", login=PHONE, password=PASSWORD)
    assert entered.headers["Location"] == "/login/code"


def test_the_letter_confirms_the_address(stand: Stand):
    up_to_proof(stand)
    finish(stand)
    query = {"to": "yana@pomor.example"}
    letter = stand.browser.get("/_sim/messages", params=query).json()["messages"][-1]

    assert person_of(stand)["email_verified"] is False
    stand.browser.post(letter["links"][0])

    assert person_of(stand)["email_verified"] is True


def test_video_is_another_proof(stand: Stand):
    up_to_proof(stand)

    for _ in range(2):
        token = stand.browser.get("/registration/proof").text.split('name="token" value="')[1]
        answer = stand.browser.post("/registration/video", data={"token": token.split('"')[0]})

    assert answer.headers["Location"] == "/registration/check"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("scan.png", b"MZ" + b"\0" * 50, "не PDF, JPEG и не PNG"),
        ("scan.pdf", b"", "он пустой"),
        ("huge.png", PNG + b"\0" * (10 * 1024 * 1024), "больше 10 МБ"),
    ],
)
def test_a_file_that_will_not_do_is_named_and_nothing_else_is_lost(
    stand: Stand, name: str, content: bytes, words: str
):
    up_to_proof(stand)

    page = send_scans(stand, ("good.png", PNG), (name, content))

    assert name in page.text
    assert words in page.text
    assert send_scans(stand, ("good.png", PNG)).headers["Location"] == "/registration/check"


@pytest.mark.parametrize(
    ("step", "fields", "words"),
    [
        ("email", {"email": "нет"}, "Проверьте адрес"),
        ("password", {"password": "short", "again": "short"}, "не короче 8"),
        ("person", PERSON | {"birth_date": "31.02.1990"}, "Проверьте дату"),
        ("person", PERSON | {"birth_date": "01.01.2020"}, "с 14 лет"),
        ("person", PERSON | {"passport": "1104"}, "4 цифры серии"),
        ("person", PERSON | {"last_name": "Smith"}, "русскими буквами"),
        ("person", PERSON | {"gender": "X"}, "Выберите пол"),
        ("numbers", {"snils": "900-069-998 98", "inn": ""}, "Проверьте СНИЛС"),
        ("numbers", {"snils": "", "inn": "299900010153"}, "Проверьте ИНН"),
    ],
)
def test_what_is_wrong_with_a_field_is_said_so_that_it_can_be_repaired(
    stand: Stand, step: str, fields: dict[str, str], words: str
):
    up_to_proof(stand)

    page = post(stand, step, **fields)

    assert page.status_code == 200
    assert words in page.text


def test_a_number_that_its_operator_does_not_confirm_goes_no_further(stand: Stand):
    page = stand.browser.post("/registration", data={"phone": "8 900 000-00-00"})

    assert "не подтверждён оператором" in page.text


def test_a_phone_that_has_an_account_is_told_to_its_owner_only(stand: Stand):
    new = stand.browser.post("/registration", data={"phone": PHONE})
    stand.browser.cookies.clear()
    known = stand.browser.post("/registration", data={"phone": "+7(900)000-01-01"})
    assert (known.status_code, known.headers["Location"]) == (303, new.headers["Location"])

    page = post(stand, "code", code=stand.last_code())

    assert "Учётная запись уже есть" in page.text


def test_an_address_that_somebody_has_is_left_out_at_the_end(stand: Stand):
    up_to_proof(stand, email="anna@pomor.example")

    finish(stand)

    assert person_of(stand)["email"] is None
    assert "Не добавлено: адрес почты" in stand.browser.get("/registration/status").text


@pytest.mark.parametrize("step", ["email", "password", "person", "numbers", "proof", "check"])
def test_no_step_can_be_skipped(stand: Stand, step: str):
    stand.browser.post("/registration", data={"phone": PHONE})

    assert stand.browser.get(f"/registration/{step}").headers["Location"] == "/registration/code"
    assert stand.browser.post(f"/registration/{step}", data={"token": "x"}).status_code == 400


def test_both_documents_must_be_agreed_to(stand: Stand):
    up_to_proof(stand)
    send_scans(stand, ("passport.png", PNG))

    assert "согласитесь с обоими" in post(stand, "check", agreement="yes").text


def test_finishing_twice_makes_one_account(stand: Stand):
    up_to_proof(stand)
    send_scans(stand, ("passport.png", PNG))
    token = stand.browser.get("/registration/check").text.split('name="token" value="')[1]
    form = {"token": token.split('"')[0], "agreement": "yes", "privacy": "yes"}

    answers = [stand.browser.post("/registration/check", data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 400]
    names = [one["last_name"] for one in stand.browser.get("/_sim/people").json()["people"]]
    assert names.count("Новожилова") == 1


def test_another_browser_goes_on_after_confirming_the_same_phone(stand: Stand):
    up_to_proof(stand)
    stand.clock.advance(timedelta(minutes=2))
    stand.browser = stand.new_browser()

    answer = confirm_phone(stand)

    assert answer.headers["Location"] == "/registration/proof"
    assert "Новожилова" in stand.browser.get("/registration/person").text


@pytest.mark.parametrize("page", ["/agreement", "/privacy"])
def test_the_documents_can_be_read(stand: Stand, page: str):
    assert stand.browser.get(page).status_code == 200
