"""What booking refuses, and cancelling."""

from datetime import date, datetime

from zdrav29_app.errors.root import CabinetError, NotFound


class BookingRefused(CabinetError):
    """A rule or another patient stands in the way of a visit."""


class SlotTaken(BookingRefused):
    """Somebody was faster. `neighbours`: start times nearby that are still free."""

    code = "SLOT-409"

    def __init__(self, neighbours: tuple[datetime, ...] = ()) -> None:
        super().__init__()
        self.neighbours = neighbours


class SlotPast(BookingRefused):
    """The time has already begun."""

    code = "SLOT-411"


class BeyondHorizon(BookingRefused):
    """The time is further away than booking is open. `horizon_days` says how far it is."""

    code = "SLOT-412"

    def __init__(self, horizon_days: int) -> None:
        super().__init__(horizon_days)
        self.horizon_days = horizon_days


class HoldEnded(BookingRefused):
    """The time was held for the patient, and the hold has come to its end."""

    code = "SLOT-410"


class NotForPortal(BookingRefused):
    """The time is not given out through the cabinet; `kind` says whom it is for."""

    code = "SLOT-413"

    def __init__(self, kind: str = "") -> None:
        super().__init__(kind)
        self.kind = kind


class PatientClosed(BookingRefused):
    """The patient's record is closed: nothing can be booked for her."""

    code = "BOOK-209"


class PolicyMissing(BookingRefused):
    """There is no policy of medical insurance, or it ends before the visit."""

    code = "BOOK-210"


class AttachedElsewhere(BookingRefused):
    """The doctor receives who is attached there; `clinic` is the patient's own, empty for none."""

    code = "BOOK-205"

    def __init__(self, clinic: str = "") -> None:
        super().__init__()
        self.clinic = clinic


class ClinicSilent(BookingRefused):
    """The clinic's own system did not answer: nothing was booked, the time stays held."""

    code = "MIS-602"


class AlreadyBooked(BookingRefused):
    """The patient has an active visit to the same speciality."""

    code = "BOOK-201"

    def __init__(self, speciality: str, starts_at: datetime, number: str) -> None:
        super().__init__(number)
        self.speciality = speciality
        self.starts_at = starts_at
        self.number = number


class TimeConflict(BookingRefused):
    """The patient has another visit at that time."""

    code = "BOOK-202"

    def __init__(self, speciality: str, starts_at: datetime, number: str) -> None:
        super().__init__(number)
        self.speciality = speciality
        self.starts_at = starts_at
        self.number = number


class ReferralNeeded(BookingRefused):
    """The doctor receives by referral only (направление).

    `offer` is the nearest free time of a doctor who can refer: its slot id and moment (aware UTC).
    """

    code = "BOOK-203"
    offer: tuple[int, datetime] | None = None


class ReferralExpired(ReferralNeeded):
    """There is a referral, and its last day (`until`) is over."""

    code = "BOOK-204"

    def __init__(self, until: date | None = None) -> None:
        super().__init__()
        self.until = until


class ReferralUsed(ReferralNeeded):
    """There was a referral, and a visit was booked with it: it is good for one."""

    code = "BOOK-212"


class QuotaUsed(BookingRefused):
    """The clinic that referred has no places left for this month."""

    code = "BOOK-211"


class WrongAge(BookingRefused):
    """The doctor receives another age. `age` is counted on the day of the visit."""

    code = "BOOK-206"

    def __init__(self, age: int, *, for_children: bool) -> None:
        super().__init__(age)
        self.age = age
        self.for_children = for_children


class WrongSex(BookingRefused):
    """The speciality receives women only."""

    code = "BOOK-207"


class TooManyVisits(BookingRefused):
    """The patient holds as many active visits as one person may. `limit` says how many."""

    code = "BOOK-208"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooManyCancels(BookingRefused):
    """Several visits to the speciality were called off today; `until` (aware UTC) to wait."""

    code = "BOOK-213"

    def __init__(self, until: datetime | None = None) -> None:
        super().__init__()
        self.until = until


class AlreadyWaiting(BookingRefused):
    """The patient stands in this waiting list already."""

    code = "WAIT-409"


class TooLateToCancel(CabinetError):
    """The visit has begun or is over, or was cancelled before."""

    code = "VISIT-410"


class LinkDead(NotFound):
    """A link of a letter does nothing: unknown, used before, or its visit is over or changed."""

    code = "LINK-404"
