"""Russian words of the trainer's desk."""

from typing import Final

from esia_sim.expectations import Expectation

SITUATIONS: Final = (
    ("late_sms", "СМС опаздывает", "следующее СМС придёт через минуту по часам стенда"),
    ("lost_sms", "СМС теряется", "следующее СМС не придёт"),
    ("expired", "Срок токена вышел", "следующий вход получит просроченные токены"),
    ("silent", "Сервис не отвечает", "обмен кода на токен обрывается, пока не снимете"),
    ("broken", "Сервис отвечает ошибкой 500", "вход начинается ошибкой, пока не снимете"),
    ("slow", "Медленная ЕСИА", "каждый вход ждёт 5 секунд, пока не снимете"),
)
NOTICES: Final = {
    "situation": "Ситуация включена.",
    "forget": "Ситуация снята.",
    "clock": "Часы переставлены.",
    "lock": "Вход заблокирован, сеансы завершены.",
    "unlock": "Вход открыт.",
    "answer": "Ответ отправлен.",
    "reset": "Стенд как в начале.",
    "nothing": "Ничего не изменилось.",
}
WRONG_KEY: Final = "Ключ не подошёл. Его задаёт тот, кто запускает стенд: ESIA_SIM_KEY."


def expectation(one: Expectation) -> str:
    """Say in short what is set to go wrong."""
    what = {
        "error": f"ошибка {one.error}",
        "status": f"ответ {one.status}",
        "delay": f"задержка {one.delay.typical:.0f} с" if one.delay else "",
        "drop": "обрыв или потеря",
        "spoil": f"порча: {one.spoil}",
        "hold": f"удержан: {one.hold}",
    }
    said = next(words for name, words in what.items() if getattr(one, name))
    whom = f", {one.person}" if one.person else ""
    return f"{one.endpoint}{whom}: {said}, осталось {one.left}"
