"""`/files`: a scan of the patient's own comes in as a plain form, which shows its progress.

The file stays in memory until it is encrypted: a temporary file would lie there in clear.
"""

from collections.abc import AsyncGenerator
from datetime import date

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from zdrav29_app import archive, clock, limits
from zdrav29_app.endpoints.cookies import strong_viewer_of
from zdrav29_app.errors import BadInput, FileTooLarge
from zdrav29_app.identity import Viewer, fingerprint
from zdrav29_app.limits import Limit
from zdrav29_app.papers import DocumentKind
from zdrav29_app.services.arrivals import NewDocument
from zdrav29_app.values import local

SIZE_LIMIT = 15 * 1024 * 1024
ENVELOPE = 64 * 1024  # what a form adds around its file
NAME_LIMIT = 120
FIELDS = 3


async def add_document(request: Request) -> Response:
    """Take in a document of the viewer's own and lead to it."""
    viewer = await strong_viewer_of(request)
    form = await received(request, viewer)
    content, _ = await file_of(form)
    document_id = await archive.upload(viewer, _described(form), content)
    return RedirectResponse(f"/documents/{document_id}", 303)


async def received(request: Request, viewer: Viewer) -> FormData:
    """The form that a viewer sends with a file.

    Raises:
        BadInput: it is no such form.
        FileTooLarge: more comes than a file may have.
        TooManyRequests: she sends very many.
    """
    await limits.count(Limit.UPLOAD, fingerprint(str(viewer.session_id)))
    return await _form(request)


async def file_of(form: FormData) -> tuple[bytes, str]:
    """The bytes of the file in a form, and what the browser calls it: untrusted.

    Raises:
        BadInput: there is no file in it.
        FileTooLarge: it is larger than a file may be.
    """
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise BadInput
    content = await file.read()
    if len(content) > SIZE_LIMIT:
        raise FileTooLarge(SIZE_LIMIT)
    return content, file.filename or ""


async def _form(request: Request) -> FormData:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise BadInput
    parser = MultiPartParser(request.headers, _limited(request), max_files=1, max_fields=FIELDS)
    parser.spool_max_size = SIZE_LIMIT + ENVELOPE
    try:
        return await parser.parse()
    except (MultiPartException, KeyError):
        raise BadInput from None


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > SIZE_LIMIT + ENVELOPE:
            raise FileTooLarge(SIZE_LIMIT)
        yield piece


def _described(form: FormData) -> NewDocument:
    name, kind, day = (str(form.get(field, "")).strip() for field in ("name", "kind", "day"))
    if not 0 < len(name) <= NAME_LIMIT or not name.isprintable():
        raise BadInput
    try:
        issued_on, of_kind = date.fromisoformat(day), DocumentKind(kind)
    except ValueError:
        raise BadInput from None
    if issued_on > local(clock.now()).date():
        raise BadInput
    return NewDocument(of_kind, name, issued_on, is_own=True)
