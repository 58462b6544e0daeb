"""Words that more than one screen uses."""

from zdrav29_app.values import FullName

SERVICE = "Здрав29"
SUPPORT_PHONE = "8\u00a0800\u00a0000-29-29"
SUPPORT_HOURS = "ежедневно с 7:00 до 21:00"

HOME = "Главная"
BOOKING = "Запись к врачу"
APPOINTMENTS = "Мои записи"

VISIT_CANCELLED = "Запись отменена. Время снова свободно для других."

WELCOME = "Подтверждение учётной записи"
CONSENT = "Согласие на обработку персональных данных"

UNCONFIRMED = "Подтвердите учётную запись ЕСИА"

PROFILE = "Мои данные"
SECURITY = "Безопасность"
SUPPORT = "Обратная связь"
FAMILY = "Семья"
DOCUMENTS = "Мои документы"
WAITING = "Лист ожидания"
RESULTS = "Результаты анализов"
RECORD = "Медицинская карта"
PREVENTION = "Рекомендации по профилактике"
SETTINGS = "Настройки уведомлений"
REFERRALS = "Направления"
CERTIFICATES = "Справки"
CLINICS = "Медучреждения"
TIMETABLE = "Расписание"
SERVICES = "Мои услуги"
ATTACHMENT = "Прикрепление к поликлинике"
STATUS = "Состояние сервисов"
HELP = "Помощь"
GALLERY = "Галерея"
DESK = "Рабочее место"

SECTIONS = {
    "/home": HOME,
    "/booking": BOOKING,
    "/appointments": APPOINTMENTS,
    "/profile": PROFILE,
    "/security": SECURITY,
    "/support": SUPPORT,
    "/family": FAMILY,
    "/documents": DOCUMENTS,
    "/results": RESULTS,
    "/record": RECORD,
    "/prevention": PREVENTION,
    "/settings": SETTINGS,
    "/referrals": REFERRALS,
    "/certificates": CERTIFICATES,
    "/waiting": WAITING,
    "/services": SERVICES,
    "/attachment": ATTACHMENT,
    "/desk": DESK,
}


def talon(number: str) -> str:
    """«Талон № 29-12345678»."""
    return f"Талон № {number}"


def greeting(name: FullName) -> str:
    """«Здравствуйте, Анна Сергеевна»."""
    return f"Здравствуйте, {' '.join(part for part in (name.first, name.middle) if part)}"
