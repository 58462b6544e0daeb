"""SMS and letters: what the patient needs to come, and nothing that is nobody's business."""

import pytest

from zdrav29_app.db.tables import NoticeKind
from zdrav29_app.demo.vocabulary import vocabulary
from zdrav29_app.texts.notices import words_for
from zdrav29_app.values import Channel

THREE_PARTS = 3 * 67  # characters of a Russian SMS in three parts

FACTS = {
    "number": "29-12345678",
    "starts_at": "2026-11-24T06:15:00+00:00",
    "speciality": "Терапевт",
    "doctor_last": "Лодьева",
    "doctor_first": "Мария",
    "doctor_middle": "Петровна",
    "room": "214",
    "clinic": "ГБУЗ АО «Архангельская городская клиническая поликлиника № 1» (демо)",
    "branch": "Поликлиника на Троицком",
    "address": "Архангельск, Троицкий проспект, 99",
    "directions": "Автобусы 4, 9, 42 до остановки «Улица Логинова».",
    "phone": "+7 (8182) 00-01-10",
    "has_passport": "yes",
    "referral": "",
    "prepare": "",
}


OFFER = {**FACTS, "until": "2026-11-23T07:30:00+00:00"}
CALLED_OFF = {
    **OFFER,
    "times": "2026-11-26T06:15:00+00:00 2026-11-30T06:15:00+00:00 2026-12-01T06:15:00+00:00",
}
ABOUT_VISITS = (
    NoticeKind.BOOKED,
    NoticeKind.CANCELLED,
    NoticeKind.REMINDER,
    NoticeKind.TALON,
)


@pytest.mark.parametrize("kind", ABOUT_VISITS)
@pytest.mark.parametrize("channel", Channel)
def test_every_notice_about_a_visit_has_words_for_every_channel(kind: NoticeKind, channel: Channel):
    words = words_for(kind, channel, FACTS)

    assert FACTS["number"] in words.subject + words.text
    assert "вт, 24\u00a0ноября, 09:15" in words.text
    assert bool(words.subject) == (channel is Channel.EMAIL)


def test_an_sms_with_a_code_warns_not_to_tell_it():
    text = words_for("code", "sms", {"code": "012345"}).text

    assert "код 012345" in text
    assert "Никому его не сообщайте" in text


@pytest.mark.parametrize("channel", Channel)
def test_a_notice_of_a_new_device_says_when_with_what_and_whom_to_call(channel: Channel):
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
    facts = {"at": FACTS["starts_at"], "user_agent": firefox, "ip": "192.0.2.7"}

    text = words_for("new_device", channel, facts).text

    for words in (
        "вт, 24\u00a0ноября, 09:15",
        "Firefox, компьютер, Linux",
        "192.0.2.7",
        "8\u00a0800",
    ):
        assert words in text


@pytest.mark.parametrize("channel", Channel)
def test_an_offer_says_what_until_when_and_where_to_answer(channel: Channel):
    words = words_for("offered", channel, OFFER)

    for part in ("вт, 24\u00a0ноября, 09:15", "до 10:30", FACTS["address"], "«Лист ожидания»"):
        assert part in words.text
    assert bool(words.subject) == (channel is Channel.EMAIL)


def test_an_offer_to_a_child_names_the_child():
    child = {"for_last": "Двинской", "for_first": "Борис", "for_middle": "Павлович"}

    text = words_for("offered", "sms", {**OFFER, **child}).text

    assert "(Двинской\u00a0Б.\u00a0П.)" in text


@pytest.mark.parametrize("channel", Channel)
def test_a_visit_called_off_says_what_is_held_instead_and_until_when(channel: Channel):
    words = words_for("called_off", channel, CALLED_OFF)

    for part in (
        "вт, 24\u00a0ноября, 09:15",
        "чт, 26\u00a0ноября, 09:15",
        "пн, 23\u00a0ноября, 10:30",
    ):
        assert part in words.text
    assert bool(words.subject) == (channel is Channel.EMAIL)


@pytest.mark.parametrize("channel", Channel)
def test_a_visit_called_off_without_a_replacement_says_how_to_go_on(channel: Channel):
    text = words_for("called_off", channel, {**CALLED_OFF, "times": ""}).text

    assert "другое время" in text


@pytest.mark.parametrize("why", ["ignored", "period"])
@pytest.mark.parametrize("channel", Channel)
def test_the_end_of_waiting_says_why_and_how_to_begin_again(channel: Channel, why: str):
    text = words_for("waiting_ended", channel, {"speciality": "Терапевт", "why": why}).text

    assert "терапевт. Почему: " in text
    assert "Встать в лист ещё раз" in text


def test_an_sms_says_where_to_come():
    text = words_for("booked", "sms", FACTS).text

    assert text.startswith("Здрав29: вы записаны.")
    assert "каб. 214, Архангельск, Троицкий проспект, 99" in text
    assert "Лодьева\u00a0М.\u00a0П." in text


def test_an_sms_about_a_cancelled_visit_sends_nobody_to_a_room():
    text = words_for("cancelled", "sms", FACTS).text

    assert text.startswith("Здрав29: запись отменена.")
    assert "каб." not in text
    assert FACTS["address"] not in text


def test_a_letter_tells_what_to_bring_and_how_to_get_ready():
    facts = {**FACTS, "has_passport": "", "prepare": "Возьмите прививочную карту ребёнка."}

    text = words_for("talon", "email", facts).text

    assert "Взять с собой: свидетельство о рождении ребёнка, " in text
    assert "Как подготовиться: Возьмите прививочную карту ребёнка." in text
    assert "за 10–15 минут" in text


def test_a_letter_about_a_cancelled_visit_asks_to_bring_nothing():
    assert "Взять с собой" not in words_for("cancelled", "email", FACTS).text


def test_a_letter_gives_the_doctor_in_full_and_the_institution():
    words = words_for("booked", "email", FACTS)

    assert words.subject == "Запись подтверждена № 29-12345678"
    assert "Лодьева Мария Петровна" in words.text
    assert FACTS["clinic"] in words.text


def test_a_doctor_without_patronymic_leaves_no_gap():
    text = words_for("booked", "sms", {**FACTS, "doctor_middle": ""}).text

    assert "Лодьева\u00a0М.," in text


@pytest.mark.parametrize("kind", [*ABOUT_VISITS, NoticeKind.OFFERED, NoticeKind.CALLED_OFF])
def test_the_longest_sms_of_the_demo_fits_three_parts(kind: NoticeKind):
    places = [place for each in vocabulary().institutions for place in each.branches]
    longest = {
        "address": max((place.address for place in places), key=len),
        "speciality": max((each.name for each in vocabulary().professions.values()), key=len),
        "doctor_last": max(vocabulary().surnames["F"], key=len),
    }

    assert len(words_for(kind, "sms", {**CALLED_OFF, **longest}).text) <= THREE_PARTS
