"""The cabinet speaks either version of ESIA's protocol, as a setting says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from stand.browser import sign_in
from stand.stand import Stand
from tests.e2e.screens.screen import Screen


@pytest.fixture
def gost_stand(tmp_path: Path, seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """A cabinet that signs with GOST and takes tokens of GOST only."""
    monkeypatch.setenv("ZDRAV29_ESIA_PROTOCOL", "v2")
    with Stand(tmp_path, template=seeded) as running:
        yield running


def asked_of_esia(page: Page, stand: Stand) -> list[str]:
    """The paths of the authorization endpoints that a browser was sent to by signing in."""
    paths: list[str] = []
    page.context.on("request", lambda one: paths.append(one.url.partition("?")[0]))
    sign_in(page.context, stand)
    page.goto(f"{stand.cabinet_url}/home")
    Screen(page).wait_ready()  # before that the page of any visitor is there
    expect(page.get_by_role("link", name="Выйти").filter(visible=True)).to_be_visible()
    start = f"{stand.simulator_url}/aas/oauth2/"
    return [path.removeprefix(start) for path in paths if path.startswith(start)]


def test_a_patient_signs_in_over_v2_with_gost(open_page: Callable[[], Page], gost_stand: Stand):
    assert asked_of_esia(open_page(), gost_stand) == ["v2/ac"]


def test_a_patient_signs_in_over_v1_with_rsa_unless_set_otherwise(
    open_page: Callable[[], Page], stand: Stand | None
):
    if stand is None:
        pytest.skip("signing in here needs a stand of the suite's own")

    assert asked_of_esia(open_page(), stand) == ["ac"]
