"""What a clinic does with an order of a certificate: it takes it up, and sends the paper."""

import anyio.to_thread
from sqlmodel import Session

from zdrav29_app import archive, clock
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.db.tables import Patient
from zdrav29_app.demo import paper_maker
from zdrav29_app.demo.cda_maker import Part, Signed
from zdrav29_app.demo.paper_maker import Page
from zdrav29_app.demo.records import signer, subject_of
from zdrav29_app.papers import CertificateKind, DocumentFormat, DocumentKind
from zdrav29_app.services import certificates
from zdrav29_app.services.arrivals import NewDocument
from zdrav29_app.services.certificates import Task
from zdrav29_app.services.patients import name_of
from zdrav29_app.texts import certificates as texts
from zdrav29_app.texts import formats
from zdrav29_app.values import local

CONCLUSION, PURPOSE = "Заключение", "Для чего выдана"
_SAYS = {
    CertificateKind.WORK_AND_STUDY: (
        "Осмотр терапевта и исследования по форме 086/у пройдены.",
        "Годен к обучению и работе, противопоказаний не выявлено.",
    ),
    CertificateKind.POOL: ("Осмотрен. Посещать бассейн может.",),
    CertificateKind.CAMP: ("Осмотрен. Отдыхать в детском лагере может.",),
    CertificateKind.CONTACTS: (
        "Контактов с инфекционными больными за последний 21 день не зарегистрировано.",
    ),
    CertificateKind.TAX: ("Медицинские услуги, оплаченные за год, перечислены в кассе клиники.",),
    CertificateKind.ILLNESS: ("Пропуск занятий по болезни подтверждён. К занятиям допущен.",),
}


async def work() -> None:
    """Do what is due by the clock."""
    if not await reading(certificates.is_any_due):
        return
    for task in await in_transaction(certificates.take_up):
        await _issue(task)


async def issue(number: str) -> None:
    """Answer an order at once.

    Raises:
        NotFound: there is no such order, or it is answered.
    """
    await _issue(await reading(certificates.open_task, number))


async def _issue(task: Task) -> None:
    new, page = await reading(_paper, task)
    content = await anyio.to_thread.run_sync(paper_maker.pdf, page)
    version = await archive.new_version(content, DocumentFormat.PDF)
    if not await in_transaction(certificates.issue, task.certificate_id, new, version):
        await archive.forget(version)


def _paper(session: Session, task: Task) -> tuple[NewDocument, Page]:
    patient = session.get_one(Patient, task.patient_id)
    doctor, clinic = signer(session, patient, "therapist")
    by = Signed(name_of(doctor), doctor.post, clinic.name, clock.now())
    parts = [Part("CERT", CONCLUSION, _SAYS[task.kind])]
    if task.purpose:
        parts.append(Part("FOR", PURPOSE, (task.purpose,)))
    new = NewDocument(
        kind=DocumentKind.CERTIFICATE,
        name=texts.KINDS[task.kind],
        issued_on=local(by.at).date(),
        doctor=formats.full_name(by.doctor),
        post=doctor.post,
        institution=clinic.name,
    )
    return new, Page(new.name, subject_of(patient), by, parts)
