"""Russian words that depend on something; the fixed ones stand in the templates."""

from datetime import datetime
from typing import Final

from esia_sim.clock import MOSCOW
from esia_sim.errors import Code, Reason

SENDER: Final = "Госуслуги"
WRONG_LOGIN: Final = "Логин или пароль не подошли. Проверьте, что введено, и попробуйте ещё раз."
EMPTY_LOGIN: Final = "Введите логин и пароль."
EMPTY_PHONE: Final = "Введите номер телефона."
SENT_IF_KNOWN: Final = "Если такой номер есть в учётной записи, код уже отправлен на него."
EMPTY_CODE: Final = "Введите код."
CODE_EXPIRED: Final = "Срок действия кода вышел. Запросите новый."
NO_TRIES: Final = "Попытки закончились. Запросите новый код."
NEW_CODE_SENT: Final = "Новый код отправлен. Прежний больше не подходит."
WRONG_APP_CODE: Final = "Код не подошёл. Дождитесь в приложении нового кода и введите его."

CODE_LABELS: Final = {
    "sms": "Код из СМС",
    "email": "Код из письма",
    "totp": "Код из приложения",
}

ESIA_REASONS: Final = {
    Code.CLIENT_REFUSED: "Система, из которой вы пришли, здесь не зарегистрирована.",
    Code.REDIRECT_URI: "Система просит вернуть вас по адресу, который ей не разрешён.",
    Code.MISSING: "В запросе системы, из которой вы пришли, не хватает данных.",
    Code.SERVER_ERROR: "Что-то сломалось на нашей стороне.",
}
ESIA_OTHER: Final = "Запрос системы, из которой вы пришли, составлен неверно."

REASONS: Final = {
    Reason.STALE: (
        "Этот вход уже завершён или устарел",
        "Вернитесь в систему, в которую хотели войти, и начните вход заново.",
    ),
    Reason.OTHER_TAB: (
        "Вход продолжается в другой вкладке",
        "Вы начали входить ещё раз. Продолжите там или начните вход заново здесь.",
    ),
    Reason.NOT_FOUND: ("Такой страницы нет", "Проверьте адрес или вернитесь на главную."),
    Reason.METHOD: ("Так сюда не обращаются", "Вернитесь на главную и попробуйте ещё раз."),
    Reason.ANSWERED: (
        "На этот запрос уже ответили",
        "Ответ действует один раз и недолго. Если входили не вы, смените пароль.",
    ),
    Reason.TOO_LARGE: ("Слишком много данных", "Столько данных эта страница не принимает."),
    Reason.BAD_REQUEST: ("Запрос не разобрать", "Вернитесь на главную и попробуйте ещё раз."),
    Reason.BROKEN: (
        "Что-то сломалось на нашей стороне",
        "Попробуйте ещё раз через минуту. Если не поможет, сообщите код и время.",
    ),
}

_MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_TEENS: Final = range(11, 15)
_FEW: Final = range(2, 5)


NO_SUCH_QR: Final = "Такого кода сейчас нет. Проверьте знаки или обновите QR-код на экране входа."
PORTAL: Final = "учебный портал"
_QUESTIONS: Final = {
    "sign_in": "Разрешить вход? Входят в: {asks}. Число на экране: {number}.",
    "qr": "Разрешить вход по QR-коду? Входят в: {asks}. Число на экране: {number}.",
    "biometrics": "Приложите палец, чтобы войти в: {asks}. Число на экране: {number}.",
}


def push_question(kind: str, asks: str, number: str) -> str:
    """Say what a push asks; the number is not called a code, for it is none."""
    return _QUESTIONS[kind].format(asks=asks, number=number)


def code_message(code: str) -> str:
    """Say a one-time code in a message."""
    return f"Код подтверждения: {code}. Никому его не сообщайте. Учебный стенд."


def wrong_code(tries_left: int) -> str:
    """Say that a code was wrong and how many tries are left."""
    if tries_left == 0:
        return f"Код не подошёл. {NO_TRIES}"
    return f"Код не подошёл. Осталось попыток: {tries_left}."


def resend_in(seconds: int) -> str:
    """Say when a new code may be asked for; empty when it may be now."""
    if seconds <= 0:
        return ""
    word = plural(seconds, "секунду", "секунды", "секунд")
    return f"Новый код можно запросить через {seconds}\u00a0{word}."


def plural(number: int, one: str, few: str, many: str) -> str:
    """Choose the form of a Russian noun after a number."""
    if number % 100 in _TEENS:
        return many
    if number % 10 == 1:
        return one
    return few if number % 10 in _FEW else many


def moment(when: datetime) -> str:
    """Say a moment in Moscow time: `21 ноября, 14:05`."""
    local = when.astimezone(MOSCOW)
    return f"{local.day}\u00a0{_MONTHS[local.month - 1]}, {local:%H:%M}"


def time_of_day(when: datetime) -> str:
    """Say the time in Moscow: `14:05`."""
    return f"{when.astimezone(MOSCOW):%H:%M}"


def exact_moment(when: datetime) -> str:
    """Say a moment for a report to support: `21.11.2026 14:05:33 МСК`."""
    return f"{when.astimezone(MOSCOW):%d.%m.%Y %H:%M:%S} МСК"
