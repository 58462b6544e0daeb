"""Russian words of registration that depend on something."""

from typing import Final

UNCONFIRMED_NUMBER: Final = "+79000000000"  # plays a number that its operator does not confirm

EMPTY_PHONE: Final = "Введите номер мобильного телефона."
WRONG_PHONE: Final = "Проверьте номер: нужен мобильный, 10 цифр после +7."
NOT_CONFIRMED: Final = (
    "Номер не подтверждён оператором. Подтвердите его в офисе связи с паспортом или введите другой."
)
SENT: Final = "Код отправлен на номер, который вы ввели."
EMPTY_EMAIL: Final = "Введите адрес электронной почты."
WRONG_EMAIL: Final = "Проверьте адрес: в нём должны быть знак @ и имя сайта, например name@mail.ru."
NOT_THE_SAME: Final = "Пароли не совпадают. Введите их ещё раз."
EMPTY_LAST_NAME: Final = "Введите фамилию."
EMPTY_FIRST_NAME: Final = "Введите имя."
WRONG_NAME: Final = "Напишите русскими буквами, как в паспорте; можно дефис и пробел."
EMPTY_BIRTH: Final = "Введите дату рождения."
WRONG_DATE: Final = "Проверьте дату: день, месяц и год, например 12.04.1988."
WRONG_AGE: Final = "Зарегистрироваться можно с 14 лет. Проверьте год рождения."
EMPTY_GENDER: Final = "Выберите пол."
EMPTY_PASSPORT: Final = "Введите серию и номер паспорта."
WRONG_PASSPORT: Final = "Проверьте паспорт: 4 цифры серии и 6 цифр номера."
EMPTY_ISSUED: Final = "Введите дату выдачи паспорта."
WRONG_ISSUED: Final = "Проверьте дату выдачи: она позже рождения и не позже сегодняшнего дня."
EMPTY_CODE: Final = "Введите код подразделения."
WRONG_CODE: Final = "Проверьте код подразделения: 6 цифр, например 290-001."
EMPTY_ISSUER: Final = "Напишите, кем выдан паспорт."
WRONG_SNILS: Final = "Проверьте СНИЛС: 11 цифр, и две последние не сходятся с остальными."
WRONG_INN: Final = "Проверьте ИНН: 12 цифр, и две последние не сходятся с остальными."
NO_SCANS: Final = "Приложите хотя бы один файл или пройдите видеоверификацию."
TOO_MANY_SCANS: Final = "Приложите не больше четырёх файлов."
AGREE: Final = "Чтобы завершить, согласитесь с обоими документами."
READY_SUBJECT: Final = "Учётная запись готова"
READY: Final = (
    "Ваша учётная запись подтверждена. Теперь доступны все услуги, и «Здрав 29» тоже. "
    "Учебный стенд."
)


def wrong_scan(name: str, reason: str) -> str:
    """Say why a file is not taken."""
    return f"Файл «{name}» не подходит: {reason}"


NOT_A_PICTURE: Final = "это не PDF, JPEG и не PNG. Сохраните скан в одном из этих форматов."
EMPTY_FILE: Final = "он пустой. Выберите другой."
TOO_LARGE: Final = "он больше 10 МБ. Уменьшите снимок."
