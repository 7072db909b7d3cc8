"""What was erased, as copies of the store must learn it: backups, a restored old state, a folder put aside.

The ledger says which records and which lines are gone, never what stood there; for records that stay it
holds what they say now. It is worked out from the log, and kept beside the vault's folder too, encrypted:
an older backup put in the vault's place knows nothing of what was erased after it.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, select

from ethnomed_desktop.domain.changes import LEDGER_KEY, Dot, Line, Op
from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.erasing import Justified, erasures, justified
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.safe_files import read_limited, write_atomically
from ethnomed_desktop.store.statements import run
from ethnomed_desktop.store.tables import record
from ethnomed_desktop.store.vault_keys import derived_key

BESIDE_BACKUPS = "em.erased"
"""The name of the ledger in a folder of backups: on a stick it comes along to another computer."""

KEPT_KEY = "secret:erasures"
_PURPOSE = "em/erasures/1"
_KNOWN = "erasures_known"
_FORMAT = 1
_MOST_BYTES = 64 << 20
_NONCE = 12
_NONE: frozenset[Dot] = frozenset()


@dataclass(frozen=True)
class Rewritten:
    """A record that stays: its kind, the lines taken back, and what it says since (by key)."""

    kind: int
    entry: bytes
    dots: frozenset[Dot]
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Ledger:
    """Erased records by uid (kind, entry), rewritten ones, and the entries themselves (values by key).

    ``lines`` are those of erased records that an erasure named.
    """

    erased: Mapping[bytes, tuple[int, bytes]] = field(default_factory=dict)
    rewritten: Mapping[bytes, Rewritten] = field(default_factory=dict)
    entries: Mapping[bytes, Mapping[str, Value]] = field(default_factory=dict)
    lines: Mapping[bytes, frozenset[Dot]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever erased."""
        return not (self.erased or self.rewritten)

    @property
    def all_gone(self) -> Mapping[bytes, frozenset[Dot] | None]:
        """The lines that are gone for an office, by record; None: all of its lines, which it names itself."""
        lines: dict[bytes, frozenset[Dot] | None] = {uid: one.dots for uid, one in self.rewritten.items()}
        return {**lines, **dict.fromkeys(self.erased)}

    @property
    def named(self) -> Mapping[bytes, frozenset[Dot]]:
        """The lines that are gone for everybody, by record: those that the office has named."""
        lines = {uid: self.lines.get(uid, frozenset()) for uid in self.erased}
        return {**{uid: one.dots for uid, one in self.rewritten.items()}, **lines}

    def and_also(self, other: Ledger) -> Ledger:
        """Return both together; of a record rewritten in both, what ``self`` says of it counts."""
        rewritten = dict(other.rewritten)
        for uid, one in self.rewritten.items():
            before = other.rewritten.get(uid)
            dots = one.dots | (before.dots if before is not None else frozenset())
            rewritten[uid] = Rewritten(one.kind, one.entry, dots, one.values)
        both = {
            uid: self.lines.get(uid, _NONE) | other.lines.get(uid, _NONE) for uid in {*self.lines, *other.lines}
        }
        return Ledger({**other.erased, **self.erased}, rewritten, {**other.entries, **self.entries}, both)

    def to_bytes(self) -> bytes:
        """Return the form that is kept."""
        body = {
            "erased": {uid.hex(): [kind, entry.hex()] for uid, (kind, entry) in self.erased.items()},
            "rewritten": {
                uid.hex(): [one.kind, one.entry.hex(), sorted(dot.text() for dot in one.dots), dict(one.values)]
                for uid, one in self.rewritten.items()
            },
            "entries": {uid.hex(): dict(values) for uid, values in self.entries.items()},
            "lines": {uid.hex(): sorted(dot.text() for dot in dots) for uid, dots in self.lines.items()},
        }
        return json.dumps(body, ensure_ascii=False, sort_keys=True).encode("utf-8")

    @classmethod
    def of(cls, data: bytes) -> Ledger:
        """Read the form that is kept; raises ValueError, KeyError or TypeError for another."""
        body = json.loads(data)
        rewritten = {
            bytes.fromhex(uid): Rewritten(
                int(kind), bytes.fromhex(entry), frozenset(Dot.parse(dot) for dot in dots), values
            )
            for uid, (kind, entry, dots, values) in body["rewritten"].items()
        }
        erased = {bytes.fromhex(uid): (int(kind), bytes.fromhex(e)) for uid, (kind, e) in body["erased"].items()}
        lines = {bytes.fromhex(uid): frozenset(map(Dot.parse, dots)) for uid, dots in body.get("lines", {}).items()}
        entries = {bytes.fromhex(uid): values for uid, values in body["entries"].items()}
        return cls(erased, rewritten, entries, lines)


def ledger_of(connection: Connection) -> Ledger:
    """Work the ledger out from the log, with what a copy was told that has no log of it."""
    erased: dict[bytes, tuple[int, bytes]] = {}
    rewritten: dict[bytes, Rewritten] = {}
    lines: dict[bytes, frozenset[Dot]] = {}
    reader = LogReader(connection)
    for one in erasures(connection):
        uid, kind = one.line.change.uid, one.line.change.kind
        entry = bytes.fromhex(str(one.line.change.values.get(LEDGER_KEY) or ""))
        if one.line.change.op is Op.ERASE:
            erased[uid] = (kind, entry)
            lines[uid] = lines.get(uid, _NONE) | frozenset(one.dots)
            continue
        before = rewritten[uid].dots if uid in rewritten else frozenset()
        values = _written_with(reader, one.line)
        if values is None and uid in rewritten:
            values = rewritten[uid].values
        rewritten[uid] = Rewritten(kind, entry, before | frozenset(one.dots), values or {})
    kept = {uid: one for uid, one in rewritten.items() if uid not in erased}
    return Ledger(erased, kept, _entries(connection, reader), lines).and_also(told(connection))


