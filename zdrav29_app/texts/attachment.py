"""Words of «Прикрепление к поликлинике», «История привязок» and «Мои услуги»."""

from datetime import date, datetime

from zdrav29_app.texts import formats
from zdrav29_app.values import FullName

SAME_WORD = "Привязка — то же, что прикрепление."

# «Мои услуги»
SERVICES_LEAD = "Что уже оформлено и что можно изменить."
MEDICAL = "Медицинские услуги"
VISITS = "Приём и обследование"
ACCOUNT = "Кабинет"
ATTACHMENT_HINT = "Поликлиника, участок и врач; смена раз в год"

# where the patient is attached now
NOW = "Где вы прикреплены"
NOWHERE = "Вы не прикреплены к поликлинике"
NOWHERE_REASON = (
    "Участковый терапевт или педиатр принимает только прикреплённых. "
    "Выберите поликлинику — визит туда не нужен."
)
CHANGE = "Изменить привязку"
HISTORY = "История привязок"
FEEDBACK = "Обратная связь"
CLINIC, DOCTOR, PLOT, ADDRESS = "Поликлиника", "Участковый врач", "Участок", "Адрес"
SINCE = "Прикреплены"
NO_DOCTOR = "назначит поликлиника"
MAY_CHANGE = "Сменить поликлинику можно сегодня."

# the doctor in it
DOCTOR_TITLE = "Выбор врача"
CHOOSE_DOCTOR = "Выбрать врача"
DOCTOR_LEAD = "Участкового врача в своей поликлинике можно выбрать раз в год, с его согласия."
DOCTOR_WHY = "Почему меняете врача"
DOCTOR_REASONS = ("quality", "nearer", "other")
OWN_DOCTOR = "Ваш врач"
NO_COLLEAGUES = "Других участковых врачей в вашей поликлинике нет"
NO_COLLEAGUES_REASON = "Можно выбрать другую поликлинику или спросить в регистратуре."
OTHER_DOCTOR = "Выбрать другого врача"
DOCTOR_EFFECTS = (
    "Поликлиника спросит согласия врача и ответит не дольше чем за два рабочих дня.",
    "После решения выбор начнёт действовать в течение 24 часов.",
    "Записи, которые у вас уже есть, остаются.",
)

# the application under way
UNDER_WAY = "Ваше заявление"
LAST = "Последнее заявление"
WITHDRAW = "Отозвать заявление"
WITHDRAWN = "Заявление отозвано. Вы прикреплены там же, где были."
STATUSES = {
    "under_review": ("На рассмотрении", "muted"),
    "confirmed": ("Подтверждено", "good"),
    "active": ("Действует", "good"),
    "refused": ("Отказано", "danger"),
    "withdrawn": ("Отозвано", "muted"),
}
STEPS = ("Отправлено", "На рассмотрении", "Подтверждено", "Действует")

# choosing
CHOOSE = "Выберите поликлинику"
SEARCH = "Название, город или улица"
FIND = "Найти"
OWN = "Вы здесь"
FULL = "мест нет"
CHOOSE_THIS = "Выбрать"
DISTRICT, ALL_DISTRICTS = "Район", "Все районы"
MAP = "Карта района"
MAP_HINT = "Номера — те же, что в списке. Схема показывает, где филиалы; всё нужное есть в списке."
NO_MATCH = "Такой поликлиники не нашлось"
NO_MATCH_REASON = "Проверьте слова или посмотрите весь список."
SHOW_ALL = "Показать все"
BACK = "Назад к прикреплению"

# the check page
CHECK = "Проверьте заявление"
OTHER_CLINIC = "Выбрать другую поликлинику"
REASON = "Почему меняете"
REASONS = {
    "moved": "Переезд",
    "work": "Сменилось место работы или учёбы",
    "nearer": "Удобнее добираться",
    "quality": "Не устраивает качество",
    "adult": "Исполнилось 18 лет",
    "other": "Другое",
}
NEW_ADDRESS = "Новый адрес"
NEW_ADDRESS_HINT = "Нужен при переезде: тогда правило «раз в год» не действует."
NEW_ADDRESS_MISSING = "Укажите новый адрес."
EFFECTS = "Что изменится"
EFFECTS_LINES = (
    "Поликлиника рассмотрит заявление не дольше двух рабочих дней.",
    "После решения прикрепление начнёт действовать в течение 24 часов. Ездить туда не нужно.",
    "Прежняя поликлиника узнает сама. Узкие специалисты принимают по-прежнему.",
)
OLD_VISITS = "Ваши записи в прежней поликлинике"
OLD_VISITS_HINT = "Они остаются. Отметьте те, которые отменить, когда прикрепление изменится."
SEND = "Сохранить и отправить заявление"
SENDING = "Отправляем…"

