"""Row O1: the same cabinet on PostgreSQL; one journey from an empty database to a visit."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from stand.browser import sign_in
from stand.stand import Stand
from tests import servers
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.booking import BookingScreen


def test_o1_a_visit_is_booked_and_cancelled_on_postgresql(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Callable[[], Page]
):
    with servers.database() as database:
        address = database.url.render_as_string(hide_password=False)
        monkeypatch.setenv("ZDRAV29_DATABASE_URL", address)
        with Stand(tmp_path) as stand:
            page = open_page()
            sign_in(page.context, stand)
            page.goto(f"{stand.cabinet_url}/booking?speciality=ent&show=1")
            booking = BookingScreen(page).arrived()
            booking.choose_time()
            talon = booking.confirm()
            talon.expect_status("Подтверждён")

            page.goto(f"{stand.cabinet_url}/appointments")
            mine = AppointmentsScreen(page).arrived()
            mine.cancel(re.compile("^Отменить"))

            expect(mine.main).to_contain_text("Отменён вами")
            assert not (tmp_path / "zdrav29.sqlite").exists()
            page.context.close()  # it would miss the stand
