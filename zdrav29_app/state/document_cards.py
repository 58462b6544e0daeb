"""Documents as cards: strings a page can show without thinking."""

from dataclasses import dataclass

from zdrav29_app.services.documents import Paper
from zdrav29_app.texts import documents as texts
from zdrav29_app.texts import formats


@dataclass(frozen=True)
class PaperCard:
    """One document of a list; `signed` is empty for what the patient added herself."""

    id: int
    name: str
    kind: str
    day: str
    signed: str
    institution: str
    file: str
    status: str
    tone: str
    is_new: bool
    is_hidden: bool
    is_damaged: bool
    href: str
    file_href: str
    report_href: str
    open_name: str
    download_name: str
    report_name: str


def paper_card(paper: Paper) -> PaperCard:
    """A document in the patient's words."""
    status, tone = texts.STATUSES[paper.status]
    href = f"/documents/{paper.id}"
    return PaperCard(
        id=paper.id,
        name=paper.name,
        kind=texts.KINDS[paper.kind],
        day=f"{formats.day_month(paper.issued_on)}{formats.NBSP}{paper.issued_on.year}",
        signed=", ".join(filter(None, (paper.doctor, formats.inside(paper.post)))),
        institution=paper.institution or texts.OWN,
        file=texts.file_line(paper.format, paper.size),
        status=status,
        tone=tone,
        is_new=paper.is_new,
        is_hidden=paper.is_hidden,
        is_damaged=paper.is_damaged,
        href=href,
        file_href=f"/files/{paper.id}",
        report_href=f"{href}/report",
        open_name=texts.act_name(texts.OPEN, paper.name, paper.issued_on),
        download_name=texts.act_name(texts.DOWNLOAD, paper.name, paper.issued_on),
        report_name=texts.act_name(texts.REPORT, paper.name, paper.issued_on),
    )
