"""`/support/<number>/files` and `/support/files/<id>`: what patients add to their requests."""

import re
from pathlib import PurePath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from zdrav29_app import archive
from zdrav29_app.db.engine import in_transaction
from zdrav29_app.endpoints.cookies import viewer_of
from zdrav29_app.endpoints.files import TYPES
from zdrav29_app.endpoints.uploads import NAME_LIMIT, file_of, received
from zdrav29_app.errors import FileRefused, FileTooLarge, NotFound
from zdrav29_app.gateways import files
from zdrav29_app.services import support_files
from zdrav29_app.texts import support as texts

PAGE = "/support"
_NUMBER = re.compile(r"\d{4}-\d{4}", re.ASCII)
_ID = re.compile(r"\d{1,9}", re.ASCII)


async def add_file(request: Request) -> Response:
    """Take in a file for an own request and lead back to it."""
    viewer = await viewer_of(request)
    number = request.path_params["number"]
    if not _NUMBER.fullmatch(number):
        raise NotFound
    try:
        content, name = await file_of(await received(request, viewer))
        await archive.attach(viewer, number, _plain(name), content)
    except (FileTooLarge, FileRefused) as refusal:
        refusal.page = PAGE
        raise
    return RedirectResponse(f"{PAGE}?added={number}", 303)


async def get_file(request: Request) -> Response:
    """A file of an own request, or of any for an operator; it is only ever saved."""
    viewer = await viewer_of(request)
    asked = request.path_params["file_id"]
    if not _ID.fullmatch(asked):
        raise NotFound
    opened = await in_transaction(support_files.open_file, viewer, int(asked))
    return StreamingResponse(
        files.stream(opened.file),
        headers={
            "Content-Type": TYPES[opened.format],
            "Content-Length": str(opened.file.size),
            "Content-Disposition": (
                f'attachment; filename="file-{asked}.{opened.format}"; '
                f"filename*=UTF-8''{quote(opened.name, safe='')}.{opened.format}"
            ),
            "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _plain(name: str) -> str:
    stem = PurePath(name.replace("\\", "/")).stem[:NAME_LIMIT]
    return stem if stem.strip() and stem.isprintable() else texts.FILE
