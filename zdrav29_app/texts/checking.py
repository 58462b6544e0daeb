"""Words of «Проверьте запись» and of «Почему нельзя записаться»."""

from datetime import datetime

from zdrav29_app.texts import formats

CHECK = "Проверьте запись"
CHANGE = "Изменить"
OTHER_TIME = "Выбрать другое время"
CONFIRM, CONFIRMING = "Подтвердить запись", "Записываем…"
MOVE, MOVING = "Перенести запись", "Переносим…"
HELD = "Талон закреплён за вами на "
HELD_2_MINUTES = "Талон закреплён за вами ещё на 2 минуты."
HELD_1_MINUTE = "Талон закреплён за вами ещё на минуту."
HELD_30_SECONDS = "Талон закреплён за вами ещё на 30 секунд."
HOLD_ENDED = "Время закрепления вышло. Талон снова доступен всем."
EXTEND = "Продлить на 5 минут"
HOLD_AGAIN = "Закрепить ещё раз"
GO_ON = "Продолжить запись"

# why not
WHY = "Почему нельзя записаться"
WHY_LEAD = "Не выполнено условие:"
ALL_CHECKS = "Показать все проверки"
PASSED, FAILED = "Подходит", "Не подходит"
_STATUSES = {"norm": "закон", "practice": "так принято", "demo": "допущение стенда"}


def norm(status: str, source: str) -> str:
    """Where a rule comes from and how binding it is: «закон: 323-ФЗ, ст. 21»."""
    return f"{_STATUSES[status]}: {source}"


def change(term: str) -> str:
    """The name of the link that changes one line: «Изменить: врач»."""
    return f"{CHANGE}: {formats.inside(term)}"


def left_behind(phrase: str, until: datetime) -> str:
    """What waits for somebody who went away before confirming."""
    held = f"Время закреплено за вами до {formats.clock_time(until)}."
    return f"Вы не закончили запись: {phrase}. {held}"


def moving(phrase: str) -> str:
    """What a transfer does with the old time."""
    kept = "Старое время остаётся за вами, пока вы не подтвердите новое."
    return f"Переносим запись: {phrase}. {kept}"
