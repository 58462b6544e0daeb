"""The screens worth seeing, each as a name and the acts that lead to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from playwright.sync_api import Page

KEGO = "Амбулатория на острове Кего"
TIME = re.compile(r"^\d\d:\d\d–\d\d:\d\d, ")


class Visitor(StrEnum):
    """Whose browser it is."""

    NOBODY = "nobody"
    NEWCOMER = "newcomer"
    PATIENT = "patient"
    WITH_RECORD = "with_record"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Scene:
    """One screen. Scenes of the same visitor follow each other in one browser, in this order.

    `help` is the page of help that shows this screen.
    """

    name: str
    act: Callable[[Page], None]
    visitor: Visitor = Visitor.PATIENT
    help: str = ""


def _open(address: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.goto(address)
        ready(page)

    return act


def ready(page: Page) -> None:
    """Wait until the page has its data."""
    page.wait_for_selector('main[data-ready="true"]')


def _ask_for_code(page: Page) -> None:
    page.get_by_role("button", name="Получить код").click()
    page.get_by_label("Код из СМС").wait_for()


def _mistype(page: Page) -> None:
    page.get_by_label("Код из СМС").fill("000000")
    page.get_by_role("button", name="Подтвердить").click()
    page.get_by_role("alert").filter(visible=True).wait_for()


def _confirm_phone(page: Page) -> None:
    _, phone = page.context.pages
    page.get_by_label("Код из СМС").fill(phone.locator(".big").first.inner_text())
    page.get_by_role("button", name="Подтвердить").click()
    page.get_by_role("button", name="Подтвердить согласие").wait_for()


def _consent(page: Page) -> None:
    page.get_by_role("button", name="Вернуться к согласию").click()
    page.get_by_role("button", name="Подтвердить согласие").click()
    page.get_by_role("radio").first.wait_for()


def _refuse(page: Page) -> None:
    page.get_by_role("button", name="Отказаться").click()
    page.get_by_role("button", name="Вернуться к согласию").wait_for()


def _find_times(page: Page) -> None:
    _open("/booking?speciality=therapist&show=1")(page)
    days = page.get_by_role("navigation", name="Дни со свободным временем").get_by_role("link")
    days.nth(1).click()
    page.wait_for_url(re.compile("date="))
    ready(page)


def _choose(page: Page) -> None:
    page.get_by_role("button", name=TIME).last.click()
    page.get_by_role("button", name="Подтвердить запись").wait_for()


def _go_on(page: Page) -> None:
    page.get_by_role("link", name="Продолжить запись").click()
    _confirm(page)


def _confirm(page: Page) -> None:
    page.get_by_role("button", name="Подтвердить запись").click()
    page.get_by_role("heading", name="Вы записаны").wait_for()
    ready(page)


def _enlarge(page: Page) -> None:
    page.get_by_role("link", name="Крупная печать").click()
    page.get_by_role("article", name="Крупная печать").wait_for()
    ready(page)


def _refused(page: Page) -> None:
    _open("/booking?speciality=therapist&show=1")(page)
    page.get_by_role("button", name=TIME).last.click()
    page.get_by_role("alert").filter(visible=True).wait_for()


def _ask(page: Page) -> None:
    _open("/appointments")(page)
    page.get_by_role("button", name=re.compile("^Отменить")).first.click()
    page.get_by_role("button", name="Не отменять").wait_for()


def _cancel(page: Page) -> None:
    page.get_by_role("button", name="Отменить запись").click()
    page.get_by_text("Отменён вами").first.wait_for()


def _recover_nothing(page: Page) -> None:
    _open("/support/recovery")(page)
    page.get_by_role("button", name="Отправить", exact=True).click()
    page.get_by_text("Укажите фамилию").wait_for()


def _open_first_request(page: Page) -> None:
    _open("/desk")(page)
    page.get_by_role("link", name=re.compile("^Обращение №")).first.click()
    page.get_by_label("Что отправить").wait_for()


def _ask_support(page: Page) -> None:
    _open("/support")(page)
    page.get_by_label("Что случилось").fill("Не вижу талонов к окулисту на декабрь.")
    page.get_by_role("button", name="Отправить обращение").click()
    page.get_by_text("Обращение отправлено").wait_for()


def _wait(page: Page) -> None:
    page.get_by_role("button", name="Встать в лист ожидания").click()
    page.get_by_role("status").filter(has_text="Вы в листе").wait_for()
    ready(page)


def _be_offered(page: Page) -> None:
    _open("/settings")(page)  # pictures are taken at night too, when nothing is offered
    page.get_by_label("Не присылать напоминания в тихие часы").uncheck()
    page.get_by_role("button", name="Сохранить настройки").click()
    page.get_by_role("status").filter(has_text="сохранены").wait_for()
    now = datetime.fromisoformat(page.request.get("/_demo/clock").json()["now"])
    day = (now + timedelta(days=5)).date().isoformat()
    one = {"speciality": "general", "branch": KEGO, "day": day, "from": "19:00", "to": "20:00"}
    _play_clinic(page, publish=one)
    _open("/waiting")(page)
    page.get_by_text("закреплён за вами").first.wait_for()


def _be_called_off(page: Page) -> None:
    _find_times(page)
    _choose(page)
    _confirm(page)
    number = page.url.rpartition("/")[2].partition("?")[0]
    _play_clinic(page, cancel=number, reason="Врач заболел")
    _open("/appointments")(page)


def _play_clinic(page: Page, **act: object) -> None:
    page.request.post("/_demo/clinic", data=act, fail_on_status_code=True)


def _open_vision(page: Page) -> None:
    _open("/home")(page)
    page.get_by_role("button", name="Версия для слабовидящих").click()
    page.get_by_role("button", name="Обычная версия").wait_for()


def _open_document(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        _open("/documents")(page)
        page.get_by_role("link", name=re.compile(f"^Открыть: {name}")).first.click()
        page.wait_for_url(re.compile(r"/documents/\d+"))
        # the page that is left stays ready for a moment under the new address
        page.get_by_role("heading", level=1, name=re.compile(f"^{name}")).wait_for()
        ready(page)

    return act


def _report(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Сообщить об ошибке: ")).first.click()
    page.get_by_label("Опишите ошибку").wait_for()
    ready(page)


def _register(page: Page) -> None:
    _open("/")(page)
    page.get_by_role("link", name="Регистрация").click()
    page.wait_for_url("**/registration")


def _recover(page: Page) -> None:
    _open("/")(page)
    page.get_by_role("link", name="Войти через ЕСИА").click()
    page.get_by_role("link", name="Забыли пароль?").click()
    page.get_by_role("heading", name="Восстановление доступа").wait_for()


SCENES = (
    Scene("esia-registration", _register, Visitor.NOBODY, help="register"),
    Scene("esia-recovery", _recover, Visitor.NOBODY, help="restore"),
    Scene("sign-in", _open("/"), Visitor.NOBODY, help="sign-in"),
    Scene("sign-in-going-to", _open("/?next=%2Fbooking"), Visitor.NOBODY),
    Scene("sign-in-refused", _open("/?code=AUTH-503&request_id=0123456789ab"), Visitor.NOBODY),
    Scene("unconfirmed", _open("/unconfirmed?documents=0"), Visitor.NOBODY),
    Scene("gallery", _open("/gallery"), Visitor.NOBODY),
    Scene("not-found", _open("/no-such-page"), Visitor.NOBODY),
    Scene(
        "support-outside", _open("/support?code=AUTH-503&request_id=0123456789ab"), Visitor.NOBODY
    ),
    Scene("recovery", _open("/support/recovery?request_id=0123456789ab"), Visitor.NOBODY),
    Scene("recovery-wrong", _recover_nothing, Visitor.NOBODY),
    Scene("clinics", _open("/clinics"), Visitor.NOBODY),
    Scene("clinics-none", _open("/clinics?q=абракадабра"), Visitor.NOBODY),
    Scene("timetable", _open("/timetable"), Visitor.NOBODY),
    Scene("timetable-doctors", _open("/timetable?speciality=neurologist"), Visitor.NOBODY),
    Scene("status", _open("/status"), Visitor.NOBODY),
    Scene("help", _open("/help"), Visitor.NOBODY),
    Scene("help-found", _open("/help?q=талон"), Visitor.NOBODY),
    Scene("help-topic", _open("/help/booking"), Visitor.NOBODY),
    Scene("welcome", _open("/welcome"), Visitor.NEWCOMER, help="confirm"),
    Scene("welcome-code", _ask_for_code, Visitor.NEWCOMER),
    Scene("welcome-wrong-code", _mistype, Visitor.NEWCOMER),
    Scene("consent", _confirm_phone, Visitor.NEWCOMER),
    Scene("consent-refused", _refuse, Visitor.NEWCOMER),
    Scene("consent-ways", _consent, Visitor.NEWCOMER),
    Scene("home-empty", _open("/home")),
    Scene("appointments-empty", _open("/appointments")),
    Scene("booking", _open("/booking")),
    Scene("booking-nothing", _open("/booking?speciality=cardiologist&show=1")),
    Scene("booking-words", _open("/booking?q=глаза&show=1")),
    Scene("booking-no-words", _open("/booking?q=абракадабра&show=1")),
    Scene("booking-times", _find_times, help="booking"),
    Scene("booking-check", _choose),
    Scene("home-left-behind", _open("/home")),
    Scene("talon-just-booked", _go_on),
    Scene("talon-large", _enlarge),
    Scene("booking-refused", _refused),
    Scene("home", _open("/home")),
    Scene("appointments-ask", _ask),
    Scene("appointments-cancelled", _cancel),
    Scene("profile", _open("/profile")),
    Scene("security", _open("/security")),
    Scene("support-empty", _open("/support"), help="support"),
    Scene("support", _ask_support),
    Scene("family", _open("/family")),
    Scene("settings", _open("/settings"), help="notices"),
    Scene("services", _open("/services")),
    Scene("attachment", _open("/attachment"), help="clinic"),
    Scene("attachment-choose", _open("/attachment?step=choose")),
    Scene("attachment-doctor", _open("/attachment/doctor")),
    Scene("attachment-check", _open("/attachment?clinic=3")),
    Scene("attachment-history", _open("/attachment/history")),
    Scene("referrals-empty", _open("/referrals")),
    Scene("certificates", _open("/certificates")),
    Scene("documents-empty", _open("/documents")),
    Scene("documents-upload", _open("/documents/upload")),
    Scene("waiting-empty", _open("/waiting")),
    Scene("waiting-form", _open("/waiting?speciality=general")),
    Scene("waiting", _wait),
    Scene("waiting-offered", _be_offered),
    Scene("home-offered", _open("/home")),
    Scene("appointments-called-off", _be_called_off),
    Scene("home-called-off", _open("/home")),
    Scene("talon-none", _open("/appointments/29-00000000")),
    Scene("vision", _open_vision),
    Scene("documents", _open("/documents"), Visitor.WITH_RECORD, help="documents"),
    Scene("document-results", _open_document("Общий"), Visitor.WITH_RECORD),
    Scene("document-xml", _open_document("Протокол консультации невролога"), Visitor.WITH_RECORD),
    Scene("document-report", _report, Visitor.WITH_RECORD),
    Scene("document-jpg", _open_document("Справка в бассейн"), Visitor.WITH_RECORD),
    Scene("document-pdf", _open_document("Электрокардиограмма"), Visitor.WITH_RECORD),
    Scene("results", _open("/results"), Visitor.WITH_RECORD),
    Scene("record", _open("/record"), Visitor.WITH_RECORD),
    Scene("prevention", _open("/prevention"), Visitor.WITH_RECORD),
    Scene("document-damaged", _open_document("Рентгенография"), Visitor.WITH_RECORD),
    Scene("desk", _open("/desk"), Visitor.OPERATOR),
    Scene("desk-request", _open_first_request, Visitor.OPERATOR),
    Scene("desk-empty", _open("/desk?topic=booking&status=closed"), Visitor.OPERATOR),
)
