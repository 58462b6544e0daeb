"""The store of documents: a folder or an S3-compatible bucket, where nothing lies unencrypted.

Each file is a row of chunks, AES-256-GCM under the file's own data key. A chunk is bound to the
file's name, its own number and whether it is the last, so none can be cut off, swapped or moved.
Invariant: no byte leaves before the tag of its chunk is checked, nor the last one of a whole file
before its SHA-256 is.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from functools import cache
from uuid import uuid4

import obstore
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from obstore import Bytes
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store, from_url

from zdrav29_app import spans
from zdrav29_app.errors import DocumentDamaged, FilesSilent
from zdrav29_app.gateways import file_keys
from zdrav29_app.papers import StoredFile
from zdrav29_app.settings import settings

CHUNK = 128 * 1024
TAG = 16
FETCHES = 3
# a folder is read in threads, each with memory of its own that is not given back: as many as there
# are downloads would cost megabytes, these few keep the event loop as busy as it can be
_fetching = asyncio.Semaphore(FETCHES)


@cache
def store() -> ObjectStore:
    """Where the files lie; an S3 store takes its keys from AWS_… variables."""
    if settings.files_url:
        return from_url(settings.files_url)
    return LocalStore(settings.data_dir.resolve() / "files", mkdir=True)


async def put(content: bytes) -> StoredFile:
    """Encrypt and keep a file under a name that tells nothing.

    Raises:
        FilesSilent: the store did not take it.
    """
    name, key = uuid4().hex, AESGCM.generate_key(bit_length=256)
    try:
        with spans.call("put", settings.files_url):
            await obstore.put_async(store(), name, b"".join(_sealed(content, name, key)))
    except (BaseError, OSError) as error:
        raise FilesSilent from error
    digest = hashlib.sha256(content).hexdigest()
    return StoredFile(name, file_keys.wrap(key), len(content), digest)


async def stream(file: StoredFile, begin: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
    """The bytes from `begin` up to `end`, piece by piece in constant memory.

    Raises:
        DocumentDamaged: what lies there is not what was put there.
        FilesSilent: the store does not answer.
    """
    end = file.size if end is None else end
    digest = hashlib.sha256() if (begin, end) == (0, file.size) else None
    cipher, last = AESGCM(file_keys.unwrap(file.key)), _last_chunk(file.size)
    for number in range(begin // CHUNK, _last_chunk(end) + 1):
        plain = _opened(cipher, await _fetch(file, number), _bound(file.name, number, last), number)
        offset = number * CHUNK
        piece = plain[max(begin - offset, 0) : end - offset]
        if digest:
            digest.update(piece)
            if offset + len(plain) == file.size and digest.hexdigest() != file.sha256:
                raise DocumentDamaged
        yield piece


async def read(file: StoredFile) -> bytes:
    """The whole file, for what has to be looked at as one; see `stream`."""
    return b"".join([piece async for piece in stream(file)])


async def delete(*names: str) -> None:
    """Remove files; whoever is gone already does no harm."""
    for name in names:
        try:
            await obstore.delete_async(store(), name)
        except FileNotFoundError:
            continue


async def clear() -> None:
    """Remove every file."""
    every = obstore.list(store())  # pyright: ignore[reportUnknownMemberType]  an optional type
    async for batch in every:
        await delete(*(each["path"] for each in batch))


async def every() -> AsyncIterator[tuple[str, bytes]]:
    """Every file by its name, as it lies: encrypted."""
    found = obstore.list(store())  # pyright: ignore[reportUnknownMemberType]  an optional type
    async for batch in found:
        for each in batch:
            name = each["path"]
            yield name, bytes(await (await obstore.get_async(store(), name)).bytes_async())


async def put_sealed(name: str, sealed: bytes) -> None:
    """Put a file back under its name, as it lay."""
    await obstore.put_async(store(), name, sealed)


def rewrapped(key: str) -> str:
    """A wrapped data key under today's first master key."""
    return file_keys.wrap(file_keys.unwrap(key))


async def _fetch(file: StoredFile, number: int) -> Bytes:
    begin, size = number * (CHUNK + TAG), file.size + (_last_chunk(file.size) + 1) * TAG
    end = min(begin + CHUNK + TAG, size)
    try:
        # a bucket is far away and read without threads: there waiting in turns would only cost time
        async with nullcontext() if isinstance(store(), S3Store) else _fetching:
            with spans.call("get", settings.files_url):
                return await obstore.get_range_async(store(), file.name, start=begin, end=end)
    except FileNotFoundError:
        raise DocumentDamaged from None
    except (BaseError, OSError) as error:
        if await _is_shorter(file, size):
            raise DocumentDamaged from None
        raise FilesSilent from error


async def _is_shorter(file: StoredFile, size: int) -> bool:
    try:
        return (await obstore.head_async(store(), file.name))["size"] < size
    except (BaseError, OSError):
        return False


def _sealed(content: bytes, name: str, key: bytes) -> Iterator[bytes]:
    cipher, last = AESGCM(key), _last_chunk(len(content))
    for number in range(last + 1):
        plain = content[number * CHUNK : (number + 1) * CHUNK]
        yield cipher.encrypt(_nonce(number), plain, _bound(name, number, last))


def _opened(cipher: AESGCM, sealed: Bytes, bound: bytes, number: int) -> bytes:
    try:
        return cipher.decrypt(_nonce(number), memoryview(sealed), bound)
    except InvalidTag:
        raise DocumentDamaged from None


def _last_chunk(size: int) -> int:
    return max(size - 1, 0) // CHUNK


def _nonce(number: int) -> bytes:
    # the data key serves one file only, so the number alone is never used twice
    return number.to_bytes(12, "big")


def _bound(name: str, number: int, last: int) -> bytes:
    return f"{name}/{number}/{number == last}".encode()
