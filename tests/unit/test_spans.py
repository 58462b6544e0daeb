"""Traces reach a real collector, and carry nothing but names, numbers and codes."""

import asyncio
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from reflex.event import Event
from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.conftest import run
from tests.otlp import Collector, Seen
from zdrav29_app import logs, spans
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.db.statements import tell_statements
from zdrav29_app.db.tables import Patient
from zdrav29_app.endpoints import measuring
from zdrav29_app.errors import GatewayError, SlotTaken
from zdrav29_app.gateways import sms
from zdrav29_app.state import session as session_room

SECRET = "Двинская"
WEB = "/files/{document_id:str}"


def _collect(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    settings = SimpleNamespace(traces_url=collector.url, stand="", port=2900)
    monkeypatch.setattr(spans, "settings", settings)
    spans._provider.cache_clear()
    yield collector
    collector.let_go()
    spans._provider().shutdown()
    spans._provider.cache_clear()
    collector.stop()


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch, file_engine: Engine) -> Iterator[Collector]:
    """A collector of what this process does; statements are told too."""
    tell_statements(file_engine)
    SQLModel.metadata.create_all(file_engine)
    yield from _collect(Collector(), monkeypatch)


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """A collector that takes what is sent and says nothing; asked as soon as a span is over."""
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "1")
    yield from _collect(Collector(answers=False), monkeypatch)


def _seen(collector: Collector) -> dict[str, Seen]:
    spans._provider().force_flush()
    return {span.name: span for span in collector.seen()}


def _named(session: Session, name: str) -> int:
    return len(session.exec(select(Patient.id).where(Patient.last_name == name)).all())


def _taken(_session: Session) -> None:
    raise SlotTaken


def _broken(session: Session) -> None:
    session.connection().execute(text("SELECT 'Двинская' FROM nowhere"))


async def _page(request: Request) -> PlainTextResponse:
    await reading(_named, SECRET)
    await sms.send(str(request.query_params["sms"]), to="+79000000101", text=SECRET)
    return PlainTextResponse("ok")


def _ask(url: str) -> int:
    web = measuring.measure(Starlette(routes=[Route(WEB, _page)]))

    async def ask() -> int:
        # the port of another server of the test: only `app` answers
        async with httpx.AsyncClient(transport=httpx.ASGITransport(web)) as client:
            return (await client.get(url)).status_code

    return run(ask())


def _event(work: str) -> None:
    async def handle() -> None:
        session_room._observe(Event(name=f"a____b____{work}", payload={"q": SECRET}))
        await in_transaction({"booking_state.confirm": _taken}.get(work, _broken))

    async def drive() -> None:
        await asyncio.gather(asyncio.create_task(handle()), return_exceptions=True)

    run(drive())


def test_a_request_is_told_by_its_template_with_use_case_statement_and_call(collector: Collector):
    phone = collector.url.replace("/v1/traces", f"/phone/{SECRET}?to={SECRET}")
    collector.bodies.clear()

    assert _ask(f"http://cabinet/files/17?sms={phone}&who={SECRET}") == 200

    collector.bodies.clear()  # what the phone got
    seen = _seen(collector)
    root = f"GET {WEB}"
    assert {name: span.parent for name, span in seen.items()} == {
        root: "",
        "test_spans._named": root,
        "BEGIN": "test_spans._named",
        "SELECT": "test_spans._named",
        "POST 127.0.0.1": root,
    }
    assert len({span.trace_id for span in seen.values()}) == 1
    assert seen[root].facts["http.response.status_code"] == 200
    assert "patient.last_name = ?" in str(seen["SELECT"].facts["db.query.text"])
    assert not any(span.failed for span in seen.values())


def test_no_byte_of_a_trace_holds_a_value(collector: Collector):
    phone = collector.url.replace("/v1/traces", f"/phone/{SECRET}")
    _ask(f"http://cabinet/files/17?sms={phone}&who={SECRET}")
    _event("appointments_state.load")
    collector.bodies.clear()

    spans._provider().force_flush()

    told = b"".join(collector.bodies)
    assert b"http.route" in told
    for value in (SECRET, "79000000101", "files/17", "phone", "nowhere"):
        assert value.encode() not in told


def test_an_event_is_told_by_its_handler_and_a_refusal_is_no_failure(collector: Collector):
    _event("booking_state.confirm")

    seen = _seen(collector)
    assert seen["booking_state.confirm"].facts["outcome"] == "SLOT-409"
    assert not seen["booking_state.confirm"].failed
    assert seen["test_spans._taken"].parent == "booking_state.confirm"
    assert seen["test_spans._taken"].facts["error.type"] == "SlotTaken"


