"""Line icons and the mark: a compass star whose four points read as a medical cross."""

from zdrav29_app.ui.typing import Component, el

_PATHS = {
    "home": "M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
    "calendar": "M5 6h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1zM4 11h16"
    "M8 3v5M16 3v5",
    "ticket": "M4 7h16v4a2 2 0 0 0 0 4v3H4v-3a2 2 0 0 0 0-4zM14 7v2M14 12v2M14 17v1",
    "eye": "M2.5 12s3.5-6.5 9.5-6.5 9.5 6.5 9.5 6.5-3.5 6.5-9.5 6.5S2.5 12 2.5 12z"
    "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    "document": "M6 3h8l5 5v12a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v5h5"
    "M9 13h7M9 17h5",
    "check": "M4 12.5 9.5 18 20 7",
    "cross": "M6 6 18 18M18 6 6 18",
    "shield": "M12 3l8 3v6c0 4.5-3.2 7.6-8 9-4.8-1.4-8-4.5-8-9V6zM8.5 12l2.5 2.5 4.5-5",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
    "phone": "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2",
    "more": "M5 12h.01M12 12h.01M19 12h.01",
    "next": "M9 5l7 7-7 7",
    "back": "M15 5l-7 7 7 7",
    "warning": "M12 4 2.8 19.5h18.4zM12 10v4M12 17v.01",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8v.01",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
    "message": "M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-8l-5 4v-4H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z",
}
# a narrow four-pointed star with a cross-shaped heart
_STAR = (
    "M16 0 19 9.5Q19.4 12.6 22.5 13L32 16 22.5 19Q19.4 19.4 19 22.5L16 32 13 22.5"
    "Q12.6 19.4 9.5 19L0 16 9.5 13Q12.6 12.6 13 9.5z"
)


def icon(name: str, *, size: int = 24) -> Component:
    """A line icon in the colour of the text around it; decoration only."""
    return el.svg(
        el.path(d=_PATHS[name]),
        view_box="0 0 24 24",
        width=str(size),
        height=str(size),
        aria_hidden="true",
        custom_attrs={
            "fill": "none",
            "stroke": "currentColor",
            "strokeWidth": "1.8",
            "strokeLinecap": "round",
            "strokeLinejoin": "round",
        },
    )


def star(size: int = 32) -> Component:
    """The mark alone."""
    return el.svg(
        el.path(d=_STAR),
        view_box="0 0 32 32",
        width=str(size),
        height=str(size),
        aria_hidden="true",
        custom_attrs={"fill": "currentColor"},
    )


def wordmark(name: str) -> Component:
    """The mark with the name of the service."""
    return el.span(star(30), name, class_name="wordmark")
