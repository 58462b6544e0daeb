"""`/files/<document id>/report`: an error in a document is told of, with a photo where it helps."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from zdrav29_app import archive, limits
from zdrav29_app.db.engine import reading
from zdrav29_app.endpoints import forms
from zdrav29_app.endpoints.cookies import strong_viewer_of
from zdrav29_app.errors import BadInput, ReportEmpty
from zdrav29_app.identity import fingerprint
from zdrav29_app.limits import Limit
from zdrav29_app.rules.support import TEXT_LIMIT
from zdrav29_app.services import documents
from zdrav29_app.texts import documents as texts

FIELDS = 3


async def add_report(request: Request) -> Response:
    """Take in a report, pinned to the document of the address, and lead to its number."""
    viewer = await strong_viewer_of(request)
    paper = await reading(
        documents.my_document, viewer, forms.number(request.path_params["document_id"])
    )
    await limits.count(Limit.SUPPORT, fingerprint(str(viewer.session_id)))
    form = await forms.read(request, fields=FIELDS)
    text, kind, field = _told(form)
    photo = await forms.content_of(form, "photo")
    places = await archive.places(viewer, paper) if field else {}
    about = texts.report_about(paper.name, paper.issued_on, places.get(field, ""), kind)
    made = await archive.report(
        viewer, paper.id, text=text, about=about, photo=photo, name=texts.REPORT_PHOTO_NAME
    )
    return forms.lead_to(request, f"/documents/{paper.id}/report?sent={made.number}")


def _told(form: FormData) -> tuple[str, str, str]:
    text, kind, field = (str(form.get(name, "")).strip() for name in ("text", "kind", "field"))
    if len(text) > TEXT_LIMIT or kind not in texts.REPORT_KINDS:
        raise BadInput
    if not text:
        raise ReportEmpty
    return text, kind, field
