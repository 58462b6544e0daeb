"""The people of a region: where they live and are attached, and who of them has entered.

Their oids are those that the simulator gives, one after the other, to people made at run time, so
whoever is made there signs in here as somebody the region knows.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, insert, literal, select
from sqlmodel import Session

from zdrav29_app.db.tables import Attachment, Consent, Patient
from zdrav29_app.demo.people import LONG_AGO_DAYS, NOWHERE, invented_policy
from zdrav29_app.demo.region.load import Row, table_of
from zdrav29_app.demo.region.size import ENTERED_OF_TEN
from zdrav29_app.demo.times import SEED
from zdrav29_app.demo.vocabulary import vocabulary
from zdrav29_app.identity import AddressKind
from zdrav29_app.rules.attachment import primary_care_for
from zdrav29_app.rules.entry import CURRENT_VERSIONS
from zdrav29_app.values import Gender, SignInWay, Snils

FIRST_OID = 1_000_100_001
FIRST_SNILS = 100_000_000
FIRST_PHONE = 79_010_000_000
NAMES = 1600  # so many are different
OLDEST_DAYS = 95 * 365
SEXES = (Gender.FEMALE, Gender.MALE)

COLUMNS = (
    *("id", "oid", "last_name", "first_name", "middle_name", "birth_date", "gender"),
    *("snils", "oms_number", "phone", "email", "addresses", "clinic_id", "is_active"),
    *("refreshed_at", "phone_confirmed_at", "next_way"),
)


@dataclass(frozen=True)
class Home:
    """A clinic with the district it serves."""

    clinic_id: int
    kind: Any
    district: str


def patients(count: int, homes: list[Home], now: datetime, today: date) -> Iterator[Row]:
    """Rows of Patient, numbered from 1."""
    chance = random.Random(f"{SEED}/patients").random
    fitting = _by_age(homes, today)
    names = {sex: [vocabulary().name(sex, number) for number in range(NAMES)] for sex in SEXES}
    for number in range(1, count + 1):
        sex = SEXES[(number + number // 10) % 2]  # also of those who have entered
        name = names[sex][int(chance() * NAMES)]
        born = today - timedelta(days=int(chance() * OLDEST_DAYS))
        home = _home(fitting[_is_child(born, today)], chance())
        snils = f"{FIRST_SNILS + number}"
        address = f"Архангельская область, {home.district}, улица Учебная, д. {number % 200 + 1}"
        yield (
            *(number, FIRST_OID - 1 + number, name.last, name.first, name.middle, born, sex),
            *(snils + Snils.check_number(snils), invented_policy(FIRST_OID - 1 + number)),
            *(f"+{FIRST_PHONE + number}", f"p{number}@pomor.example"),
            *([[AddressKind.REGISTERED.value, address]], home.clinic_id, True, now),
            *((now, SignInWay.PASSWORD) if number % 10 < ENTERED_OF_TEN else (None, None)),
        )


def attach_all(session: Session, today: date) -> None:
    """Let the term of every patient at her clinic have begun long ago."""
    since = today - timedelta(days=LONG_AGO_DAYS)
    of = table_of(Patient).c
    rows = select(
        *(of.id, of.id, of.clinic_id, literal(value=False), literal(value=False)),
        literal(since, Date),
    )
    names = ["id", "patient_id", "clinic_id", "by_choice", "doctor_by_choice", "since"]
    session.exec(insert(Attachment).from_select(names, rows))


def consent_all(session: Session, now: datetime) -> None:
    """Let everybody who has entered have consented to what one consents to then."""
    [(purpose, version)] = CURRENT_VERSIONS.items()
    of, given = table_of(Patient).c, table_of(Consent).c
    rows = select(
        *(of.id, of.id, literal(purpose, given.purpose.type), literal(version)),
        *(literal(NOWHERE), literal(now, given.given_at.type)),
    ).where(of.next_way.is_not(None))
    names = ["id", "patient_id", "purpose", "version", "ip", "given_at"]
    session.exec(insert(Consent).from_select(names, rows))


def _is_child(born: date, today: date) -> bool:
    return primary_care_for(born, today) == primary_care_for(today, today)


def _by_age(homes: list[Home], today: date) -> dict[bool, list[Home]]:
    """Clinics for adults and for children; all of them where a small region has none of a kind."""
    adult = today - timedelta(days=OLDEST_DAYS)
    return {
        is_child: [one for one in homes if one.kind in primary_care_for(born, today)] or homes
        for is_child, born in ((True, today), (False, adult))
    }


def _home(homes: list[Home], chance: float) -> Home:
    return homes[int(chance * len(homes))]
