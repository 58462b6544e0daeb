"""`/files/<document id>/readable`: a structured document as a page, for a frame of our own.

Two walls beside the sheet that writes the page: this policy, and the sandbox of the frame. Neither
lets a script start; one origin is kept for the fonts and for the page around, which measures it.
"""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from zdrav29_app import archive
from zdrav29_app.db.engine import in_transaction
from zdrav29_app.endpoints import forms, html
from zdrav29_app.endpoints.cookies import strong_viewer_of
from zdrav29_app.papers import DocumentFormat
from zdrav29_app.services import documents
from zdrav29_app.services.documents import Action
from zdrav29_app.texts.vision import CHOICES


async def document_page(request: Request) -> HTMLResponse:
    """A structured document to read; of another format there is no such page."""
    viewer = await strong_viewer_of(request)
    opened = await in_transaction(
        documents.open_document,
        viewer,
        forms.number(request.path_params["document_id"]),
        version=forms.number(request.query_params.get("version", "0")),
        only=DocumentFormat.XML,
        act=Action.DOCUMENT_OPENED,
    )
    headers = {"Cache-Control": "no-store", **html.FRAMED}
    return HTMLResponse(await archive.page(opened.shown.file, _look(request)), headers=headers)


def _look(request: Request) -> dict[str, str]:
    """What is chosen for weak eyes; anything else is the usual look."""
    asked = {name: request.query_params.get(name, "") for name in CHOICES}
    return {name: value for name, value in asked.items() if value in CHOICES[name][1]}
