"""`python -m zdrav29_app.backup make | restore <file>`: copies of everything the cabinet keeps.

A backup is one file in the format of age (age-encryption.org): a tar with the database of one
moment, the documents as they lie (encrypted already) and the keys of the data folder, the manifest
last. The stand encrypts to a public key, so what it has made it need not be able to read; `age`
itself opens it too. Nothing stops meanwhile.
"""

import argparse
import asyncio
import hashlib
import io
import json
import os
import sys
import tarfile
import tempfile
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import Any

import pyrage
from pyrage import x25519

from zdrav29_app import clock
from zdrav29_app.db import snapshot
from zdrav29_app.db.snapshot import SnapshotFailed
from zdrav29_app.gateways import files
from zdrav29_app.settings import settings

FORMAT = 1
PREFIX, SUFFIX = "zdrav29-", ".tar.age"
MANIFEST, DATABASE = "manifest.json", "database"
OWN_KEY = "backup.key"


class BackupRefused(Exception):
    """It was not made, or not restored; the message says why and what to do."""


def main() -> int:
    """Do what was asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="zdrav29_app.backup", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("make", help="write a backup")
    restore_parser = acts.add_parser("restore", help="fill an empty stand from a backup")
    restore_parser.add_argument("file", type=Path)
    restore_parser.add_argument("--key", type=Path, help="file with the age identity")
    asked = parser.parse_args()
    try:
        told = make() if asked.act == "make" else restore(asked.file, asked.key)
    except (BackupRefused, SnapshotFailed, OSError) as refusal:
        print(f"Nothing was changed: {refusal}", file=sys.stderr)  # noqa: T201  what was asked for
        return 1
    print(told)  # noqa: T201  the same
    return 0


def make() -> str:
    """Write a backup into the folder of backups and let the oldest go; says what is in it.

    Raises:
        BackupRefused: there is nobody to encrypt it to, or a part of it could not be read.
        SnapshotFailed: the database could not be copied.
        OSError: there is no room.
    """
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{PREFIX}{clock.now():%Y%m%d-%H%M%S-%f}{SUFFIX}"
    part = target.with_suffix(".part")
    try:
        manifest = _write(part, _recipient())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    for old in _made()[: -settings.backup_keep]:
        old.unlink()
    return f"{target}: {_told(manifest)}"


def newest_at() -> float:
    """When the newest backup was made, in seconds since the epoch; 0 when there is none."""
    return max((file.stat().st_mtime for file in _made()), default=0)


def restore(file: Path, key: Path | None = None) -> str:
    """Fill the configured stand, which must be empty, and compare all with what was kept.

    Raises:
        BackupRefused: the stand holds something, or the file is none of ours, damaged or locked.
        SnapshotFailed: the database did not take it.
        OSError: it could not be read, or there is no room.
    """
    if not snapshot.is_empty() or asyncio.run(_has_files()):
        raise BackupRefused("there are data already; set an empty ZDRAV29_DATA_DIR and database")
    with tempfile.TemporaryDirectory(dir=_work_folder()) as folder:
        kept = Path(folder)
        manifest = _read(file, kept, key or _own_key_file())
        try:
            asyncio.run(_put_files(kept / "files", manifest["files"]))
            found = snapshot.load(kept / DATABASE)
        except (BackupRefused, SnapshotFailed, OSError):
            asyncio.run(files.clear())  # there were none before
            raise
        _put_keys(kept / "keys")
    if _as_json(found) != manifest["tables"]:
        wrong = [name for name, one in _as_json(found).items() if one != manifest["tables"][name]]
        raise BackupRefused(f"what was restored differs: {', '.join(wrong) or 'tables lack'}")
    return f"{file.name} is restored: {_told(manifest)}"


def _folder() -> Path:
    return settings.backup_dir or settings.data_dir / "backups"


def _made() -> list[Path]:
    """The backups there are, the oldest first."""
    return sorted(_folder().glob(f"{PREFIX}*{SUFFIX}"))


def _write(target: Path, recipient: x25519.Recipient) -> dict[str, Any]:
    manifest: dict[str, Any] = {"format": FORMAT, "made_at": clock.now().isoformat()}
    faults: list[BaseException] = []
    inlet, outlet = os.pipe()

    def pack() -> None:
        try:
            with (
                os.fdopen(outlet, "wb") as plain,
                tarfile.open(fileobj=plain, mode="w|") as archive,
            ):
                _pack(archive, manifest)
        except BaseException as fault:  # noqa: BLE001  the thread that waits raises it
            faults.append(fault)

    packer = Thread(target=pack)
    packer.start()
    with os.fdopen(inlet, "rb") as plain, target.open("wb") as out:
        pyrage.encrypt_io(plain, out, [recipient])
        out.flush()
        os.fsync(out.fileno())
    packer.join()
    if faults:
        raise faults[0]
    return manifest


def _pack(archive: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory(dir=_work_folder()) as folder:
        copy = Path(folder) / DATABASE
        # before the files: a file is there before the row that names it
        manifest |= {"engine": snapshot.dialect(), "tables": _as_json(snapshot.dump(copy))}
        archive.add(copy, DATABASE)
    manifest["files"] = asyncio.run(_pack_files(archive))
    for key in sorted((settings.data_dir / "keys").glob("*")):
        if key.name != OWN_KEY:  # what opens the backup does not lie in it
            archive.add(key, f"keys/{key.name}")
    _add(archive, MANIFEST, json.dumps(manifest, indent=1).encode())


async def _pack_files(archive: tarfile.TarFile) -> dict[str, str]:
    digests: dict[str, str] = {}
    async for name, sealed in files.every():
        _add(archive, f"files/{name}", sealed)
        digests[name] = hashlib.sha256(sealed).hexdigest()
    return digests


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    entry.mtime = int(clock.machine_seconds())
    archive.addfile(entry, io.BytesIO(content))


def _read(file: Path, target: Path, key: Path) -> dict[str, Any]:
    try:
        identity = x25519.Identity.from_str(key.read_text().strip().splitlines()[-1])
        plain = target / "archive.tar"
        pyrage.decrypt_file(str(file), str(plain), [identity])
        with tarfile.open(plain) as archive:
            archive.extractall(target, filter="data")
        plain.unlink()
        manifest: dict[str, Any] = json.loads((target / MANIFEST).read_bytes())
    except (pyrage.IdentityError, IndexError):
        raise BackupRefused(f"{key} holds no age identity") from None
    except (pyrage.DecryptError, tarfile.TarError, OSError, ValueError) as error:
        raise BackupRefused(f"{file} cannot be opened with {key}: {error}") from error
    if manifest.get("format") != FORMAT:
        raise BackupRefused(f"{file} is of a format that this version does not know")
    if manifest["engine"] != snapshot.dialect():
        raise BackupRefused(
            f"it was made of {manifest['engine']}, ZDRAV29_DATABASE_URL is {snapshot.dialect()}"
        )
    return manifest


async def _put_files(folder: Path, digests: dict[str, str]) -> None:
    for name, digest in digests.items():
        sealed = (folder / name).read_bytes()
        if hashlib.sha256(sealed).hexdigest() != digest:
            raise BackupRefused(f"the document {name} is damaged")
        await files.put_sealed(name, sealed)


async def _has_files() -> bool:
    async for _ in files.every():
        return True
    return False


def _put_keys(folder: Path) -> None:
    own = settings.data_dir / "keys"
    own.mkdir(parents=True, exist_ok=True)
    for key in folder.glob("*"):
        target = own / key.name
        target.touch(mode=0o600)
        target.write_bytes(key.read_bytes())


def _recipient() -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(settings.backup_recipient or _own_recipient())
    except pyrage.RecipientError:
        raise BackupRefused("ZDRAV29_BACKUP_RECIPIENT is no public key of age") from None


def _own_recipient() -> str:
    if not settings.is_demo:
        raise BackupRefused("ZDRAV29_BACKUP_RECIPIENT is not set")
    file = _own_key_file()
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(f"{x25519.Identity.generate()}\n")
    return str(x25519.Identity.from_str(file.read_text().strip()).to_public())


def _own_key_file() -> Path:
    return settings.data_dir / "keys" / OWN_KEY


def _work_folder() -> Path:
    # beside the data, which are as readable as what lies here for a while
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return settings.data_dir


def _as_json(contents: dict[str, snapshot.Held]) -> dict[str, Any]:
    return {name: asdict(one) for name, one in contents.items()}


def _told(manifest: dict[str, Any]) -> str:
    rows = sum(one["rows"] for one in manifest["tables"].values())
    return f"{rows} rows of {len(manifest['tables'])} tables, {len(manifest['files'])} documents"


if __name__ == "__main__":
    sys.exit(main())
