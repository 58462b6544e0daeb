"""What a document is made of, for every room: its kind, its format, the file behind it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class DocumentKind(StrEnum):
    """Type of a document (тип документа): the rows of register 1520 that patients meet.

    Source: register of electronic medical documents, ФНСИ 1520 v12.14.
    """

    LAB = "lab"
    INSTRUMENTAL = "instrumental"
    CONSULTATION = "consultation"
    OUTPATIENT = "outpatient"
    DISCHARGE = "discharge"
    REFERRAL = "referral"
    PRESCRIPTION = "prescription"
    VACCINATION = "vaccination"
    CERTIFICATE = "certificate"
    CONCLUSION = "conclusion"
    OTHER = "other"


class DocumentFormat(StrEnum):
    """How a document is written down; the value is the ending of its file's name."""

    PDF = "pdf"
    JPG = "jpg"
    XML = "xml"


class DocumentStatus(StrEnum):
    """Whether a document holds (FHIR DocumentReference.status)."""

    CURRENT = "current"
    ANNULLED = "annulled"


class CertificateKind(StrEnum):
    """Kind of a certificate (вид справки).

    Source: register of electronic medical documents, ФНСИ 1520 v12.14, rows 196, 150, 175, 154,
    193 and 169.
    """

    WORK_AND_STUDY = "086"
    POOL = "pool"
    CAMP = "camp"
    CONTACTS = "contacts"
    TAX = "tax"
    ILLNESS = "095"


class CertificateStatus(StrEnum):
    """Where an order of a certificate stands."""

    ORDERED = "ordered"
    IN_WORK = "in_work"
    READY = "ready"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class CertificateRefusal(StrEnum):
    """Why a clinic does not issue a certificate."""

    EXAMINATION = "examination"
    NO_GROUNDS = "no_grounds"
    DATA = "data"


@dataclass(frozen=True)
class StoredFile:
    """An encrypted file: its name in the store, its wrapped data key (hex), what it was before.

    `size` and `sha256` are of the bytes as they came.
    """

    name: str
    key: str
    size: int
    sha256: str


class Verdict(StrEnum):
    """Where a result lies against its reference range (HL7 ObservationInterpretation)."""

    LOW = "L"
    NORMAL = "N"
    HIGH = "H"
    UNKNOWN = ""


@dataclass(frozen=True)
class Measured:
    """One result. `low` and `high` are None where the range is open on that side."""

    code: str
    name: str
    value: float
    unit: str
    low: float | None
    high: float | None

    @property
    def verdict(self) -> Verdict:
        """Where the value lies; unknown without a range."""
        if self.low is None and self.high is None:
            return Verdict.UNKNOWN
        if self.low is not None and self.value < self.low:
            return Verdict.LOW
        if self.high is not None and self.value > self.high:
            return Verdict.HIGH
        return Verdict.NORMAL


@dataclass(frozen=True)
class Change:
    """Where two versions differ: what stood there and what stands there now; empty for nothing.

    `place` is a field of Readable, the name of a result, the title of a part, or empty in a text
    without parts.
    """

    place: str
    was: str | Measured | None
    now: str | Measured | None


@dataclass(frozen=True)
class Dated:
    """A result of some day, and the document it stands in."""

    day: date
    document_id: int
    measured: Measured


@dataclass(frozen=True)
class Section:
    """A part of a document for people: paragraphs, and results or a table.

    The first row of a table holds the headings; one that repeats results is left out.
    """

    code: str
    title: str
    lines: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    results: tuple[Measured, ...]


@dataclass(frozen=True)
class Readable:
    """A structured document as it can be shown; absent words are empty."""

    title: str
    made_at: datetime
    patient: str
    author: str
    institution: str
    sections: tuple[Section, ...]

    @property
    def results(self) -> tuple[Measured, ...]:
        """All results of all sections."""
        return tuple(one for section in self.sections for one in section.results)
