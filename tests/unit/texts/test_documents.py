"""Words of documents that leave the house."""

from datetime import date

import pytest

from zdrav29_app.papers import DocumentFormat
from zdrav29_app.texts import documents

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Общий анализ крови", "Общий анализ крови 2026-11-20.pdf"),
        ("../../etc/passwd", "etc passwd 2026-11-20.pdf"),
        ("..\\..\\boot.ini\x00.exe", "boot.ini .exe 2026-11-20.pdf"),
        ("Справка № 086/у", "Справка N 086 у 2026-11-20.pdf"),
        ('a"; filename="b\r\nX: y', "a filename b X y 2026-11-20.pdf"),
        ("я" * 300, f"{'я' * 80} 2026-11-20.pdf"),
    ],
)
def test_a_file_is_called_as_its_document_and_leads_nowhere(name: str, file_name: str):
    assert documents.file_name(name, DAY, DocumentFormat.PDF) == file_name
