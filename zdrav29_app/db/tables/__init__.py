"""The whole schema, a sheet per noun. Words follow FHIR where it has one; times are aware UTC."""

from zdrav29_app.db.tables.attachment import (
    Attachment,
    AttachmentApplication,
)
from zdrav29_app.db.tables.audit import (
    Action,
    AuditEvent,
)
from zdrav29_app.db.tables.certificates import (
    Certificate,
)
from zdrav29_app.db.tables.clinics import (
    Branch,
    Clinic,
    ClinicKind,
    Doctor,
    FreeCount,
    Quota,
    Slot,
    SlotKind,
    SlotStatus,
    Speciality,
)
from zdrav29_app.db.tables.documents import (
    Document,
    DocumentVersion,
)
from zdrav29_app.db.tables.messages import (
    Notice,
    NoticeKind,
    SupportFile,
    SupportMessage,
    SupportRequest,
)
from zdrav29_app.db.tables.people import (
    Consent,
    DispensaryRecord,
    OneTimeCode,
    Patient,
    Preference,
    RelatedPerson,
)
from zdrav29_app.db.tables.sign_in import (
    SignInAttempt,
    WebSession,
)
from zdrav29_app.db.tables.status import (
    Announcement,
    ServiceSpell,
)
from zdrav29_app.db.tables.visits import (
    Appointment,
    AppointmentStatus,
    CancelledBy,
    Hold,
    HoldPurpose,
    Referral,
    VisitLink,
    WaitingEntry,
    WaitingEvent,
    WaitingStatus,
    WaitingStep,
)

__all__ = [
    "Action",
    "Announcement",
    "Appointment",
    "AppointmentStatus",
    "Attachment",
    "AttachmentApplication",
    "AuditEvent",
    "Branch",
    "CancelledBy",
    "Certificate",
    "Clinic",
    "ClinicKind",
    "Consent",
    "DispensaryRecord",
    "Doctor",
    "Document",
    "DocumentVersion",
    "FreeCount",
    "Hold",
    "HoldPurpose",
    "Notice",
    "NoticeKind",
    "OneTimeCode",
    "Patient",
    "Preference",
    "Quota",
    "Referral",
    "RelatedPerson",
    "ServiceSpell",
    "SignInAttempt",
    "Slot",
    "SlotKind",
    "SlotStatus",
    "Speciality",
    "SupportFile",
    "SupportMessage",
    "SupportRequest",
    "VisitLink",
    "WaitingEntry",
    "WaitingEvent",
    "WaitingStatus",
    "WaitingStep",
    "WebSession",
]
