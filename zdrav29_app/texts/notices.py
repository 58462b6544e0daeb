"""SMS and letters, from the facts that services/notices.py keeps in the outbox."""

from dataclasses import dataclass
from datetime import datetime

from zdrav29_app.texts import (
    attachment,
    certificates,
    common,
    devices,
    formats,
    support,
    talon,
    visit_links,
)
from zdrav29_app.texts.waiting import WHY_ENDED
from zdrav29_app.values import FullName, local


@dataclass(frozen=True)
class Words:
    """A finished message; an SMS has no subject."""

    subject: str
    text: str


def words_for(kind: str, channel: str, facts: dict[str, str]) -> Words:
    """The message of a kind of notice for a channel («sms», «email», «cabinet»)."""
    if channel == "cabinet":
        text = words_for(kind, "sms", facts).text.removeprefix(f"{common.SERVICE}: ")
        return Words("", text[:1].upper() + text[1:])
    if make := _MAKERS.get(kind):
        return make(channel, facts)
    return _about_visit(kind, channel, facts)


def _about_visit(kind: str, channel: str, facts: dict[str, str]) -> Words:
    subject, opening = _HEADINGS[kind]
    if "for_last" in facts:
        opening = f"{opening}: {formats.short_name(_named('for', facts))}"
    if channel == "sms":
        return Words("", f"{common.SERVICE}: {formats.inside(opening)}. {_short(kind, facts)}")
    return Words(
        f"{subject} № {facts['number']}", "\n".join([opening + ".", "", *_rows(kind, facts)])
    )


def _code(_: str, facts: dict[str, str]) -> Words:
    return Words("", f"{common.SERVICE}: код {facts['code']}. Никому его не сообщайте.")


def _new_device(channel: str, facts: dict[str, str]) -> Words:
    at = formats.when(datetime.fromisoformat(facts["at"]))
    device = devices.in_words(facts["user_agent"])
    text = f"Вход в кабинет с нового устройства: {at}, {device}, адрес {facts['ip']}."
    way_on = "Если это были не вы, откройте «Безопасность» в кабинете или позвоните:"
    text = f"{text}{{}}{way_on} {common.SUPPORT_PHONE}."
    if channel == "sms":
        return Words("", f"{common.SERVICE}: {formats.inside(text.format(' '))}")
    return Words("Вход с нового устройства", text.format("\n\n"))


def _test(channel: str, _: dict[str, str]) -> Words:
    text = "Проверочное сообщение. Если вы его видите, уведомления доходят."
    return _either("Проверочное сообщение", text, channel)


def _either(subject: str, text: str, channel: str) -> Words:
    if channel == "sms":
        return Words("", f"{common.SERVICE}: {formats.inside(text)}")
    return Words(subject, text)


def _relative_code(_: str, facts: dict[str, str]) -> Words:
    asker = formats.short_name(_named("asker", facts))
    return Words(
        "",
        f"{common.SERVICE}: {asker} просит открыть ей или ему ваш кабинет на год. Если согласны, "
        f"назовите код {facts['code']}. Если нет, никому его не сообщайте.",
    )


def _right_given(channel: str, facts: dict[str, str]) -> Words:
    asker = formats.short_name(_named("asker", facts))
    until = formats.numeric_date(local(datetime.fromisoformat(facts["until"])).date())
    text = (
        f"Ваш кабинет до {until} может открывать {asker}. Отменить это можно в разделе «Семья» "
        f"или по телефону {common.SUPPORT_PHONE}."
    )
    return _either("Доступ к вашему кабинету", text, channel)


def _called_off(channel: str, facts: dict[str, str]) -> Words:
    opening = _opening("Клиника отменила приём", facts)
    visit = f"{formats.inside(facts['speciality'])}, {_when(facts)}"
    times = [datetime.fromisoformat(word) for word in facts["times"].split()]
    held = "; ".join(map(formats.when, times))
    until = formats.when(datetime.fromisoformat(facts["until"]))
    if channel == "sms":
        instead = f"Взамен: {held}. Выберите в кабинете до {until}"
        nothing = f"Выберите другое время в кабинете. Вопросы: {common.SUPPORT_PHONE}"
        way_on = instead if times else nothing
        return Words("", f"{common.SERVICE}: {formats.inside(opening)}: {visit}. {way_on}")
    way_on = (
        f"Взамен до {until} за вами закреплены: {held}. Выберите одно в разделе «Мои записи», там "
        "же причина отмены."
    )
    nothing = "Времени на замену не нашлось. Причина отмены и другое время: раздел «Мои записи»."
    lines = (f"{opening}: {visit}.", "", way_on if times else nothing, "", *_time_rows(facts))
    subject = f"Клиника отменила приём № {facts['number']}"
    return Words(subject, "\n".join([*lines, *_QUESTIONS]))


def _offered(channel: str, facts: dict[str, str]) -> Words:
    until = formats.clock_time(datetime.fromisoformat(facts["until"]))
    opening = _opening("Есть время из листа ожидания", facts)
    if channel == "sms":
        visit = f"{formats.inside(facts['speciality'])}, {_when(facts)}, {facts['address']}"
        return Words(
            "",
            f"{common.SERVICE}: {formats.inside(opening)}: {visit}. Держим до {until}. "
            "Ответьте в кабинете: «Лист ожидания»",
        )
    lines = (
        f"{opening}.",
        "",
        f"Закреплено за вами до {until}. Записаться или отказаться: раздел «Лист ожидания».",
        "Без ответа время перейдёт следующему, а после второго такого раза ожидание закончится.",
        "",
        *_time_rows(facts),
        *_QUESTIONS,
    )
    return Words("Время из листа ожидания", "\n".join(lines))


