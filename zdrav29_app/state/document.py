"""The page `/documents/<id>`: one document, to be read in the browser."""

from dataclasses import dataclass
from enum import StrEnum

import reflex as rx

from zdrav29_app import archive
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.demo import delivery
from zdrav29_app.errors import BadInput, DocumentDamaged, NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import DocumentFormat, DocumentKind, DocumentStatus, Readable
from zdrav29_app.services import documents
from zdrav29_app.services.documents import Access, Action, Opened, Version
from zdrav29_app.state.document_cards import PaperCard, paper_card
from zdrav29_app.state.document_changes import ChangeCard, changes_of
from zdrav29_app.state.readable_cards import History, SectionCard, section_cards
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState, new_request_id
from zdrav29_app.texts import documents as texts
from zdrav29_app.texts import formats
from zdrav29_app.values import local

LARGEST_ID = 2**31
SOURCE_LIMIT = 200_000
ZOOMS = (50, 75, 100, 150, 200, 300)
UNTURNED = 100
ACCESSES_SHOWN = 20
_KEYS = {"+": 1, "=": 1, "-": -1}


class Tab(StrEnum):
    """A view of a structured document: as a page, its results, the file as it came."""

    PAGE = "page"
    RESULTS = "results"
    SOURCE = "source"


@dataclass(frozen=True)
class VersionCard:
    """One version of the document."""

    line: str
    href: str
    is_shown: bool


@dataclass(frozen=True)
class AccessCard:
    """One access to the document."""

    when: str
    who: str
    act: str


