"""Row P1: an electronic certificate is asked for, followed, received as a document."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from stand.stand import Stand
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.certificates import CertificatesScreen
from tests.e2e.screens.documents import DocumentScreen, DocumentsScreen
from tests.e2e.screens.home import HomeScreen
from tests.e2e.simulator import simulator_of, wait_until
from tests.pdf_ua import findings

POOL = "Справка в бассейн"
SIZES = [{"width": 390, "height": 844}, {"width": 1280, "height": 800}]


@pytest.fixture
def clinic(cabinet_url: str) -> Callable[..., None]:
    """What a clinic does with an order."""

    def act(**body: str) -> None:
        httpx.post(f"{cabinet_url}/_demo/clinic", json=body, timeout=60).raise_for_status()

    return act


@pytest.mark.parametrize("size", SIZES)
def test_p1_a_certificate_is_ordered_and_received_as_a_document(
    signed_in: Page, clinic: Callable[..., None], size: dict[str, Any], tmp_path: Path
):
    page = signed_in
    page.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    HomeScreen(page).open().main.get_by_role("link", name="Мои услуги").click()
    page.get_by_role("main").get_by_role("link", name="Справки").click()
    certificates = CertificatesScreen(page).arrived()
    expect(certificates.main).to_contain_text("Справок пока нет")
    expect_accessible(page)

    certificates.order(POOL, purpose="в бассейн «Водник»")
    expect(certificates.item(POOL)).to_contain_text("Заказана")
    expect_accessible(page)
    clinic(issue=certificates.number_of(POOL))
    certificates.open()
    expect(certificates.item(POOL)).to_contain_text("Готова")
    expect_accessible(page)

    certificates.item(POOL).get_by_role("link", name="Открыть справку: справка в бассейн").click()
    document = DocumentScreen(page, POOL).arrived()
    expect(document.view.locator("iframe")).to_be_visible()
    listed = DocumentsScreen(page).open()
    expect(listed.items).to_have_count(1)
    _, content = listed.download(POOL, tmp_path)
    (tmp_path / "certificate.pdf").write_bytes(content)
    text = PdfReader(tmp_path / "certificate.pdf").pages[0].extract_text()
    assert "Посещать бассейн может" in text
    assert "Водник" in text
    assert findings(content) == []


def test_p1_a_certificate_is_made_by_the_clock_and_its_patient_is_told(
    own_stand: Stand, open_page: Callable[[], Page], request: pytest.FixtureRequest
):
    with simulator_of(request, own_stand.simulator_url, own_stand.cabinet_url) as simulator:
        page = open_page()
        person = simulator.new_person()
        enter = f"{own_stand.cabinet_url}/auth/esia/login?next=/certificates"
        simulator.put_session(page.context, person)
        page.goto(enter)
        certificates = CertificatesScreen(page).arrived()
        certificates.order(POOL)
        since = simulator.cursor()

        for span in ("31m", "2h"):
            simulator.esia.move_clock(advance=span)
            httpx.post(
                f"{own_stand.cabinet_url}/_demo/clock", json={"advance": span}
            ).raise_for_status()
        message = simulator.next_message(person, "sms", since=since)

        simulator.put_session(page.context, person)
        page.goto(enter)
        certificates.arrived()
        assert "готова" in message["text"]
        assert "бассейн" not in message["text"]
        wait_until(lambda: "Готова" in certificates.item(POOL).inner_text())


def test_p1_an_order_is_made_once_and_cancelled_while_there_is_time(signed_in: Page):
    certificates = CertificatesScreen(signed_in).open()
    certificates.order(POOL)

    certificates.fill(POOL, purpose="ещё раз")
    certificates.send()
    certificates.expect_refusal("CERT-301", "уже заказана")
    expect(certificates.main.get_by_label("Для чего")).to_have_value("ещё раз")
    expect_accessible(signed_in)

    certificates.cancel(POOL)
    expect(certificates.item(POOL)).to_contain_text("Отменена")
    certificates.order(POOL)
    expect(certificates.items).to_have_count(2)


def test_p1_a_refused_certificate_says_why_and_the_way_on(
    signed_in: Page, clinic: Callable[..., None]
):
    certificates = CertificatesScreen(signed_in).open()
    certificates.order("Справка 086/у для учёбы и работы")

    clinic(issue=certificates.number_of("086"), refusal="examination")
    certificates.open()

    order = certificates.item("086")
    expect(order).to_contain_text("Отказано")
    expect(order).to_contain_text("Нужен осмотр")
    expect(order.get_by_role("link", name="Записаться к терапевту")).to_be_visible()
    expect_accessible(signed_in)


def test_p1_an_order_that_was_answered_meanwhile_is_not_cancelled(
    signed_in: Page, clinic: Callable[..., None]
):
    certificates = CertificatesScreen(signed_in).open()
    certificates.order(POOL)
    clinic(issue=certificates.number_of(POOL))

    certificates.press_cancel(POOL)

    certificates.expect_refusal("CERT-304", "Клиника ответила")
    expect(certificates.item(POOL)).to_contain_text("Готова")
