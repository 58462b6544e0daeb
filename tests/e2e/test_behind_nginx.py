"""A site behind nginx: TLS, true addresses, and workers that come and go without being noticed."""

import os
import re
import threading
from collections.abc import Callable, Iterator
from typing import Self

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from deploy.roll import Rolling
from stand.build import build_if_stale
from tests import servers
from tests.e2e.screens.appointments import AppointmentsScreen
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.site import KEY, Site
from tests.waiting import answers, wait_until

PATIENCE = 30_000
HSTS = "Strict-Transport-Security"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of two workers."""
    if "PYTEST_XDIST_WORKER" not in os.environ:  # several workers would build over each other
        build_if_stale()
    folder = tmp_path_factory.mktemp("site")
    with servers.database() as database, Site(folder, database, servers.redis()) as running:
        yield running


@pytest.fixture(autouse=True)
def cabinet_log(site: Site) -> Iterator[None]:
    """The logs of the workers instead of an ordinary stand's; no ERROR line in them."""
    yield
    assert site.errors() == []


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """A browser that takes our certificate; its console may complain of the line."""
    context = browser.new_context(
        ignore_https_errors=True,
        base_url=site.url,
        locale="ru-RU",
        timezone_id="Europe/Moscow",
    )
    yield context.new_page()
    context.close()


def _choose_time(page: Page) -> BookingScreen:
    page.goto("/booking?speciality=therapist&show=1")
    expect(page.locator("main")).to_have_attribute("data-ready", "true", timeout=PATIENCE)
    booking = BookingScreen(page).arrived()
    booking.choose_time()
    return booking


def _expect_booked(page: Page, booking: BookingScreen) -> None:
    booking.confirm_button.click()
    expect(page).to_have_url(re.compile(r"/appointments/29-\d{8}"), timeout=PATIENCE)


def test_a_patient_signs_in_over_https_and_books(site: Site, page: Page):
    site.enter(page)
    booking = _choose_time(page)

    _expect_booked(page, booking)


def test_cookies_are_bound_to_this_host_and_to_https(site: Site, page: Page):
    site.enter(page)

    ours = [one for one in page.context.cookies() if "zdrav29" in (one.get("name") or "")]

    assert ours
    for cookie in ours:
        assert (cookie.get("name") or "").startswith("__Host-zdrav29")
        assert cookie.get("secure") is True


@pytest.mark.parametrize(
    "address", ["/", "/base.css", "/no-such-page", "/assets/none.js", "/readyz"]
)
def test_every_answer_asks_once_to_stay_with_https(site: Site, address: str):
    with site.client() as client:
        answer = client.get(address)

    assert answer.headers.get_list(HSTS) == ["max-age=31536000"]


def test_http_leads_to_https(site: Site):
    answer = httpx.get(f"http://127.0.0.1:{site.proxy.plain}/booking?speciality=ent")

    assert answer.status_code == 301
    assert answer.headers["location"] == f"{site.url}/booking?speciality=ent"


def test_files_named_by_their_content_come_compressed_and_stay_for_a_year(site: Site):
    script = next((site.static / "assets").glob("context-*.js"))
    with site.client() as client:
        answer = client.get(f"/assets/{script.name}", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].endswith("javascript")


@pytest.mark.parametrize("address", ["/metrics", "/_demo/clock"])
def test_controls_and_figures_do_not_exist_for_the_outside(site: Site, address: str):
    with site.client("127.0.0.2") as outside, site.client() as inside:
        forged = {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "X-Sim-Key": KEY}

        assert outside.get(address, headers=forged).status_code == 404
        assert inside.get("/_demo/clock").status_code == 403
        assert inside.get("/_demo/clock", headers={"X-Sim-Key": KEY}).status_code == 200


