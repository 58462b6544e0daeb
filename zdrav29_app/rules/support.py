"""Requests to support: how long an answer may take, and what a person may write.

Status of each figure: demo (our own choice).
"""

from datetime import timedelta

from zdrav29_app.values import SupportTopic

ANSWER_WITHIN = timedelta(days=3)
ANSWER_AT_ONCE = timedelta(days=1)
URGENT = frozenset({SupportTopic.SECURITY, SupportTopic.SIGN_IN})
TEXT_LIMIT = 3000
CONTACT_LIMIT = 120
MOST_OPEN = 20


def answer_within(topic: SupportTopic) -> timedelta:
    """How soon support must answer."""
    return ANSWER_AT_ONCE if topic in URGENT else ANSWER_WITHIN
