"""Words of «Рабочее место», where an operator sits."""

from datetime import datetime

from zdrav29_app.texts import attachment, formats, support

LEAD = "Каждое действие здесь записывается в журнал: кто, что и когда."

# the queue
REQUESTS = "Обращения"
TOPIC, STATUS = "Тема", "Состояние"
ANY_TOPIC = "Все темы"
OPEN_ONES = "Ждут ответа"
SHOW = "Показать"
NO_REQUESTS = "Таких обращений нет"
NO_REQUESTS_REASON = "Новые появятся, когда вы откроете страницу снова."
SHOW_OPEN = "Показать все, что ждут ответа"
OUTSIDE = "без входа"
OVERDUE = "Просрочено"

# one request
BACK = "К очереди"
WHO, CONTACT, ABOUT, ASKED, DUE = "Кто", "Куда ответить", "О чём", "Получено", "Ответить до"
BY_SETTINGS = "в кабинет и по настройкам уведомлений"
CANNOT_REACH = (
    "По этому контакту кабинет сам не ответит: свяжитесь сами. Ответ останется в обращении."
)
FILES = "Файлы"
TAKE = "Взять в работу"
TAKEN = "Обращение у вас в работе."
TAKEN_BEFORE = "Его уже взял другой оператор."
KIND = "Что отправить"
KINDS = {"answer": "Ответ", "question": "Вопрос: обращение подождёт пациента"}
TEXT = "Текст"
TEXT_HINT = "Диагнозы и результаты здесь не пишут: для них есть документы."
SEND = "Отправить"
SENT = "Отправлено. Человек узнает об этом так, как выбрал сам."
CLOSE = "Закрыть без ответа"
CLOSED = "Обращение закрыто. Человек может открыть его снова."
EMPTY_TEXT = "Напишите, что отправить."

# who cannot sign in
CLAIM = "Что указано в заявке"
CLAIM_HINT = "Сравнивается с тем, что кабинет знает от ЕСИА. Человеку этого не сообщайте."
CLAIM_FIELDS = {
    "last_name": "Фамилия",
    "first_name": "Имя",
    "birth_date": "Дата рождения",
    "policy": "Номер полиса",
}
CODE = "Код со страницы отказа"
NO_CODE = "не указан"
FITS, DIFFERS = "совпадает", "не совпадает"
ALL_FIT = "Совпало всё"
SOME_FIT = "Совпало не всё: уточните по телефону, прежде чем помогать"
NOBODY_FITS = "Такого человека кабинет не знает"

# applications
APPLICATIONS = "Заявления о прикреплении"
NO_APPLICATIONS = "Заявлений нет"
NO_APPLICATIONS_REASON = "Здесь появятся те, по которым нужно решение, и решённые последними."
DECISION = "Решение"
CONFIRM = "Подтвердить"
DECIDE = "Решить"
DECIDED = "Решение отправлено пациенту."
PLACES = "Мест в поликлинике"
DECIDE_BY = "Решить до"
NEW_ADDRESS = "Новый адрес"
REASON = "Причина"

# visits
VISITS = "Отменить приём за клинику"
VISITS_HINT = "Пациент узнает сразу, и до трёх других времён закрепятся за ним."
NUMBER = "Номер талона"
NUMBER_HINT = "Например, 29-12345678"
WHY = "Почему"
CALL_OFF = "Отменить приём"
BAD_NUMBER = "Номер талона: 29, чёрточка и восемь цифр."
NO_VISIT = "Приёма с таким номером нет."
EMPTY_WHY = "Напишите причину: её увидит пациент."

# announcements
ANNOUNCEMENTS = "Объявить о неполадках"
OUTAGE_HINT = "Объявление сразу появится на каждой странице и останется, пока вы его не снимете."
SERVICE, NO_SERVICE = "Сервис", "Не один из них"
OUTAGE = "Что не работает и что делать"
ANNOUNCE, END = "Объявить", "Снять"
EMPTY_OUTAGE = "Напишите, что не работает: коротко, до 300 знаков."
ANNOUNCED, ENDED = "Объявление опубликовано.", "Объявление снято."
ENDED_BEFORE = "Это объявление уже сняли."

STATUS_OF = {
    **support.STATUSES,
    "new": ("Новое", "muted"),
    "waiting": ("Ждёт пациента", "muted"),
    "answered": ("Отвечено", "good"),
}
STATUSES = {"": OPEN_ONES, **{value: words for value, (words, _) in STATUS_OF.items()}}
TOPICS = {"": ANY_TOPIC, **support.TOPICS}


def found(count: int, shown: int) -> str:
    """«12 обращений», «120 обращений, показаны первые 50»."""
    total = formats.plural(count, "обращение", "обращения", "обращений")
    return total if count <= shown else f"{total}, показаны первые {shown}"


def due(moment: datetime, *, is_overdue: bool) -> str:
    """«ответить до вт, 24 ноября, 09:15»."""
    return f"{'нужно было ' if is_overdue else ''}ответить до {formats.when(moment)}"


def open_name(number: str, topic: str) -> str:
    """The name of the link to one request."""
    return f"{support.number(number)}: {formats.inside(topic)}"


def decisions(refusals: tuple[str, ...]) -> list[tuple[str, str]]:
    """What may be decided: values with their words."""
    lawful = [(one, f"Отказать: {attachment.refusal(one)}") for one in refusals]
    return [("confirm", CONFIRM), *lawful]


def decide_name(number: str) -> str:
    """The name of the button that decides one application."""
    return f"{DECIDE}: заявление № {number}"


def end_name(title: str, text: str) -> str:
    """The name of the button that takes one announcement away."""
    return f"{END}: {formats.inside(title)}. {text}"


def fits(values: list[bool]) -> str:
    """How well a claim fits."""
    if all(values):
        return ALL_FIT
    return SOME_FIT if any(values) else NOBODY_FITS


def called_off(times: int) -> str:
    """What is said after a visit was called off."""
    held = formats.plural(times, "время", "времени", "времён")
    return f"Приём отменён. Взамен за пациентом закреплено: {held if times else 'ничего'}."
