"""The page `/documents`: medical documents, for who has proved herself by two factors."""

from typing import Any, TypeVar

import reflex as rx

from zdrav29_app.db.engine import reading
from zdrav29_app.demo import delivery
from zdrav29_app.services import document_search
from zdrav29_app.services.document_search import Found
from zdrav29_app.state.document_cards import PaperCard, paper_card
from zdrav29_app.state.documents_address import DocumentsAddress
from zdrav29_app.state.options import Option
from zdrav29_app.state.session import SignedIn
from zdrav29_app.texts import documents as texts

T = TypeVar("T", bound=str)


class DocumentsState(SignedIn, rx.State):
    """What was found, and the filter as it stands in the address."""

    loaded: bool = False
    has_any: bool = False
    total: str = ""
    papers: list[PaperCard] = []
    kinds: list[Option] = []
    doctors: list[Option] = []
    institutions: list[Option] = []
    formats: list[Option] = []
    since: str = ""
    until: str = ""
    kind: str = ""
    doctor: str = ""
    institution: str = ""
    format: str = ""
    words: str = ""
    is_filtered: bool = False
    page: str = ""
    previous_href: str = ""
    next_href: str = ""

    @rx.event
    async def load(self):
        """List what the address asks for."""
        viewer = await self._strong_viewer()
        await delivery.deliver(viewer.patient_id)
        address = DocumentsAddress.read(self.router.url.query_parameters)
        found = await reading(document_search.find, viewer, address.wanted, address.page)
        self._show(found)
        self._fill(address)
        self._turn(found, address)
        self.loaded = True

    @rx.event
    async def find(self, form: dict[str, Any]):
        """Go to the address of a new search."""
        return rx.redirect(DocumentsAddress.of_form(form).href)

    def _show(self, found: Found) -> None:
        self.has_any, self.total = found.has_any, texts.found(found.total)
        self.papers = [paper_card(paper) for paper in found.papers]
        self.kinds = _options(texts.ANY_KIND, found.kinds, texts.KINDS)
        self.doctors = _options(texts.ANY_DOCTOR, found.doctors)
        self.institutions = _options(texts.ANY_INSTITUTION, found.institutions)
        self.formats = _options(texts.ANY_FORMAT, found.formats, texts.FORMATS)

    def _fill(self, address: DocumentsAddress) -> None:
        asked = address.wanted
        self.since = asked.since.isoformat() if asked.since else ""
        self.until = asked.until.isoformat() if asked.until else ""
        self.kind, self.format = asked.kind or "", asked.format or ""
        self.doctor, self.institution, self.words = asked.doctor, asked.institution, asked.words
        self.is_filtered = address.at_page(1) != DocumentsAddress()

    def _turn(self, found: Found, address: DocumentsAddress) -> None:
        self.page = texts.page_of(found.page, found.pages) if found.pages > 1 else ""
        has_next, has_previous = found.page < found.pages, found.page > 1
        self.previous_href = address.at_page(found.page - 1).href if has_previous else ""
        self.next_href = address.at_page(found.page + 1).href if has_next else ""


def _options(
    whatever: str, counts: dict[T, int], words: dict[T, str] | None = None
) -> list[Option]:
    """«Whatever» first, then each value with how many it would give, in the order of its words."""
    found = [
        Option(value, texts.counted(words[value] if words else value, count))
        for value, count in counts.items()
    ]
    return [Option("", whatever), *sorted(found, key=lambda option: option.label)]
