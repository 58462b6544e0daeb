"""Forms with a file: read in memory, answered to a script or to a browser that sent them itself.

The file stays in memory until it is encrypted: a temporary file would lie there in clear.
"""

import re
from collections.abc import AsyncGenerator
from pathlib import PurePath

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from zdrav29_app.errors import BadInput, FileTooLarge, NotFound

SIZE_LIMIT = 15 * 1024 * 1024
ENVELOPE = 64 * 1024  # what a form adds around its file
LARGEST_ID = 2**31
NAME_LIMIT = 120


def number(words: str) -> int:
    """A number of an address; whatever is none counts as missing."""
    if not re.fullmatch(r"\d{1,10}", words, re.ASCII) or int(words) >= LARGEST_ID:
        raise NotFound
    return int(words)


def wants_json(request: Request) -> bool:
    """Whether a script of our page sent this, and not the browser itself."""
    return request.headers.get("accept", "") == "application/json"


def lead_to(request: Request, href: str) -> Response:
    """Lead to a page after a form was taken in."""
    if wants_json(request):
        return JSONResponse({"href": href}, 201)
    return RedirectResponse(href, 303)


async def read(request: Request, *, fields: int) -> FormData:
    """A form with one file at most.

    Raises:
        BadInput: it is no such form.
        FileTooLarge: it is larger than a file may be.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise BadInput
    parser = MultiPartParser(request.headers, _limited(request), max_files=1, max_fields=fields)
    parser.spool_max_size = SIZE_LIMIT + ENVELOPE
    try:
        return await parser.parse()
    except (MultiPartException, KeyError):
        raise BadInput from None


async def content_of(form: FormData, name: str) -> bytes:
    """The bytes of the file of this field; empty where none was chosen.

    Raises:
        BadInput: the field is no file.
        FileTooLarge: it is larger than a file may be.
    """
    file = form.get(name)
    if not isinstance(file, UploadFile):
        raise BadInput
    content = await file.read()
    if len(content) > SIZE_LIMIT:
        raise FileTooLarge(SIZE_LIMIT)
    return content


def name_of(form: FormData, name: str) -> str:
    """What the browser calls the file of this field, without its ending; empty when unfit."""
    file = form.get(name)
    called = (file.filename or "") if isinstance(file, UploadFile) else ""
    stem = PurePath(called.replace("\\", "/")).stem[:NAME_LIMIT].strip()
    return stem if stem.isprintable() else ""


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > SIZE_LIMIT + ENVELOPE:
            raise FileTooLarge(SIZE_LIMIT)
        yield piece
