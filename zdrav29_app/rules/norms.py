"""The table of booking rules (booking.yaml): what is said of each, and what it counts with."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

import yaml


class Check(StrEnum):
    """What is looked at before a visit is booked, in this order."""

    SESSION = "session"
    CONSENT = "consent"
    PATIENT = "patient"
    POLICY = "policy"
    ATTACHMENT = "attachment"
    AGE = "age"
    SEX = "sex"
    REFERRAL = "referral"
    KIND = "kind"
    FUTURE = "future"
    HORIZON = "horizon"
    OVERLAP = "overlap"
    SPECIALITY = "speciality"
    TOTAL = "total"
    QUOTA = "quota"
    FREE = "free"
    CLINIC = "clinic"


@dataclass(frozen=True)
class Norm:
    """One rule: its words for the patient, where it comes from, and how binding it is."""

    text: str
    source: str
    checked: date
    status: Literal["norm", "practice", "demo"]
    value: int = 0
    cancels: int = 0
    cool_down_minutes: int = 0


@cache
def norms() -> dict[Check, Norm]:
    """The whole table."""
    words = yaml.safe_load(Path(__file__).with_name("booking.yaml").read_text(encoding="utf-8"))
    return {Check(name): Norm(**facts) for name, facts in words.items()}
