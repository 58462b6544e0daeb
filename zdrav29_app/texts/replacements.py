"""Words for a visit that the clinic called off, and for the times held instead."""

from datetime import datetime

from zdrav29_app.texts import formats

TITLE = "Клиника отменила вашу запись"
REASON = "Причина"
REFUSE = "Ни одно не подходит"
REFUSED = "Закреплённое время снова свободно для других. Выберите другое, когда будет удобно."


def what(visit: str) -> str:
    """What was called off: «Не состоится: терапевт, 24 ноября, 09:15»."""
    return f"Не состоится: {visit}."


def held(until: datetime) -> str:
    """What is held, and how long."""
    return f"Взамен за вами закреплено время до {formats.when(until)}. Выберите одно:"


def take_name(when: str, where: str) -> str:
    """The name of the button that takes a time: «Записаться: пт, 27 ноября, 10:00, …»."""
    return f"Записаться: {when}, {where}"


def refuse_name(visit: str) -> str:
    """The name of the button that lets all times go."""
    return f"{REFUSE}: {visit}"
