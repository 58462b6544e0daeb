"""The first entry (первый вход): phone, consent, how to sign in next time."""

from datetime import datetime

from zdrav29_app.values import Purpose, SignInWay, Stage

# a new version of a document asks everybody again (152-FZ art. 9: consent is specific)
CURRENT_VERSIONS = {Purpose.CABINET: 1}


def stage_of(
    phone_confirmed_at: datetime | None, *, has_consented: bool, way: SignInWay | None
) -> Stage:
    """Where a person stands; `has_consented` means to the current version, not withdrawn."""
    if phone_confirmed_at is None:
        return Stage.PHONE
    if not has_consented:
        return Stage.CONSENT
    return Stage.COMPLETE if way else Stage.WAY
