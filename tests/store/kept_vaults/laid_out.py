"""Lays a kept vault out as the folder that the program of its version left."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from ethnomed_desktop.store import slots
from ethnomed_desktop.store.engine import open_connection
from ethnomed_desktop.store.kdf import KdfParameters
from ethnomed_desktop.store.key_file import parse_keys
from ethnomed_desktop.store.vault_folder import VaultFolder
from ethnomed_desktop.store.vault_keys import subkeys
from tests.store.kept_vaults.make import HERE, PASSPHRASE

CHEAP = KdfParameters(t=1, m_kib=64, p=1)


def kept(version: str) -> dict[str, Any]:
    """Return what is kept of a version."""
    found: dict[str, Any] = json.loads(gzip.decompress((HERE / f"{version}.json.gz").read_bytes()))
    return found


def lay_out(version: str, root: Path) -> dict[str, Any]:
    """Write keys and databases into the folder ``root``; returns what the old program showed."""
    found = kept(version)
    folder = VaultFolder(root)
    folder.prepare()
    folder.keys.write_text(found["keys"], encoding="utf-8")
    keys = subkeys(slots.unlock(parse_keys(found["keys"].encode(), CHEAP), PASSPHRASE).vault_key)
    _fill(folder.store, keys.db, found["store"])
    if found["blobs"]:
        _fill(folder.blobs, keys.blobs, found["blobs"])
    shown: dict[str, Any] = found["shown"]
    return shown


def _fill(path: Path, key: bytes, statements: list[str]) -> None:
    connection = open_connection(path, key)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.close()
