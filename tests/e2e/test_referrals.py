"""Row B1: booking by a referral, on both screen sizes; each referral is good for one visit."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from esia_sim.remote import Esia
from stand.stand import Stand
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.referrals import ReferralsScreen


@pytest.fixture
def as_anna(own_stand: Stand, open_page: Callable[[], Page]) -> Page:
    """Anna's browser: a neurologist waits for her, her referral to a cardiologist has ended."""
    page = open_page()
    with Esia(own_stand.simulator_url) as esia:
        cookie = esia.sign_in("anna")
    page.context.add_cookies([{**cookie, "url": own_stand.simulator_url}])  # pyright: ignore[reportArgumentType]
    page.goto(f"{own_stand.cabinet_url}/auth/esia/login?next=/referrals")
    return page


@pytest.mark.parametrize("size", [{"width": 390, "height": 844}, {"width": 1280, "height": 800}])
def test_b1_a_referral_opens_its_specialist_and_is_used_up_by_a_visit(
    as_anna: Page, size: dict[str, Any]
):
    as_anna.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    referrals = ReferralsScreen(as_anna).arrived()
    expect(referrals.card("Невролог")).to_contain_text("Действует")
    expect(referrals.card("Невролог")).to_contain_text("осталось 25 дней")
    expect(referrals.card("Кардиолог")).to_contain_text("Срок прошёл")
    expect(referrals.card("Кардиолог")).to_contain_text("Новое направление выдаст терапевт")
    expect_accessible(as_anna)

    referrals.card("Невролог").get_by_role("link", name=re.compile("^Записаться: невролог")).click()
    booking = BookingScreen(as_anna).arrived()
    booking.choose_time()
    talon = booking.confirm()

    expect(talon.main).to_contain_text("Невролог")
    as_anna.goto(f"{as_anna.url.split('/appointments')[0]}/referrals")
    used = referrals.arrived().card("Невролог")
    expect(used).to_contain_text("Использовано")
    used.get_by_role("link", name=re.compile("^Открыть талон: невролог")).click()
    expect(as_anna).to_have_url(re.compile(rf"/appointments/{talon.number}"))
