"""The gallery: every component in every state, and axe at each of them."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.screen import Screen
from zdrav29_app import ui
from zdrav29_app.pages import examples

NOT_SHOWN = {
    # parts of the page around the examples, or of another component
    "Kind", "columns", "option", "skip_link", "stack", "icon", "star", "wordmark", "tiles", "days",
    "print_button", "endpoint_form", "date_field", "key_area",
    # shows a document of a patient, and here is none; tests of documents look at it
    "framed_page",
}  # fmt: skip


class GalleryScreen(Screen):
    """The page «Галерея»."""

    address = "/gallery"
    heading = "Галерея"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_component_in_every_state_is_accessible(cabinet: Page, scheme: str, width: int):
    cabinet.emulate_media(color_scheme=scheme)  # pyright: ignore[reportArgumentType]
    cabinet.set_viewport_size({"width": width, "height": 800})

    GalleryScreen(cabinet).open()

    expect_accessible(cabinet)
    assert cabinet.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_component_of_the_kit_is_missing():
    code = Path(examples.__file__).read_text(encoding="utf-8")

    shown = set(re.findall(r"\bui\.(\w+)\(", code))

    assert set(ui.__all__) - shown - NOT_SHOWN == set()
