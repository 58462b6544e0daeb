"""`/documents/upload`: a scan of one's own."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.papers import DocumentKind
from zdrav29_app.state.document_upload import DocumentUploadState
from zdrav29_app.texts import documents as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = DocumentUploadState  # its fields are vars here


def document_upload() -> Component:
    """The form; the browser itself sends it and shows how far it is."""
    form = ui.endpoint_form(
        "/files",
        el.p(texts.UPLOAD_LEAD, class_name="soft"),
        _name(),
        _kind_and_day(),
        _file(),
        sent_with_progress(),
        el.div(
            ui.button(texts.SEND_FILE, kind="primary", type="submit"),
            ui.link(texts.ALL, "/documents"),
            class_name="row",
        ),
        enc_type="multipart/form-data",
        class_name="card narrow",
    )
    return rx.cond(state.loaded, form, ui.skeleton(5))


def sent_with_progress() -> Component:
    """How far the form is on its way, and what went wrong."""
    lost = {"title": texts.LOST, "text": texts.LOST_TEXT, "code": texts.LOST_CODE}
    return ui.sending(words=texts.ON_ITS_WAY, stop=texts.STOP, lost=lost)


def _name() -> Component:
    hint = el.p(texts.NAME_HINT, class_name="small soft")
    return ui.text_field(texts.NAME, "name", hint=hint, required=True, max_length=120)


def _kind_and_day() -> Component:
    day = ui.text_field(
        texts.DAY,
        "day",
        type="date",
        default_value=state.today,
        key=state.today,
        max=state.today,
        required=True,
    )
    kind = ui.select_field(texts.KIND, "kind", state.kinds, DocumentKind.OTHER.value)
    return el.div(kind, day, class_name="fields")


def _file() -> Component:
    return ui.text_field(
        texts.CHOOSE,
        "file",
        hint=el.p(texts.CHOOSE_HINT, class_name="small soft"),
        type="file",
        accept="application/pdf,image/jpeg",
        required=True,
    )


PAGE = cabinet_page("/documents/upload", texts.UPLOAD, document_upload, DocumentUploadState.load)
