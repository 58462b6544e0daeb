"""One-time codes: how long they live, how often they are sent, when guessing ends.

Status of each figure: demo (our own choice).
"""

from datetime import timedelta

CODE_LIFETIME = timedelta(minutes=10)
RESEND_AFTER = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
TRIES_PER_CODE = 3
BLOCK_AFTER = 5  # wrong codes in a row
BLOCK_FOR = timedelta(minutes=30)
