"""What settings refuse, and what they make of an address."""

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


@pytest.mark.parametrize(
    ("public_url", "origins"),
    [
        ("https://localhost", ["https://localhost", "https://127.0.0.1"]),
        ("https://localhost:8443", ["https://localhost:8443", "https://127.0.0.1:8443"]),
        ("http://localhost", ["http://localhost", "http://127.0.0.1"]),
        ("https://zdrav29.example/", ["https://zdrav29.example"]),
    ],
)
def test_origins_are_written_as_browsers_write_them(public_url: str, origins: list[str]):
    settings = Settings(public_url=public_url)  # pyright: ignore[reportCallIssue]

    assert settings.origins == origins


def test_a_secret_may_lie_in_a_file_and_a_variable_goes_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "zdrav29_metrics_key").write_text("of the file\n")
    (tmp_path / "zdrav29_files_key").write_text("of the file\n")
    monkeypatch.setenv("ZDRAV29_FILES_KEY", "of the variable")

    settings = Settings(_secrets_dir=tmp_path)  # pyright: ignore[reportCallIssue]

    assert settings.metrics_key == "of the file"
    assert settings.files_key == "of the variable"
