"""The id of what is being answered: on the page, in the header of the answer, in every log line.

One id belongs to one HTTP request or to one event of a tab.
"""

from uuid import uuid4

from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

LENGTH = 12
_NAME, _MARK = "request_id", "zdrav29_request_id"


def begin() -> str:
    """Something new is being answered in this task; gives its id."""
    made = uuid4().hex[:LENGTH]
    clear_contextvars()
    bind_contextvars(**{_NAME: made})
    return made


def current() -> str:
    """The id of what this task answers; of a task that answers nothing, a new one."""
    return str(get_contextvars().get(_NAME) or uuid4().hex[:LENGTH])


def mark(error: BaseException, request_id: str) -> None:
    """Remember what an error belongs to, for whoever tells of it in another task."""
    setattr(error, _MARK, request_id)


def of(error: BaseException) -> str:
    """The id that an error was marked with, or that of the present task."""
    return str(getattr(error, _MARK, "") or current())
