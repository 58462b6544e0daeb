"""A structured document as a page of HTML to read, made by cda_page.xslt.

Invariant: no element, address or attribute of the file reaches the page unless the sheet writes it
anew; the file is read by the same wary parser as everywhere (gateways/cda.py).
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from zdrav29_app.errors import DocumentDamaged
from zdrav29_app.gateways import cda
from zdrav29_app.texts import documents as texts
from zdrav29_app.texts import formats
from zdrav29_app.values import local

SHEET = Path(__file__).with_suffix(".xslt")
CLOSED = etree.XSLTAccessControl.DENY_ALL
_NOTE = f"{{{cda.NAMESPACES['c']}}}footnote"


def page(content: bytes, look: Mapping[str, str]) -> str:
    """The whole page. `look` is what a person with weak eyes has chosen: texts/vision.py.

    Raises:
        DocumentDamaged: as for `cda.read`, or its markup cannot be turned into a page.
    """
    root = cda.parse(content)
    known = cda.header(root)
    for number, note in enumerate(root.iter(_NOTE), 1):
        note.set("number", str(number))  # the sheet itself would count them over and over
    words = {
        **{f"word-{name}": word for name, word in texts.SHEET.items()},
        **look,
        "made": _made(known.made_at),
        "patient": known.patient,
        "author": known.author,
        "institution": known.institution,
    }
    parameters: Any = {name: etree.XSLT.strparam(word) for name, word in words.items()}
    try:
        return str(_sheet()(root, **parameters))
    except etree.XSLTApplyError:
        raise DocumentDamaged from None


def _made(moment: datetime) -> str:
    return f"{formats.numeric_date(local(moment).date())}, {formats.clock_time(moment)}"


@cache
def _sheet() -> Any:
    return etree.XSLT(etree.parse(SHEET), access_control=CLOSED)
