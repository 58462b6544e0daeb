"""What the application adds around its pages: head, styles, lost connection, broken page."""

from collections.abc import Callable
from typing import Any, cast

from reflex_components_core.base.error_boundary import ErrorBoundary

from zdrav29_app import ui
from zdrav29_app.texts import common, support
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui import live
from zdrav29_app.ui.typing import Component, el, rx

SHEETS = ("tokens", "base", "kit", "screens", "service", "vision")
STYLESHEETS = [f"/{name}.css" for name in SHEETS]
FAILURE = "SYS-500"
FONTS = ("/fonts/golos-cyrillic-1.woff2", "/fonts/golos-latin-1.woff2")


def head() -> list[Component]:
    """Elements of `<head>`: the icon, the fonts of the first sight, the colour of the browser."""
    fonts = [
        el.link(
            rel="preload",
            href=font,
            custom_attrs={"as": "font", "type": "font/woff2", "crossOrigin": "anonymous"},
        )
        for font in FONTS
    ]
    return [
        *fonts,
        el.link(rel="icon", href="/icon.svg", type="image/svg+xml"),
        el.meta(name="color-scheme", content="light dark"),
    ]


def wraps() -> dict[tuple[int, str], Callable[[bool], Component | None]]:
    """Replacements for Reflex's own English surroundings."""
    return {
        (55, "ErrorBoundary"): lambda _: _boundary(),
        (5, "Overlay"): lambda stateful: _overlay() if stateful else None,
    }


def _overlay() -> Component:
    no_script = el.noscript(el.p(texts.NO_SCRIPT, class_name="offline"))
    banner = el.p(texts.OFFLINE, role="status", class_name="offline")
    return rx.fragment(no_script, rx.connection_banner(banner))


def _boundary() -> Component:
    broken = el.main(
        el.div(
            el.h1(texts.BROKEN_TITLE),
            el.p(texts.BROKEN, common.SUPPORT_PHONE),
            el.p(texts.CODE, el.b(FAILURE), " · ", live.clock, class_name="small numbers"),
            el.div(
                ui.endpoint_link(texts.RELOAD, "", kind="primary"),
                ui.endpoint_link(support.REPORT, f"/support?code={FAILURE}"),
                class_name="row",
            ),
            class_name="inner stack",
        )
    )
    return cast("Any", ErrorBoundary).create(fallback_render=rx.Var.create(broken))
