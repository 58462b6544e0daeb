"""`/support/<number>/files` and `/support/files/<id>`: what patients add to their requests."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from zdrav29_app import archive, limits
from zdrav29_app.db.engine import in_transaction
from zdrav29_app.endpoints import forms
from zdrav29_app.endpoints.cookies import strong_viewer_of, viewer_of
from zdrav29_app.endpoints.files import TYPES
from zdrav29_app.errors import FileRefused, FileTooLarge, NotFound
from zdrav29_app.gateways import files
from zdrav29_app.identity import fingerprint
from zdrav29_app.limits import Limit
from zdrav29_app.services import support_files
from zdrav29_app.texts import support as texts

PAGE = "/support"
_NUMBER = re.compile(r"\d{4}-\d{4}", re.ASCII)


async def add_file(request: Request) -> Response:
    """Take in a file for an own request and lead back to it."""
    viewer = await viewer_of(request)
    number = request.path_params["number"]
    if not _NUMBER.fullmatch(number):
        raise NotFound
    try:
        await limits.count(Limit.UPLOAD, fingerprint(str(viewer.session_id)))
        form = await forms.read(request, fields=0)
        content, name = await forms.content_of(form, "file"), forms.name_of(form, "file")
        await archive.attach(viewer, number, name or texts.FILE, content)
    except (FileTooLarge, FileRefused) as refusal:
        refusal.page = PAGE
        raise
    return RedirectResponse(f"{PAGE}?added={number}", 303)


async def get_file(request: Request) -> Response:
    """A file of an own request, or of any for an operator; it is only ever saved."""
    viewer = await strong_viewer_of(request)
    asked = forms.number(request.path_params["file_id"])
    opened = await in_transaction(support_files.open_file, viewer, asked)
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
