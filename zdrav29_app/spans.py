"""Traces: what was answered and by which steps, sent by OpenTelemetry to `ZDRAV29_TRACES_URL`.

Invariant: a span holds names out of our own code, hosts, numbers and codes. Never an address, a
value, or the words of an error, which may quote either (docs/decisions/038-traces.md). Without the
setting nothing of OpenTelemetry is imported.
"""

from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from enum import StrEnum
from functools import cache, partial
from threading import Thread
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

import anyio.to_thread
from structlog.contextvars import bind_contextvars

from zdrav29_app import tracing
from zdrav29_app.settings import settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, SpanKind, Tracer

Told: TypeAlias = "Span | None"
"""A span that is not over yet; None when nobody collects."""

STOP_SECONDS = 3
_NOTHING = nullcontext()


class Kind(StrEnum):
    """Who waits for whom, as OpenTelemetry names it."""

    SERVER = "SERVER"
    CONSUMER = "CONSUMER"
    INTERNAL = "INTERNAL"
    CLIENT = "CLIENT"


def begin(name: str, facts: Mapping[str, str | int], *, kind: Kind) -> Told:
    """Something new is done in this task, from here to the task's end; `end` says when it is done.

    Whatever asks us is never believed to be part of a trace of its own.
    """
    if not settings.traces_url:
        return None
    from opentelemetry import context, trace  # noqa: PLC0415  only where somebody collects

    nothing_before = context.Context()
    span = _tracer().start_span(
        name,
        nothing_before,
        kind=_kind(kind),
        attributes={**facts, "request_id": tracing.current()},
    )
    context.attach(trace.set_span_in_context(span, nothing_before))
    if span.is_recording():
        bind_contextvars(trace_id=trace.format_trace_id(span.get_span_context().trace_id))
    return span


def begin_part(name: str, facts: Mapping[str, str | int], *, kind: Kind) -> Told:
    """A step of what this task does, for who cannot say `with step(…)`."""
    if not settings.traces_url:
        return None
    from opentelemetry import trace  # noqa: PLC0415  only where somebody collects

    if not trace.get_current_span().is_recording():
        return None
    return _tracer().start_span(name, kind=_kind(kind), attributes=facts)


def end(told: Told, facts: Mapping[str, str | int], *, failed: bool) -> None:
    """It is done; `failed` is a failure of ours or of a neighbour, no refusal."""
    if told is None:
        return
    from opentelemetry.trace import StatusCode  # noqa: PLC0415  only where somebody collects

    told.set_attributes(facts)
    if failed:
        told.set_status(StatusCode.ERROR)
    told.end()


def use_case(
    function: Callable[..., object], facts: Mapping[str, str | int]
) -> AbstractContextManager[None]:
    """A use case as a step, by its name; no more than a comparison when nobody collects."""
    if not settings.traces_url:
        return _NOTHING
    whole = function.func if isinstance(function, partial) else function
    name = getattr(whole, "__qualname__", type(whole).__name__)
    return _step(f"{whole.__module__.rpartition('.')[2]}.{name}", facts, Kind.INTERNAL)


def call(what: str, url: str) -> AbstractContextManager[None]:
    """A call of a neighbour as a step, by its host alone."""
    if not settings.traces_url:
        return _NOTHING
    host = urlsplit(url).hostname or "here"
    return _step(f"{what} {host}", {"server.address": host}, Kind.CLIENT)


@contextmanager
def _step(name: str, facts: Mapping[str, str | int], kind: Kind) -> Generator[None]:
    told = begin_part(name, facts, kind=kind)
    if told is None:
        yield
        return
    from opentelemetry import trace  # noqa: PLC0415  only where somebody collects

    with trace.use_span(told, record_exception=False, set_status_on_exception=False):
        try:
            yield
        except BaseException as error:
            end(told, {"error.type": type(error).__name__}, failed=True)
            raise
    end(told, {}, failed=False)


@asynccontextmanager
async def sending() -> AsyncGenerator[None]:
    """While the cabinet runs; at its end the last spans leave, and nobody waits for them long."""
    if settings.traces_url:
        _provider()  # what it imports takes a third of a second: no request of a patient's
    try:
        yield
    finally:
        if settings.traces_url:
            # no thread of a pool: Python waits for those, however long the collector is silent
            last = Thread(target=_provider().shutdown, daemon=True)
            last.start()
            await anyio.to_thread.run_sync(last.join, STOP_SECONDS)


def _tracer() -> "Tracer":
    return _provider().get_tracer("zdrav29")


def _kind(kind: Kind) -> "SpanKind":
    from opentelemetry.trace import SpanKind  # noqa: PLC0415  only where somebody collects

    return SpanKind[kind]


@cache
def _provider() -> "TracerProvider":
    """What collects and sends, in a thread of its own; OTEL_… variables set sampling and limits."""
    from opentelemetry.exporter.otlp.proto.http import trace_exporter as otlp  # noqa: PLC0415
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    made = TracerProvider(
        resource=Resource.create({SERVICE_NAME: "zdrav29", "service.instance.id": _instance()}),
        shutdown_on_exit=False,
    )
    made.add_span_processor(BatchSpanProcessor(otlp.OTLPSpanExporter(settings.traces_url)))
    return made


def _instance() -> str:
    return f"{settings.stand or 'cabinet'}:{settings.port}"
