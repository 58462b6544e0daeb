"""Russian words that depend on something; the fixed ones stand in the templates."""

from datetime import datetime
from typing import Final

from cryptography.x509 import Certificate

from esia_sim.clock import MOSCOW
from esia_sim.errors import Code, Reason

SENDER: Final = "Госуслуги"
WRONG_LOGIN: Final = "Логин или пароль не подошли. Проверьте, что введено, и попробуйте ещё раз."
EMPTY_LOGIN: Final = "Введите логин и пароль."
EMPTY_PHONE: Final = "Введите номер телефона."
SENT_IF_KNOWN: Final = "Если такой номер есть в учётной записи, код уже отправлен на него."
EMPTY_CONTACT: Final = "Введите телефон или почту."
WRONG_CONTACT: Final = "Проверьте: нужен телефон из 10 цифр после +7 или адрес почты."
SENT_IF_KNOWN_CONTACT: Final = "Если такой контакт есть в учётной записи, код уже отправлен."
NOT_THE_SAME: Final = "Пароли не совпадают. Введите их ещё раз."
USED_BEFORE: Final = "Этот пароль у вас уже был. Придумайте другой."
RECOVERED: Final = (
    "Пароль вашей учётной записи изменён, на всех устройствах выполнен выход. "
    "Если это были не вы, позвоните: 8 800 000-29-10. Учебный стенд."
)
EMPTY_LAST_NAME: Final = "Введите фамилию."
EMPTY_FIRST_NAME: Final = "Введите имя."
EMPTY_BIRTH: Final = "Введите дату рождения."
WRONG_DATE: Final = "Проверьте дату: день, месяц и год, например 12.04.1988."
EMPTY_POLICY: Final = "Введите номер полиса ОМС."
WRONG_POLICY: Final = "Проверьте номер полиса: в нём 16 цифр, и последняя не сходится с остальными."
EMPTY_NEW_CONTACT: Final = "Введите телефон или почту, куда ответить."
RECOVERY_ASKED: Final = "Нет доступа ни к телефону, ни к почте. Прошу восстановить вход."
RECOVERY_REFUSED: Final = (
    "Данные не совпали с учётной записью. Проверьте их и отправьте обращение ещё раз или "
    "придите с паспортом в центр обслуживания."
)
RECOVERY_GRANTED: Final = "Данные совпали. Ссылка для нового пароля отправлена на новый контакт."
REASONS_TITLE: Final = "Чаще всего причина одна из этих:"
LIKELY_REASONS: Final = (
    "опечатка в логине или пароле;",
    "пароль недавно меняли, а введён прежний;",
    "включён Caps Lock или русская раскладка;",
    "введён номер организации, которая не привязана к учётной записи;",
    "адрес почты не подтверждён по ссылке из письма.",
)
ORGANISATION_NOT_LINKED: Final = (
    "Организация не привязана к учётной записи. Войдите по телефону, почте или СНИЛС."
)
CYRILLIC: Final = "Похоже, включена русская раскладка."
EMAIL_UNCONFIRMED: Final = (
    "Адрес почты не подтверждён. Откройте ссылку из письма или войдите по телефону."
)
LETTER_SENT: Final = "Письмо отправлено. Откройте ссылку из него и войдите ещё раз."
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
    Reason.OLD_FORM: (
        "Страница устарела",
        "После неё вы входили ещё раз. Откройте её заново и повторите.",
    ),
    Reason.NOT_FOUND: ("Такой страницы нет", "Проверьте адрес или вернитесь на главную."),
    Reason.METHOD: ("Так сюда не обращаются", "Вернитесь на главную и попробуйте ещё раз."),
    Reason.ANSWERED: (
        "На этот запрос уже ответили",
        "Ответ действует один раз и недолго. Если входили не вы, смените пароль.",
    ),
    Reason.RECOVERY_OVER: (
        "Восстановление не завершено",
        "Прошло слишком много времени или пароль уже изменён. Начните восстановление заново.",
    ),
    Reason.RECOVERY_BLOCKED: (
        "Эту учётную запись закрыл администратор",
        "Новый пароль её не откроет. Обратитесь в поддержку: 8 800 000-29-10.",
    ),
    Reason.REGISTRATION_OVER: (
        "Этот шаг уже не открыт",
        "Регистрация завершена, устарела или начата заново. Откройте её с главной страницы.",
    ),
    Reason.LINK_OVER: (
        "Ссылка больше не действует",
        "Она работает один раз и ограниченное время. Запросите новую.",
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
NO_HOLDER: Final = "Выберите токен."
EMPTY_PIN: Final = "Введите PIN-код."
SIGNATURE_OF_NOBODY: Final = "Подпись верна, но учётной записи с таким СНИЛС нет."
_FLAWS: Final = {
    "damaged": "Подпись повреждена. Вставьте токен ещё раз и повторите.",
    "foreign": "Сертификат выдан не удостоверяющим центром этого стенда.",
    "revoked": "Сертификат отозван. Получите новый в удостоверяющем центре.",
    "usage": "Этот сертификат не для подписи. Выберите другой.",
    "forged": "Подпись не подходит к этому входу. Повторите вход.",
}
_QUESTIONS: Final = {
    "sign_in": "Разрешить вход? Входят в: {asks}. Число на экране: {number}.",
    "qr": "Разрешить вход по QR-коду? Входят в: {asks}. Число на экране: {number}.",
    "biometrics": "Приложите палец, чтобы войти в: {asks}. Число на экране: {number}.",
}


def signature_refused(flaw: str, certificate: Certificate | None) -> str:
    """Say why a signature lets nobody in."""
    if flaw != "expired" or certificate is None:
        return _FLAWS.get(flaw, _FLAWS["damaged"])
    end = certificate.not_valid_after_utc.astimezone(MOSCOW)
    return (
        f"Срок действия сертификата закончился {end:%d.%m.%Y}. "
        "Получите новый в удостоверяющем центре или войдите другим способом."
    )


def codes_closed(until: datetime) -> str:
    """Say that no code is taken for a while."""
    return f"Код несколько раз не подошёл. Попробуйте после {moment(until)}."


def wrong_pin(left: int) -> str:
    """Say that a PIN was wrong and how many tries are left."""
    return f"PIN-код не подошёл. Осталось попыток: {left}."


def token_blocked(until: datetime) -> str:
    """Say that a token takes no PIN for a while."""
    return f"Токен заблокирован до {moment(until)}: PIN-код три раза не подошёл."


def push_question(kind: str, asks: str, number: str) -> str:
    """Say what a push asks; the number is not called a code, for it is none."""
    return _QUESTIONS[kind].format(asks=asks, number=number)


def code_message(code: str) -> str:
    """Say a one-time code in a message."""
    return f"Код подтверждения: {code}. Никому его не сообщайте. Учебный стенд."


def old_password(changed_at: datetime | None) -> str:
    """Say that a password is an old one, and since when."""
    when = f" {moment(changed_at)}" if changed_at else ""
    return f"Этот пароль прежний, вы сменили его{when}. Введите новый или восстановите доступ."


def closed(until: datetime) -> str:
    """Tell a person that her account is closed for a while."""
    return (
        f"Вход в вашу учётную запись закрыт до {moment(until)}: пароль или код несколько раз не "
        "подошёл. Если это были не вы, смените пароль. Учебный стенд."
    )


def new_device(at: datetime, agent: str, address: str, link: str) -> str:
    """Tell a person that she has entered from a device that she never used before."""
    return (
        f"Вход с нового устройства: {moment(at)}, {agent or 'неизвестный браузер'}, адрес "
        f"{address}. Это не я: {link} Учебный стенд."
    )


def email_link(link: str) -> str:
    """Ask to confirm an address."""
    return f"Чтобы подтвердить адрес почты, откройте ссылку: {link}\nУчебный стенд."


def password_link(link: str) -> str:
    """Give the link to a new password."""
    return f"Специалист подтвердил вашу личность. Задайте новый пароль: {link}\nУчебный стенд."


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
