"""The kit: components without a state and without a domain word; looks are in assets/."""

from zdrav29_app.ui.controls import (
    button,
    date_field,
    endpoint_link,
    link,
    option,
    select_field,
    skip_link,
)
from zdrav29_app.ui.icons import icon, wordmark
from zdrav29_app.ui.layout import card, columns, definition, stack
from zdrav29_app.ui.messages import alert, done, empty, notice, skeleton

__all__ = [
    "alert",
    "button",
    "card",
    "columns",
    "date_field",
    "definition",
    "done",
    "empty",
    "endpoint_link",
    "icon",
    "link",
    "notice",
    "option",
    "select_field",
    "skeleton",
    "skip_link",
    "stack",
    "wordmark",
]
