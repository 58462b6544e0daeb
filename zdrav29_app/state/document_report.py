"""The page `/documents/<id>/report`: telling of an error in a document."""

import reflex as rx

from zdrav29_app import archive
from zdrav29_app.db.engine import reading
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.services import document_reports, documents
from zdrav29_app.services.documents import Paper
from zdrav29_app.state.document import document_id
from zdrav29_app.state.document_cards import PaperCard, paper_card
from zdrav29_app.state.options import Option
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.support import RequestCard, request_card
from zdrav29_app.texts import documents as texts


class DocumentReportState(SignedIn, rx.State):
    """The form, pinned to a document and to a place in it, and what was told before."""

    loaded: bool = False
    paper: list[PaperCard] = []
    kinds: list[Option] = []
    fields: list[Option] = []
    field: str = ""
    kind: str = ""
    sent: str = ""
    reports: list[RequestCard] = []

    @rx.event
    async def load(self):
        """Show the form for the document of the address; someone else's looks like none."""
        viewer = await self._strong_viewer()
        self.reset()
        try:
            paper = await self._paper(viewer)
        except NotFound:
            self.loaded = True
            return
        self.paper = [paper_card(paper)]
        self.kinds = [Option(value, words) for value, words in texts.REPORT_KINDS.items()]
        self.kind = "unreadable" if paper.is_damaged else "wrong"
        places = await archive.places(viewer, paper)
        named = [Option(code, name) for code, name in places.items()]
        self.fields = [Option("", texts.WHOLE), *named]
        asked = self._query("field")
        self.field = asked if any(one.value == asked for one in self.fields) else ""
        found = await reading(document_reports.my_reports, viewer, paper.id)
        self.reports = [request_card(one) for one in found]
        asked = self._query("sent")
        sent = next((one for one in found if one.number == asked), None)
        self.sent = texts.reported(sent.number, sent.due_at) if sent else ""
        self.loaded = True

    async def _paper(self, viewer: Viewer) -> Paper:
        asked = document_id(self.router.url.path)
        return await reading(documents.my_document, viewer, asked)
