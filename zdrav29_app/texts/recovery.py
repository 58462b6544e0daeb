"""Words of «Восстановление доступа», for who cannot sign in."""

from datetime import datetime
from urllib.parse import urlencode

from zdrav29_app.texts import common, support

TITLE = "Восстановление доступа"
LEAD = (
    "Если войти не получается, заполните эту форму. Специалист сверит данные и ответит туда, куда "
    "вы укажете."
)
IN_ESIA = (
    "Забыли пароль или сменили номер? Быстрее восстановить вход в самой ЕСИА: "
    "«Забыли пароль?» на странице входа."
)
LAST_NAME, FIRST_NAME, BIRTH_DATE = "Фамилия", "Имя", "Дата рождения"
POLICY, POLICY_HINT = "Номер полиса ОМС", "16 цифр на полисе или в приложении страховой."
CODE = "Идентификационный код со страницы отказа"
CODE_HINT = "12 знаков после слова «запрос». Если страницы отказа не было, оставьте пустым."
CONTACT = "Телефон или почта для ответа"
CONTACT_HINT = "Мобильный номер или адрес почты, к которым у вас есть доступ."
TEXT = "Что случилось"
TEXT_HINT = "Можно не заполнять. Паспорт, пароль и коды из СМС не пишите."
SEND = "Отправить"
SENT = "Заявка принята"
AGAIN = "Проверьте отмеченные поля."
PROBLEMS = {
    "last_name": "Укажите фамилию.",
    "first_name": "Укажите имя.",
    "birth_date": "Укажите дату рождения.",
    "policy": "В номере полиса 16 цифр. Проверьте, нет ли опечатки.",
    "code": "В коде 12 знаков: цифры и буквы от a до f.",
    "contact": "Укажите мобильный телефон или почту, иначе нам некуда ответить.",
}
SAFE = "Кто получит ответ"
SAFE_TEXT = (
    "Ответ придёт на указанный контакт. Мы не сообщаем, есть ли человек в системе, и никогда не "
    "просим пароль и код из СМС."
)


def sent(number: str, until: datetime) -> str:
    """What comes next; the same words whoever asked for whomever."""
    return (
        f"{support.number(number)}. {support.due(until)}. Если данные подтвердятся, специалист "
        f"подскажет другой способ входа. Срочно: {common.SUPPORT_PHONE}."
    )


def href(request_id: str) -> str:
    """The address of the form with the identification code of a refusal."""
    return f"/support/recovery?{urlencode({'request_id': request_id})}"
