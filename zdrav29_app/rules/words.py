"""What people type into the search field: words of any case, ending and order; initials.

The stems of Russian words come from snowballstemmer (docs/decisions/016-words-by-stems.md).
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, cast

import snowballstemmer  # pyright: ignore[reportMissingTypeStubs]

from zdrav29_app.values import FullName

BEGINNING = 3
"""So many letters already name a word that begins with them."""
NAME_STEM = 4
"""A shorter stem of a surname would name too many people."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\.?")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_RUSSIAN = cast("Any", snowballstemmer).stemmer("russian")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, «ё» as «е»; an initial keeps its dot."""
    found = _WORD.findall(text.lower().replace("ё", "е"))
    return tuple(word if _INITIAL.fullmatch(word) else word.rstrip(".") for word in found)


def told(text: str) -> tuple[str, ...]:
    """What of a text tells whom to look for: «болит глаз» is «глаз», «болит» alone stays."""
    words = words_of(text)
    telling = tuple(word for word in words if _stem(word) not in _fillers())
    return telling or words


def fits(words: Iterable[str], name: FullName, known: frozenset[str]) -> bool:
    """Whether each of these words names the doctor, or stands among what she is asked for."""
    parts = _parts(name)
    named = False
    # the longest first, so that an initial does not take the part that a whole word needs
    for word in sorted(words, key=len, reverse=True):
        part = next((part for part in parts if _begins(part, word)), None)
        if part:
            parts.remove(part)
        elif not is_known(word, known):
            return False
        named = named or not _INITIAL.fullmatch(word)
    return named


def known_words(texts: Iterable[str]) -> frozenset[str]:
    """All words of these texts."""
    return _known_words(tuple(texts))


@lru_cache(maxsize=4096)
def _known_words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words_of(text))


def is_known(word: str, known: frozenset[str]) -> bool:
    """Whether a word stands among the known ones: in another form, or by its beginning."""
    stem, is_beginning = _stem(word), len(word) >= BEGINNING
    return any(_stem(each) == stem or (is_beginning and each.startswith(word)) for each in known)


def _parts(name: FullName) -> list[str]:
    return [
        piece
        for part in (name.last, name.first, name.middle)
        if part
        for whole in words_of(part)
        for piece in ([whole, *whole.split("-")[1:]] if "-" in whole else [whole])
    ]


def _begins(part: str, word: str) -> bool:
    stem = _stem(word)
    is_initial = _INITIAL.fullmatch(word) is not None
    if is_initial or len(word) >= BEGINNING:
        return part.startswith(word.rstrip(".")) or (
            len(stem) >= NAME_STEM and part.startswith(stem)
        )
    return part == word


@cache
def _stem(word: str) -> str:
    return str(_RUSSIAN.stemWord(word))


@cache
def _fillers() -> frozenset[str]:
    words = "в во и к ко на о об по с со у мне меня мой моя не врач доктор болит боли очень запись"
    return frozenset(map(_stem, words.split()))
