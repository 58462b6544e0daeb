"""Production starts only with secrets of its own."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from zdrav29_app.settings import Mode, Settings


def test_production_without_a_master_key_of_documents_does_not_start():
    with pytest.raises(ValidationError, match="ZDRAV29_FILES_KEY"):
        Settings(
            mode=Mode.PRODUCTION,
            public_url="https://zdrav29.example",
            esia_client_key=Path("client.key"),
            esia_certificate=Path("esia.crt"),
            sms_url="https://sms.example",
            smtp_url="smtp://mail.example",
        )  # pyright: ignore[reportCallIssue]
