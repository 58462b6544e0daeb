"""Row Q1: pages of worlds of one seed are the same in every run: pictures can be compared."""

from collections.abc import Callable

from playwright.sync_api import Page

from esia_sim.playwright import put_session
from esia_sim.remote import World
from tests.e2e.simulator import Simulator


def _pictures(page: Page, world: World) -> list[bytes]:
    """What a person of that world sees on her phone and on her own page."""
    world.move_clock(freeze=True)
    world.move_clock(set="2030-03-14T09:26:00+03:00")
    person = world.new_person()
    key = str(person["key"])
    world.send_message(channel="sms", to=person["phone"], text="Код: 4217")
    put_session(page.context, world, key)
    return [_picture(page, f"{world.url}/{path}") for path in (f"phone/{key}", "profile")]


def _picture(page: Page, url: str) -> bytes:
    page.goto(url)
    return page.screenshot(full_page=True, animations="disabled")


def test_q1_pages_of_two_worlds_of_one_seed_look_the_same(
    open_page: Callable[[], Page], simulator: Simulator
):
    taken: list[list[bytes]] = []
    for seed in ("one", "one", "another"):
        with simulator.esia.new_world(seed=seed) as world:
            taken.append(_pictures(open_page(), world))

    first, second, another = taken
    assert first == second
    assert all(here != there for here, there in zip(first, another, strict=True))
