"""The page `/documents/<id>/report`: telling of an error in a document."""

from typing import Any, cast

import reflex as rx

from zdrav29_app import archive
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput, DocumentDamaged, NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.limits import Limit
from zdrav29_app.papers import DocumentFormat
from zdrav29_app.services import document_reports, documents
from zdrav29_app.services.documents import Action, Paper
from zdrav29_app.state.document import document_id
from zdrav29_app.state.document_cards import PaperCard, paper_card
from zdrav29_app.state.options import Option
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.support import RequestCard, request_card
from zdrav29_app.texts import documents as texts

TEXT_LIMIT = 3000


class DocumentReportState(SignedIn, rx.State):
    """The form, pinned to a document and to a place in it, and what was told before."""

    loaded: bool = False
    paper: list[PaperCard] = []
    kinds: list[Option] = []
    fields: list[Option] = []
    field: str = ""
    kind: str = ""
    problem: str = ""
    sent: str = ""
    sent_count: int = 0
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
        self.fields = await self._places(viewer, paper)
        asked = self._query("field")
        self.field = asked if any(one.value == asked for one in self.fields) else ""
        await self._list(viewer)
        self.loaded = True

    @rx.event
    async def send(self, form: dict[str, Any]):
        """Send it; the document is the one of the address, whatever the form says."""
        viewer = await self._strong_viewer()
        paper = await self._paper(viewer)
        text, kind, field = self._read(form)
        self.problem = texts.EMPTY_TEXT if not text else ""
        if self.problem:
            return rx.set_focus("text")
        await self._count(Limit.SUPPORT)
        place = next((one.label for one in self.fields if one.value == field and field), "")
        about = texts.report_about(paper.name, paper.issued_on, place, kind)
        made = await in_transaction(
            document_reports.report, viewer, paper.id, text=text, about=about
        )
        self.sent = texts.reported(made.number, made.due_at)
        self.sent_count += 1
        await self._list(viewer)
        return rx.set_focus("sent")

    async def _paper(self, viewer: Viewer) -> Paper:
        asked = document_id(self.router.url.path)
        return await reading(documents.my_document, viewer, asked)

    async def _list(self, viewer: Viewer) -> None:
        asked = document_id(self.router.url.path)
        found = await reading(document_reports.my_reports, viewer, asked)
        self.reports = [request_card(one) for one in found]

    async def _places(self, viewer: Viewer, paper: Paper) -> list[Option]:
        """The document as a whole, and of a structured one its results and its parts."""
        whole = Option("", texts.WHOLE)
        if paper.format is not DocumentFormat.XML or paper.is_damaged:
            return [whole]
        opened = await in_transaction(
            documents.open_document, viewer, paper.id, act=Action.DOCUMENT_OPENED
        )
        try:
            readable = await archive.readable(opened.shown.file)
        except DocumentDamaged:
            return [whole]
        results = [Option(one.code, one.name) for one in readable.results]
        parts = [Option(one.code, one.title) for one in readable.sections if not one.results]
        return [whole, *results, *parts]

    def _read(self, form: object) -> tuple[str, str, str]:
        fields = cast("dict[str, object]", form) if isinstance(form, dict) else {}
        text, kind, field = (fields.get(name) for name in ("text", "kind", "field"))
        text, field = text or "", field or ""
        if not (isinstance(text, str) and isinstance(kind, str) and isinstance(field, str)):
            raise BadInput
        if len(text) > TEXT_LIMIT or kind not in texts.REPORT_KINDS:
            raise BadInput
        return text.strip(), kind, field
