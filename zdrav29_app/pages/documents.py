"""`/documents`: medical documents."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.state.documents import DocumentsState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, rx

state: Any = DocumentsState  # its fields are vars here


def documents() -> Component:
    """No clinic hands documents over yet, so there are none."""
    none = ui.card(ui.empty(texts.NO_DOCUMENTS, texts.NO_DOCUMENTS_REASON, under_h1=True))
    return rx.cond(state.loaded, none, rx.fragment())


PAGE = cabinet_page("/documents", common.DOCUMENTS, documents, DocumentsState.load)
