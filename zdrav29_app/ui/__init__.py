"""The kit: components without a state and without a domain word; looks are in assets/."""

from zdrav29_app.ui.choices import act_tile, day, days, tile, tiles, time_button
from zdrav29_app.ui.controls import (
    Kind,
    button,
    date_field,
    endpoint_link,
    link,
    option,
    phone_link,
    select_field,
    skip_link,
)
from zdrav29_app.ui.icons import icon, star, wordmark
from zdrav29_app.ui.layout import card, columns, definition, stack
from zdrav29_app.ui.messages import alert, done, empty, notice, skeleton

__all__ = [
    "Kind",
    "act_tile",
    "alert",
    "button",
    "card",
    "columns",
    "date_field",
    "day",
    "days",
    "definition",
    "done",
    "empty",
    "endpoint_link",
    "icon",
    "link",
    "notice",
    "option",
    "phone_link",
    "select_field",
    "skeleton",
    "skip_link",
    "stack",
    "star",
    "tile",
    "tiles",
    "time_button",
    "wordmark",
]
