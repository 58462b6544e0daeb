"""The first entry (первый вход): phone, consent, how to sign in next time; one-time codes.

Status of each figure: demo (our own choice), unless another source is named.
"""

from datetime import timedelta

from zdrav29_app.db.tables import Patient
from zdrav29_app.values import Purpose, Stage

CODE_LIFETIME = timedelta(minutes=10)
RESEND_AFTER = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
TRIES_PER_CODE = 3
BLOCK_AFTER = 5  # wrong codes in a row
BLOCK_FOR = timedelta(minutes=30)

# a new version of a document asks everybody again (152-FZ art. 9: consent is specific)
CURRENT_VERSIONS = {Purpose.CABINET: 1}


def stage_of(patient: Patient, *, has_consented: bool) -> Stage:
    """Where a person stands; `has_consented` means to the current version, not withdrawn."""
    if patient.phone_confirmed_at is None:
        return Stage.PHONE
    if not has_consented:
        return Stage.CONSENT
    return Stage.COMPLETE if patient.next_way else Stage.WAY
