"""The store of documents: encrypted at rest, whole or not at all, quick to jump into."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import obstore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from obstore.store import LocalStore, MemoryStore, S3Store

from tests.conftest import run
from zdrav29_app.errors import DocumentDamaged, FilesSilent
from zdrav29_app.gateways import file_keys, files
from zdrav29_app.gateways.files import CHUNK, FETCHES, TAG
from zdrav29_app.papers import StoredFile

CONTENT = bytes(range(251)) * 1800  # more than three chunks, no two alike


@pytest.fixture(params=["memory", "folder"])
def each_store(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    master_key: str,
) -> Any:
    """The same store in memory and in a folder."""
    made = MemoryStore() if request.param == "memory" else LocalStore(tmp_path)
    monkeypatch.setattr(files, "store", lambda: made)
    return made


def put(content: bytes = CONTENT) -> StoredFile:
    return run(files.put(content))


def read(file: StoredFile, begin: int = 0, end: int | None = None) -> bytes:
    async def collect() -> bytes:
        return b"".join([piece async for piece in files.stream(file, begin, end)])

    return run(collect())


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK])
def test_what_was_put_comes_back(each_store: Any, size: int):
    content = (CONTENT * 2)[:size]

    file = put(content)

    assert read(file) == content
    assert file.size == size


def test_nothing_that_lies_in_the_store_can_be_read_there(each_store: Any):
    secret = b"<diagnosis>" * 20_000

    file = put(secret)

    stored = bytes(obstore.get(each_store, file.name).bytes())
    assert b"diagnosis" not in stored
    assert len(stored) == len(secret) + (len(secret) // CHUNK + 1) * TAG


@given(st.integers(0, len(CONTENT) - 1), st.integers(1, len(CONTENT)))
def test_any_part_is_exactly_that_part(begin: int, length: int):
    with pytest.MonkeyPatch.context() as patch:
        made = MemoryStore()
        patch.setattr(files, "store", lambda: made)
        patch.setattr(file_keys, "settings", SimpleNamespace(files_key=file_keys.new_key()))
        end = min(begin + length, len(CONTENT))

        file = put()

        assert read(file, begin, end) == CONTENT[begin:end]


def test_a_part_asks_the_store_for_its_own_chunks_only(
    files_store: MemoryStore, monkeypatch: pytest.MonkeyPatch
):
    file = put()
    asked: list[tuple[int, int]] = []
    fetch = obstore.get_range_async

    async def watched(store: Any, name: str, *, start: int, end: int) -> Any:
        asked.append((start, end))
        return await fetch(store, name, start=start, end=end)

    monkeypatch.setattr(obstore, "get_range_async", watched)

    read(file, CHUNK + 5, CHUNK + 9)

    assert asked == [(CHUNK + TAG, 2 * (CHUNK + TAG))]


def test_many_downloads_at_once_ask_the_store_for_few_chunks_at_once(
    files_store: MemoryStore, monkeypatch: pytest.MonkeyPatch
):
    file = put()
    under_way: list[int] = []
    most = 0
    fetch = obstore.get_range_async

    async def watched(*call: Any, **span: Any) -> Any:
        nonlocal most
        under_way.append(1)
        most = max(most, len(under_way))
        await asyncio.sleep(0)
        under_way.pop()
        return await fetch(*call, **span)

    monkeypatch.setattr(obstore, "get_range_async", watched)

    async def together() -> list[bytes]:
        return await asyncio.gather(*(files.read(file) for _ in range(20)))

    assert run(together()) == [CONTENT] * 20
    assert most == FETCHES


def _flip(stored: bytes) -> bytes:
    return stored[:100] + bytes([stored[100] ^ 1]) + stored[101:]


def _swap(stored: bytes) -> bytes:
    whole = CHUNK + TAG
    return stored[whole : 2 * whole] + stored[:whole] + stored[2 * whole :]


def _cut(stored: bytes) -> bytes:
    return stored[: 2 * (CHUNK + TAG)]


@pytest.mark.parametrize("spoil", [_flip, _swap, _cut])
def test_a_file_changed_in_the_store_is_refused(each_store: Any, spoil: Callable[[bytes], bytes]):
    file = put()
    stored = bytes(obstore.get(each_store, file.name).bytes())

    obstore.put(each_store, file.name, spoil(stored))

    with pytest.raises(DocumentDamaged):
        read(file)


def test_a_shorter_file_cannot_pass_for_a_whole_one(files_store: MemoryStore):
    file = put()
    stored = bytes(obstore.get(files_store, file.name).bytes())

    obstore.put(files_store, file.name, _cut(stored))

    with pytest.raises(DocumentDamaged):
        read(replace(file, size=2 * CHUNK))


def test_a_file_put_in_the_place_of_another_is_refused(files_store: MemoryStore):
    mine, other = put(), put()

    obstore.rename(files_store, other.name, mine.name)

    with pytest.raises(DocumentDamaged):
        read(replace(mine, key=other.key))


def test_a_file_whose_hash_is_another_is_not_given_out_whole(files_store: MemoryStore):
    file = replace(put(), sha256="0" * 64)

    with pytest.raises(DocumentDamaged):
        read(file)


def test_a_file_that_is_gone_counts_as_damaged(each_store: Any):
    file = put()

    run(files.delete(file.name, file.name))

    with pytest.raises(DocumentDamaged):
        read(file)


def test_a_store_that_does_not_answer_says_so(
    files_store: MemoryStore, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object, **__: object) -> None:
        raise OSError

    file = put()
    for name in ("get_range_async", "head_async", "put_async"):
        monkeypatch.setattr(obstore, name, fail)

    with pytest.raises(FilesSilent):
        read(file)
    with pytest.raises(FilesSilent):
        put()


def test_without_the_master_key_nothing_opens(
    files_store: MemoryStore, monkeypatch: pytest.MonkeyPatch
):
    file = put()

    stolen = SimpleNamespace(files_key=file_keys.new_key())
    monkeypatch.setattr(file_keys, "settings", stolen)

    with pytest.raises(DocumentDamaged):
        read(file)


def test_a_new_master_key_takes_over_and_the_old_one_can_go(
    files_store: MemoryStore, master_key: str, monkeypatch: pytest.MonkeyPatch
):
    file, new = put(), file_keys.new_key()
    monkeypatch.setattr(file_keys, "settings", SimpleNamespace(files_key=f"{new},{master_key}"))
    moved = replace(file, key=files.rewrapped(file.key))

    monkeypatch.setattr(file_keys, "settings", SimpleNamespace(files_key=new))

    assert read(moved) == CONTENT


def test_the_demo_makes_its_own_key_once_and_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "keys" / "files.key"
    own = SimpleNamespace(files_key="", files_key_file=file)
    monkeypatch.setattr(file_keys, "settings", own)

    wrapped = file_keys.wrap(b"k" * 32)

    assert file_keys.unwrap(wrapped) == b"k" * 32
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("words", ["", "short", "!!!", "AAAA,"])
def test_a_master_key_that_is_none_is_refused(words: str):
    with pytest.raises(ValueError, match="32 bytes"):
        file_keys.parse(words)


def test_the_store_is_a_folder_of_the_data_or_a_bucket_by_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for address, kind in (("", LocalStore), ("s3://documents/zdrav29", S3Store)):
        chosen = SimpleNamespace(files_url=address, data_dir=tmp_path)
        monkeypatch.setattr(files, "settings", chosen)

        assert isinstance(files.store.__wrapped__(), kind)


def test_everything_can_be_removed(each_store: Any):
    put()
    put()

    run(files.clear())

    assert list(obstore.list(each_store).collect()) == []
