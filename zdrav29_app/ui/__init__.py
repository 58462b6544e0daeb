"""The kit: components without a state and without a domain word; looks are in assets/."""

from zdrav29_app.ui.choices import act_tile, day, days, tile, tiles, time_button
from zdrav29_app.ui.controls import (
    Kind,
    button,
    date_field,
    endpoint_form,
    endpoint_link,
    link,
    option,
    outside_link,
    phone_link,
    print_button,
    radio,
    select_field,
    skip_link,
    text_field,
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
    "endpoint_form",
    "endpoint_link",
    "icon",
    "link",
    "notice",
    "option",
    "outside_link",
    "phone_link",
    "print_button",
    "radio",
    "select_field",
    "skeleton",
    "skip_link",
    "stack",
    "star",
    "text_field",
    "tile",
    "tiles",
    "time_button",
    "wordmark",
]
