"""The last step of every way in: the person is signed in, it is written down, the way goes on."""

from starlette.requests import Request
from starlette.responses import Response

from esia_sim import browser
from esia_sim.authorize import go_on
from esia_sim.people import Person
from esia_sim.records import Attempt, SignIn, Way
from esia_sim.sign_in.steps import client_name
from esia_sim.wire import world_of

_LONGEST_AGENT = 300


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
    return response
