"""What the patient reads when the cabinet refuses: what happened, and a way on.

A test proves that every error of errors.py has its own words here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from zdrav29_app import errors
from zdrav29_app.texts import attachment, common, formats


@dataclass(frozen=True)
class Message:
    """Words of one refusal. `href` is empty when there is nothing to press."""

    title: str
    text: str
    label: str = ""
    href: str = ""


SIGN_IN_AGAIN = ("Войти ещё раз", "/auth/esia/login")
ANOTHER_FILE = "Выбрать другой файл"
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
    for kind in (errors.SignedOut, errors.TooManyRequests, *errors.SignInRefused.__subclasses__()):
        if kind.code == code:
            return message_for(kind())
    return None


def _step_up(error: Any) -> Message:
    return Message(
        "Подтвердите, что это вы",
        "Вы вошли одним способом, а документы открываются после двух. "
        "ЕСИА спросит ещё одно подтверждение и вернёт вас сюда же.",
        "Подтвердить вход",
        f"/auth/esia/login?{urlencode({'step_up': 1, 'next': error.going_to})}",
    )


def _already_booked(error: Any) -> Message:
    return Message(
        "Вы уже записаны к этому специалисту",
        f"{error.speciality}: {formats.when(error.starts_at)}. Её можно перенести на другое время.",
        "Перенести эту запись",
        f"/booking?move={error.number}",
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


def _referral(title: str, text: str) -> Callable[[Any], Message]:
    def make(error: Any) -> Message:
        if not error.offer:
            return Message(title, text, "Найти терапевта", "/booking?speciality=therapist&show=1")
        slot_id, moment = error.offer
        nearest = f"{text} Ближайший приём: {formats.when(moment)}."
        return Message(title, nearest, "Записаться к терапевту", f"/booking?show=1&slot={slot_id}")

    return make


def _expired_referral(error: Any) -> Message:
    day = f" до {formats.numeric_date(error.until)}" if error.until else ""
    make = _referral(f"Направление действовало{day}", "Новое выдаст терапевт.")
    return make(error)


def _elsewhere(error: Any) -> Message:
    if not error.clinic:
        return Message(
            "Вы не прикреплены к поликлинике",
            "Участковый врач принимает тех, кто прикреплён. Прикрепиться можно прямо здесь.",
            "Выбрать поликлинику",
            "/attachment?step=choose",
        )
    return Message(
        "Вы прикреплены к другой поликлинике",
        f"Участковый врач принимает по месту прикрепления. Ваше: {error.clinic}.",
        "Показать мою поликлинику",
        "/booking?show=1&sort=district",
    )


def _not_for_portal(error: Any) -> Message:
    whom = _SLOT_KINDS.get(error.kind, "Его выдаёт сама клиника.")
    return Message("Это время не для записи через кабинет", whom, *BACK_TO_BOOKING)


def _too_many_cancels(error: Any) -> Message:
    until = formats.clock_time(error.until) if error.until else "паузы"
    return Message(
        "Вы несколько раз подряд отменили запись",
        f"К этому специалисту можно записаться после {until}. Так талоны достаются всем.",
        *BACK_TO_BOOKING,
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


def _another_file(title: str, text: str) -> Callable[[Any], Message]:
    return lambda error: Message(title, text, ANOTHER_FILE, error.page)


def _too_soon_for_doctor(error: Any) -> Message:
    day = f" Следующий выбор — с {formats.numeric_date(error.on)}." if error.on else ""
    return Message(
        "Врача можно выбирать раз в год",
        f"С прошлого выбора год не прошёл.{day} После смены поликлиники срок начинается заново.",
        "К прикреплению",
        "/attachment",
    )


def _already_decided(error: Any) -> Message:
    status, _ = attachment.STATUSES.get(error.status, ("решено", ""))
    why = f", причина: {attachment.refusal(error.refusal)}" if error.refusal else ""
    return Message(
        "По этому заявлению уже есть решение",
        f"Заявление № {error.number}: {formats.inside(status)}{why}.",
    )


def _too_soon_to_change(error: Any) -> Message:
    day = f" Следующая смена — с {formats.numeric_date(error.on)}." if error.on else ""
    return Message(
        "Поликлинику можно менять раз в год",
        f"С прошлого выбора год ещё не прошёл.{day} Если вы переехали, укажите это в причине.",
        "Указать переезд",
        "/attachment?step=choose&reason=moved",
    )


def _already_ordered(error: Any) -> Message:
    number = f" №{formats.NBSP}{error.number}" if error.number else ""
    return Message(
        "Такая справка уже заказана",
        f"Дождитесь ответа на заказ{number} или отмените его.",
    )


def _plain(title: str, text: str, *act: str) -> Callable[[Any], Message]:
    message = Message(title, text, *act)
    return lambda _: message


_SLOT_KINDS = {
    "repeat": "Его назначает сам врач, когда просит прийти ещё раз.",
    "reserve": "Это резерв клиники на неотложный случай.",
    "group": "Это занятие школы здоровья: на него записывает клиника.",
    "live": "Это живая очередь: приходят без записи.",
    "home": "Это вызов врача на дом.",
    "prevent": "Это время диспансеризации.",
}

_MESSAGES: dict[type[errors.CabinetError], Callable[[Any], Message]] = {
    errors.CabinetError: _failure,
    errors.LinkDead: _plain(
        "Эта ссылка больше не действует",
        "Ссылка из письма срабатывает один раз и до начала приёма; после переноса она тоже гаснет. "
        "Посмотреть и изменить запись можно в кабинете "
        f"или по телефону: {common.SUPPORT_PHONE}.",
        "Открыть мои записи",
        "/appointments",
    ),
    errors.NotFound: _plain(
        "Такой записи нет", "Возможно, её отменили или адрес набран с опечаткой."
    ),
    errors.BadInput: _plain(
        "Не получилось прочитать то, что пришло", "Обновите страницу и выберите ещё раз."
    ),
    errors.SignedOut: _plain(
        "Истёк срок действия сессии",
        "Войдите ещё раз — вы вернётесь туда, где остановились. Всё, что вы набрали, сохранилось.",
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
    errors.StepUpFailed: _plain(
        "Второго подтверждения не было",
        "Документы открываются, когда вход подтверждён двумя способами: например, паролем и кодом "
        f"из СМС. Включите вход с подтверждением в профиле ЕСИА. {_CALL_US}",
        *SIGN_IN_AGAIN,
    ),
    errors.StepUpNeeded: _step_up,
    errors.BookingRefused: _plain(
        "Записаться на это время нельзя", "Выберите другое.", *BACK_TO_BOOKING
    ),
    errors.SlotTaken: _slot_taken,
    errors.SlotPast: _plain("Это время уже прошло", "Выберите другое.", *BACK_TO_BOOKING),
    errors.BeyondHorizon: _horizon,
    errors.AlreadyBooked: _already_booked,
    errors.AlreadyWaiting: _plain(
        "Вы уже ждёте этого врача здесь",
        "Второе место не ускорит очередь. Ваше место в листе сохранено.",
        "Лист ожидания",
        "/waiting",
    ),
    errors.TimeConflict: _time_conflict,
    errors.ReferralNeeded: _referral(
        "К этому врачу нужно направление",
        "Его выдаёт терапевт или врач, у которого вы наблюдаетесь.",
    ),
    errors.ReferralExpired: _expired_referral,
    errors.ReferralUsed: _referral(
        "Направление уже использовано", "По одному направлению один приём. Новое выдаст терапевт."
    ),
    errors.AttachedElsewhere: _elsewhere,
    errors.PolicyMissing: _plain(
        "Нет действующего полиса ОМС",
        "Добавьте его в профиле ЕСИА и войдите ещё раз: данные обновятся сами. "
        f"Без полиса запишут по телефону: {common.SUPPORT_PHONE}.",
        "Мои данные",
        "/profile",
    ),
    errors.PatientClosed: _plain(
        "Карта пациента закрыта", f"Если это ошибка, позвоните: {common.SUPPORT_PHONE}."
    ),
    errors.NotForPortal: _not_for_portal,
    errors.QuotaUsed: _plain(
        "Места по направлениям на этот месяц закончились",
        "Посмотрите время в следующем месяце.",
        *BACK_TO_BOOKING,
    ),
    errors.TooManyCancels: _too_many_cancels,
    errors.HoldEnded: _plain(
        "Время закрепления вышло",
        "Талон снова доступен всем. Если он ещё свободен, выберите его опять.",
        *BACK_TO_BOOKING,
    ),
    errors.ClinicSilent: _plain(
        "Клиника не ответила",
        "Запись не создана, талон ещё закреплён за вами. Подождите минуту и нажмите "
        f"«Подтвердить запись» снова. {_CALL_US}",
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
    errors.DocumentDamaged: _plain(
        "Файл повреждён, показать его нельзя",
        f"Сообщите об ошибке: клиника пришлёт исправный. {_CALL_US}",
    ),
    errors.ReportEmpty: _plain(
        "Сообщение пустое", "Опишите ошибку хотя бы одним предложением: что написано и как должно."
    ),
    errors.FileTooLarge: _another_file(
        "Файл слишком большой",
        "Можно загрузить файл до 15 МБ. Отсканируйте его с меньшим качеством или по частям.",
    ),
    errors.FileRefused: _another_file(
        "Этот файл загрузить нельзя",
        "Подходят PDF без пароля, до 100 страниц, и фотографии JPG. Проверьте, открывается ли файл "
        "у вас на устройстве.",
    ),
    errors.FilesSilent: _plain(
        "Хранилище документов не отвечает",
        f"Документы целы. Попробуйте через несколько минут. {_CALL_US}",
    ),
    errors.CabinetChanged: _plain(
        "В другой вкладке открыли другой кабинет",
        "Мы ничего не сделали, чтобы не записать и не отменить за другого человека. "
        "Посмотрите, чей кабинет открыт сейчас, и повторите.",
        "Показать открытый кабинет",
        "/home",
    ),
    errors.AttachmentRefused: _plain(
        "Заявление не отправить", "Выберите другую поликлинику.", "Выбрать", "/attachment"
    ),
    errors.TooSoonToChange: _too_soon_to_change,
    errors.ClinicFull: _plain(
        "Эта поликлиника сейчас не прикрепляет",
        "Мест нет, или она принимает другой возраст. Выберите другую.",
        "Выбрать другую",
        "/attachment?step=choose",
    ),
    errors.AlreadyApplying: _plain(
        "Заявление уже отправлено",
        "Новое можно подать, когда это завершится. Пока решения нет, его можно отозвать.",
        "Посмотреть заявление",
        "/attachment",
    ),
    errors.ApplyInPerson: _plain(
        "Это заявление подаёт сам пациент",
        "С 14 лет поликлинику выбирают сами: войдите в кабинет под своей учётной записью ЕСИА. "
        "За ребёнка до 14 лет заявление подаёт родитель.",
        "Сменить кабинет",
        "/family",
    ),
    errors.TooSoonForDoctor: _too_soon_for_doctor,
    errors.AlreadyDecided: _already_decided,
    errors.TooLateToWithdraw: _plain(
        "Отозвать это заявление уже нельзя",
        "Поликлиника приняла решение, или его отозвали раньше.",
        "Посмотреть заявление",
        "/attachment",
    ),
    errors.CertificateRefused: _plain(
        "Эту справку заказать нельзя", "Выберите другую.", "К справкам", "/certificates"
    ),
    errors.AlreadyOrdered: _already_ordered,
    errors.NoClinicToAsk: _plain(
        "Справку выдаёт поликлиника, а вы не прикреплены",
        "Выберите поликлинику: визит туда не нужен. Потом закажите справку снова.",
        "Выбрать поликлинику",
        "/attachment",
    ),
    errors.NotForThisAge: _plain(
        "Такую справку в этом возрасте не выдают",
        "Справка в лагерь бывает только у детей, для налоговой — только у взрослых.",
        "Выбрать другую",
        "/certificates",
    ),
    errors.TooLateToCancelOrder: _plain(
        "Отменить этот заказ уже нельзя",
        "Клиника ответила, или заказ отменили раньше.",
        "Мои справки",
        "/certificates",
    ),
    errors.DatabaseSilent: _plain(
        "Данные сейчас недоступны",
        f"Ваши записи и документы целы. Попробуйте через несколько минут. {_CALL_US}",
        "Состояние сервисов",
        "/status",
    ),
    errors.TooManyRequests: _plain(
        "Слишком много попыток подряд", f"Подождите минуту и попробуйте снова. {_CALL_US}"
    ),
    errors.GatewayError: _plain(
        "Сообщение не ушло", f"Мы попробуем отправить его ещё раз. {_CALL_US}"
    ),
}
