"""Medical records of the cast, made when somebody first looks: what clinics would have sent.

Invariant: what a record holds depends on the person and the day alone. Making thirty files takes a
second, so neither the start of a stand nor its reset waits for them.
"""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import anyio.to_thread
import yaml
from sqlmodel import Session, col, select

from zdrav29_app import archive, clock
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.db.tables import Branch, Clinic, Doctor, Document, Patient
from zdrav29_app.demo import cda_maker, paper_maker
from zdrav29_app.demo.cda_maker import Part, Signed, Subject
from zdrav29_app.demo.paper_maker import Page
from zdrav29_app.papers import DocumentFormat, DocumentKind, DocumentStatus, Measured
from zdrav29_app.services import arrivals
from zdrav29_app.services.arrivals import NewDocument, NewVersion
from zdrav29_app.services.patients import name_of
from zdrav29_app.settings import settings
from zdrav29_app.values import MOSCOW, local

SEED = 29
NEW_FOR = timedelta(days=30)
DAMAGE_AT = 900  # bytes that were left of the damaged file
# type and edition of the template, which begins with the row of register 1522
TEMPLATES = {
    DocumentKind.LAB: (7, 5),
    DocumentKind.CONSULTATION: (5, 4),
    DocumentKind.VACCINATION: (53, 2),
}
_LOOKS = {"paper": paper_maker.jpg_paper, "scan": paper_maker.jpg_picture}
_one_at_a_time = asyncio.Lock()


@dataclass(frozen=True)
class Recipe:
    """One document to be made: what is known of it, and the bytes of its versions."""

    new: NewDocument
    at: datetime
    format: DocumentFormat
    versions: tuple[tuple[bytes, str], ...]


@dataclass(frozen=True)
class _Ground:
    """What a record is made of: the person, her story, who signs by speciality."""

    of: Subject
    story: dict[str, Any]
    signers: dict[str, tuple[Doctor, Clinic]]
    today: date


async def deliver(patient_id: int, story: str = "") -> None:
    """Let the demo's clinics send a patient's record, once; a stranger to the cast has none.

    `story` names one of records.yaml for whoever has none of her own. Production does nothing.
    """
    if not settings.is_demo:
        return
    async with _one_at_a_time:
        ground = await reading(_ground, patient_id, story)
        if ground is None:
            return
        made = [
            (recipe, [await _version(recipe, number) for number in range(len(recipe.versions))])
            for recipe in await anyio.to_thread.run_sync(lambda: list(_recipes(ground)))
        ]
        await in_transaction(_save, patient_id, made)


