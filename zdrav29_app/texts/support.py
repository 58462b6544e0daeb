"""Words of «Обратная связь»."""

from datetime import datetime
from urllib.parse import urlencode

from zdrav29_app.texts import common, formats
from zdrav29_app.values import local

LEAD = "Напишите, что случилось. Номер обращения появится сразу, ответ — здесь же."
LEAD_OUTSIDE = "Напишите, что случилось. Ответим на телефон или почту, которые вы укажете."
NEW = "Новое обращение"
TOPIC = "Тема"
TOPICS = {
    "error": "Ошибка в кабинете",
    "sign_in": "Не получается войти",
    "booking": "Запись к врачу",
    "data": "Мои данные или документы",
    "security": "Безопасность",
    "recovery": "Восстановление доступа",
    "other": "Другое",
}
TEXT = "Что случилось"
TEXT_HINT = "Что вы делали и чего ждали. Паспорт, СНИЛС и диагнозы писать не нужно."
CONTACT = "Телефон или почта для ответа"
SEND = "Отправить обращение"
ATTACHED = "Приложим к обращению: "
MY_REQUESTS = "Мои обращения"
NONE = "Обращений пока нет"
NONE_REASON = "Здесь будут номер, состояние и ответы на каждое."
SENT = "Обращение отправлено"
GO_ON = {
    "waiting": "Ответить на вопрос",
    "answered": "Продолжить разговор",
    "closed": "Открыть снова",
}
GO_ON_OTHERWISE = "Дополнить обращение"
SEND_MORE = "Добавить"
ADD = "Что добавить"
FILE = "файл"
ADD_FILE, SEND_FILE = "Приложить файл", "Приложить"
CHOOSE_FILE = "Снимок экрана или скан"
CHOOSE_FILE_HINT = "PDF без пароля или JPG, до 15 МБ; к одному обращению до пяти файлов."
FILE_ADDED = "Файл приложен"
FILE_LATER = "Снимок экрана или скан можно приложить к нему ниже."
FILES = "Файлы"
CANNOT_SIGN_IN = "Не получается войти?"
CANNOT_SIGN_IN_TEXT = "Восстановим доступ по имени, дате рождения и полису."
YOU, PATIENT, SUPPORT = "Вы", "Пациент", "Поддержка"
CALL = "Позвонить"
STATUSES = {
    "new": ("Принято", "muted"),
    "in_progress": ("В работе", "muted"),
    "waiting": ("Ждём вашего ответа", "danger"),
    "answered": ("Есть ответ", "good"),
    "closed": ("Закрыто", "none"),
}
NOTICES = {
    "answered": "есть ответ. Он в разделе «Обратная связь»",
    "waiting": "нужен ваш ответ. Вопрос в разделе «Обратная связь»",
}
EMPTY_TEXT = "Напишите, что случилось."
LONG_TEXT = "Слишком длинно: уместите в 3000 знаков."
EMPTY_CONTACT = "Укажите телефон или почту, иначе нам некуда ответить."
ADDED = "Сообщение добавлено."
REPORT = "Сообщить об этой ошибке"


def report_href(code: str, at: str, request_id: str) -> str:
    """The address of a new request that holds what a refusal tells to quote."""
    return f"/support?{urlencode({'code': code, 'at': at, 'request_id': request_id})}"


def number(value: str) -> str:
    """«Обращение № 1234-5678»."""
    return f"Обращение №{formats.NBSP}{value}"


def due(moment: datetime) -> str:
    """«Ответим до 26 ноября»."""
    return f"Ответим до {formats.day_month(local(moment))}"


def sent(value: str, until: datetime) -> str:
    """What comes next, after sending."""
    return (
        f"{number(value)}. {due(until)}. Если срочно, позвоните {common.SUPPORT_PHONE} "
        "и назовите номер."
    )


def about(code: str, at: str, request_id: str) -> str:
    """What a refusal tells a person to quote, on one line."""
    named = (f"код {code}" if code else "", at, f"запрос {request_id}" if request_id else "")
    return ", ".join(filter(None, named))


def not_me(when: str, device: str, address: str) -> str:
    """What a person says of a sign-in that she does not know."""
    return f"Это был не я: вход {when}, {device}, адрес {address}. Сеанс я завершил(а)."
