"""`/files`: a scan of the patient's own comes in as a form, which shows its progress."""

from datetime import date

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from zdrav29_app import archive, clock, limits
from zdrav29_app.endpoints import forms
from zdrav29_app.endpoints.cookies import strong_viewer_of
from zdrav29_app.errors import BadInput
from zdrav29_app.identity import fingerprint
from zdrav29_app.limits import Limit
from zdrav29_app.papers import DocumentKind
from zdrav29_app.services.arrivals import NewDocument
from zdrav29_app.values import local

FIELDS = 3


async def add_document(request: Request) -> Response:
    """Take in a document of the viewer's own and lead to it."""
    viewer = await strong_viewer_of(request)
    await limits.count(Limit.UPLOAD, fingerprint(str(viewer.session_id)))
    form = await forms.read(request, fields=FIELDS)
    content = await forms.content_of(form, "file")
    document_id = await archive.upload(viewer, _described(form), content)
    return forms.lead_to(request, f"/documents/{document_id}")


def _described(form: FormData) -> NewDocument:
    name, kind, day = (str(form.get(field, "")).strip() for field in ("name", "kind", "day"))
    if not 0 < len(name) <= forms.NAME_LIMIT or not name.isprintable():
        raise BadInput
    try:
        issued_on, of_kind = date.fromisoformat(day), DocumentKind(kind)
    except ValueError:
        raise BadInput from None
    if issued_on > local(clock.now()).date():
        raise BadInput
    return NewDocument(of_kind, name, issued_on, is_own=True)
