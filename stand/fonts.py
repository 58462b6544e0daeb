"""`python -m stand.fonts`: the typeface of the screens as two plain TrueType files for PDF.

Run it when the files in assets/fonts/ change; what it writes is committed.
"""

import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

SCREEN, PAPER = Path("assets/fonts"), Path("zdrav29_app/fonts")
PARTS = ("cyrillic", "latin")
WEIGHTS = {"regular": 400, "bold": 700}


def main() -> None:
    """Write both weights."""
    for name, weight in WEIGHTS.items():
        with tempfile.TemporaryDirectory() as folder:
            parts = [_part(part, weight, Path(folder)) for part in PARTS]
            font = merge.Merger().merge([str(part) for part in parts])
        target = PAPER / f"golos-{name}.ttf"
        font.save(target)
        print(f"{target}: {target.stat().st_size // 1024} kB")


def _part(part: str, weight: int, folder: Path) -> Path:
    font = instancer.instantiateVariableFont(
        TTFont(SCREEN / f"golos-{part}-1.woff2"), {"wght": weight}
    )
    # what a PDF has no use for, and merging no patience with
    options = subset.Options(layout_features=["kern"], drop_tables=["GDEF", "GSUB", "STAT"])
    options.drop_tables += ["vhea", "vmtx", "VVAR", "HVAR"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=font.getBestCmap())
    cutter.subset(font)
    font.flavor = None
    font.save(folder / f"{part}.ttf")
    return folder / f"{part}.ttf"


if __name__ == "__main__":
    main()
