"""Documents from clinics: kept as they came, and noted when they cannot be shown."""

import logging

import pytest
from obstore.store import MemoryStore

from tests.conftest import run
from zdrav29_app import archive
from zdrav29_app.errors import DocumentDamaged
from zdrav29_app.gateways import files
from zdrav29_app.papers import DocumentFormat

ENTITY = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<ClinicalDocument xmlns="urn:hl7-org:v3"><title>&secret;</title></ClinicalDocument>"""


def test_a_file_that_cannot_be_shown_is_kept_as_it_came_and_logged_without_its_words(
    files_store: MemoryStore, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING):
        version = run(archive.new_version(ENTITY, DocumentFormat.XML))

    assert version.is_damaged
    assert run(files.read(version.file)) == ENTITY
    assert f"damaged at arrival format=xml bytes={len(ENTITY)}" in caplog.text
    assert "secret" not in caplog.text


def test_a_file_that_stopped_being_readable_is_logged_at_its_opening(
    files_store: MemoryStore, caplog: pytest.LogCaptureFixture
):
    version = run(archive.new_version(ENTITY, DocumentFormat.XML))

    with caplog.at_level(logging.WARNING), pytest.raises(DocumentDamaged):
        run(archive.readable(version.file))

    assert f"damaged at opening file={version.file.name}" in caplog.text
