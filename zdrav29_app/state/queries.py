"""What stands in the query of an address: untrusted; what makes no sense is an empty word."""

import re
from enum import StrEnum
from typing import Any, cast

TEXT_LIMIT = 80
_LETTER = re.compile(r"[^\W\d_]")


def text_of(value: object) -> str:
    """A short text."""
    return value if isinstance(value, str) and len(value) <= TEXT_LIMIT else ""


def words_of(value: object) -> str:
    """A short text with at least one letter in it."""
    words = text_of(value).strip()
    return words if _LETTER.search(words) else ""


def one_of(words: type[StrEnum], value: object) -> str:
    """One of a closed set."""
    return value if isinstance(value, str) and value in set(words) else ""


def fields_of(form: object) -> dict[str, Any]:
    """The fields of a form as the browser sends it; whatever is no form has none."""
    return cast("dict[str, Any]", form) if isinstance(form, dict) else {}
