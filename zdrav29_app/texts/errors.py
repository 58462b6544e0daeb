"""What the patient reads when the cabinet refuses: what happened, and a way on.

A test proves that every error of errors.py has its own words here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zdrav29_app import errors
from zdrav29_app.texts import common, formats


@dataclass(frozen=True)
class Message:
    """Words of one refusal. `href` is empty when there is nothing to press."""

    title: str
    text: str
    label: str = ""
    href: str = ""


SIGN_IN_AGAIN = ("Войти ещё раз", "/auth/esia/login")
BACK_TO_BOOKING = ("Выбрать другое время", "/booking")

_CALL_US = f"Если не помогло, позвоните: {common.SUPPORT_PHONE} — и назовите код и время."


def message_for(error: errors.CabinetError) -> Message:
    """The words for an error; for an unknown one the words for a failure of ours."""
    for kind in type(error).__mro__:
        if make := _MESSAGES.get(kind):
            return make(error)
    return _failure(error)


def message_for_code(code: str) -> Message | None:
    """The words of a refused sign-in by its code, or None: only these travel in an address."""
    for kind in (errors.SignedOut, *errors.SignInRefused.__subclasses__()):
        if kind.code == code:
            return message_for(kind())
    return None


def _already_booked(error: Any) -> Message:
    return Message(
        "Вы уже записаны к этому специалисту",
        f"{error.speciality}: {formats.when(error.starts_at)}. "
        "Чтобы выбрать другое время, сначала отмените эту запись.",
        "Открыть эту запись",
        f"/appointments/{error.number}",
    )


def _time_conflict(error: Any) -> Message:
    return Message(
        "В это время у вас другая запись",
        f"{error.speciality}: {formats.when(error.starts_at)}.",
        "Открыть эту запись",
        f"/appointments/{error.number}",
    )


def _slot_taken(error: Any) -> Message:
    near = ", ".join(formats.when(moment) for moment in error.neighbours)
    offer = f"У этого врача ещё свободно: {near}." if near else "Посмотрите другие дни и врачей."
    return Message("Это время только что занял другой пациент", offer)


def _wrong_age(error: Any) -> Message:
    age = formats.plural(error.age, "год", "года", "лет")
    if error.for_children:
        return Message(
            "Детский врач принимает до 18 лет",
            f"На день приёма пациенту будет {age}.",
            "Показать других врачей",
            "/booking",
        )
    return Message(
        "Этот врач принимает взрослых",
        f"На день приёма пациенту будет {age}. Детей до 18 лет принимают детские врачи.",
        "Показать других врачей",
        "/booking",
    )


def _horizon(error: Any) -> Message:
    days = formats.plural(error.horizon_days, "день", "дня", "дней")
    return Message(
        "Запись на этот день ещё не открыта",
        f"Записаться можно на {days} вперёд.",
        *BACK_TO_BOOKING,
    )


def _too_many(error: Any) -> Message:
    return Message(
        "Больше записей взять нельзя",
        f"Одновременно можно держать не больше {error.limit} записей. "
        "Отмените ту, которая уже не нужна.",
        "Мои записи",
        "/appointments",
    )


def _esia_refused(error: Any) -> Message:
    number = f" Её код: {error.esia_code}." if error.esia_code else ""
    return Message(
        "ЕСИА не пустила в кабинет",
        f"Она ответила ошибкой.{number} Попробуйте войти ещё раз. {_CALL_US}",
        *SIGN_IN_AGAIN,
    )


def _failure(_: object) -> Message:
    return Message(
        "У нас что-то сломалось",
        f"Мы уже записали, что случилось. Попробуйте ещё раз. {_CALL_US}",
    )


def _wrong_code(error: Any) -> Message:
    left = formats.plural(error.tries_left, "попытка", "попытки", "попыток")
    rest = f"Осталось: {left}." if error.tries_left else "Запросите новый."
    return Message("Код не подошёл", f"Сверьте его с последним СМС. {rest}")


def _too_soon(error: Any) -> Message:
    wait = formats.plural(error.seconds, "секунду", "секунды", "секунд")
    return Message("Код уже отправлен", f"Новый можно запросить через {wait}.")


def _blocked(error: Any) -> Message:
    until = formats.when(error.until) if error.until else "конца блокировки"
    return Message(
        "Ввод кода временно закрыт",
        f"Код несколько раз не подошёл. Попробуйте после {until}. "
        f"Если ждать нельзя, позвоните: {common.SUPPORT_PHONE}.",
    )


def _plain(title: str, text: str, *act: str) -> Callable[[Any], Message]:
    message = Message(title, text, *act)
    return lambda _: message


_MESSAGES: dict[type[errors.CabinetError], Callable[[Any], Message]] = {
    errors.CabinetError: _failure,
    errors.NotFound: _plain(
        "Такой записи нет", "Возможно, её отменили или адрес набран с опечаткой."
    ),
    errors.BadInput: _plain(
        "Не получилось прочитать то, что пришло", "Обновите страницу и выберите ещё раз."
    ),
    errors.SignedOut: _plain(
        "Истёк срок действия сессии",
        "Войдите ещё раз — вы вернётесь туда, где остановились.",
        *SIGN_IN_AGAIN,
    ),
    errors.EntryIncomplete: _plain(
        "Сначала завершите первый вход", "Подтвердите телефон и согласие.", "Продолжить", "/welcome"
    ),
    errors.PhoneMissing: _plain(
        "В профиле ЕСИА нет телефона",
        "Добавьте его в личном кабинете ЕСИА и войдите ещё раз.",
        *SIGN_IN_AGAIN,
    ),
    errors.CodeWrong: _wrong_code,
    errors.CodeExpired: _plain(
        "Этот код больше не действует", "Запросите новый: «Отправить код ещё раз»."
    ),
    errors.CodeTooSoon: _too_soon,
    errors.CodeBlocked: _blocked,
    errors.SignInRefused: _plain("Войти не получилось", _CALL_US, *SIGN_IN_AGAIN),
    errors.ConsentDenied: _plain(
        "Вы не разрешили передать данные",
        "Без фамилии, даты рождения и полиса поликлиника не сможет вас принять. "
        "Если передумаете, войдите ещё раз.",
        *SIGN_IN_AGAIN,
    ),
    errors.AttemptUnknown: _plain(
        "Этот вход уже использован или начат в другом браузере",
        "Так бывает после кнопки «Назад». Начните вход заново.",
        *SIGN_IN_AGAIN,
    ),
    errors.AttemptExpired: _plain(
        "Вход занял слишком много времени", "Начните его заново.", *SIGN_IN_AGAIN
    ),
    errors.TokenInvalid: _plain(
        "Недействительный токен",
        f"Ответ ЕСИА не прошёл проверку, поэтому мы вас не впустили. {_CALL_US}",
        *SIGN_IN_AGAIN,
    ),
    errors.EsiaRefused: _esia_refused,
    errors.EsiaSilent: _plain(
        "ЕСИА не отвечает",
        f"Попробуйте через несколько минут. Ваши записи целы. {_CALL_US}",
        *SIGN_IN_AGAIN,
    ),
    errors.AccountUnconfirmed: _plain(
        "Учётная запись не подтверждена",
        "Медицинские данные открывает только подтверждённая учётная запись. "
        "Подтвердить её можно в центре обслуживания с паспортом или через банк.",
    ),
    errors.BookingRefused: _plain(
        "Записаться на это время нельзя", "Выберите другое.", *BACK_TO_BOOKING
    ),
    errors.SlotTaken: _slot_taken,
    errors.SlotPast: _plain("Это время уже прошло", "Выберите другое.", *BACK_TO_BOOKING),
    errors.BeyondHorizon: _horizon,
    errors.AlreadyBooked: _already_booked,
    errors.TimeConflict: _time_conflict,
    errors.ReferralNeeded: _plain(
        "К этому врачу нужно направление",
        "Его выдаёт терапевт или врач, у которого вы наблюдаетесь.",
        "Записаться к терапевту",
        "/booking?speciality=therapist&show=1",
    ),
    errors.WrongAge: _wrong_age,
    errors.WrongSex: _plain(
        "Этот врач принимает только женщин", "Выберите другого врача.", *BACK_TO_BOOKING
    ),
    errors.TooManyVisits: _too_many,
    errors.TooLateToCancel: _plain(
        "Отменить эту запись уже нельзя",
        "Приём начался, прошёл или запись отменили раньше.",
        "Мои записи",
        "/appointments",
    ),
    errors.GatewayError: _plain(
        "Сообщение не ушло", f"Мы попробуем отправить его ещё раз. {_CALL_US}"
    ),
}
