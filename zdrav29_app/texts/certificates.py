"""Words of «Справки»."""

from datetime import datetime, timedelta

from zdrav29_app.texts import formats
from zdrav29_app.values import local

LEAD = "Закажите справку здесь: клиника пришлёт её электронным документом в «Мои документы»."
ORDER = "Заказать справку"
NEW = "Новая справка"
KIND, PURPOSE = "Какая справка", "Для чего (необязательно)"
PURPOSE_HINT = "Например: «в бассейн „Водник“». Напечатаем на справке. Диагноз писать не нужно."
ORDERING = "Отправляем…"
CLINIC = "Кто выдаст: "
NO_CLINIC = "Справку выдаёт ваша поликлиника, а вы пока ни к одной не прикреплены."
TO_ATTACHMENT = "Выбрать поликлинику"
MINE = "Мои справки"
NOTHING = "Справок пока нет"
NOTHING_REASON = "Закажите первую: о готовности сообщим так, как выбрано в настройках."
PURPOSE_ROW, ORDERED_ROW, NEXT_ROW = "Для чего", "Заказана", "Что дальше"
OPEN = "Открыть справку"
CANCEL = "Отменить заказ"
CANCELLED = "Заказ отменён. Справку можно заказать снова."
ALL_DOCUMENTS = "Мои документы"
KINDS = {
    "086": "Справка 086/у для учёбы и работы",
    "pool": "Справка в бассейн",
    "camp": "Справка в детский лагерь",
    "contacts": "Справка об отсутствии контактов",
    "tax": "Справка для налоговой",
    "095": "Справка 095/у о болезни",
}
STATUSES = {
    "ordered": ("Заказана", "muted"),
    "in_work": ("Готовится", "muted"),
    "ready": ("Готова", "good"),
    "refused": ("Отказано", "danger"),
    "cancelled": ("Отменена", "muted"),
}
REFUSALS = {
    "examination": "Нужен осмотр. Запишитесь к терапевту и закажите справку снова.",
    "no_grounds": "Для такой справки нет оснований. Спросите в регистратуре.",
    "data": "Не совпали данные полиса. Сверьте их в «Моих данных» и закажите справку снова.",
}
TO_THERAPIST = "Записаться к терапевту"
THERAPIST_HREF = "/booking?speciality=therapist&show=1"


def number(value: str) -> str:
    """«№ С-123456»."""
    return f"№{formats.NBSP}{value}"


def ordered(value: str) -> str:
    """What is said after ordering."""
    return f"Заказ {number(value)} отправлен. Сообщим, когда справка будет готова."


def what_next(status: str, until: datetime, refusal: str) -> str:
    """What happens to an order now; `until` is aware UTC."""
    day = formats.day_month(local(until - timedelta(minutes=1)).date())  # a term ends at midnight
    return {
        "ordered": f"Клиника примет заказ в работу. Ответ — не позже {day}.",
        "in_work": f"Врач оформляет справку. Ответ — не позже {day}.",
        "ready": "Справка лежит в «Моих документах».",
        "refused": REFUSALS.get(refusal, ""),
        "cancelled": "Вы отменили заказ сами.",
    }[status]


def act_on(act: str, kind: str, value: str) -> str:
    """The name of an act with its object: «Отменить заказ: справка в бассейн, № С-123456»."""
    return f"{act}: {formats.inside(kind)}, {number(value)}"


def news(value: str, status: str) -> str:
    """An SMS or letter about an order; what the certificate is for stays in the cabinet."""
    if status == "ready":
        return f"Справка {number(value)} готова. Она в разделе «Мои документы»."
    return f"Справку {number(value)} клиника не выдала. Почему — в разделе «Справки»."
