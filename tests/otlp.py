"""A collector of traces: takes OTLP over HTTP and keeps each byte of it."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status


@dataclass(frozen=True)
class Seen:
    """A span as it came; `parent` is the name of the span above it, or nothing."""

    name: str
    parent: str
    trace_id: str
    facts: dict[str, str | int]
    failed: bool


class Collector:
    """Answers at once, or not before `let_go`, as a collector that hangs does."""

    def __init__(self, *, answers: bool = True) -> None:
        self.bodies: list[bytes] = []
        self.asked = threading.Event()
        self._may_answer = threading.Event()
        if answers:
            self._may_answer.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1/traces"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    @property
    def hangs(self) -> bool:
        """Whether nobody has got an answer yet."""
        return not self._may_answer.is_set()

    def let_go(self) -> None:
        """Answer from now on."""
        self._may_answer.set()

    def stop(self) -> None:
        """Be gone."""
        self.let_go()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def seen(self) -> list[Seen]:
        """Every span that came, in the order in which they ended."""
        every = [span for body in self.bodies for span in _spans(body)]
        names = {span.span_id: span.name for span in every}
        return [_seen(span, names) for span in every]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                collector.bodies.append(body)
                collector.asked.set()
                collector._may_answer.wait(30)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name it has in its base
                """Say nothing."""

        return Handler


def _spans(body: bytes) -> list[Span]:
    told = ExportTraceServiceRequest.FromString(body)
    return [
        span for source in told.resource_spans for each in source.scope_spans for span in each.spans
    ]


def _seen(span: Span, names: dict[bytes, str]) -> Seen:
    return Seen(
        name=span.name,
        parent=names.get(span.parent_span_id, ""),
        trace_id=span.trace_id.hex(),
        facts={
            each.key: each.value.string_value or each.value.int_value for each in span.attributes
        },
        failed=span.status.code == Status.STATUS_CODE_ERROR,
    )
