"""The picture of the way in: polar light over snow, a few shapes and no file."""

from zdrav29_app.ui.typing import Component, el

_STARS = ((60, 60), (140, 34), (220, 88), (330, 40), (420, 92), (505, 46), (560, 120), (95, 140))
_HILLS = (
    ("#123f5c", "M0 330 C90 270 150 300 230 262 S380 250 450 284 560 262 600 276 V420 H0z"),
    ("#cfe0ea", "M0 366 C110 316 190 352 280 322 S460 316 600 342 V420 H0z"),
    ("#f3f7fa", "M0 396 C140 352 260 386 380 364 S540 366 600 378 V420 H0z"),
)
_LIGHTS = (
    (
        "#5fd0a9",
        "0.55",
        "M40 250 C120 90 190 240 270 110 S430 190 520 60 L560 90 C470 240 420 180 330 210 S160 280 70 290z",  # noqa: E501  one curve
    ),
    (
        "#7cc0e8",
        "0.4",
        "M0 210 C90 120 150 210 230 130 S400 150 470 30 L500 50 C430 190 380 150 300 180 S110 230 20 250z",  # noqa: E501  one curve
    ),
)


def landscape() -> Component:
    """Decoration only; it says nothing that words do not."""
    return el.svg(
        el.svg.rect(width="600", height="420", custom_attrs={"fill": "#0b2c42"}),
        *[_shape(path, colour, opacity) for colour, opacity, path in _LIGHTS],
        *[
            el.svg.circle(cx=str(x), cy=str(y), r="1.6", custom_attrs={"fill": "#e6eef3"})
            for x, y in _STARS
        ],
        *[_shape(path, colour) for colour, path in _HILLS],
        _shape("M470 104 474 120 490 124 474 128 470 144 466 128 450 124 466 120z", "#f2a93b"),
        view_box="0 0 600 420",
        aria_hidden="true",
        custom_attrs={"preserveAspectRatio": "xMidYMax slice"},
    )


def _shape(path: str, colour: str, opacity: str = "1") -> Component:
    return el.path(d=path, custom_attrs={"fill": colour, "opacity": opacity})
