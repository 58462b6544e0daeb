"""Words of the first entry: the phone, the way in, being blocked."""

from datetime import datetime

from zdrav29_app.texts import common, formats

WELCOME_LEAD = "Вы здесь впервые. Проверим, что телефон из профиля ЕСИА у вас под рукой."
PHONE = "Номер телефона"
PHONE_HINT = "Номер взят из профиля ЕСИА. Изменить его можно только там: "
ESIA_PROFILE = "профиль ЕСИА"
NO_PHONE = "В профиле ЕСИА нет телефона"
NO_PHONE_REASON = "Добавьте его там, выйдите и войдите ещё раз."
GET_CODE = "Получить код"
SENT = "Код отправлен. Обычно он приходит за минуту."
CODE = "Код из СМС"
CONFIRM = "Подтвердить"
RESEND = "Отправить код ещё раз"
RESEND_IN = "Новый код можно запросить через "
NOT_COMING = "Код не приходит?"
NOT_COMING_HELP = "Проверьте номер в профиле ЕСИА и запросите код ещё раз. Не помогло — позвоните:"

GIVE = "Подтвердить согласие"
REFUSE = "Отказаться"
PRINT = "Распечатать"
REFUSED_TITLE = "Без согласия кабинет не откроется"
REFUSED = (
    "Мы не вправе показать ваши записи и документы, пока вы не разрешили их обрабатывать. "
    "Данные, полученные при входе, нигде больше не используются. "
    "Записаться можно и без кабинета, по телефону:"
)
RECONSIDER = "Вернуться к согласию"
GIVEN = "Согласие получено. Отозвать его можно в любой день в разделе «Мои данные»."

WAYS = "Как входить в следующий раз"
WAYS_HINT = "Этот способ ЕСИА предложит первым. Остальные останутся; поменять выбор можно позже."
WAY_NAMES = {"password": "Пароль", "biometrics": "Биометрия", "sms": "Одноразовый код"}
WAY_HINTS = {
    "password": "Логин и пароль, затем код из СМС",
    "biometrics": "Логин и пароль, затем отпечаток пальца в приложении",
    "sms": "Телефон и код из СМС, без пароля",
}
GO_ON = "Продолжить"


def blocked(until: datetime | None) -> str:
    """That no code is taken for a while, and the way out; empty when codes are taken."""
    if until is None:
        return ""
    return (
        f"Код несколько раз не подошёл. Ввод закрыт до {formats.clock_time(until)}, "
        f"{formats.day_month(until)}. Если ждать нельзя, позвоните: {common.SUPPORT_PHONE}."
    )
