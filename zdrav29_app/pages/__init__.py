"""The table of contents: every page of the cabinet, and what surrounds them all."""

from zdrav29_app.pages import (
    appointment,
    appointments,
    attachment,
    attachment_history,
    booking,
    clinics,
    consent,
    documents,
    family,
    gallery,
    home,
    not_found,
    preferences,
    profile,
    referrals,
    security,
    services,
    sign_in,
    support,
    timetable,
    unconfirmed,
    waiting,
    welcome,
)
from zdrav29_app.pages.frame import STYLESHEETS, head, wraps
from zdrav29_app.pages.shell import Page

ALL: list[Page] = [
    sign_in.PAGE,
    unconfirmed.PAGE,
    welcome.PAGE,
    consent.PAGE,
    home.PAGE,
    booking.PAGE,
    appointments.PAGE,
    appointment.PAGE,
    waiting.PAGE,
    documents.PAGE,
    referrals.PAGE,
    services.PAGE,
    attachment.PAGE,
    attachment_history.PAGE,
    profile.PAGE,
    preferences.PAGE,
    family.PAGE,
    security.PAGE,
    support.PAGE,
    clinics.PAGE,
    timetable.PAGE,
    gallery.PAGE,
    not_found.PAGE,
]

__all__ = ["ALL", "STYLESHEETS", "Page", "head", "wraps"]
