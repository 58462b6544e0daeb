"""Everything the cabinet refuses, as one family. Errors carry facts, texts/errors.py words.

`code` is what the patient may quote to support; the table of codes is in README.md.
"""

from zdrav29_app.errors.attachment import (
    AlreadyApplying,
    AlreadyDecided,
    ApplyInPerson,
    AttachmentRefused,
    ClinicFull,
    TooLateToWithdraw,
    TooSoonForDoctor,
    TooSoonToChange,
)
from zdrav29_app.errors.booking import (
    AlreadyBooked,
    AlreadyWaiting,
    AttachedElsewhere,
    BeyondHorizon,
    BookingRefused,
    ClinicSilent,
    HoldEnded,
    LinkDead,
    NotForPortal,
    PatientClosed,
    PolicyMissing,
    QuotaUsed,
    ReferralExpired,
    ReferralNeeded,
    ReferralUsed,
    SlotPast,
    SlotTaken,
    TimeConflict,
    TooLateToCancel,
    TooManyCancels,
    TooManyVisits,
    WrongAge,
    WrongSex,
)
from zdrav29_app.errors.certificates import (
    AlreadyOrdered,
    CertificateRefused,
    NoClinicToAsk,
    NotForThisAge,
    TooLateToCancelOrder,
)
from zdrav29_app.errors.entry import (
    AccountUnconfirmed,
    AttemptExpired,
    AttemptUnknown,
    CabinetChanged,
    CodeBlocked,
    CodeExpired,
    CodeTooSoon,
    CodeWrong,
    ConsentDenied,
    EntryIncomplete,
    EsiaRefused,
    EsiaSilent,
    PhoneMissing,
    SignedOut,
    SignInRefused,
    StepUpFailed,
    StepUpNeeded,
    TokenInvalid,
)
from zdrav29_app.errors.papers import (
    DocumentDamaged,
    FileRefused,
    FilesSilent,
    FileTooLarge,
    ReportEmpty,
)
from zdrav29_app.errors.root import (
    BadInput,
    CabinetError,
    DatabaseSilent,
    GatewayError,
    NotFound,
    TooManyRequests,
)

__all__ = [
    "AccountUnconfirmed",
    "AlreadyApplying",
    "AlreadyBooked",
    "AlreadyDecided",
    "AlreadyOrdered",
    "AlreadyWaiting",
    "ApplyInPerson",
    "AttachedElsewhere",
    "AttachmentRefused",
    "AttemptExpired",
    "AttemptUnknown",
    "BadInput",
    "BeyondHorizon",
    "BookingRefused",
    "CabinetChanged",
    "CabinetError",
    "CertificateRefused",
    "ClinicFull",
    "ClinicSilent",
    "CodeBlocked",
    "CodeExpired",
    "CodeTooSoon",
    "CodeWrong",
    "ConsentDenied",
    "DatabaseSilent",
    "DocumentDamaged",
    "EntryIncomplete",
    "EsiaRefused",
    "EsiaSilent",
    "FileRefused",
    "FileTooLarge",
    "FilesSilent",
    "GatewayError",
    "HoldEnded",
    "LinkDead",
    "NoClinicToAsk",
    "NotForPortal",
    "NotForThisAge",
    "NotFound",
    "PatientClosed",
    "PhoneMissing",
    "PolicyMissing",
    "QuotaUsed",
    "ReferralExpired",
    "ReferralNeeded",
    "ReferralUsed",
    "ReportEmpty",
    "SignInRefused",
    "SignedOut",
    "SlotPast",
    "SlotTaken",
    "StepUpFailed",
    "StepUpNeeded",
    "TimeConflict",
    "TokenInvalid",
    "TooLateToCancel",
    "TooLateToCancelOrder",
    "TooLateToWithdraw",
    "TooManyCancels",
    "TooManyRequests",
    "TooManyVisits",
    "TooSoonForDoctor",
    "TooSoonToChange",
    "WrongAge",
    "WrongSex",
    "all_errors",
    "plain_errors",
]


def plain_errors() -> list[type[CabinetError]]:
    """Those that need no facts: a demo can call them up."""
    return [error for error in all_errors() if not _needs_facts(error)]


def _needs_facts(error: type[CabinetError]) -> bool:
    try:
        error()
    except TypeError:
        return True
    return False


def all_errors(kind: type[CabinetError] = CabinetError) -> list[type[CabinetError]]:
    """The whole family, from the root down."""
    return [kind, *(each for child in kind.__subclasses__() for each in all_errors(child))]
