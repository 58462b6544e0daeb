"""The address of `/documents`: what is looked for, and the page of the list."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self, TypeVar, cast
from urllib.parse import urlencode

from zdrav29_app.papers import DocumentFormat, DocumentKind
from zdrav29_app.services.document_search import Wanted

T = TypeVar("T", bound=StrEnum)

ANYTHING = Wanted()

TEXT_LIMIT = 120
LAST_PAGE = 1000


@dataclass(frozen=True)
class DocumentsAddress:
    """What the query says, as checked values; what makes no sense counts as not asked for."""

    wanted: Wanted = ANYTHING
    page: int = 1

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> Self:
        """Read a query or a form from the browser."""
        return cls(
            Wanted(
                since=_day(query.get("from")),
                until=_day(query.get("to")),
                kind=_one_of(DocumentKind, query.get("kind")),
                doctor=_text(query.get("doctor")),
                institution=_text(query.get("clinic")),
                format=_one_of(DocumentFormat, query.get("format")),
                words=_text(query.get("words")),
            ),
            page=_page(query.get("page")),
        )

    @classmethod
    def of_form(cls, form: object) -> Self:
        """A fresh search; whatever is no form is an empty one."""
        fields = cast("dict[str, Any]", form) if isinstance(form, dict) else {}
        return cls.read({**fields, "page": 1})

    @property
    def href(self) -> str:
        """The address that leads here."""
        asked = self.wanted
        chosen = {
            "from": asked.since.isoformat() if asked.since else "",
            "to": asked.until.isoformat() if asked.until else "",
            "kind": asked.kind or "",
            "doctor": asked.doctor,
            "clinic": asked.institution,
            "format": asked.format or "",
            "words": asked.words,
            "page": self.page if self.page > 1 else "",
        }
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"/documents?{query}" if query else "/documents"

    def at_page(self, number: int) -> Self:
        """The same search, another page of it."""
        return replace(self, page=number)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) and len(value) <= TEXT_LIMIT else ""


def _page(value: object) -> int:
    words = str(value)
    is_number = words.isascii() and words.isdigit() and len(words) < 5  # noqa: PLR2004
    return min(max(int(words), 1), LAST_PAGE) if is_number else 1


def _one_of(kinds: type[T], value: object) -> T | None:
    return kinds(value) if isinstance(value, str) and value in set(kinds) else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
