"""Row O4: what a patient does is traced from the click to the statement, and nothing of hers is."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from esia_sim.remote import Esia
from stand.stand import Stand
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.simulator import SimPerson, Simulator, cookie_header, wait_until
from tests.otlp import Collector, Seen

OF_A_PERSON = (
    *("oid", "last_name", "first_name", "middle_name"),
    *("login", "password", "phone", "email", "snils"),
)
AWAITED = {"booking_state.confirm", "GET /auth/esia/callback", "notice sms", "notice email"}


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector of its own."""
    made = Collector()
    yield made
    made.stop()


@pytest.fixture
def traced_stand(
    collector: Collector, tmp_path: Path, seeded: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stand]:
    """A stand whose cabinet tells the collector what it does."""
    monkeypatch.setenv("ZDRAV29_TRACES_URL", collector.url)
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
    with Stand(tmp_path, template=seeded) as running:
        yield running


def _books(page: Page, stand: Stand, simulator: Simulator, person: SimPerson) -> str:
    """Sign her in and book a time; gives the number of the talon."""
    simulator.put_session(page.context, person)
    page.goto(f"{stand.cabinet_url}/auth/esia/login")
    page.wait_for_selector('main[data-ready="true"]')
    page.goto(f"{stand.cabinet_url}/booking?speciality=therapist&show=1")
    booking = BookingScreen(page).arrived()
    booking.choose_time()
    booking.confirm_button.click()
    expect(page).to_have_url(re.compile(r"/appointments/29-\d{8}"))
    return page.url[-len("29-12345678") :]


def _above(seen: list[Seen], name: str) -> set[str]:
    return {span.parent for span in seen if span.name == name}


def test_o4_what_a_patient_does_is_traced_and_nothing_of_hers_is(
    traced_stand: Stand, collector: Collector, open_page: Callable[[], Page]
):
    page = open_page()
    with Esia(traced_stand.simulator_url) as esia:
        simulator = Simulator(esia, traced_stand.cabinet_url)
        person = simulator.new_person()
        known = esia.person(person.key)
        number = _books(page, traced_stand, simulator, person)
        wait_until(lambda: {span.name for span in collector.seen()} >= AWAITED)

    seen, told = collector.seen(), b"".join(collector.bodies)
    assert _above(seen, "booking_state.confirm") == {""}
    assert _above(seen, "booking.book_slot") == {"booking_state.confirm"}
    assert _above(seen, "UPDATE") >= {"booking.book_slot"}
    assert _above(seen, "GET localhost") >= {"GET /auth/esia/callback"}
    assert _above(seen, "POST localhost") >= {"GET /auth/esia/callback", "notice sms"}
    hers = {str(known[name]) for name in OF_A_PERSON}
    hers |= {re.sub(r"\D", "", value) for value in hers if re.search(r"\d{5}", value)}
    hers |= {number, cookie_header(page.context).split("=", 1)[1].split(";")[0]}
    assert len(hers) > len(OF_A_PERSON)
    assert [value for value in hers if value.encode() in told] == []
    assert b"code=" not in told
    assert b"next=" not in told


def test_o4_a_stand_whose_collector_is_away_serves_as_usual(
    tmp_path: Path, seeded: Path, monkeypatch: pytest.MonkeyPatch, open_page: Callable[[], Page]
):
    gone = Collector()
    gone.stop()
    monkeypatch.setenv("ZDRAV29_TRACES_URL", gone.url)
    page = open_page()

    with Stand(tmp_path, template=seeded) as stand, Esia(stand.simulator_url) as esia:
        simulator = Simulator(esia, stand.cabinet_url)
        assert _books(page, stand, simulator, simulator.new_person())
