"""The picture of the way in: polar light over the White Sea, a lighthouse, snow; no file."""

from zdrav29_app.ui.typing import Component, el

# x, y, radius; the left side stays calm, for words stand there
_STARS = (
    (92, 70, 1.2), (214, 34, 1), (318, 118, 1.3), (436, 56, 1), (540, 150, 1.2), (612, 44, 1.5),
    (700, 96, 1), (786, 40, 1.2), (838, 170, 1), (930, 66, 1.6), (1010, 30, 1), (1086, 120, 1.2),
    (1150, 58, 1), (1226, 96, 1.5), (1302, 40, 1.1), (1370, 130, 1.3), (1408, 62, 1),
    (160, 190, 1), (380, 226, 1.1), (668, 214, 1), (980, 196, 1.1), (1336, 214, 1),
)  # fmt: skip
_GREEN, _BLUE, _LAMP = "z29-green", "z29-blue", "z29-lamp"
_CURTAINS = (
    (
        _GREEN,
        (
            "M700 330C760 262 800 300 870 262S980 176 1060 208 1210 248 1300 150 1400 96 1500 104"
            "V-60C1390 0 1310-20 1220 54S1060 20 990 44 880 120 820 152 730 230 700 330z"
        ),
    ),
    (
        _BLUE,
        (
            "M820 300C880 326 920 252 1000 254S1140 300 1230 236 1380 170 1500 190"
            "V40C1390 60 1300 90 1220 110S1090 96 1000 122 870 200 820 300z"
        ),
    ),
    (
        _GREEN,
        (
            "M1020 316C1090 286 1140 326 1230 300S1390 240 1500 262"
            "V170C1400 180 1310 220 1230 230S1080 240 1020 316z"
        ),
    ),
)
_FIRS = (
    (1272, 452, 1), (1296, 446, 1.35), (1322, 450, 1.1), (1348, 444, 1.5), (1378, 448, 1.15),
    (1404, 446, 1.4), (1432, 452, 1), (934, 478, 0.7), (954, 474, 0.9), (976, 474, 0.6),
)  # fmt: skip
_FIR = "M0 0 12 0 6 -14 10 -14 4 -27 8 -27 0 -44 -8 -27 -4 -27 -10 -14 -6 -14 -12 0z"
_TOWER = "M1127 446 1131 352 1149 352 1153 446z"


def landscape() -> Component:
    """Decoration only; it says nothing that words do not."""
    return el.svg(
        _gradients(),
        *[
            el.svg.circle(cx=str(x), cy=str(y), r=str(radius), custom_attrs={"fill": "#e6eef3"})
            for x, y, radius in _STARS
        ],
        el.svg.g(
            *[_shape(path, f"url(#{fill})") for fill, path in _CURTAINS], class_name="curtains"
        ),
        _far_shore(),
        _lighthouse(),
        _near_shore(),
        view_box="0 0 1440 560",
        aria_hidden="true",
        class_name="landscape",
        custom_attrs={"preserveAspectRatio": "xMaxYMax slice"},
    )


def _gradients() -> Component:
    return el.svg.defs(
        _fade(_GREEN, "#5fd0a9", "0.85"),
        _fade(_BLUE, "#7cc0e8", "0.6"),
        el.svg.radial_gradient(
            el.svg.stop(offset="0", stop_color="#f2a93b", stop_opacity="0.75"),
            el.svg.stop(offset="1", stop_color="#f2a93b", stop_opacity="0"),
            id=_LAMP,
        ),
    )


def _fade(name: str, colour: str, strength: str) -> Component:
    return el.svg.linear_gradient(
        el.svg.stop(offset="0", stop_color=colour, stop_opacity="0"),
        el.svg.stop(offset="0.75", stop_color=colour, stop_opacity=strength),
        el.svg.stop(offset="1", stop_color=colour, stop_opacity="0"),
        id=name,
        x1="0",
        y1="0",
        x2="0",
        y2="1",
    )


def _far_shore() -> Component:
    hills = "M430 432 C620 396 740 420 880 402 S1080 406 1200 392 1360 384 1480 372 V434 H430z"
    glints = (
        "M80 452 H210 M300 462 H420 M150 478 H330 M520 458 H640 M470 476 H560 M700 470 H860 "
        "M20 496 H120 M260 498 H400"
    )
    return el.svg.g(
        _shape("M0 432 H1480 V540 H0z", "#0b3449"),
        _shape(hills, "#0a2a3d"),
        el.svg.path(
            d=glints,
            custom_attrs={"stroke": "#3c8499", "strokeWidth": "2", "strokeLinecap": "round"},
        ),
    )


def _lighthouse() -> Component:
    return el.svg.g(
        el.svg.circle(cx="1140", cy="338", r="74", custom_attrs={"fill": f"url(#{_LAMP})"}),
        _shape("M1060 470 C1090 446 1110 440 1140 440 S1210 452 1250 470z", "#9fbccd"),
        _shape(_TOWER, "#f3f7fa"),
        _shape("M1128.6 410 1130 378 1150 378 1151.4 410z", "#b3261e"),
        _shape("M1124 346 H1156 V353 H1124z", "#10222e"),
        _shape("M1132 328 H1148 V346 H1132z", "#f2a93b"),
        _shape("M1129 328 1140 314 1151 328z", "#10222e"),
    )


def _near_shore() -> Component:
    firs = [
        el.svg.path(
            d=_FIR,
            custom_attrs={"fill": "#0a2231", "transform": f"translate({x} {y}) scale({scale})"},
        )
        for x, y, scale in _FIRS
    ]
    return el.svg.g(
        _shape("M760 520 C920 470 1010 452 1140 452 S1380 436 1480 432 V560 H760z", "#c3d6e2"),
        *firs,
        _shape("M180 546 C420 500 640 506 860 488 S1240 462 1480 470 V560 H180z", "#dde9f0"),
        el.svg.path(
            d="M0 532 C220 496 420 540 640 518 S1080 500 1480 512 V562 H0z", class_name="snow"
        ),
    )


def _shape(path: str, fill: str) -> Component:
    return el.svg.path(d=path, custom_attrs={"fill": fill})
