"""No English reaches a patient: neither from our own words nor from what the framework shows."""

import re

import pytest

from stand.build import build_if_stale
from zdrav29_app.framework import BUILT

# sentences that Reflex, React Router and their parts show to people when something fails
SHOWN_BY_THE_FRAMEWORK = [
    "Unexpected Application Error",
    "Application Error",
    "Unhandled Thrown Response",
    "Connection Error",
    "Cannot connect to server",
    "Cannot connect to the server",
    "An error occurred while rendering",
    "The page was not found.",
    "404 - Page not found",
    "Built with Reflex",
    "Loading...",
]
NOT_SHOWN = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)
WORDS = re.compile(r"[a-z]{3,} [a-z]{3,}")


@pytest.fixture(scope="module")
def scripts() -> str:
    build_if_stale()
    return "".join(file.read_text(encoding="utf-8") for file in BUILT.rglob("*.js"))


@pytest.mark.parametrize("sentence", SHOWN_BY_THE_FRAMEWORK)
def test_the_built_front_end_shows_nothing_of_the_frameworks_own(scripts: str, sentence: str):
    assert sentence not in scripts


def test_the_prerendered_pages_hold_no_english_sentence():
    for page in BUILT.rglob("index.html"):
        shown = re.sub(
            r"<(script|style)\b.*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        text = re.sub(r"<[^>]+>", " ", shown)
        assert WORDS.search(text) is None, page
