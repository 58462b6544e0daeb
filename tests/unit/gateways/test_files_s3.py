"""The store of documents in a real S3 server: the whole way over HTTP, with signatures."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import httpx
import obstore
import pytest
from moto.server import ThreadedMotoServer
from obstore.store import from_url

from tests.conftest import run
from zdrav29_app.errors import DocumentDamaged, FilesSilent
from zdrav29_app.gateways import files
from zdrav29_app.gateways.files import CHUNK, TAG
from zdrav29_app.papers import StoredFile

CONTENT = bytes(range(251)) * 1800
ADDRESS = "s3://documents/zdrav29"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An S3 server of this test run; gives its address."""
    running = ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, master_key: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The store that the cabinet makes of its settings, in an empty bucket."""
    known = {
        "AWS_ENDPOINT": server,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    _make_bucket(server)
    monkeypatch.setattr(files, "settings", SimpleNamespace(files_url=ADDRESS))
    made = files.store.__wrapped__()
    monkeypatch.setattr(files, "store", lambda: made)
    return made


def _make_bucket(server: str) -> None:
    client = boto3.client("s3", endpoint_url=server)
    client.create_bucket(Bucket="documents")


def _read(file: StoredFile, begin: int = 0, end: int | None = None) -> bytes:
    async def collect() -> bytes:
        return b"".join([piece async for piece in files.stream(file, begin, end)])

    return run(collect())


def test_what_was_put_into_s3_comes_back_whole_and_in_parts(bucket: Any):
    file = run(files.put(CONTENT))

    assert _read(file) == CONTENT
    assert _read(file, CHUNK - 5, 2 * CHUNK + 5) == CONTENT[CHUNK - 5 : 2 * CHUNK + 5]


def test_nothing_that_lies_in_s3_can_be_read_there(bucket: Any):
    file = run(files.put(b"<diagnosis>" * 20_000))

    stored = bytes(obstore.get(bucket, file.name).bytes())

    assert b"diagnosis" not in stored
    assert len(stored) == file.size + (file.size // CHUNK + 1) * TAG


def test_what_is_missing_or_shorter_in_s3_counts_as_damaged(bucket: Any):
    gone, cut = run(files.put(CONTENT)), run(files.put(CONTENT))
    run(files.delete(gone.name, gone.name))
    stored = bytes(obstore.get(bucket, cut.name).bytes())
    obstore.put(bucket, cut.name, stored[: CHUNK + TAG])

    for file in (gone, cut):
        with pytest.raises(DocumentDamaged):
            _read(file)


def test_all_files_of_the_prefix_are_removed_from_s3(bucket: Any):
    run(files.put(b"one"))

    run(files.clear())

    assert [each for batch in obstore.list(bucket) for each in batch] == []


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_refuses_says_that_the_store_is_silent(
    server: str, monkeypatch: pytest.MonkeyPatch
):
    file = run(files.put(CONTENT))
    elsewhere = from_url("s3://no-such-bucket/zdrav29")
    monkeypatch.setattr(files, "store", lambda: elsewhere)

    with pytest.raises(FilesSilent):
        run(files.put(CONTENT))
    with pytest.raises((DocumentDamaged, FilesSilent)):
        _read(file)


def test_wrong_credentials_are_refused_by_s3(
    bucket: Any, server: str, monkeypatch: pytest.MonkeyPatch
):
    file = run(files.put(CONTENT))
    httpx.post(f"{server}/moto-api/reset-auth", content=b"0").raise_for_status()
    try:
        with pytest.raises(FilesSilent):
            _read(file)
        with pytest.raises(FilesSilent):
            run(files.put(CONTENT))
    finally:
        httpx.post(f"{server}/moto-api/reset-auth", content=b"inf").raise_for_status()
