"""The kit keeps apart what the client router may have and what the browser must have."""

import re
from pathlib import Path

from zdrav29_app import ui

ROOM = Path(__file__).resolve().parents[3] / "zdrav29_app" / "ui"
DOMAIN = re.compile(r"[а-яё]|patient|doctor|clinic|booking|visit|talon", re.IGNORECASE)


def test_an_endpoint_link_leaves_the_client_router():
    link = str(ui.endpoint_link("Выйти", "/auth/logout"))

    assert "reloadDocument" in link


def test_a_named_endpoint_link_does_not_name_the_next_one():
    ui.endpoint_link("В календарь", "/a.ics", name="В календарь: терапевт")

    plain = str(ui.endpoint_link("Выйти", "/auth/logout"))

    assert "терапевт" not in plain
    assert "aria-label" not in plain


def test_skip_and_telephone_are_links_of_the_browser():
    skip, phone = str(ui.skip_link("К содержанию", "#main")), str(ui.phone_link("8 800 000-29-29"))

    assert "ReactRouterLink" not in skip + phone
    assert "tel:88000002929" in phone


def test_the_kit_knows_no_domain_word():
    code = {
        file.name: re.sub(r'""".*?"""|#.*', "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        for file in ROOM.glob("*.py")
    }

    assert {name for name, text in code.items() if DOMAIN.search(text)} == set()
