"""The values that the words of a notice need, as strings."""

from zdrav29_app.db.tables import Patient
from zdrav29_app.services.patients import name_of
from zdrav29_app.services.times import DoctorTime
from zdrav29_app.services.visits import Visit
from zdrav29_app.values import FullName


def facts_of_name(whose: str, name: FullName) -> dict[str, str]:
    """The parts of a name: «doctor_last» and so on."""
    parts = {"last": name.last, "first": name.first, "middle": name.middle or ""}
    return {f"{whose}_{part}": value for part, value in parts.items()}


def facts_of_visit(visit: Visit) -> dict[str, str]:
    """A visit with what one needs to come to it."""
    return {
        "number": visit.number,
        **facts_of_time(visit),
        "directions": visit.place.directions,
        "phone": visit.place.phone,
        "has_passport": "yes" if visit.has_passport else "",
        "referral": visit.referral,
        "prepare": visit.prepare,
    }


def facts_of_patient(patient: Patient, to: Patient) -> dict[str, str]:
    """Whom it is about, where somebody else is told; nothing otherwise."""
    return {} if to.id == patient.id else facts_of_name("for", name_of(patient))


def facts_of_time(visit: Visit | DoctorTime) -> dict[str, str]:
    """When, with whom and where."""
    return {
        "starts_at": visit.starts_at.isoformat(),
        "speciality": visit.speciality,
        **facts_of_name("doctor", visit.doctor),
        "room": visit.place.room,
        "clinic": visit.place.clinic,
        "branch": visit.place.branch,
        "address": visit.place.address,
    }
