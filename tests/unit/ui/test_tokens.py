"""The look in numbers: contrasts, one source of colours, the weight of styles and fonts."""

import gzip
import re
from pathlib import Path

import pytest

from zdrav29_app.pages.frame import FONTS, STYLESHEETS
from zdrav29_app.ui import tokens

ASSETS = Path(__file__).resolve().parents[3] / "assets"
SHEETS = [ASSETS / sheet.lstrip("/") for sheet in STYLESHEETS]
OF_PAPER_AND_SIMULATOR = {"#fff", "#000", "#333", "#1b2228"}
OF_THE_NIGHT = {"#0b3248", "#dcebf5", "#10222e"}


@pytest.mark.parametrize(("palette", "name"), [(tokens.LIGHT, "light"), (tokens.DARK, "dark")])
@pytest.mark.parametrize(("front", "back", "least"), tokens.PAIRS)
def test_every_pair_of_colours_can_be_told_apart(
    palette: dict[str, str], name: str, front: str, back: str, least: float
):
    assert tokens.contrast(palette[front], palette[back]) >= least, name


@pytest.mark.parametrize("name", tokens.SCHEMES)
@pytest.mark.parametrize(("front", "back", "least"), tokens.PAIRS)
def test_a_scheme_for_weak_eyes_has_one_strong_contrast(
    name: str, front: str, back: str, least: float
):
    palette = tokens.scheme(*tokens.SCHEMES[name])

    assert least < 7 <= tokens.contrast(palette[front], palette[back])


@pytest.mark.parametrize("palette", [tokens.LIGHT, tokens.DARK])
@pytest.mark.parametrize("ground", ["ground", "card", "night", "dusk", "sea-wash"])
def test_line_or_halo_of_the_focus_holds_on_every_ground(palette: dict[str, str], ground: str):
    ring = (palette["ink"] if palette is tokens.LIGHT else palette["sea"], palette["cloudberry"])

    assert max(tokens.contrast(colour, palette[ground]) for colour in ring) >= 3


def test_both_palettes_name_the_same_colours():
    assert tokens.LIGHT.keys() == tokens.DARK.keys()


def test_the_style_sheet_of_tokens_is_what_the_tokens_say():
    assert (ASSETS / "tokens.css").read_text(encoding="utf-8") == tokens.css()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_style_sheets_use_only_variables_that_exist(sheet: Path):
    text = sheet.read_text(encoding="utf-8")

    used = set(re.findall(r"var\(--([\w-]+)", text))

    known = set(re.findall(r"--([\w-]+):", tokens.css())) | set(re.findall(r"--([\w-]+):", text))
    assert used <= known


@pytest.mark.parametrize("sheet", SHEETS[1:], ids=lambda sheet: sheet.name)
def test_colours_stand_in_the_tokens_alone(sheet: Path):
    colours = set(re.findall(r"#[0-9a-f]{3,8}\b", sheet.read_text(encoding="utf-8")))

    assert colours <= OF_PAPER_AND_SIMULATOR | OF_THE_NIGHT


def test_styles_and_fonts_are_light():
    written = b"".join(sheet.read_bytes() for sheet in SHEETS)
    styles = re.sub(rb"/\*.*?\*/", b"", written, flags=re.DOTALL)  # the build drops comments
    fonts = sum((ASSETS / font.lstrip("/")).stat().st_size for font in FONTS)

    assert len(gzip.compress(styles)) <= 11_500
    assert fonts <= 35_000
