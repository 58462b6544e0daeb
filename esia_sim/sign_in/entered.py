"""The last step of every way in: the person is signed in, it is written down, the way goes on."""

from starlette.requests import Request
from starlette.responses import Response

from esia_sim import browser, texts
from esia_sim.authorize import go_on
from esia_sim.people import Person
from esia_sim.records import Attempt, SignIn, Way
from esia_sim.sign_in.steps import client_name
from esia_sim.wire import world_of

_LONGEST_AGENT = 300
_SHOWN_AGENT = 60
_DEVICE = "esia_device"
_YEAR = 365 * 24 * 3600


def enter(request: Request, attempt: Attempt, person: Person, *ways: Way) -> Response:
    """Sign the person in by these ways and those passed before, and lead on."""
    world, ways = world_of(request), (*attempt.ways, *ways)
    world.forgive(person.key)
    attempt.code = attempt.person_key = None
    value, session = world.open_session(person, ways)
    world.record_sign_in(
        person,
        SignIn(
            at=session.auth_time,
            sid=session.sid,
            ways=ways,
            address=request.client.host if request.client else "",
            agent=request.headers.get("User-Agent", "")[:_LONGEST_AGENT],
            client=client_name(request, attempt),
        ),
    )
    response = go_on(request, attempt, session)
    browser.sign_in(request, response, value)
    _watch_device(request, response, person)
    return response


def _watch_device(request: Request, response: Response, person: Person) -> None:
    """Tell a person who has entered from a device that she never used before."""
    world = world_of(request)
    device = browser.read_cookie(request, _DEVICE) or world.chance.token(16)
    browser.set_cookie(world, response, _DEVICE, device, max_age=_YEAR)
    if world.is_new_device(person, device):
        last = world.sign_ins[person.key][-1]
        link = f"{world.config.base_url}/recovery"
        text = texts.new_device(last.at, last.agent[:_SHOWN_AGENT], last.address, link)
        world.tell(person, text, subject="Вход с нового устройства")