@cache
def facts() -> dict[str, Any]:
    """The words of records.yaml."""
    words = Path(__file__).with_name("records.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(words)


def _ground(session: Session, patient_id: int, story: str) -> _Ground | None:
    patient = session.get_one(Patient, patient_id)
    name = story or facts()["people"].get(patient.oid, "")
    if not name or arrivals.has_any(session, patient_id):
        return None
    told = facts()["stories"][name]
    wanted = {one["by"] for one in [*told["runs"], *told["papers"]]}
    return _Ground(
        of=subject_of(patient),
        story=told,
        signers={code: signer(session, patient, code) for code in sorted(wanted)},
        today=local(clock.now()).date(),
    )


def subject_of(patient: Patient) -> Subject:
    """A patient as a document names her."""
    return Subject(
        oid=patient.oid,
        name=name_of(patient),
        birth_date=patient.birth_date,
        gender=patient.gender,
        snils=patient.snils or "",
        oms_number=patient.oms_number or "",
    )


def signer(session: Session, patient: Patient, speciality: str) -> tuple[Doctor, Clinic]:
    """A doctor of the speciality: of the patient's own clinic where there is one."""
    return session.exec(
        select(Doctor, Clinic)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(Doctor.speciality_code == speciality)
        .order_by(col(Clinic.id) != (patient.clinic_id or 0), col(Doctor.id))
    ).first() or signer(session, patient, "therapist")


async def _version(recipe: Recipe, number: int) -> NewVersion:
    content, change = recipe.versions[number]
    made_at = recipe.at + timedelta(days=2 * number)
    return await archive.new_version(content, recipe.format, change, made_at=made_at)


def _save(session: Session, patient_id: int, made: list[tuple[Recipe, list[NewVersion]]]) -> None:
    for recipe, versions in made:
        document_id = arrivals.add(session, patient_id, recipe.new, *versions)
        if recipe.at < clock.now() - NEW_FOR:
            session.get_one(Document, document_id).seen_at = recipe.at


def _recipes(ground: _Ground) -> Iterator[Recipe]:
    for run in ground.story["runs"]:
        yield from _run(ground, run)
    for paper in ground.story["papers"]:
        yield _paper(ground, paper)


def _run(ground: _Ground, run: dict[str, Any]) -> Iterator[Recipe]:
    panel = facts()["panels"][run["panel"]]
    for number in range(run["times"]):
        passed = run["times"] - 1 - number
        day = ground.today - timedelta(days=run["days"] + run["every"] * passed)
        share = number / max(run["times"] - 1, 1)
        results = tuple(_measured(ground, test, run, share, day) for test in panel["tests"])
        known = {"kind": DocumentKind.LAB, "name": panel["name"], "format": "xml"} | run
        parts = [
            Part("SPECIMENS", "Материал", ("Кровь венозная, взята утром натощак.",)),
            Part("RESLAB", "Результаты", results=results),
        ]
        yield _recipe(ground, known, day, parts)


def _measured(
    ground: _Ground, test: dict[str, Any], run: dict[str, Any], share: float, day: date
) -> Measured:
    low, high = test[ground.of.gender.value]
    begin, end = (run.get(side, {}).get(test["code"], (low + high) / 2) for side in ("from", "to"))
    chance = random.Random(f"{SEED}/{ground.of.oid}/{test['code']}/{day.isoformat()}")
    swing = (high - low) * chance.uniform(-0.05, 0.05)
    whole = high >= 20  # noqa: PLR2004  large numbers are reported without a fraction
    value = round(begin + (end - begin) * share + swing, 0 if whole else 1)
    return Measured(test["code"], test["name"], value, test["unit"], low or None, high)


def parts_of(name: str) -> list[Part]:
    """The parts of the paper of this name, as records.yaml tells them; none when it does not."""
    for story in facts()["stories"].values():
        for paper in story["papers"]:
            if paper["name"] == name:
                return _parts(paper)
    return []


def _parts(paper: dict[str, Any]) -> list[Part]:
    return [Part(code, title, tuple(lines)) for code, title, *lines in paper.get("parts", [])]


def with_words(parts: list[Part], instead: dict[str, str]) -> list[Part]:
    """The same parts with other words in some places."""

    def told(line: str) -> str:
        for words, others in instead.items():
            line = line.replace(words, others)
        return line

    return [replace(part, lines=tuple(map(told, part.lines))) for part in parts]


def _paper(ground: _Ground, known: dict[str, Any]) -> Recipe:
    day = ground.today - timedelta(days=known["days"])
    return _recipe(ground, known, day, _parts(known))


def _recipe(ground: _Ground, known: dict[str, Any], day: date, parts: list[Part]) -> Recipe:
    doctor, clinic = ground.signers[known["by"]]
    chance = random.Random(f"{SEED}/{ground.of.oid}/{known['name']}/{day.isoformat()}")
    moment = datetime.combine(day, time(9, 0), MOSCOW) + timedelta(minutes=chance.randrange(540))
    by = Signed(name_of(doctor), doctor.post, clinic.name, moment.astimezone(UTC))
    new = NewDocument(
        kind=DocumentKind(known["kind"]),
        name=known["name"],
        issued_on=day,
        doctor=" ".join(filter(None, (by.doctor.last, by.doctor.first, by.doctor.middle))),
        post=doctor.post,
        institution=clinic.name,
        status=DocumentStatus.ANNULLED if known.get("is_annulled") else DocumentStatus.CURRENT,
    )
    versions = tuple(
        (_content(ground, known, by, with_words(parts, one.get("wrong", {})), note), note)
        for one in known.get("versions", [{"note": ""}])
        for note in [one["note"]]
    )
    return Recipe(new, by.at, DocumentFormat(known["format"]), versions)


def _content(
    ground: _Ground, known: dict[str, Any], by: Signed, parts: list[Part], note: str
) -> bytes:
    page = Page(known["name"], ground.of, by, parts, note)
    if known["format"] == DocumentFormat.XML:
        return _xml(ground, known, by, parts)
    if known["format"] == DocumentFormat.JPG:
        return _LOOKS[known["look"]](page)
    if known.get("size") == "huge":
        return paper_maker.pdf_with_scans(page)
    content = paper_maker.pdf(page)
    return content[:DAMAGE_AT] if known.get("is_damaged") else content


def _xml(ground: _Ground, known: dict[str, Any], by: Signed, parts: list[Part]) -> bytes:
    template = TEMPLATES[DocumentKind(known["kind"])]
    return cda_maker.document(
        number=random.Random(f"{ground.of.oid}/{known['name']}/{by.at}").randrange(10**6),
        template=template,
        kind=template[0],
        title=known["name"],
        of=ground.of,
        by=by,
        parts=parts,
    )
