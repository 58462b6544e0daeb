"""Row B1: a time that somebody takes leaves the open pages of others by itself."""

import json

from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.raw_tab import handler, raw_tab
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.simulator import cookie_header, wait_until

SECONDS = 5_000
TOKEN = "11111111-2222-4333-8444-666666666666"
TAKEN = json.dumps("только что занял")[1:-1]
LOAD = handler("booking", "booking_state", "load")


def _look(page: Page) -> tuple[BookingScreen, str]:
    booking = BookingScreen(page).open()
    booking.search("Терапевт")
    return booking, booking.choose_another_day()


def test_b1_a_taken_time_leaves_an_open_page_and_everything_else_stays(
    signed_in: Page, another_signed_in: Page
):
    looking, _ = _look(signed_in)
    taking, _ = _look(another_signed_in)
    name = taking.times.last.get_attribute("aria-label") or ""
    gone = looking.main.get_by_role("button", name=name, exact=True)
    expect(gone).to_be_visible()
    neighbours = looking.times.count()
    words = looking.main.get_by_label("Врач или что беспокоит")
    words.fill("зубы")
    address = signed_in.url

    taking.choose_time(name)

    expect(gone).to_have_count(0, timeout=SECONDS)
    said = looking.main.get_by_role("status").filter(has_text="только что занял другой пациент")
    expect(said).to_contain_text(f"Время {name[:5]}")
    expect(looking.times).to_have_count(neighbours - 1)
    expect(words).to_be_focused()
    expect(words).to_have_value("зубы")
    assert signed_in.url == address
    expect(looking.refusal).to_have_count(0)
    expect_accessible(signed_in)


def test_b1_focus_stays_on_the_time_it_stands_on_when_another_one_goes(
    signed_in: Page, another_signed_in: Page
):
    looking, _ = _look(signed_in)
    taking, _ = _look(another_signed_in)
    name = taking.times.first.get_attribute("aria-label") or ""
    mine = looking.main.get_by_role("button", name=looking.times.nth(1).get_attribute("aria-label"))
    mine.focus()

    taking.choose_time(name)

    gone = looking.main.get_by_role("button", name=name, exact=True)
    expect(gone).to_have_count(0, timeout=SECONDS)
    expect(mine).to_be_focused()


def test_b1_a_page_whose_session_has_ended_is_shown_nothing_more(
    signed_in: Page, another_signed_in: Page
):
    looking, _ = _look(signed_in)
    signed_out = signed_in.context.new_page()
    BookingScreen(signed_out).open()
    signed_out.goto("/auth/logout")
    Screen(signed_out).wait_ready()
    taking, _ = _look(another_signed_in)
    name = taking.times.last.get_attribute("aria-label") or ""

    taking.choose_time(name)
    other, _ = _look(another_signed_in.context.new_page())

    expect(other.main.get_by_role("button", name=name, exact=True)).to_have_count(0)
    expect(looking.main.get_by_role("button", name=name, exact=True)).to_be_visible()
    expect(looking.main.get_by_role("status").filter(has_text="занял")).to_have_count(0)


def test_who_presents_the_token_of_a_closed_tab_is_told_nothing_of_its_times(
    signed_in: Page, another_signed_in: Page, cabinet_url: str
):
    cookie, path = cookie_header(signed_in.context), "/booking?speciality=therapist&show=1"
    taking = BookingScreen(another_signed_in)
    another_signed_in.goto(path)
    taking.arrived()
    with raw_tab(cabinet_url, cookie=cookie, token=TOKEN) as closed:
        closed.hydrate(path)
        assert "slot_id" in closed.send(LOAD, {}, path=path)

    with (
        raw_tab(cabinet_url, token=TOKEN) as thief,
        raw_tab(cabinet_url, cookie=cookie) as own,
    ):
        own.hydrate(path)
        own.send(LOAD, {}, path=path)
        taking.choose_time()

        wait_until(lambda: TAKEN in "".join(own.frames))
        assert "booking_state" not in "".join(thief.frames)
