"""Row P5: the five lessons of the trainer's guide, walked as a trainee walks them."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from esia_sim.playwright import sign_in_as
from stand.stand import Stand
from tests.e2e.screens.appointments import AppointmentsScreen, TalonScreen
from tests.e2e.screens.attachment import AttachmentScreen, HistoryScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.entry import ConsentScreen, WelcomeScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.screens.status import StatusScreen
from tests.e2e.simulator import SimPerson, Simulator, wait_until
from zdrav29_app.texts.lessons import CABINET, LESSONS, RESET, SIMULATOR, Call, Lesson

CLINIC = "Архангельская городская клиническая поликлиника № 1"


class Classroom:
    """One lesson: its trainee in a browser, and the trainer who calls up what the guide says."""

    def __init__(self, page: Page, simulator: Simulator, cabinet_url: str) -> None:
        self.page = page
        self.simulator = simulator
        self._addresses = {CABINET: cabinet_url, SIMULATOR: simulator.esia.url}

    def call(self, *calls: Call) -> None:
        """Do what the guide has the trainer type."""
        for call in calls:
            place, _, path = call.address.partition("/")
            answer = httpx.post(f"{self._addresses[place]}/{path}", json=call.body, timeout=30)
            answer.raise_for_status()

    def begin(self, lesson: Lesson) -> SimPerson:
        """The trainee of the card signs in as she is told on it: password, code, consent."""
        trainee = self.simulator.of_the_cast(lesson.login)
        assert f"войти как {trainee.key}" in lesson.task
        SignInScreen(self.page).open().go_to_esia()
        sign_in_as(self.page, trainee.key, esia=self.simulator.esia)
        Screen(self.page).wait_ready()
        return trainee

    def enter_again(self, trainee: SimPerson) -> None:
        """Sign in after the session has ended; the cabinet leads back to where she was."""
        self.simulator.put_session(self.page.context, trainee)
        SignInScreen(self.page).arrived().go_to_esia()

    def expect_sight(self, lesson: Lesson, words: str) -> None:
        """The trainee sees this, and the guide says so."""
        assert words in lesson.sight
        expect(self.page.locator("main")).to_contain_text(words)


@pytest.fixture
def classroom(
    cabinet: Page, simulator: Simulator, stand: Stand | None, cabinet_url: str
) -> Iterator[Classroom]:
    """A stand as new before a lesson, and after it by the guide's own reset."""
    if stand is None:
        pytest.skip("a stand that is already up keeps its data")
    room = Classroom(cabinet, simulator, cabinet_url)
    room.call(RESET)
    yield room
    room.call(RESET)
    assert httpx.get(f"{cabinet_url}/_demo/clock").json()["moved"] is False
    assert httpx.get(f"{cabinet_url}/_demo/expectations").json()["expectations"] == []


@pytest.fixture
def therapist(classroom: Classroom) -> Callable[[], BookingScreen]:
    """Goes to the check of a visit to a therapist."""

    def choose() -> BookingScreen:
        booking = BookingScreen(classroom.page).open()
        booking.search("Терапевт")
        booking.choose_another_day()
        booking.choose_time()
        return booking

    return choose


def test_p5_lesson_1_the_first_entry(classroom: Classroom):
    lesson = LESSONS[0]

    trainee = classroom.begin(lesson)

    welcome = WelcomeScreen(classroom.page).arrived()
    assert f"«{welcome.heading}»" in lesson.sight
    welcome.give_code(welcome.ask_for_code(classroom.simulator, trainee))
    consent = ConsentScreen(classroom.page).arrived()
    assert f"«{consent.heading}»" in lesson.sight
    consent.give()
    consent.choose_way("Пароль")
    expect(classroom.page.get_by_role("heading", level=1, name="Главная")).to_be_visible()


def test_p5_lesson_2_a_time_that_is_lost_at_the_last_step(
    classroom: Classroom, therapist: Callable[[], BookingScreen]
):
    lesson = LESSONS[1]
    classroom.begin(lesson)
    classroom.call(*lesson.calls)

    booking = therapist()
    booking.confirm_button.click()

    assert "SLOT-409" in lesson.sight
    booking.expect_refusal("SLOT-409", re.compile("."))
    therapist().confirm().expect_status("Вы записаны")


def test_p5_lesson_3_a_talon_without_an_sms(
    classroom: Classroom, therapist: Callable[[], BookingScreen]
):
    lesson = LESSONS[2]
    trainee = classroom.begin(lesson)
    classroom.call(*lesson.calls)
    since = classroom.simulator.cursor()

    number = TalonScreen(therapist().confirm().page).number

    announced = classroom.page.get_by_role("region", name="Объявления")
    expect(announced).to_contain_text("СМС запаздывают")
    announced.get_by_role("link", name="Состояние сервисов").click()
    StatusScreen(classroom.page).arrived().expect_fails("СМС", "Запись действует и без СМС")
    AppointmentsScreen(classroom.page).open().open_talon(number)
    expect(classroom.page.locator("main")).to_contain_text("терапевт")
    esia = classroom.simulator.esia
    assert esia.messages(to=trainee.key, channel="sms", since=since)["messages"] == []


def test_p5_lesson_4_a_session_that_ends_before_the_last_step(
    classroom: Classroom, therapist: Callable[[], BookingScreen]
):
    lesson = LESSONS[3]
    trainee = classroom.begin(lesson)
    booking = therapist()

    classroom.call(*lesson.calls)
    booking.confirm_button.click()

    assert "AUTH-440" in lesson.sight
    SignInScreen(classroom.page).arrived().expect_refusal("AUTH-440", "вернётесь туда")
    classroom.enter_again(trainee)
    booking.arrived().confirm().expect_status("Вы записаны")


def test_p5_lesson_5_a_clinic_is_changed_while_hours_pass(classroom: Classroom):
    lesson = LESSONS[4]
    trainee = classroom.begin(lesson)
    attachment = AttachmentScreen(classroom.page).open()
    attachment.choose(CLINIC)
    attachment.send()
    number = attachment.sent_number()
    history = HistoryScreen(classroom.page)

    for status in ("Подтверждено", "Действует"):
        classroom.call(*lesson.calls)
        classroom.page.goto(history.address)
        classroom.enter_again(trainee)
        history.arrived()
        wait_until(lambda wanted=status: wanted in _shown(history, number))
        classroom.expect_sight(lesson, status)


def _shown(history: HistoryScreen, number: str) -> str:
    return history.open().main.get_by_role("listitem").filter(has_text=number).inner_text()