# history
TERMS, APPLICATIONS = "Прикрепления", "Заявления"
NO_TERMS = "Вы ещё ни к какой поликлинике не прикреплялись."
NO_APPLICATIONS = "Заявлений ещё не было."
PRINT = "Распечатать"
BY_DOCTOR = "вы выбрали врача"
BY_CHOICE, BY_ADDRESS = "по вашему заявлению", "по адресу"

_REFUSALS = {
    "full": "поликлиника заполнена",
    "no_primary_care": "она не оказывает первичную помощь по ОМС",
    "too_soon": "с прошлого выбора не прошёл год",
    "policy": "данные полиса не совпали",
    "doctor": "у врача нет места для новых пациентов",
}


def refusal(reason: str) -> str:
    """Why a clinic refused, inside a sentence."""
    return _REFUSALS.get(reason, "")


def next_change(on: date | None) -> str:
    """When the clinic may be chosen anew."""
    if on is None:
        return MAY_CHANGE
    return f"Следующая смена — с {formats.numeric_date(on)}. Переехали — можно раньше."


def places(count: int) -> str:
    """«свободно 120 мест» or «мест нет»."""
    left = formats.plural(count, "место", "места", "мест")
    return f"свободно {left}" if count else FULL


def sent(number: str) -> str:
    """What is said after sending."""
    return f"Заявление № {number} отправлено. О каждом шаге сообщим."


def goal(clinic: str, doctor: FullName | None) -> str:
    """What an application is for: a clinic, or a doctor in it."""
    return f"{formats.full_name(doctor)}, {clinic}" if doctor else clinic


def next_doctor(on: date | None) -> str:
    """When the doctor may be chosen anew."""
    return f"Следующий выбор — с {formats.numeric_date(on)}." if on else ""


def what_next(status: str, until: datetime | None, reason: str, *, is_doctor: bool = False) -> str:
    """What happens to an application now; `until` is local."""
    day = formats.when(until) if until else ""
    return {
        "under_review": f"Решение — не позже {day}.",
        "confirmed": f"Начнёт действовать {day}.",
        "active": "Это ваш врач." if is_doctor else "Вы прикреплены к этой поликлинике.",
        "refused": f"Причина: {refusal(reason)}.",
        "withdrawn": "Вы отозвали его сами.",
    }[status]


def dates(submitted_at: datetime, decided_at: datetime | None) -> str:
    """«Подано вт, 24 ноября, 09:00. Решение — вт, 24 ноября, 12:00.»; both aware UTC."""
    decided = f" Решение — {formats.when(decided_at)}." if decided_at else ""
    return f"Подано {formats.when(submitted_at)}.{decided}"


def news(
    number: str,
    status: str,
    reason: str,
    until: datetime,
    *,
    clinic: str,
    doctor: FullName | None,
) -> str:
    """An SMS or letter about one step of an application."""
    what, word = goal(clinic, doctor), STATUSES[status][0]
    next_step = what_next(status, until, reason, is_doctor=doctor is not None)
    return f"Заявление № {number}, {what}: {formats.inside(word)}. {next_step}"


def term(since: date, until: date | None) -> str:
    """«с 01.03.2024 по 12.05.2026», «с 12.05.2026»."""
    end = f" по {formats.numeric_date(until)}" if until else ""
    return f"с {formats.numeric_date(since)}{end}"


def district(name: str, distance_km: int | None) -> str:
    """«Котлас, около 600 км»; of the own district no distance."""
    far = f", около {distance_km}{formats.NBSP}км" if distance_km else ""
    return f"{name}{far}"


def map_title(name: str) -> str:
    """The heading of the map."""
    return f"На карте: {name}"


def mark_name(number: int, name: str, address: str) -> str:
    """What a mark of the map says; pressing it shows the clinic in the list."""
    return f"{number}, {name}, {address}: показать в списке"


def ruler(km: int) -> str:
    """«5 км»."""
    return f"{km}{formats.NBSP}км"


def choose_name(clinic: str) -> str:
    """The name of the button that chooses one clinic of many."""
    return f"{CHOOSE_THIS}: {clinic}"


def cancel_name(phrase: str) -> str:
    """The label of a box that calls one visit off."""
    return f"Отменить: {phrase}"
