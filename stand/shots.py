"""`make shots`: every screen on a phone and on a desktop, light and dark, into var/shots/.

What the pages of help show, light and on a phone, goes to assets/help/ too, small enough to keep.
"""

import io
import sys
import tempfile
from itertools import groupby, product
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page

from stand.browser import open_browser, sign_in
from stand.build import build_if_stale
from stand.scenes import SCENES, Scene, Visitor
from stand.stand import Stand

TARGET = Path("var/shots")
SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
SCHEMES = ("light", "dark")
HELP = Path("assets/help")
HELP_QUALITY = 70


def main() -> None:
    """Take all pictures, or those whose names are given."""
    build_if_stale()
    TARGET.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Stand(Path(folder)) as stand,
        open_browser() as browser,
    ):
        for size, scheme in product(SIZES, SCHEMES):
            _take(browser, stand, size, scheme)
    print(f"Pictures are in {TARGET}/")


def _take(browser: Browser, stand: Stand, size: str, scheme: str) -> None:
    # the same cast and free times in every picture
    httpx.post(f"{stand.cabinet_url}/_demo/reset", timeout=20).raise_for_status()
    width, height = SIZES[size]
    for visitor, scenes in groupby(SCENES, key=lambda scene: scene.visitor):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # pyright: ignore[reportArgumentType]
            base_url=stand.cabinet_url,
            locale="ru-RU",
            timezone_id="Europe/Moscow",
            reduced_motion="reduce",
        )
        page = context.new_page()
        if visitor is not Visitor.NOBODY:
            sign_in(
                context,
                stand,
                has_entered=visitor is not Visitor.NEWCOMER,
                record="mother" if visitor is Visitor.WITH_RECORD else "",
                of_the_cast="olga" if visitor is Visitor.OPERATOR else "",
            )
        for scene in scenes:
            scene.act(page)
            if not sys.argv[1:] or scene.name in sys.argv[1:]:
                page.evaluate("document.fonts.ready")
                page.screenshot(path=TARGET / f"{scene.name}-{size}-{scheme}.png", full_page=True)
                if scene.help and (size, scheme) == ("phone", "light"):
                    _keep_for_help(page, scene)
        context.close()


def _keep_for_help(page: Page, scene: Scene) -> None:
    """What a phone shows at first, as a small file."""
    page.evaluate("scrollTo(0, 0)")
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        picture.save(HELP / f"{scene.help}.webp", quality=HELP_QUALITY, method=6)


if __name__ == "__main__":
    main()