def test_a_failure_is_told_by_its_class_alone(collector: Collector):
    _event("appointments_state.load")

    seen = _seen(collector)
    assert seen["appointments_state.load"].failed
    assert seen["SELECT"].failed
    assert seen["SELECT"].facts["error.type"] == "OperationalError"


def test_a_call_that_fails_is_told_as_that(collector: Collector):
    nobody = Collector()
    nobody.stop()

    async def send() -> None:
        spans.begin("notice sms", {}, kind=spans.Kind.CONSUMER)
        with pytest.raises(GatewayError):
            await sms.send(nobody.url, to="+79000000101", text=SECRET)

    run(send())

    assert _seen(collector)["POST 127.0.0.1"].failed


def test_every_gateway_that_asks_a_neighbour_tells_of_it():
    out = re.compile(r"^(import|from) (httpx|aiosmtplib|obstore|authlib)\b", re.MULTILINE)
    # who only looks whether somebody is there, and whom to trust, belongs to nothing that is told
    gateways = [
        path
        for path in Path("zdrav29_app/gateways").glob("*.py")
        if path.stem not in {"answers", "trust"}
    ]
    asking = [path for path in gateways if out.search(path.read_text("utf-8"))]

    assert {path.stem for path in asking} >= {"esia", "files", "mail", "sms"}
    assert [path.stem for path in asking if "spans.call(" not in path.read_text("utf-8")] == []


def test_what_belongs_to_nothing_is_not_told(collector: Collector):
    run(reading(_named, SECRET))
    _ask("http://cabinet/healthz")

    assert _seen(collector) == {}


def test_ids_of_a_trace_stand_in_the_log_and_the_id_of_the_request_in_the_trace(
    collector: Collector,
):
    lines: list[str] = []

    async def work() -> None:
        told = spans.begin("notice sms", {}, kind=spans.Kind.CONSUMER)
        record = logging.LogRecord("zdrav29_app", logging.INFO, "a.py", 1, "said", None, None)
        lines.append(logs.formatter(as_json=True).format(record))
        spans.end(told, {}, failed=False)

    run(work())

    span = _seen(collector)["notice sms"]
    assert json.loads(lines[0])["trace_id"] == span.trace_id
    assert len(str(span.facts["request_id"])) == 12


def test_the_variables_of_opentelemetry_decide_how_many_are_kept(
    monkeypatch: pytest.MonkeyPatch, collector: Collector
):
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")
    spans._provider.cache_clear()

    _event("booking_state.confirm")

    assert _seen(collector) == {}


def test_requests_are_answered_while_the_collector_hangs(hanging: Collector):
    _ask("http://cabinet/healthz?first")
    told = spans.begin("first", {}, kind=spans.Kind.SERVER)
    spans.end(told, {}, failed=False)
    assert hanging.asked.wait(10)

    answers = {_ask("http://cabinet/somewhere") for _ in range(20)}

    assert answers == {404}
    assert hanging.hangs


def test_the_end_of_the_cabinet_does_not_wait_for_a_collector_that_hangs(
    monkeypatch: pytest.MonkeyPatch, hanging: Collector
):
    monkeypatch.setattr(spans, "STOP_SECONDS", 0.01)

    async def live() -> None:
        async with spans.sending():
            told = spans.begin("last", {}, kind=spans.Kind.SERVER)
            spans.end(told, {}, failed=False)

    run(live())

    assert hanging.hangs


def test_the_last_spans_leave_at_the_end_of_the_cabinet(collector: Collector):
    async def live() -> None:
        async with spans.sending():
            told = spans.begin("last", {}, kind=spans.Kind.SERVER)
            spans.end(told, {}, failed=False)

    run(live())

    assert [span.name for span in collector.seen()] == ["last"]


def test_without_the_setting_nothing_of_opentelemetry_is_imported():
    code = (
        "import sys\n"
        "from zdrav29_app import spans\n"
        "from zdrav29_app.endpoints import measuring\n"
        "with spans.call('POST', 'http://a/b'), spans.use_case(print, {}):\n"
        "    spans.end(spans.begin('x', {}, kind=spans.Kind.SERVER), {}, failed=False)\n"
        # redis looks for the metrics of OpenTelemetry by itself
        "ours = ('opentelemetry.sdk.trace', 'opentelemetry.exporter')\n"
        "print([name for name in sys.modules if name.startswith(ours)])"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
