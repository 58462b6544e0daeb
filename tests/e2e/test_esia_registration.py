"""Row G1: a person who did not exist registers, is checked, and signs in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from esia_sim.playwright import EsiaPages
from esia_sim.pytest_plugin import watched
from esia_sim.remote import Esia
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.registration import (
    PASSWORD,
    complete,
    fill_up_to_proof,
    new_phone,
    send_scans_and_confirm_address,
)
from tests.e2e.simulator import Simulator


@pytest.fixture
def simulator(
    simulator_url: str, cabinet_url: str, request: pytest.FixtureRequest
) -> Iterator[Simulator]:
    """A world of the test's own: its clock moves for nobody else."""
    with Esia(simulator_url) as stand, stand.new_world() as world, watched(request, world):
        yield Simulator(world, cabinet_url)


def test_g1_a_new_person_registers_with_scans_is_checked_in_five_minutes_and_signs_in(
    cabinet: Page, simulator: Simulator
):
    phone = new_phone()
    fill_up_to_proof(cabinet, simulator, phone)
    send_scans_and_confirm_address(cabinet, simulator, phone)

    simulator.esia.move_clock(advance="5m")
    cabinet.goto(f"{simulator.esia.url}/registration/status")
    expect(cabinet.get_by_role("heading", name="Учётная запись готова")).to_be_visible()

    cabinet.get_by_role("link", name="Войти").click()
    EsiaPages(cabinet, simulator.esia).give_password(phone, PASSWORD)
    expect(cabinet.get_by_label("Код из СМС")).to_be_visible()


def test_g1_video_verification_is_the_other_proof_of_identity(cabinet: Page, simulator: Simulator):
    fill_up_to_proof(cabinet, simulator, new_phone())

    cabinet.get_by_role("button", name="Показать паспорт").click()
    cabinet.get_by_role("button", name="Посмотреть в камеру").click()

    complete(cabinet)


def test_g1_a_lying_file_and_an_unconfirmed_number_are_refused_in_words(
    cabinet: Page, simulator: Simulator
):
    cabinet.goto(f"{simulator.esia.url}/registration")
    cabinet.get_by_label("Мобильный телефон").fill("+7 900 000-00-00")
    cabinet.get_by_role("button", name="Получить код").click()
    expect(cabinet.get_by_role("alert")).to_contain_text("не подтверждён оператором")
    expect_accessible(cabinet)

    fill_up_to_proof(cabinet, simulator, new_phone())
    cabinet.get_by_label("Файлы").set_input_files(
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90"}
    )
    cabinet.get_by_role("button", name="Загрузить сканы").click()

    expect(cabinet.get_by_role("alert")).to_contain_text("scan.pdf")
    expect_accessible(cabinet)
