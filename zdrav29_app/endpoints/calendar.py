"""`/appointments/<number>.ics`: a visit for the calendar of a phone."""

from datetime import timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event
from starlette.requests import Request
from starlette.responses import Response

from zdrav29_app.db.engine import reading
from zdrav29_app.endpoints.cookies import viewer_of
from zdrav29_app.services import visits
from zdrav29_app.services.visits import Visit
from zdrav29_app.settings import settings
from zdrav29_app.texts import calendar as texts
from zdrav29_app.texts import talon

REMIND_BEFORE = timedelta(hours=2)


async def visit_file(request: Request) -> Response:
    """The calendar file of the viewer's visit."""
    viewer = await viewer_of(request)
    visit = await reading(visits.my_visit, viewer, request.path_params["number"])
    return Response(
        calendar_of(visit).to_ical(),
        media_type="text/calendar",
        headers={
            "Content-Disposition": f'attachment; filename="zdrav29-{visit.number}.ics"',
            "Cache-Control": "no-store",
        },
    )


def calendar_of(visit: Visit) -> Calendar:
    """One event. The UID never changes and SEQUENCE grows, so that a phone updates its entry."""
    calendar: Any = Calendar()
    calendar.add("prodid", "-//Zdrav29//patient cabinet//RU")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(visit))
    return calendar


def _event(visit: Visit) -> Event:
    event: Any = Event()  # its `add` has no usable types
    event.add("uid", f"{visit.number}@zdrav29")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", visit.changed_at)
    event.add("dtstart", visit.starts_at)
    event.add("dtend", visit.ends_at)
    event.add("summary", texts.summary(visit.speciality, visit.doctor))
    event.add("location", f"{visit.place.address}, {texts.room(visit.place.room)}")
    papers = talon.bring(visit.referral, has_passport=visit.has_passport)
    event.add("description", texts.description(visit.number, visit.place.branch, papers))
    event.add("url", f"{settings.origin}/appointments/{visit.number}")
    event.add("status", "CONFIRMED" if visit.is_active else "CANCELLED")
    if visit.is_active:
        event.add_component(_alarm(visit))
    return event


def _alarm(visit: Visit) -> Alarm:
    alarm: Any = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", texts.summary(visit.speciality, visit.doctor))
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm
