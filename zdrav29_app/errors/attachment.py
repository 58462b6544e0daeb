"""What a change of the clinic refuses."""

from datetime import date

from zdrav29_app.errors.root import CabinetError


class AttachmentRefused(CabinetError):
    """A rule or the clinic stands in the way of an application."""


class TooSoonToChange(AttachmentRefused):
    """The clinic was chosen less than a year ago; `on` is the first day of the next choice."""

    code = "ATT-301"

    def __init__(self, on: date | None = None) -> None:
        super().__init__()
        self.on = on


class ClinicFull(AttachmentRefused):
    """The clinic takes nobody more, or does not take patients of this age at all."""

    code = "ATT-302"


class AlreadyApplying(AttachmentRefused):
    """An application is under way; `number` says which."""

    code = "ATT-303"

    def __init__(self, number: str = "") -> None:
        super().__init__()
        self.number = number


class ApplyInPerson(AttachmentRefused):
    """Another one's cabinet is open, and its person is old enough to apply herself."""

    code = "ATT-304"


class TooLateToWithdraw(AttachmentRefused):
    """The clinic has decided, or the application was withdrawn before."""

    code = "ATT-305"


class AlreadyDecided(AttachmentRefused):
    """Somebody else decided an application first, or its patient took it back.

    `status` and `refusal` are values of ApplicationStatus and RefusalReason.
    """

    code = "ATT-306"

    def __init__(self, number: str = "", status: str = "", refusal: str | None = None) -> None:
        super().__init__()
        self.number = number
        self.status = status
        self.refusal = refusal


class TooSoonForDoctor(AttachmentRefused):
    """The doctor was chosen less than a year ago; `on` is the first day of the next choice."""

    code = "ATT-307"

    def __init__(self, on: date | None = None) -> None:
        super().__init__()
        self.on = on
