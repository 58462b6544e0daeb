"""The five lessons of the trainer's guide: what to call up is data, so that a test walks it.

Each takes ten minutes: a task, a situation, what the trainee sees, and everything as new again.
"""

import json
from dataclasses import dataclass
from typing import Any

CABINET, SIMULATOR = "<кабинет>", "<симулятор>"
"""What stands in the guide for the two addresses of a stand."""


@dataclass(frozen=True)
class Call:
    """One POST to a control of a stand; no body means that it needs none."""

    address: str
    body: dict[str, Any] | None = None

    @property
    def words(self) -> str:
        """It as a command to type."""
        sent = "" if self.body is None else f" -d '{json.dumps(self.body, ensure_ascii=False)}'"
        return f"curl -X POST {self.address}{sent}"


@dataclass(frozen=True)
class Lesson:
    """One lesson; `situation` says when the calls are made, `login` whose card it is."""

    title: str
    login: str
    task: str
    situation: str
    sight: str
    calls: tuple[Call, ...] = ()

    @property
    def words(self) -> str:
        """It as the guide prints it, in lines; each call is one to copy."""
        return "\n".join(
            (
                f"{self.title}.",
                f"Задание: {self.task}",
                f"Ситуация: {self.situation}",
                *(f"Вызвать:\n{call.words}" for call in self.calls),
                f"Ученик видит: {self.sight}",
                f"Сброс:\n{RESET.words}",
            )
        )


RESET = Call(f"{CABINET}/_demo/reset")


def _pass(span: str) -> tuple[Call, Call]:
    """Let time pass for cabinet and ESIA alike, or signing in again would fail."""
    moved = {"advance": span}
    return Call(f"{CABINET}/_demo/clock", moved), Call(f"{SIMULATOR}/_sim/clock", moved)


LESSONS = (
    Lesson(
        "Занятие 1. Первый вход",
        "nadya",
        "войти как nadya и дойти до страницы «Главная».",
        "она в кабинете впервые, вызывать ничего не нужно.",
        "«Подтверждение учётной записи», затем «Согласие на обработку персональных данных».",
    ),
    Lesson(
        "Занятие 2. Запись к врачу",
        "anna",
        "войти как anna и записаться к терапевту.",
        "первое подтверждение не проходит: время уходит к другому.",
        "отказ с кодом SLOT-409; другое время записывается, талон получен.",
        (
            Call(
                f"{CABINET}/_demo/expectations",
                {"when": {"endpoint": "booking_state.confirm"}, "then": {"error": "SLOT-409"}},
            ),
        ),
    ),
    Lesson(
        "Занятие 3. СМС не приходят",
        "vera",
        "войти как vera, записаться к терапевту и найти талон без СМС.",
        "СМС после входа теряются. Вызвать, когда ученик вошёл.",
        "объявление, «Состояние сервисов» и совет на ней; талон есть в разделе «Мои записи».",
        (
            Call(
                f"{CABINET}/_demo/expectations",
                {"when": {"endpoint": "sms"}, "then": {"drop": True}, "times": 20},
            ),
            Call(f"{CABINET}/_demo/services", {"service": "sms", "answers": False}),
            Call(f"{CABINET}/_demo/announcements", {"text": "СМС запаздывают", "service": "sms"}),
        ),
    ),
    Lesson(
        "Занятие 4. Сеанс истёк",
        "anna",
        "войти как anna, выбрать время у терапевта и закончить запись, ничего не набирая заново.",
        "пока ученик думает, проходит полчаса. Вызвать перед «Подтвердить запись».",
        "код AUTH-440; после входа открывается тот же шаг, и запись подтверждается.",
        _pass("31m"),
    ),
    Lesson(
        "Занятие 5. Смена поликлиники",
        "galya",
        "войти как galya, подать заявление о прикреплении и дождаться его начала.",
        "идут часы. Вызвать после отправки дважды: на решение и на начало действия.",
        "после входа — «Подтверждено», в следующий раз — «Действует» в разделе «История привязок».",
        _pass("12h"),
    ),
)