def _written_with(reader: LogReader, line: Line) -> Mapping[str, Value] | None:
    """Return what the record was rewritten to in the transaction that took its lines back."""
    for _, other in reader.of_record(line.change.uid):
        if other.transaction == line.transaction and other.change.op is Op.CREATE:
            return other.change.values
    return None


def _entries(connection: Connection, reader: LogReader) -> dict[bytes, Mapping[str, Value]]:
    query = select(record.c.uid).where(record.c.kind == KINDS["erasure"].number, record.c.state.is_not(None))
    uids = [bytes(uid) for uid in connection.execute(query).scalars()]
    made = [line for _, line in reader.of_records(uids) if line.change.op is Op.CREATE]
    return {line.change.uid: line.change.values for line in made}


def told(connection: Connection) -> Ledger:
    """Return what a copy was told to forget: its log has the emptied lines, and nothing that says why.

    Records that were erased are not shown in it, whatever is left of them (`store.projector`).
    """
    row = run(connection, "SELECT value FROM meta WHERE name = ?", (_KNOWN,)).fetchone()  # with every new record
    return Ledger.of(str(row[0]).encode("utf-8")) if row is not None and row[0] else Ledger()


def all_justified(connection: Connection) -> Justified:
    """Return what the erasures of the log name, and what this store was told to forget."""
    known, said = justified(connection), told(connection)
    lines = {dot: uid for uid, dots in said.named.items() for dot in dots}
    return Justified({**lines, **known.lines}, known.records | frozenset(said.erased))


def tell(connection: Connection, ledger: Ledger) -> None:
    """Let a copy say what it was told to forget; an empty ledger takes that away again."""
    schema.set_meta(connection, _KNOWN, "" if ledger.is_empty else ledger.to_bytes().decode("utf-8"))


# --- beside the vault ------------------------------------------------------------------------------


def ledger_file(root: Path) -> Path:
    """Return where the ledger stands: beside the vault's folder, which a restored backup replaces."""
    return root.with_name(f"{root.name}.erased")


def put_aside(path: Path, vault_key: bytes, key: bytes, ledger: Ledger) -> None:
    """Write the ledger, so that whoever has this vault's key, or an earlier one of it, can read it.

    ``key`` is the ledger's own (`own_key`). Raises `StorageError`; the old file is then still there.
    """
    wraps = {_mark(vault_key): _sealed(derived_key(vault_key, _PURPOSE), key)}
    before = _content(path)
    if before is not None and _opened(key, before.get("sealed")) is not None:
        wraps = {**before["wraps"], **wraps}
    body = {"v": _FORMAT, "wraps": wraps, "sealed": _sealed(key, ledger.to_bytes())}
    write_atomically(path, json.dumps(body).encode("ascii"))


def recall(path: Path, vault_key: bytes) -> tuple[Ledger, bytes] | None:
    """Return ledger and its key from a file that this vault's key opens; None where there is no such file."""
    content = _content(path)
    if content is None:
        return None
    key = _opened(derived_key(vault_key, _PURPOSE), content["wraps"].get(_mark(vault_key)))
    data = _opened(key, content.get("sealed")) if key is not None else None
    if key is None or data is None:
        return None
    try:
        return Ledger.of(data), key
    except (ValueError, KeyError, TypeError):
        return None


def recall_all(paths: Iterable[Path], vault_key: bytes) -> tuple[Ledger, bytes | None]:
    """Return what all the files know together, and the ledger's key; an empty ledger where none is there."""
    ledger, key = Ledger(), None
    for path in paths:
        found = recall(path, vault_key)
        if found is not None:
            ledger, key = ledger.and_also(found[0]), key or found[1]
    return ledger, key


def own_key(connection: Connection) -> bytes:
    """Return the key of this vault's ledger; makes it the first time, so needs a write transaction."""
    kept = schema.get_meta(connection, KEPT_KEY)
    if kept is None:
        kept = secrets.token_bytes(32).hex()
        schema.set_meta(connection, KEPT_KEY, kept)
    return bytes.fromhex(kept)


def _content(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(read_limited(path, _MOST_BYTES))
    except (StorageError, ValueError, RecursionError):
        return None
    sound = isinstance(content, dict) and content.get("v") == _FORMAT and isinstance(content.get("wraps"), dict)
    return content if sound else None


def _mark(vault_key: bytes) -> str:
    return derived_key(vault_key, f"{_PURPOSE}/name")[:8].hex()


def _sealed(key: bytes, data: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, data, None)).decode("ascii")


def _opened(key: bytes | None, sealed: object) -> bytes | None:
    if key is None or not isinstance(sealed, str):
        return None
    try:
        data = base64.b64decode(sealed, validate=True)
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], None)
    except (binascii.Error, InvalidTag, ValueError):
        return None