def _waiting_ended(channel: str, facts: dict[str, str]) -> Words:
    opening = _opening("Ожидание закончилось", facts)
    text = (
        f"{opening}: {formats.inside(facts['speciality'])}. Почему: {WHY_ENDED[facts['why']]}. "
        "Встать в лист ещё раз можно в разделе «Лист ожидания»."
    )
    return _either("Ожидание закончилось", text, channel)


def _opening(words: str, facts: dict[str, str]) -> str:
    """The first words; told to another person they name the patient."""
    if "for_last" not in facts:
        return words
    return f"{words} ({formats.short_name(_named('for', facts))})"


def _attachment(channel: str, facts: dict[str, str]) -> Words:
    until = local(datetime.fromisoformat(facts["until"]))
    text = attachment.news(
        facts["number"],
        facts["status"],
        facts.get("refusal", ""),
        until,
        clinic=facts["clinic"],
        doctor=_doctor(facts) if "doctor_last" in facts else None,
    )
    return _either(f"Заявление № {facts['number']}", text, channel)


def _certificate(channel: str, facts: dict[str, str]) -> Words:
    text = certificates.news(facts["number"], facts["status"])
    return _either(f"Справка № {facts['number']}", text, channel)


def _answered(channel: str, facts: dict[str, str]) -> Words:
    number = support.number(facts["number"])
    said = support.NOTICES.get(facts["status"], support.NOTICES["answered"])
    return _either(number, f"{number}: {said}", channel)


def _answered_outside(channel: str, facts: dict[str, str]) -> Words:
    number, text = support.number(facts["number"]), facts["text"]
    if channel == "sms":
        return Words("", f"{common.SERVICE}: {formats.inside(number)}. {text}")
    return Words(number, "\n".join([text, *_QUESTIONS]))


_QUESTIONS = ("", f"Вопросы: {common.SUPPORT_PHONE}, {common.SUPPORT_HOURS}.")
_MAKERS = {
    "attachment": _attachment,
    "certificate": _certificate,
    "answered": _answered,
    "answered_outside": _answered_outside,
    "called_off": _called_off,
    "offered": _offered,
    "waiting_ended": _waiting_ended,
    "code": _code,
    "relative_code": _relative_code,
    "right_given": _right_given,
    "new_device": _new_device,
    "test": _test,
}
_HEADINGS = {
    "talon": ("Талон", "Ваш талон"),
    "booked": ("Запись подтверждена", "Вы записаны"),
    "moved": ("Запись перенесена", "Запись перенесена"),
    "cancelled": ("Запись отменена", "Запись отменена"),
    "reminder": ("Напоминание о приёме", "Напоминаем о приёме"),
}


def _short(kind: str, facts: dict[str, str]) -> str:
    visit = f"{facts['speciality']}, {_when(facts)}, {formats.short_name(_doctor(facts))}"
    if kind == "cancelled":
        return f"{visit}, талон {facts['number']}"
    return f"{visit}, каб. {facts['room']}, {facts['address']}. Талон {facts['number']}"


def _rows(kind: str, facts: dict[str, str]) -> list[str]:
    return [
        f"Талон: {facts['number']}",
        *_time_rows(facts),
        *(_ready(facts) if kind != "cancelled" else []),
        *(_links(facts) if "confirm_url" in facts else []),
        *_QUESTIONS,
    ]


def _time_rows(facts: dict[str, str]) -> list[str]:
    return [
        f"Когда: {_when(facts)}",
        f"Врач: {formats.full_name(_doctor(facts))}, {formats.inside(facts['speciality'])}",
        f"Кабинет: {facts['room']}",
        f"Где: {facts['clinic']}, {facts['branch']}, {facts['address']}",
    ]


def _ready(facts: dict[str, str]) -> list[str]:
    papers = talon.bring(facts["referral"], has_passport=bool(facts["has_passport"]))
    rows = [
        f"{talon.ROUTE}: {facts['directions']}",
        f"Регистратура: {facts['phone']}",
        "",
        f"{talon.COME}: {formats.inside(talon.COME_EARLY)}",
        f"{talon.BRING}: {', '.join(papers)}",
    ]
    return [*rows, f"{talon.PREPARE}: {facts['prepare']}"] if facts["prepare"] else rows


def _links(facts: dict[str, str]) -> list[str]:
    return [
        "",
        f"{visit_links.WILL_COME}: {facts['confirm_url']}",
        f"{visit_links.CANNOT_COME}: {facts['cancel_url']}",
        visit_links.ONCE,
    ]


def _when(facts: dict[str, str]) -> str:
    return formats.when(datetime.fromisoformat(facts["starts_at"]))


def _doctor(facts: dict[str, str]) -> FullName:
    return _named("doctor", facts)


def _named(whose: str, facts: dict[str, str]) -> FullName:
    last, first, middle = (facts[f"{whose}_{part}"] for part in ("last", "first", "middle"))
    return FullName(last, first, middle or None)
