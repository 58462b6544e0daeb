"""SMS and letters, from the facts that services/notices.py keeps in the outbox."""

from dataclasses import dataclass
from datetime import datetime

from zdrav29_app.texts import common, devices, formats
from zdrav29_app.values import FullName


@dataclass(frozen=True)
class Words:
    """A finished message; an SMS has no subject."""

    subject: str
    text: str


def words_for(kind: str, channel: str, facts: dict[str, str]) -> Words:
    """The message of a kind of notice for a channel («sms», «email»)."""
    if kind == "code":
        return Words("", f"{common.SERVICE}: код {facts['code']}. Никому его не сообщайте.")
    if kind == "new_device":
        return _new_device(channel, facts)
    subject, opening = _HEADINGS[kind]
    if channel == "sms":
        return Words("", f"{common.SERVICE}: {formats.inside(opening)}. {_short(kind, facts)}")
    return Words(f"{subject} № {facts['number']}", "\n".join([opening + ".", "", *_rows(facts)]))


def _new_device(channel: str, facts: dict[str, str]) -> Words:
    at = formats.when(datetime.fromisoformat(facts["at"]))
    device = devices.in_words(facts["user_agent"])
    text = f"Вход в кабинет с нового устройства: {at}, {device}, адрес {facts['ip']}."
    way_on = "Если это были не вы, откройте «Безопасность» в кабинете или позвоните:"
    text = f"{text}{{}}{way_on} {common.SUPPORT_PHONE}."
    if channel == "sms":
        return Words("", f"{common.SERVICE}: {formats.inside(text.format(' '))}")
    return Words("Вход с нового устройства", text.format("\n\n"))


_HEADINGS = {
    "booked": ("Запись подтверждена", "Вы записаны"),
    "cancelled": ("Запись отменена", "Запись отменена"),
}


def _short(kind: str, facts: dict[str, str]) -> str:
    visit = f"{facts['speciality']}, {_when(facts)}, {formats.short_name(_doctor(facts))}"
    if kind == "cancelled":
        return f"{visit}. Талон {facts['number']}"
    return f"{visit}, каб. {facts['room']}, {facts['address']}. Талон {facts['number']}"


def _rows(facts: dict[str, str]) -> list[str]:
    return [
        f"Талон: {facts['number']}",
        f"Когда: {_when(facts)}",
        f"Врач: {formats.full_name(_doctor(facts))}, {formats.inside(facts['speciality'])}",
        f"Кабинет: {facts['room']}",
        f"Где: {facts['clinic']}, {facts['branch']}, {facts['address']}",
        "",
        f"Вопросы: {common.SUPPORT_PHONE}, {common.SUPPORT_HOURS}.",
    ]


def _when(facts: dict[str, str]) -> str:
    return formats.when(datetime.fromisoformat(facts["starts_at"]))


def _doctor(facts: dict[str, str]) -> FullName:
    return FullName(facts["doctor_last"], facts["doctor_first"], facts["doctor_middle"] or None)
