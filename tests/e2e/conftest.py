"""A stand for each worker, and pages whose faults fail the test.

No two workers share a person, a slot or a clock: each starts a cabinet and a simulator of its own,
on free ports, in a folder of its own, and `check_worlds` refuses several workers on one stand.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from filelock import FileLock
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect
from playwright.sync_api import Error as PlaywrightError

from stand.browser import FLAGS, executable
from stand.build import build_if_stale
from stand.stand import Stand
from tests.e2e.simulator import SimPerson, Simulator, simulator_of

# a missing page, a form to be refused, a network taken away: each on purpose; and the tracer, whose
# scripts the sandbox keeps out of documents; that these bring none: test_document_page.py
EXPECTED = re.compile(
    "status of 40[04]|ERR_INTERNET_DISCONNECTED"
    r"|^Blocked script execution in '(about:blank|[^']+/files/\d+/readable\?[^']*)' because"
)

# what a busy machine may need for a page; how fast it is stands in the benches
expect.set_options(timeout=20_000)

OF_ROW = re.compile(r"test_[a-z]\d{1,2}_")


class CabinetLog:
    """The log of the cabinet since the test began; an ERROR line that nobody forgave fails it."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read
        self._begin = len(read())
        self._forgiven: list[str] = []

    def text(self) -> str:
        """What was written since the test began."""
        return self._read()[self._begin :]

    def forgive(self, words: str) -> None:
        """This test provokes ERROR lines that hold these words."""
        self._forgiven.append(words)

    def errors(self) -> list[str]:
        """The ERROR lines that were not expected."""
        lines = [
            line for line in self.text().splitlines() if re.search(r" (ERROR|CRITICAL) ", line)
        ]
        return [line for line in lines if not any(words in line for words in self._forgiven)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys: tests of what a row of the requirements asks for, named by its id."""
    for item in items:
        if OF_ROW.match(item.name):
            item.add_marker("journey")


def check_worlds(environ: Mapping[str, str]) -> None:
    """Check that nobody else is on the stand that is up.

    Raises:
        pytest.UsageError: several workers would meet each other's people there.
    """
    if int(environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) > 1:
        raise pytest.UsageError("ZDRAV29_E2E_URL names one stand: it takes one worker (-n 1)")


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo data, made once for all stands of all workers."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    file = folder / "seeded" / "zdrav29.sqlite"
    with FileLock(folder / "seeded.lock"):
        if not file.exists():
            env = {**os.environ, "ZDRAV29_DATA_DIR": str(file.parent)}
            subprocess.run([sys.executable, "-m", "zdrav29_app.demo"], env=env, check=True)
    return file


@pytest.fixture(scope="session")
def stand(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Iterator[Stand | None]:
    """A stand of this worker's own, or None when the suite runs against one that is up."""
    if os.environ.get("ZDRAV29_E2E_URL"):
        check_worlds(os.environ)
        yield None
        return
    if "PYTEST_XDIST_WORKER" not in os.environ:  # several workers would build over each other
        build_if_stale()
    with Stand(tmp_path_factory.mktemp("stand"), template=seeded) as running:
        yield running


@pytest.fixture(scope="session")
def spare_stand(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Iterator[Stand]:
    """The stand that `own_stand` lends."""
    with Stand(tmp_path_factory.mktemp("spare"), template=seeded) as running:
        yield running


@pytest.fixture
def own_stand(spare_stand: Stand) -> Stand:
    """A stand as new for this test alone, for what would disturb others: clock, cast, limits."""
    httpx.post(f"{spare_stand.cabinet_url}/_demo/reset", timeout=20).raise_for_status()
    return spare_stand


@pytest.fixture
def short_stand(tmp_path: Path, seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    """A cabinet whose sessions end after a minute, so that the warning comes at once."""
    monkeypatch.setenv("ZDRAV29_SESSION_IDLE_MINUTES", "1")
    with Stand(tmp_path, template=seeded) as running:
        yield running


@pytest.fixture(scope="session")
def cabinet_url(stand: Stand | None) -> str:
    """Where the cabinet is."""
    return stand.cabinet_url if stand else os.environ["ZDRAV29_E2E_URL"].rstrip("/")


@pytest.fixture(scope="session")
def base_url(cabinet_url: str) -> str:
    """What addresses in tests are relative to."""
    return cabinet_url


@pytest.fixture(scope="session")
def simulator_url(stand: Stand | None) -> str:
    """Where the simulator is."""
    return stand.simulator_url if stand else os.environ["ESIA_SIM_E2E_URL"].rstrip("/")


@pytest.fixture
def simulator(
    simulator_url: str, cabinet_url: str, request: pytest.FixtureRequest
) -> Iterator[Simulator]:
    """The simulator with its control calls; what a test expects in vain fails it."""
    with simulator_of(request, simulator_url, cabinet_url) as lent:
        yield lent


@pytest.fixture
def demo(cabinet_url: str) -> Iterator[httpx.Client]:
    """The demo controls of the cabinet; whatever a test changed is changed back.

    What it expects in vain fails it, as at the simulator.
    """
    with httpx.Client(base_url=f"{cabinet_url}/_demo", timeout=10) as client:
        yield client
        expected: list[dict[str, Any]] = client.get("/expectations").json()["expectations"]
        client.post("/clock", json={"reset": True}).raise_for_status()
        client.delete("/expectations").raise_for_status()
        assert [one for one in expected if one["left"]] == [], "expected and not met"


@pytest.fixture(autouse=True)
def cabinet_log(stand: Stand | None) -> Iterator[CabinetLog]:
    """The log of the cabinet; unexpected ERROR lines fail the test."""
    log = CabinetLog(lambda: stand.log_text("cabinet") if stand else "")
    yield log
    assert log.errors() == []


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], pytestconfig: pytest.Config
) -> dict[str, Any]:
    """The browser of the machine instead of a downloaded one."""
    path = executable(may_be_shell=not pytestconfig.getoption("--headed"))
    return {**browser_type_launch_args, "executable_path": path, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A patient in Arkhangelsk."""
    return {**browser_context_args, "locale": "ru-RU", "timezone_id": "Europe/Moscow"}


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], pytestconfig: pytest.Config
) -> Callable[..., BrowserContext]:
    """Browsers of their own; what is traced is the page, not a film: that costs a quarter more."""

    def make(**details: Any) -> BrowserContext:
        context = new_context(**details)
        if pytestconfig.getoption("--tracing") != "off":
            context.tracing.stop()
            context.tracing.start(snapshots=True)
        return context

    return make


@pytest.fixture
def open_page(
    new_context: Callable[..., BrowserContext], request: pytest.FixtureRequest
) -> Iterator[Callable[[], Page]]:
    """Makes pages of browsers of their own; a fault in any of their consoles fails the test."""
    faults: list[str] = []
    pages: list[Page] = []

    def keep(message: ConsoleMessage) -> None:
        if message.type == "error" and not EXPECTED.search(message.text):
            faults.append(message.text)

    def make() -> Page:
        context = new_context()
        context.on("console", keep)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        pages.append(context.new_page())
        return pages[-1]

    yield make
    found = list(faults)  # a stand of the test's own is gone by now, and its page will say so
    _take_picture(pages, request)
    assert found == [], request.node.name


def _take_picture(pages: list[Page], request: pytest.FixtureRequest) -> None:
    """Keep how the page of a row looked at the end of its test, for the protocol."""
    name, report = str(request.node.name), os.environ.get("ZDRAV29_REPORT")
    shown = [page for page in pages if not page.is_closed()]
    if not (report and shown and OF_ROW.match(name)):
        return
    picture = f"pictures/{re.sub(r'[^a-z0-9]+', '-', name.lower())[:120].strip('-')}.jpg"
    # a page whose time stands still, or whose stand is gone already, has none to give
    with suppress(PlaywrightError):
        shown[0].screenshot(path=Path(report) / picture, type="jpeg", quality=60, timeout=3000)
        request.node.user_properties.append(("picture", picture))


@pytest.fixture
def cabinet(open_page: Callable[[], Page]) -> Page:
    """A browser that has never been here."""
    return open_page()


@pytest.fixture
def signed_in(open_page: Callable[[], Page], simulator: Simulator) -> Page:
    """A browser in which a fresh person is signed in; no page is open yet."""
    return _sign_in(open_page(), simulator, simulator.new_person())


@pytest.fixture
def another_signed_in(open_page: Callable[[], Page], simulator: Simulator) -> Page:
    """Another browser with another person."""
    return _sign_in(open_page(), simulator, simulator.new_person())


@pytest.fixture
def operator(open_page: Callable[[], Page], simulator: Simulator) -> Page:
    """A browser in which Olga of the cast is signed in, who works at the desk."""
    return _sign_in(open_page(), simulator, simulator.of_the_cast("olga"))


@pytest.fixture
def enter(open_page: Callable[[], Page], simulator: Simulator) -> Callable[[SimPerson], Page]:
    """Signs a person in, in a browser of its own."""
    return lambda person: _sign_in(open_page(), simulator, person)


@pytest.fixture
def patient(simulator: Simulator, enter: Callable[[SimPerson], Page]) -> Page:
    """A woman with a record of her own, signed in; colours do not glide while they are judged."""
    page = enter(simulator.new_person(gender="F", record="mother"))
    page.emulate_media(reduced_motion="reduce")
    return page


def _sign_in(page: Page, simulator: Simulator, person: SimPerson) -> Page:
    simulator.put_session(page.context, person)
    simulator.open_cabinet(page.context, person)
    return page
