"""Finding among one's documents: by day, type, doctor, institution, format, words."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sqlmodel import Session

from zdrav29_app.identity import Viewer
from zdrav29_app.papers import DocumentFormat, DocumentKind
from zdrav29_app.services import documents
from zdrav29_app.services.documents import Paper

T = TypeVar("T")

PAGE_SIZE = 50


@dataclass(frozen=True)
class Wanted:
    """What is looked for; None and empty words mean «whatever»."""

    since: date | None = None
    until: date | None = None
    kind: DocumentKind | None = None
    doctor: str = ""
    institution: str = ""
    format: DocumentFormat | None = None
    words: str = ""


@dataclass(frozen=True)
class Found:
    """One page of what was found, and how many each value of a filter would give.

    The counts of a filter obey all the other filters. `has_any` says whether there is anything to
    look among.
    """

    papers: tuple[Paper, ...]
    total: int
    page: int
    pages: int
    has_any: bool
    kinds: dict[DocumentKind, int]
    doctors: dict[str, int]
    institutions: dict[str, int]
    formats: dict[DocumentFormat, int]


def find(session: Session, viewer: Viewer, wanted: Wanted, page: int) -> Found:
    """Look among the viewer's documents, the newest first; a page past the end is the last."""
    papers = documents.my_documents(session, viewer)
    fitting = [paper for paper in papers if _fits(paper, wanted)]
    pages = max((len(fitting) + PAGE_SIZE - 1) // PAGE_SIZE, 1)
    page = min(page, pages)
    return Found(
        papers=tuple(fitting[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        total=len(fitting),
        page=page,
        pages=pages,
        has_any=bool(papers),
        kinds=_counts(papers, replace(wanted, kind=None), lambda paper: paper.kind),
        doctors=_counts(papers, replace(wanted, doctor=""), lambda paper: paper.doctor),
        institutions=_counts(papers, replace(wanted, institution=""), lambda one: one.institution),
        formats=_counts(papers, replace(wanted, format=None), lambda paper: paper.format),
    )


def _counts(papers: list[Paper], others: Wanted, of: Callable[[Paper], T]) -> dict[T, int]:
    found = Counter(of(paper) for paper in papers if _fits(paper, others))
    return {value: found[value] for value in dict.fromkeys(map(of, papers)) if value}


def _fits(paper: Paper, wanted: Wanted) -> bool:
    return (
        (wanted.since is None or paper.issued_on >= wanted.since)
        and (wanted.until is None or paper.issued_on <= wanted.until)
        and wanted.kind in {None, paper.kind}
        and wanted.doctor in {"", paper.doctor}
        and wanted.institution in {"", paper.institution}
        and wanted.format in {None, paper.format}
        and _has_words(paper, wanted.words)
    )


def _has_words(paper: Paper, words: str) -> bool:
    shown = _plain(f"{paper.name} {paper.doctor} {paper.institution}")
    return all(word in shown for word in _plain(words).split())


def _plain(words: str) -> str:
    return words.lower().replace("ё", "е")
