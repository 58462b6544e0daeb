"""Applied colours, spaces and sizes of the look «Север»: the one source of assets/tokens.css.

`python -m zdrav29_app.ui.tokens` writes the file; a test keeps both equal and computes contrasts.
"""

from pathlib import Path

FILE = Path("assets/tokens.css")

LIGHT = {
    "ink": "#10222E",
    "ink-soft": "#4A5F6D",
    "ground": "#F3F7FA",
    "card": "#FFFFFF",
    "line": "#D5E0E8",
    "field": "#6B8090",
    "sea": "#0B4A6F",
    "sea-strong": "#083650",
    "sea-wash": "#E4EFF6",
    "on-sea": "#FFFFFF",
    "aurora": "#14755A",
    "aurora-wash": "#E3F3ED",
    "rowan": "#B3261E",
    "rowan-wash": "#FBEAE9",
    "cloudberry": "#F2A93B",
    "on-cloudberry": "#10222E",
    "stub": "#0B4A6F",
    "stub-deep": "#083650",
    "on-stub": "#FFFFFF",
    "on-stub-soft": "#CFE3F0",
    "night": "#081C2B",
    "dusk": "#14506B",
    "on-night": "#FFFFFF",
    "on-night-soft": "#C9DBE7",
}
DARK = {
    "ink": "#E6EEF3",
    "ink-soft": "#A9BBC7",
    "ground": "#0C151C",
    "card": "#14222C",
    "line": "#2A3C49",
    "field": "#7F93A1",
    "sea": "#7CC0E8",
    "sea-strong": "#A6D6F2",
    "sea-wash": "#183244",
    "on-sea": "#0C151C",
    "aurora": "#5FD0A9",
    "aurora-wash": "#12332C",
    "rowan": "#FF8A80",
    "rowan-wash": "#3A1F20",
    "cloudberry": "#F2A93B",
    "on-cloudberry": "#10222E",
    "stub": "#124463",
    "stub-deep": "#0C3048",
    "on-stub": "#FFFFFF",
    "on-stub-soft": "#CFE3F0",
    "night": "#081C2B",
    "dusk": "#14506B",
    "on-night": "#FFFFFF",
    "on-night-soft": "#C9DBE7",
}
# two colours each: text and ground, for weak eyes
SCHEMES = {
    "white": ("#000000", "#FFFFFF"),
    "black": ("#FFFFFF", "#000000"),
    "blue": ("#063462", "#9DD1FF"),
    "beige": ("#3A3730", "#F7F3D6"),
}
_GROUNDS = frozenset(
    {"ground", "card", "sea-wash", "aurora-wash", "rowan-wash", "on-sea", "on-cloudberry"}
    | {"night", "dusk", "on-stub", "on-stub-soft"}
)
SPACES = (4, 8, 12, 16, 24, 32, 48, 64)
RADII = {"small": 8, "card": 12, "large": 20}
TYPE = {
    "small": (16, 24),
    "base": (18, 28),
    "lead": (20, 30),
    "h2": (24, 32),
    "h1": (32, 40),
    "h1-phone": (28, 34),
    "hero": (48, 54),
}

# foreground on background, and the least contrast WCAG 2.2 AA asks for
PAIRS = (
    ("ink", "ground", 4.5),
    ("ink", "card", 4.5),
    ("ink-soft", "ground", 4.5),
    ("ink-soft", "card", 4.5),
    ("ink-soft", "sea-wash", 4.5),
    ("sea", "ground", 4.5),
    ("sea", "card", 4.5),
    ("sea", "sea-wash", 4.5),
    ("sea-strong", "sea-wash", 4.5),
    ("on-sea", "sea", 4.5),
    ("on-sea", "sea-strong", 4.5),
    ("aurora", "card", 4.5),
    ("aurora", "ground", 4.5),
    ("aurora", "aurora-wash", 4.5),
    ("ink", "aurora-wash", 4.5),
    ("rowan", "card", 4.5),
    ("rowan", "ground", 4.5),
    ("rowan", "rowan-wash", 4.5),
    ("ink", "rowan-wash", 4.5),
    ("on-cloudberry", "cloudberry", 4.5),
    ("on-stub", "stub", 4.5),
    ("on-stub", "stub-deep", 4.5),
    ("on-stub-soft", "stub", 4.5),
    ("on-night", "night", 4.5),
    ("on-night", "dusk", 4.5),
    ("on-night-soft", "night", 4.5),
    ("on-night-soft", "dusk", 4.5),
    ("night", "on-night", 4.5),
    ("ink", "sea-wash", 4.5),
    ("ink-soft", "aurora-wash", 4.5),
    ("ink-soft", "rowan-wash", 4.5),
    ("field", "card", 3.0),
    ("field", "ground", 3.0),
)


def css() -> str:
    """The content of assets/tokens.css."""
    sizes = [f"  --space-{size}: {size / 16:g}rem;" for size in SPACES]
    radii = [f"  --radius-{name}: {radius / 16:g}rem;" for name, radius in RADII.items()]
    type_scale = [
        f"  --{name}-size: {size / 16:g}rem;\n  --{name}-line: {line / 16:g}rem;"
        for name, (size, line) in TYPE.items()
    ]
    light, dark = (_colours(palette) for palette in (LIGHT, DARK))
    return "\n".join(
        [
            "/* Written by `python -m zdrav29_app.ui.tokens`: change the colours there. */",
            ":root {",
            "  color-scheme: light dark;",
            *light,
            *sizes,
            *radii,
            *type_scale,
            "}",
            "@media screen and (prefers-color-scheme: dark) {",
            "  :root {",
            *(f"  {line}" for line in dark),
            "  }",
            "}",
            *(_scheme_rule(name, *colours) for name, colours in SCHEMES.items()),
            "",
        ]
    )


def scheme(ink: str, ground: str) -> dict[str, str]:
    """A palette of two colours: everything that is ground in the look stays ground."""
    return {name: ground if name in _GROUNDS else ink for name in LIGHT}


def _scheme_rule(name: str, ink: str, ground: str) -> str:
    colours = "".join(line.strip() for line in _colours(scheme(ink, ground)))
    kind = "dark" if contrast(ink, "#000000") > contrast(ink, "#FFFFFF") else "light"
    return f'html:has([data-scheme="{name}"]) {{ color-scheme: {kind};{colours} }}'


def contrast(first: str, second: str) -> float:
    """The WCAG contrast of two colours «#RRGGBB», from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _colours(palette: dict[str, str]) -> list[str]:
    return [f"  --{name}: {colour.lower()};" for name, colour in palette.items()]


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


if __name__ == "__main__":
    FILE.write_text(css(), encoding="utf-8")
