"""Finding among one's documents: by day, type, doctor, institution, format, words."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from sqlmodel import Session

from zdrav29_app.identity import Viewer
from zdrav29_app.papers import DocumentFormat, DocumentKind
from zdrav29_app.rules.words import is_known, words_of
from zdrav29_app.services import documents
from zdrav29_app.services.documents import Paper

PAGE_SIZE = 50
FILTERS = ("kind", "doctor", "institution", "format")


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
    fitting, counts = _sifted(papers, wanted)
    pages = max((len(fitting) + PAGE_SIZE - 1) // PAGE_SIZE, 1)
    page = min(page, pages)
    return Found(
        papers=tuple(fitting[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        total=len(fitting),
        page=page,
        pages=pages,
        has_any=bool(papers),
        **{f"{name}s": _in_order(papers, name, count) for name, count in counts.items()},
    )


def _sifted(papers: list[Paper], wanted: Wanted) -> tuple[list[Paper], dict[str, Counter[Any]]]:
    """What fits, and the counts of each filter, looking at each paper once.

    A paper that fails one filter only counts for that filter.
    """
    fitting: list[Paper] = []
    counts: dict[str, Counter[Any]] = {name: Counter() for name in FILTERS}
    chosen = [(name, value) for name in FILTERS if (value := getattr(wanted, name))]
    words = _plain(wanted.words).split()
    for paper in papers:
        if not (_is_of_days(paper, wanted) and _has_words(paper, words)):
            continue
        failed = [name for name, value in chosen if getattr(paper, name) != value]
        if not failed:
            fitting.append(paper)
        if len(failed) <= 1:
            for name in failed or FILTERS:
                counts[name][getattr(paper, name)] += 1
    return fitting, counts


def _in_order(papers: list[Paper], name: str, count: Counter[Any]) -> dict[Any, int]:
    """Every value there is, the newest first, with its count, be it none."""
    return {value: count[value] for value in dict.fromkeys(map(attrgetter(name), papers)) if value}


def _is_of_days(paper: Paper, wanted: Wanted) -> bool:
    return (wanted.since is None or paper.issued_on >= wanted.since) and (
        wanted.until is None or paper.issued_on <= wanted.until
    )


def _has_words(paper: Paper, words: list[str]) -> bool:
    if not words:
        return True
    shown = _plain(f"{paper.name} {paper.doctor} {paper.institution}")
    return all(word in shown or is_known(word, frozenset(words_of(shown))) for word in words)


def _plain(words: str) -> str:
    return words.lower().replace("ё", "е")
