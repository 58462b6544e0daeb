"""Master keys of documents: each file has a data key of its own, which only they can unwrap.

The first key wraps, all of them unwrap, so that a new one can be put in front before every data key
is wrapped anew (`python -m zdrav29_app.files rotate`).
Source: AES key wrap, RFC 3394.
"""

import base64
import binascii
import os
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)

from zdrav29_app.errors import DocumentDamaged
from zdrav29_app.settings import settings

KEY_BYTES = 32


def new_key() -> str:
    """A fresh master key as it stands in the setting."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def wrap(data_key: bytes) -> str:
    """A data key under the first master key, in hex."""
    return aes_key_wrap(_master_keys()[0], data_key).hex()


def unwrap(wrapped: str) -> bytes:
    """The data key.

    Raises:
        DocumentDamaged: no master key of ours opens it.
    """
    for master in _master_keys():
        try:
            return aes_key_unwrap(master, bytes.fromhex(wrapped))
        except InvalidUnwrap:
            continue
    raise DocumentDamaged


def parse(words: str) -> list[bytes]:
    """Master keys as they stand in the setting: base64, the newest first, commas between.

    Raises:
        ValueError: one of them is not 32 bytes.
    """
    try:
        keys = [base64.b64decode(word, validate=True) for word in words.replace(",", " ").split()]
    except binascii.Error:
        keys = []
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise ValueError("ZDRAV29_FILES_KEY: 32 bytes in base64 are expected")
    return keys


def _master_keys() -> list[bytes]:
    return parse(settings.files_key or _own_key(settings.files_key_file))


def _own_key(file: Path) -> str:
    """The demo's own key, made at first need; several workers may need it at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as opened:
            opened.write(new_key() + "\n")
    except FileExistsError:
        pass
    return file.read_text(encoding="ascii")
