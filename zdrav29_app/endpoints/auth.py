"""The round trip to ESIA: out with an attempt, back with a session, and signing out."""

import logging
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from zdrav29_app import limits, metrics, tracing
from zdrav29_app.db.engine import in_transaction
from zdrav29_app.demo import people
from zdrav29_app.endpoints import cookies
from zdrav29_app.errors import AccountUnconfirmed, BadInput, SignInRefused, TooManyRequests
from zdrav29_app.gateways import esia
from zdrav29_app.gateways.esia_client import EsiaClient
from zdrav29_app.limits import Limit
from zdrav29_app.services import attempts, first_entry, sign_in
from zdrav29_app.settings import settings
from zdrav29_app.values import SignInWay, safe_next

CALLBACK = "/auth/esia/callback"

log = logging.getLogger(__name__)


async def login(request: Request) -> Response:
    """Send the browser to ESIA."""
    going_to = safe_next(request.query_params.get("next"))
    try:
        await limits.count(Limit.SIGN_IN, cookies.browser_of(request).ip)
    except TooManyRequests as refusal:
        return _refused(refusal, going_to)
    steps_up = request.query_params.get("step_up") == "1"
    attempt = await in_transaction(attempts.begin, going_to, steps_up=steps_up)
    way = cookies.way_next_time(request) if settings.knows_extensions else ""
    url = esia.authorization_url(
        _client(), attempt.state, way=way, steps_up=steps_up and settings.knows_extensions
    )
    response = _redirect(url)
    cookies.set_attempt(response, attempt)
    return response


async def callback(request: Request) -> Response:
    """Take ESIA's answer and open a session, or say on `/` why not."""
    going_to = "/home"
    try:
        finished = await in_transaction(
            attempts.finish,
            request.query_params.get("state", ""),
            cookies.attempt_token(request),
        )
        going_to = finished.going_to
        person, proof = await esia.fetch_person(_client(), esia.check_answer(request.query_params))
        sign_in.check_stepped_up(proof, asked=finished.steps_up)
        browser, before = cookies.browser_of(request), cookies.session_token(request)
        token = await in_transaction(sign_in.open_session, person, browser, proof, before=before)
        if settings.is_demo:  # a registry that knows her policy and clinic does not exist there
            await in_transaction(people.provide, person)
    except AccountUnconfirmed as refusal:
        return _unconfirmed(refusal, going_to)
    except SignInRefused as refusal:
        return _refused(refusal, going_to)
    metrics.sign_ins.labels("ok").inc()
    response = _redirect(going_to)
    cookies.set_session(response, token)
    cookies.set_device(response, browser)
    return response


async def choose_way(request: Request) -> Response:
    """Remember how the person wants to sign in next time, in this browser too.

    Raises:
        BadInput: the form holds no way of ours.
    """
    viewer = await cookies.newcomer_of(request)
    form = await request.form(max_files=0, max_fields=4)
    try:
        way = SignInWay(str(form.get("way")))
    except ValueError:
        raise BadInput from None
    await in_transaction(first_entry.choose_way, viewer, way)
    response = _redirect(safe_next(form.get("next")))
    cookies.set_way(response, way)
    return response


async def logout(request: Request) -> Response:
    """End the session here and at ESIA; a link on another site cannot do that."""
    if request.headers.get("sec-fetch-site") == "cross-site":
        return _redirect("/")
    await in_transaction(sign_in.close_session, cookies.session_token(request))
    query = urlencode({"client_id": settings.esia_client_id, "redirect_url": settings.origin + "/"})
    response = _redirect(f"{settings.esia_url}/idp/ext/Logout?{query}")
    cookies.clear_session(response)
    return response


def _unconfirmed(refusal: AccountUnconfirmed, going_to: str) -> Response:
    metrics.sign_ins.labels(refusal.code).inc()
    log.info("sign-in refused code=%s", refusal.code)
    documents = int(refusal.has_documents)
    return _redirect(f"/unconfirmed?documents={documents}&next={quote(going_to, safe='')}")


def _refused(refusal: SignInRefused | TooManyRequests, going_to: str) -> Response:
    request_id = tracing.current()
    metrics.sign_ins.labels(refusal.code).inc()
    log.warning(
        "sign-in refused code=%s reason=%s request_id=%s", refusal.code, refusal, request_id
    )
    query = f"code={refusal.code}&request_id={request_id}&next={quote(going_to, safe='')}"
    return _redirect(f"/?{query}")


def _redirect(url: str) -> RedirectResponse:
    return RedirectResponse(url, status_code=303, headers={"Cache-Control": "no-store"})


def _client() -> EsiaClient:
    return EsiaClient(
        url=settings.esia_url.rstrip("/"),
        issuer=settings.esia_issuer,
        client_id=settings.esia_client_id,
        redirect_uri=settings.origin + CALLBACK,
        key=settings.client_key_file,
        certificate=settings.client_certificate_file,
        esia_certificate=settings.esia_certificate_file,
        protocol=settings.esia_protocol,
    )
