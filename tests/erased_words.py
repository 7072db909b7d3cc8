"""Where a word that was erased might still be: in any table, in any page of an encrypted file."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import inspect, text

from ethnomed_desktop.store.store import Store
from ethnomed_desktop.store.vault_keys import subkeys


def everything(store: Store) -> str:
    """Return all that the tables hold, as text."""
    found = []
    with store.reading() as connection:
        for name in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{name}"')):
                found += [
                    bytes(one).decode("utf-8", "replace") if isinstance(one, (bytes, memoryview)) else str(one)
                    for one in row
                ]
    return "\n".join(found).lower()


def decrypted(path: Path, key: bytes) -> bytes:
    """Return all pages of an encrypted file as they lie, free ones too: AES-256-CBC, 80 bytes kept at the end."""
    data, pages = path.read_bytes(), []
    for at in range(0, len(data), 4096):
        page = data[at : at + 4096]
        body = page[16 if at == 0 else 0 : 4096 - 80]
        vector = page[4096 - 80 : 4096 - 64]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        pages.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(pages)


def layers(folder: Path, vault_key: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of all files under a folder: as they lie, decrypted, and what backups hold."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        yield from _layers_of(path, path.name, vault_key)
        if path.suffix == ".emb":
            with tarfile.open(path) as tar, tempfile.TemporaryDirectory() as room:
                for one in tar:  # flat; without the filter that Python 3.11.2 has not
                    inner, data = Path(room, one.name), tar.extractfile(one)
                    assert data is not None
                    inner.write_bytes(data.read())
                    yield from _layers_of(inner, f"{path.name}/{one.name}", vault_key)


def _layers_of(path: Path, name: str, vault_key: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, path.read_bytes()
    keys = subkeys(vault_key)
    if path.name in {"store.db", "blobs.db"}:
        yield f"{name} decrypted", decrypted(path, keys.db if path.name == "store.db" else keys.blobs)
