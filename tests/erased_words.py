"""Where a word that was erased might still be: in any table, in any page of an encrypted file."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import inspect, text

from ethnomed_desktop.store.store import Store


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
