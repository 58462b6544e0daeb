"""`/files/<document id>`: the bytes of a document, for who may have them.

Nothing of it is kept by browser or proxy; a file can be shown inside our own pages and nowhere
else, and can start nothing there.
"""

import re
from collections.abc import AsyncIterator
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from zdrav29_app.db.engine import in_transaction
from zdrav29_app.endpoints import forms
from zdrav29_app.endpoints.cookies import strong_viewer_of
from zdrav29_app.gateways import files
from zdrav29_app.papers import DocumentFormat
from zdrav29_app.services import documents
from zdrav29_app.services.documents import Action, Opened
from zdrav29_app.texts import documents as texts

TYPES = {
    DocumentFormat.PDF: "application/pdf",
    DocumentFormat.JPG: "image/jpeg",
    DocumentFormat.XML: "application/xml",
}
SHOWN_IN_PAGE = frozenset({DocumentFormat.PDF, DocumentFormat.JPG})
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


class Span(NamedTuple):
    """A part of a file: from `begin` up to `end`."""

    begin: int
    end: int


async def document_file(request: Request) -> Response:
    """A document's file, whole or a part; `?view` shows it in a page, `?version` an earlier one."""
    viewer = await strong_viewer_of(request)
    act = Action.DOCUMENT_OPENED if _is_viewed(request) else Action.DOCUMENT_DOWNLOADED
    opened = await in_transaction(
        documents.open_document,
        viewer,
        forms.number(request.path_params["document_id"]),
        version=forms.number(request.query_params.get("version", "0")),
        act=act,
    )
    file = opened.shown.file
    headers = _headers(opened, is_viewed=_is_viewed(request))
    span = _span(request, file.size, file.sha256)
    if span is None:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{file.size}"})
    is_part = (span.begin, span.end) != (0, file.size)
    if is_part:
        headers["Content-Range"] = f"bytes {span.begin}-{span.end - 1}/{file.size}"
    headers["Content-Length"] = str(span.end - span.begin)
    status = 206 if is_part else 200
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    body = await begun(files.stream(file, span.begin, span.end))
    return StreamingResponse(body, status, headers)


async def begun(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces, the first of them fetched: a damaged file is refused before the answer."""
    first = await anext(pieces, b"")

    async def all_of_them() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return all_of_them()


def _headers(opened: Opened, *, is_viewed: bool) -> dict[str, str]:
    shown = opened.shown
    is_inline = is_viewed and shown.format in SHOWN_IN_PAGE
    name = texts.file_name(opened.paper.name, opened.paper.issued_on, shown.format)
    disposition = "inline" if is_inline else "attachment"
    return {
        **guarded(shown.format),
        "Content-Disposition": (
            f'{disposition}; filename="document-{opened.paper.id}.{shown.format}"; '
            f"filename*=UTF-8''{quote(name, safe='')}"
        ),
        "Accept-Ranges": "bytes",
        "ETag": f'"{shown.file.sha256}"',
    }


def guarded(of: DocumentFormat) -> dict[str, str]:
    """What every file of a patient says of itself: its type, and who may do what with it."""
    return {
        "Content-Type": TYPES[of],
        "Cache-Control": "no-store",
        "Content-Security-Policy": _policy(of),
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def _policy(of: DocumentFormat) -> str:
    # a sandbox would keep the browser's own viewer of PDF from starting
    sandbox = "" if of is DocumentFormat.PDF else "; sandbox"
    return (
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; "
        f"frame-ancestors 'self'{sandbox}"
    )


def _is_viewed(request: Request) -> bool:
    return "view" in request.query_params


def _span(request: Request, size: int, etag: str) -> Span | None:
    """The part that is asked for, or None when there is no such part.

    Several parts at once, and parts of another state of the file, are answered with all of it.
    """
    whole = Span(0, size)
    found = _RANGE.fullmatch(request.headers.get("range", ""))
    if found is None or request.headers.get("if-range", f'"{etag}"') != f'"{etag}"':
        return whole
    first, last = found.groups()
    if not first and not last:
        return whole
    if not first:
        return Span(max(size - int(last), 0), size) if int(last) else None
    begin, end = int(first), min(int(last or size) + 1, size)
    return Span(begin, end) if begin < end else None
