"""Requests to support: how long an answer may take, and what a person may write.

Status of each figure: demo (our own choice).
"""

from datetime import datetime, timedelta

from zdrav29_app.values import SupportStatus, SupportTopic

ANSWER_WITHIN = timedelta(days=3)
ANSWER_AT_ONCE = timedelta(days=1)
URGENT = frozenset({SupportTopic.SECURITY, SupportTopic.SIGN_IN, SupportTopic.RECOVERY})
WAITS_FOR_US = frozenset({SupportStatus.NEW, SupportStatus.IN_PROGRESS})
OVER = frozenset({SupportStatus.ANSWERED, SupportStatus.CLOSED})
TEXT_LIMIT = 3000
CONTACT_LIMIT = 120
MOST_OPEN = 20
MOST_FILES = 5


def answer_within(topic: SupportTopic) -> timedelta:
    """How soon support must answer."""
    return ANSWER_AT_ONCE if topic in URGENT else ANSWER_WITHIN


def is_overdue(status: SupportStatus, due_at: datetime, now: datetime) -> bool:
    """Whether support should have answered by now."""
    return status in WAITS_FOR_US and due_at < now
