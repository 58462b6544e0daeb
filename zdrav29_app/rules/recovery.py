"""How the data of somebody who cannot sign in are compared with those of a known person."""

from collections.abc import Mapping

from zdrav29_app.db.tables import Patient

FIELDS = ("last_name", "first_name", "birth_date", "policy")


def compare(facts: Mapping[str, str], patient: Patient) -> dict[str, bool]:
    """Which fields of a claim are those of this person."""
    known = {
        "last_name": patient.last_name,
        "first_name": patient.first_name,
        "birth_date": patient.birth_date.isoformat(),
        "policy": patient.oms_number or "",
    }
    return {name: _plain(facts[name]) == _plain(known[name]) for name in FIELDS}


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("ё", "е").split())
