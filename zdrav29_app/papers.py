"""What a document is made of, for every room: its kind, its format, the file behind it."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class StoredFile:
    """An encrypted file: its name in the store, its wrapped data key (hex), what it was before.

    `size` and `sha256` are of the bytes as they came.
    """

    name: str
    key: str
    size: int
    sha256: str
