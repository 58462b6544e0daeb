"""The demo control of what a clinic does: `POST /_demo/clinic`, one act at a time."""

from datetime import date, time
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.demo import certificates as certificate_office
from zdrav29_app.demo import corrections
from zdrav29_app.demo.corrections import Correction
from zdrav29_app.endpoints.demo_guard import Refused, fields_of, guarded
from zdrav29_app.errors import AlreadyDecided
from zdrav29_app.papers import CertificateRefusal
from zdrav29_app.services import application_steps, certificates, clinic_desk
from zdrav29_app.services.clinic_desk import Which
from zdrav29_app.values import RefusalReason

CORRECTION = ("correct", "change", "was", "now")
ACTS = ("cancel", "reason", "publish", "take", *CORRECTION, "issue", "decide", "refusal")
LONGEST_REASON = 200
LARGEST_ID = 2**31
_PLACE = frozenset({"doctor", "speciality", "branch"})
_WHEN = frozenset({"day", "from", "to"})


async def act(request: Request) -> Response:
    """Do exactly one of what ACTS names."""
    fields = await fields_of(request, *ACTS)
    match sorted(fields):
        case ["cancel"] | ["cancel", "reason"]:
            return await _cancel(_words(fields, "cancel"), _words(fields, "reason"))
        case ["publish"]:
            return await _publish(fields["publish"])
        case ["take"]:
            return await _take(fields["take"])
        case ["change", "correct"] | ["change", "correct", "now", "was"]:
            return await _correct(fields["correct"], fields)
        case ["issue"] | ["issue", "refusal"]:
            return await _certify(_words(fields, "issue"), _words(fields, "refusal"))
        case ["decide"] | ["decide", "refusal"]:
            return await _decide(_words(fields, "decide"), _words(fields, "refusal"))
        case _:
            raise Refused(
                "exactly one of cancel (with a reason), publish, take, correct (with a change, or "
                "with was and now too), issue, decide (or with a refusal) is expected"
            )


async def _cancel(number: str, reason: str) -> Response:
    times = await in_transaction(clinic_desk.call_off, number, reason)
    held = [{"slot": one.slot_id, "starts_at": one.starts_at.isoformat()} for one in times]
    return JSONResponse({"replacements": held})


async def _publish(body: object) -> Response:
    which = _which(body, "publish")
    if which.day is None:
        raise Refused("publish: a day is expected")
    made = await in_transaction(clinic_desk.publish, which)
    return JSONResponse({"slots": made}, 201)


async def _take(body: object) -> Response:
    if type(body) is int:
        if not 0 < body < LARGEST_ID:
            raise Refused("take: the id of a time is expected")
        wanted = [body]
    else:
        wanted = await reading(clinic_desk.free_times, _which(body, "take"))
    return JSONResponse({"slots": await in_transaction(clinic_desk.take, wanted)})


async def _correct(document_id: object, fields: dict[str, Any]) -> Response:
    change, was, now = (_words(fields, name) for name in ("change", "was", "now"))
    if type(document_id) is not int or not 0 < document_id < LARGEST_ID or not change:
        raise Refused("correct: the id of a document, and change: words, are expected")
    await corrections.correct(document_id, Correction(change, was, now))
    return Response(status_code=204)


async def _certify(number: str, refusal: str) -> Response:
    if not refusal:
        await certificate_office.issue(number)
        return Response(status_code=204)
    if refusal not in set(CertificateRefusal):
        raise Refused(f"refusal: one of {', '.join(CertificateRefusal)} is expected")
    await in_transaction(certificates.refuse, number, CertificateRefusal(refusal))
    return Response(status_code=204)


async def _decide(number: str, refusal: str) -> Response:
    try:
        reason = RefusalReason(refusal) if refusal else None
        is_first = await in_transaction(application_steps.decide, number, reason)
    except ValueError:
        known = ", ".join(RefusalReason)
        raise Refused(f"refusal: one of {known} is expected, lawful for this one") from None
    if not is_first:
        raise AlreadyDecided
    return Response(status_code=204)


def _which(body: object, act_name: str) -> Which:
    fields = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
    if not _PLACE & set(fields) or set(fields) - _PLACE - _WHEN:
        known = ", ".join(sorted(_PLACE | _WHEN))
        raise Refused(f"{act_name}: an object with {known} is expected, and whose times they are")
    try:
        return Which(
            doctor=_words(fields, "doctor") or None,
            speciality=_words(fields, "speciality") or None,
            branch=_words(fields, "branch") or None,
            day=date.fromisoformat(_words(fields, "day")) if "day" in fields else None,
            begin=time.fromisoformat(_words(fields, "from") or "00:00"),
            end=time.fromisoformat(_words(fields, "to") or "23:59"),
        )
    except Refused:
        raise
    except ValueError:
        raise Refused(
            f"{act_name}: day like 2026-11-24, from and to like 09:15 are expected"
        ) from None


def _words(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_REASON:
        raise Refused(f"{name}: words of at most {LONGEST_REASON} characters are expected")
    return value


ROUTES = [Route("/_demo/clinic", guarded(act), methods=["POST"])]
