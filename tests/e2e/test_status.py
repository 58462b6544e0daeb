"""Rows P4 and O4: the state of the services, announcements, and what supervisors see."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from stand.processes import Process
from stand.stand import SERVER, Stand
from tests.e2e.accessibility import expect_accessible
from tests.e2e.conftest import CabinetLog
from tests.e2e.screens.open_pages import ClinicsScreen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.screens.status import StatusScreen
from tests.e2e.screens.support import SupportScreen
from tests.e2e.simulator import Simulator, wait_until

SIZES = [{"width": 390, "height": 844}, {"width": 1280, "height": 800}]


@pytest.fixture
def demo(cabinet_url: str) -> Iterator[httpx.Client]:
    """The demo controls; every service is itself again afterwards, and nothing is announced."""
    with httpx.Client(base_url=f"{cabinet_url}/_demo", timeout=10) as client:
        before = {one["id"] for one in client.get("/announcements").json()["announcements"]}
        yield client
        for service in ("cabinet", "database", "esia", "sms", "mail"):
            client.post("/services", json={"service": service, "answers": True}).raise_for_status()
            client.post("/services", json={"service": service, "answers": None}).raise_for_status()
        for one in client.get("/announcements").json()["announcements"]:
            if one["id"] not in before:
                client.delete("/announcements", params={"id": one["id"]}).raise_for_status()


@pytest.mark.parametrize("size", SIZES)
def test_p4_anybody_sees_which_service_fails_how_it_was_and_what_to_do(
    cabinet: Page, demo: httpx.Client, size: dict[str, int]
):
    cabinet.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    demo.post("/services", json={"service": "sms", "answers": False}).raise_for_status()
    SignInScreen(cabinet).open()

    cabinet.get_by_role("contentinfo").get_by_role("link", name="Состояние сервисов").click()

    status = StatusScreen(cabinet).arrived()
    expect(status.main).to_contain_text("Есть неполадки")
    status.expect_fails("СМС", "Запись действует и без СМС")
    status.expect_works("База данных")
    strip = status.main.get_by_role("list", name="Вход через ЕСИА: последние 90 дней")
    expect(strip).to_contain_text(re.compile(r"сбои, 40.минут"))
    days = (
        "list => [...list.children]"
        ".reduce((sum, one) => sum + Number(getComputedStyle(one).flexGrow), 0)"
    )
    assert strip.evaluate(days) == 90
    expect(status.main.get_by_role("heading", name="Плановые работы")).to_be_visible()
    expect(status.main).to_contain_text("оператор связи меняет оборудование")
    expect_accessible(cabinet)
    assert cabinet.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_p4_an_announcement_stands_on_every_page_until_it_is_taken_away(
    cabinet: Page, signed_in: Page, demo: httpx.Client, cabinet_url: str
):
    outage = {"text": "Не приходят коды из СМС. Исправляем.", "service": "sms"}
    made = demo.post("/announcements", json=outage).json()["id"]

    for page, address in ((cabinet, "/"), (cabinet, "/clinics"), (signed_in, "/booking")):
        page.goto(address)
        announced = page.get_by_role("region", name="Объявления")
        expect(announced).to_contain_text("Неполадки: СМС. Не приходят коды из СМС.")
        expect(announced.get_by_role("link", name="Состояние сервисов")).to_be_visible()
        expect_accessible(page)
    assert outage["text"] in httpx.get(f"{cabinet_url}/visit/confirm/none").text

    demo.delete("/announcements", params={"id": made}).raise_for_status()
    ClinicsScreen(cabinet).open()
    expect(cabinet.get_by_role("region", name="Объявления")).to_have_count(0)


def test_p4_open_pages_show_what_is_announced_and_its_end_by_themselves(
    cabinet: Page, signed_in: Page, demo: httpx.Client
):
    ClinicsScreen(cabinet).open()
    support = SupportScreen(signed_in).open()
    words = support.main.get_by_label("Что случилось")
    words.fill("Не приходит код")

    outage = {"text": "Не приходят коды из СМС. Исправляем.", "service": "sms"}
    made = demo.post("/announcements", json=outage).json()["id"]

    for page in (cabinet, signed_in):
        announced = page.get_by_role("region", name="Объявления")
        expect(announced).to_contain_text(outage["text"])
        expect(page.locator("[aria-live=polite]").filter(has=announced)).to_have_count(1)
    expect(words).to_be_focused()
    expect(words).to_have_value("Не приходит код")
    expect_accessible(signed_in)
    demo.delete("/announcements", params={"id": made}).raise_for_status()
    for page in (cabinet, signed_in):
        expect(page.get_by_role("region", name="Объявления")).to_have_count(0)
    expect(words).to_be_focused()


def test_p4_a_failure_carries_code_and_time_and_leads_to_the_state_of_the_services(
    signed_in: Page, demo: httpx.Client
):
    demo.post(
        "/expectations",
        json={"when": {"endpoint": "appointments_state.load"}, "then": {"error": "SYS-503"}},
    ).raise_for_status()

    signed_in.goto("/appointments")

    alert = signed_in.get_by_role("alert").filter(visible=True)
    expect(alert).to_have_attribute("data-code", "SYS-503")
    expect(alert).to_contain_text(re.compile(r"\d\d:\d\d:\d\d"))
    alert.get_by_role("link", name="Состояние сервисов").click()
    StatusScreen(signed_in).arrived()


def test_p4_the_status_page_answers_while_the_database_is_away(tmp_path: Path, cabinet: Page):
    with _without_database(tmp_path) as address:
        cabinet.goto(f"{address}/status")

        status = StatusScreen(cabinet).arrived()
        status.expect_fails("База данных", "они целы")
        expect_accessible(cabinet)
        assert httpx.get(f"{address}/healthz").status_code == 200
        ready = httpx.get(f"{address}/readyz")
        assert (ready.status_code, ready.text) == (503, "database")


def test_o4_prometheus_sees_routes_events_acts_and_services_and_nobodys_name(
    cabinet: Page, simulator: Simulator, cabinet_url: str
):
    simulator.put_session(cabinet.context, simulator.new_person())
    cabinet.goto("/auth/esia/login?next=/appointments/29-00000000")
    cabinet.wait_for_selector('main[data-ready="true"]')

    shown = httpx.get(f"{cabinet_url}/metrics").text

    assert 'zdrav29_requests_total{method="GET",route="/auth/esia/callback",status="303"}' in shown
    assert 'zdrav29_events_total{handler="appointment_state.load",outcome="ok"}' in shown
    assert 'zdrav29_acts_total{act="signed_in"}' in shown
    assert 'zdrav29_sign_ins_total{outcome="ok"}' in shown
    assert re.search(r'zdrav29_service_up\{service="database"\} 1.0', shown)
    assert "zdrav29_outbox_length 0.0" in shown
    labels = set(re.findall(r'"([^"]*)"', shown))
    assert not [label for label in labels if re.search(r"[а-яё]|29-0|\d{6}", label)]


def test_o4_a_log_line_carries_the_request_id_that_the_person_sees(
    cabinet: Page, cabinet_log: CabinetLog
):
    cabinet.goto("/auth/esia/callback?code=x&state=7a2f0f5e-9a53-4ad5-8b6e-2f6f3d0c7b11")
    refusal = SignInScreen(cabinet).arrived().refusal

    request_id = refusal.get_attribute("data-request-id") or ""

    assert re.search(
        rf"sign-in refused code=AUTH-409 .*request_id={request_id}", cabinet_log.text()
    )


@contextmanager
def _without_database(folder: Path) -> Iterator[str]:
    """The address of a cabinet whose database is not there."""
    stand = Stand(folder)
    (folder / "away").mkdir()  # a folder is no database
    env = {**stand.env, "ZDRAV29_DATABASE_URL": f"sqlite:///{folder / 'away'}"}
    command = [*SERVER, "--host", "127.0.0.1", "--port", str(stand.cabinet_port)]
    cabinet = Process("cabinet", command, env, folder / "cabinet.log")
    try:
        wait_until(lambda: _answers(stand.cabinet_url))
        yield stand.cabinet_url
    finally:
        cabinet.stop()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz").is_success
    except httpx.HTTPError:
        return False