class DocumentState(SignedIn, rx.State):
    """The document whose id stands in the address; empty when the viewer has no such one."""

    loaded: bool = False
    heading: str = ""
    paper: list[PaperCard] = []
    format: str = ""
    alt: str = ""
    view_href: str = ""
    page_href: str = ""
    is_broken: bool = False
    is_annulled: bool = False
    is_earlier: bool = False
    request_id: str = ""
    versions: list[VersionCard] = []
    changed: str = ""
    changes: list[ChangeCard] = []
    sections: list[SectionCard] = []
    explained: list[str] = []
    has_outside: bool = False
    source: str = ""
    tab: str = Tab.PAGE
    accesses: list[AccessCard] = []
    may_hide: bool = False
    zoom: int = UNTURNED
    turned: int = 0

    @rx.event
    async def load(self):
        """Open the document; someone else's looks like none."""
        viewer = await self._strong_viewer()
        self.reset()
        await delivery.deliver(viewer.patient_id)
        try:
            opened = await self._opened(viewer)
        except NotFound:
            self.loaded = True
            return
        self._show(opened, viewer)
        self.changed, self.changes = await changes_of(opened)
        if not self.is_broken and self.format == DocumentFormat.XML:
            await self._read(opened, viewer)
        self.accesses = [
            _access_card(one) for one in await reading(documents.accesses, viewer, opened.paper.id)
        ][:ACCESSES_SHOWN]
        self.loaded = True

    @rx.event
    async def show_source(self):
        """Show the original tree."""
        viewer = await self._strong_viewer()
        opened = await self._opened(viewer)
        if opened.shown.format is not DocumentFormat.XML:
            raise BadInput
        text = await archive.source(opened.shown.file)
        self.source = text if len(text) <= SOURCE_LIMIT else texts.SOURCE_LARGE
        self.tab = Tab.SOURCE

    @rx.event
    async def show_readable(self):
        """Back to the document for reading."""
        self.tab, self.source = Tab.PAGE, ""

    @rx.event
    async def show_results(self):
        """The results with their ranges and trends."""
        self.tab, self.source = Tab.RESULTS, ""

    @rx.event
    async def hide(self):
        """Let nobody but the patient see it."""
        await self._set_hidden(is_hidden=True)

    @rx.event
    async def unhide(self):
        """Let those see it again who may open the cabinet."""
        await self._set_hidden(is_hidden=False)

    @rx.event
    async def enlarge(self):
        """A larger picture."""
        self._zoom(1)

    @rx.event
    async def shrink(self):
        """A smaller picture."""
        self._zoom(-1)

    @rx.event
    async def turn(self):
        """A quarter to the right."""
        self.turned = (self.turned + 90) % 360

    @rx.event
    async def fit(self):
        """The picture as it was."""
        self.zoom, self.turned = UNTURNED, 0

    @rx.event
    async def press(self, key: str):
        """The same by keyboard; any other key does nothing here."""
        if key in _KEYS:
            self._zoom(_KEYS[key])
        if key in {"r", "R", "к", "К"}:
            self.turned = (self.turned + 90) % 360

    def _zoom(self, step: int) -> None:
        place = ZOOMS.index(self.zoom) + step
        self.zoom = ZOOMS[min(max(place, 0), len(ZOOMS) - 1)]

    async def _opened(self, viewer: Viewer) -> Opened:
        return await in_transaction(
            documents.open_document,
            viewer,
            document_id(self.router.url.path),
            version=_version(self._query("version")),
            act=Action.DOCUMENT_OPENED,
        )

    def _show(self, opened: Opened, viewer: Viewer) -> None:
        paper, shown = opened.paper, opened.shown
        card = paper_card(paper)
        self.heading, self.paper, self.format = paper.name, [card], shown.format
        self.alt = texts.alt(paper.kind, paper.issued_on, paper.doctor)
        self.view_href = f"{card.file_href}?view=1&version={shown.number}"
        self.is_broken, self.request_id = shown.is_damaged, new_request_id()
        self.is_annulled = paper.status is DocumentStatus.ANNULLED
        self.is_earlier = shown.number != paper.version
        several = opened.versions if len(opened.versions) > 1 else ()
        self.versions = [_version_card(one, shown, card.href) for one in several]
        self.may_hide = not viewer.is_acting

    async def _read(self, opened: Opened, viewer: Viewer) -> None:
        try:
            readable = await archive.readable(opened.shown.file)
        except DocumentDamaged:
            self.is_broken = True
            return
        history = await _history(opened, viewer, readable)
        self.page_href = f"{self.paper[0].file_href}/readable?version={opened.shown.number}"
        self.sections = section_cards(readable, history, self.paper[0].href)
        self.explained = texts.explained(_words(readable))
        self.tab = Tab.RESULTS if self.sections else Tab.PAGE
        self.has_outside = any(one.verdict in {"L", "H"} for one in readable.results)

    async def _set_hidden(self, *, is_hidden: bool) -> None:
        viewer = await self._strong_viewer()
        asked = document_id(self.router.url.path)
        await in_transaction(documents.set_hidden, viewer, asked, is_hidden=is_hidden)
        paper = await reading(documents.my_document, viewer, asked)
        self.paper = [paper_card(paper)]
        shell = await self.get_state(ShellState)
        shell.message = texts.HIDDEN_NOW if is_hidden else texts.SHOWN_NOW


def document_id(path: str) -> int:
    """The id in an address of a document or of a page below it; 0, which nobody has, for none."""
    parts = path.split("/")
    words = parts[2] if len(parts) > 2 else ""  # noqa: PLR2004
    is_number = words.isascii() and words.isdigit() and len(words) <= 10  # noqa: PLR2004
    return int(words) if is_number and int(words) < LARGEST_ID else 0


async def _history(opened: Opened, viewer: Viewer, shown: Readable) -> History:
    if opened.paper.kind is not DocumentKind.LAB:
        return {}
    return await archive.results_over_time(
        viewer, until=opened.paper.issued_on, read={opened.shown.file: shown}
    )


def _words(readable: Readable) -> str:
    parts = (" ".join((each.title, *each.lines)) for each in readable.sections)
    return " ".join((readable.title, *parts))


def _version(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 4 else 0  # noqa: PLR2004


def _version_card(one: Version, shown: Version, href: str) -> VersionCard:
    return VersionCard(
        line=texts.version_line(one.number, local(one.made_at), one.change),
        href=f"{href}?version={one.number}",
        is_shown=one.number == shown.number,
    )


def _access_card(one: Access) -> AccessCard:
    who = formats.short_name(one.who)
    return AccessCard(
        when=formats.when(one.at),
        who=f"{who} ({texts.YOU})" if one.is_viewer else who,
        act=texts.ACTS[one.action],
    )
