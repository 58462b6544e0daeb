"""Words of the talon: the same on the page, on paper, in the PDF and in the letter."""

from datetime import date, datetime

from zdrav29_app.texts import formats

BRING = "Взять с собой"
PREPARE = "Как подготовиться"
ROUTE = "Как пройти"
COME = "Когда прийти"
COME_EARLY = "За 10–15 минут до приёма"
BASIS = "Основание"
OF_ONES_OWN = "самозапись"
MOVED = "Перенесён на это время, изменено"
CONFIRMED = "Вы подтвердили, что придёте"

SAVE_TITLE = "Сохранить талон"
SEND_TITLE = "Отправить талон"
SEND_SMS, SEND_EMAIL = "Отправить по СМС", "Отправить на почту"
NO_PHONE = "Подтверждённого телефона в ЕСИА нет, поэтому СМС не отправить."
NO_EMAIL = "Подтверждённой почты в ЕСИА нет, поэтому письмо не отправить."
ADD_CONTACT = "Добавить в профиле ЕСИА"
PLANS_TITLE = "Планы изменились?"
PLANS_TEXT = "Время можно перенести или отменить до начала приёма."
AGAIN_TITLE = "Нужен ещё приём?"
AGAIN = "Записаться ещё раз"
PDF = "Скачать PDF"
LARGE = "Крупная печать"
LARGE_TEXT = "Талон, дорога и что взять с собой — крупно, на одном листе."
BACK = "Вернуться к талону"

_PAPERS = ("паспорт", "полис ОМС", "СНИЛС")
_PAPERS_OF_A_CHILD = (
    "свидетельство о рождении ребёнка",
    "полис ОМС и СНИЛС ребёнка",
    "паспорт того, кто придёт с ребёнком",
)


def bring(referral: str, *, has_passport: bool) -> list[str]:
    """What to bring; `referral` is the number of the one the visit stands on, or empty."""
    papers = _PAPERS if has_passport else _PAPERS_OF_A_CHILD
    return [*papers, f"направление № {referral}"] if referral else list(papers)


def basis(referral: str, issued_on: date | None, created_at: datetime) -> str:
    """What the visit stands on: «самозапись, 24 ноября, 09:15» or the referral."""
    if issued_on:
        return f"направление №{formats.NBSP}{referral} от {formats.numeric_date(issued_on)}"
    return f"{OF_ONES_OWN}, {formats.when(created_at)}"


def moved(moment: datetime | None) -> str:
    """That the visit was put to another time, and when; empty if it never was."""
    return f"{MOVED}: {formats.when(moment)}" if moment else ""


def notes(moved_at: datetime | None, confirmed_at: datetime | None) -> list[str]:
    """What has happened to the visit since it was booked, each with its moment."""
    moments = ((MOVED, moved_at), (CONFIRMED, confirmed_at))
    return [f"{words}: {formats.when(moment)}" for words, moment in moments if moment]


def where(phone: str, email: str) -> str:
    """Where the talon would go: «Придёт на +7 (•••) •••-••-01 или на a•••@pomor.example»."""
    return f"Придёт на {' или на '.join(filter(None, (phone, email)))}."


def sent(contact: str) -> str:
    """That the talon is on its way."""
    return f"Талон отправлен на {contact}. Обычно он приходит за минуту."


def missed(count: int) -> str:
    """How many visits were missed, said without a threat; empty when none was."""
    if not count:
        return ""
    visits = formats.plural(count, "приём", "приёма", "приёмов")
    return (
        f"За последний год пропущено без отмены: {visits}. Записываться это не мешает. "
        "Если планы изменятся, отмените запись: время достанется другому пациенту."
    )
