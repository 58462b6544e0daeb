"""The table of contents: every page of the cabinet, and what surrounds them all."""

from zdrav29_app.pages import (
    appointment,
    appointments,
    booking,
    consent,
    home,
    not_found,
    profile,
    security,
    sign_in,
    welcome,
)
from zdrav29_app.pages.frame import STYLESHEETS, head, wraps
from zdrav29_app.pages.shell import Page

ALL: list[Page] = [
    sign_in.PAGE,
    welcome.PAGE,
    consent.PAGE,
    home.PAGE,
    booking.PAGE,
    appointments.PAGE,
    appointment.PAGE,
    profile.PAGE,
    security.PAGE,
    not_found.PAGE,
]

__all__ = ["ALL", "STYLESHEETS", "Page", "head", "wraps"]