def test_a_forged_address_does_not_get_around_the_limits_and_harms_nobody_else(site: Site):
    with site.client("127.0.0.3") as greedy, site.client("127.0.0.4") as another:
        for number in range(130):
            forged = {"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for={number}"}
            last = greedy.get("/auth/esia/login", headers=forged)

        assert "GEN-429" in last.headers["location"]
        assert another.get("/auth/esia/login").headers["location"].startswith(site.esia_url)


def test_the_record_of_sign_ins_holds_the_address_that_nginx_saw(site: Site, page: Page):
    page.context.set_extra_http_headers({"X-Forwarded-For": "203.0.113.9"})

    site.enter(page)

    with site.database.connect() as connection:
        every = set(connection.execute(text("SELECT ip FROM web_session")).scalars())
    assert "127.0.0.1" in every
    assert "203.0.113.9" not in every


def test_the_log_of_nginx_holds_no_query_and_no_secret_of_a_link(site: Site):
    with site.client() as client:
        client.get("/visit/cancel/secret-of-a-link")
        client.get("/auth/esia/callback", params={"code": "secret-of-esia"})
        client.get("/healthz")

    wait_until(lambda: "/healthz" in site.proxy.log_text())
    assert "/visit/ " in site.proxy.log_text()
    assert "secret-of" not in site.proxy.log_text()


class Load:
    """Requests one after another from several threads, until told to stop."""

    def __init__(self, site: Site) -> None:
        self.failed: list[str] = []
        self.answered = 0
        self._site = site
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(3)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        # a connection each: what a browser would repeat by itself is not counted here
        headers = {"Connection": "close", "Origin": self._site.url}
        with self._site.client() as client:
            while not self._is_over.is_set():
                self._judge(lambda: client.get("/booking", headers=headers), 200)
                self._judge(lambda: client.get("/healthz", headers=headers), 200)
                # nobody is signed in: a worker that got it answers so, whichever
                self._judge(lambda: client.post("/auth/way", headers=headers, data={}), 303)

    def _judge(self, ask: Callable[[], httpx.Response], wanted: int) -> None:
        try:
            status = ask().status_code
        except httpx.HTTPError as error:
            self.failed.append(repr(error))
            return
        self.answered += 1
        if status != wanted:
            self.failed.append(f"{status}")


def test_workers_restart_one_after_another_and_no_request_fails(site: Site, page: Page):
    site.enter(page)
    booking = _choose_time(page)
    before = [site.workers[port].pid for port in site.ports]

    with Load(site) as load:
        wait_until(lambda: load.answered > 20)
        Rolling(site.proxy.workers, site.restart, site.proxy.reload, drain_seconds=2).run()
        so_far = load.answered
        wait_until(lambda: load.answered > so_far + 20)

    assert load.failed == []
    assert not set(before) & {site.workers[port].pid for port in site.ports}
    _expect_booked(page, booking)


def _is_asked_by_proxy(site: Site, port: int) -> bool:
    """Whether this worker, begun anew, has answered a page that was asked for at the proxy."""
    with site.client() as client:
        client.get("/booking")
    key = {"Authorization": f"Bearer {KEY}"}
    counted = httpx.get(f"http://127.0.0.1:{port}/metrics", headers=key).raise_for_status()
    return 'zdrav29_requests_total{method="GET",route="/booking"' in counted.text


def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(site: Site, page: Page):
    site.enter(page)
    booking = _choose_time(page)

    for port in site.ports:  # whichever of them serves this page; the other one goes on
        site.kill(port)
        with site.client() as client:
            assert client.get("/booking").status_code == 200
        site.start(port)
        wait_until(lambda port=port: answers(f"http://127.0.0.1:{port}/readyz"), seconds=60)
        # nginx passes by for some seconds who has failed, and takes him back without a hand
        wait_until(lambda port=port: _is_asked_by_proxy(site, port), seconds=60)
    _expect_booked(page, booking)

    page.goto("/appointments")
    mine = AppointmentsScreen(page).arrived()
    expect(mine.main.get_by_role("link", name=re.compile("Открыть талон"))).to_have_count(1)
