"""Words of «Мои данные» and «Безопасность»."""

from collections.abc import Sequence

from zdrav29_app.identity import Passport
from zdrav29_app.texts import formats

# profile
LEAD = "Эти данные пришли из ЕСИА. Исправить их можно только там: "
ESIA_PROFILE = "профиль ЕСИА"
REFRESHED = "Обновлено "
SHOW, HIDE = "Показать полностью", "Скрыть"
NAME, BIRTH, GENDER = "Фамилия, имя, отчество", "Дата рождения", "Пол"
SNILS, POLICY, PHONE, EMAIL = "СНИЛС", "Полис ОМС", "Телефон", "Электронная почта"
PASSPORT = "Паспорт"
CHILD = "Ребёнок"
CLINIC, NO_CLINIC = "Прикрепление", "Нет прикрепления"
ADDRESSES = {"PRG": "Адрес регистрации", "PLV": "Адрес проживания"}
GENDERS = {"F": "Женский", "M": "Мужской"}
NONE = "Не указано"
CONSENTS = "Согласия"
WITHDRAW = "Отозвать согласие"
WITHDRAW_NOW = "Отозвать и выйти"
ASK_TITLE = "Отозвать согласие?"
ASK_TEXT = (
    "Кабинет закроется: записи, документы и настройки станут недоступны, пока вы не согласитесь "
    "снова. Уже сделанные записи к врачу останутся в силе."
)
KEEP = "Не отзывать"
FAMILY_HINT = "Дети и близкие, за которых вы записываетесь"
SECURITY_HINT = "Где и когда входили в ваш кабинет"
_FIELDS = {
    "last_name": "фамилия",
    "first_name": "имя",
    "middle_name": "отчество",
    "birth_date": "дата рождения",
    "gender": "пол",
    "snils": "СНИЛС",
    "oms_number": "полис",
    "phone": "телефон",
    "email": "почта",
    "passport": "паспорт",
    "addresses": "адреса",
}

# security
SIGN_INS = "Входы в кабинет"
SIGN_INS_LEAD = "Если какого-то входа вы не узнаёте, нажмите «Это не я»."
END = "Завершить сеанс"
NOT_ME = "Это не я"
END_ALL = "Выйти на всех устройствах"
THIS_ONE = "Этот сеанс"
LIVE = "Открыт"
NEW_DEVICE = "Новое устройство"
ENDED = "Сеанс завершён."
ALL_ENDED = "Вы вышли на всех устройствах."
NOT_ME_DONE = (
    "Сеанс завершён. Теперь смените пароль в ЕСИА: если его знает кто-то ещё, он войдёт снова."
)
REQUEST_OPENED = "Мы проверим этот вход: "
TO_RECOVERY = "Сменить пароль в ЕСИА"
SAVE_WAY = "Сохранить способ входа"
BY_SIGNATURE = "по электронной подписи"
TWO_FACTORS = "с подтверждением"
ONE_FACTOR = "без подтверждения"


def passport(document: Passport) -> str:
    """«1100 123456, выдан 01.06.2008, УМВД России»."""
    day = f"выдан {formats.numeric_date(document.issued_on)}" if document.issued_on else ""
    return ", ".join(filter(None, (document.number, day, document.issued_by or "")))


def changed(fields: Sequence[str]) -> str:
    """What ESIA gave differently this time; empty when nothing."""
    if not fields:
        return ""
    return f"При этом входе обновилось: {', '.join(_FIELDS[name] for name in fields)}."


def way(factors: int, *, by_signature: bool) -> str:
    """How a person proved herself."""
    if by_signature:
        return f"Через ЕСИА, {BY_SIGNATURE}"
    return f"Через ЕСИА, {TWO_FACTORS if factors > 1 else ONE_FACTOR}"


def act_on(act: str, when: str, device: str) -> str:
    """The full name of an act on one of many sign-ins."""
    return f"{act}: {when}, {device}"


def given(title: str, version: int, day: str) -> str:
    """A consent in force, on one line."""
    return f"{title}, редакция{formats.NBSP}{version}, дано {day}"
