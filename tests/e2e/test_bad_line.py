"""Booking with one bar of signal: one visit, and clear words, whatever the line does."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from stand.browser import sign_in
from stand.stand import Stand
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.simulator import wait_until
from tests.e2e.slow_line import SlowLine

PATIENCE = 60_000  # milliseconds, on a line that carries 50 kB a second


@pytest.fixture
def line() -> Iterator[SlowLine]:
    """50 kB a second, 400 ms there and back."""
    with SlowLine(rate=50_000, delay=0.4) as line:
        yield line


@pytest.fixture
def far_stand(
    tmp_path: Path, seeded: Path, line: SlowLine, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stand]:
    """A cabinet at the other end of the line."""
    monkeypatch.setenv("ZDRAV29_PUBLIC_URL", f"http://localhost:{line.port}")
    with Stand(tmp_path, template=seeded) as stand:
        line.lead_to(stand.cabinet_port)
        yield stand


@pytest.fixture
def booking(far_stand: Stand, new_context: Callable[..., BrowserContext]) -> BookingScreen:
    """A patient who is about to confirm; her browser may complain of the line."""
    page = new_context().new_page()
    page.set_default_timeout(PATIENCE)
    page.set_default_navigation_timeout(PATIENCE)
    sign_in(page.context, far_stand)
    page.goto(f"{far_stand.cabinet_url}/booking?speciality=therapist&show=1")
    page.wait_for_selector('main[data-ready="true"]')
    booking = BookingScreen(page)
    booking.times.last.click()
    expect(booking.confirm_button).to_be_visible(timeout=PATIENCE)
    return booking


def _expect_one_visit(booking: BookingScreen) -> None:
    page = booking.page
    expect(page).to_have_url(re.compile(r"/appointments/29-\d{8}"), timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Вы записаны")).to_be_visible(timeout=PATIENCE)
    page.goto(page.url.split("/appointments")[0] + "/appointments")
    page.wait_for_selector('main[data-ready="true"]')
    talons = AppointmentsScreen(page).main.get_by_role("link", name=re.compile("Открыть талон"))
    expect(talons).to_have_count(1)


def test_b1_a_line_that_breaks_before_the_act_carries_it_when_it_is_back(
    booking: BookingScreen, line: SlowLine
):
    line.cut(5)
    booking.confirm_button.click()

    expect(booking.page.get_by_text("Нет связи с сервером")).to_be_visible(timeout=PATIENCE)

    _expect_one_visit(booking)


def test_b1_an_answer_that_is_lost_is_found_when_the_line_is_back(
    booking: BookingScreen, line: SlowLine, far_stand: Stand
):
    expected = {"when": {"endpoint": "booking_state.confirm"}, "then": {"delay": 2}}
    there = f"http://localhost:{far_stand.cabinet_port}/_demo/expectations"
    httpx.post(there, json=expected).raise_for_status()

    booking.confirm_button.click()
    _wait_until_met(there)
    line.cut(5)

    expect(booking.page.get_by_text("Нет связи с сервером")).to_be_visible(timeout=PATIENCE)
    _expect_one_visit(booking)


def _wait_until_met(there: str) -> None:
    wait_until(lambda: httpx.get(there).json()["expectations"][0]["consumed"] == 1)
