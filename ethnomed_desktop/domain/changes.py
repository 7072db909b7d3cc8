"""The change line: the one thing that is ever written; tables, history and files follow from it.

A line is a JSON array (UTF-8, at most `LINE_LIMIT` bytes)::

    [seq, stamp, uid, op, values, saw, salt, transaction, user, action, schema]

``values`` and ``saw`` are addressed by *keys*: the stable field number as text, and for sets
``number/element`` (so that each element is a register of its own and adding wins over removing).
The reserved key ``_k`` carries the number of the kind, ``_w`` the reason of a withdrawal, ``_e`` the
dots of the lines that an erasure takes back, ``_l`` the entry of the ledger that says why. ``saw``
names, per key, the dots that this write saw and replaces: the whole causality.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ethnomed_desktop.domain.compact_json import compact
from ethnomed_desktop.domain.erased_lines import line_hash
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value

LINE_LIMIT = 256 * 1024
KIND_KEY = "_k"
WITHDRAWN_KEY = "_w"
ERASED_KEY = "_e"
LEDGER_KEY = "_l"

Keyed = Mapping[str, Value]

_COMPACT = compact(allow_nan=False)


class Dot(NamedTuple):
    """The identity of one change; the tag (8 bytes of the line's SHA-256) survives cloned logs."""

    stream: bytes
    replica: bytes
    seq: int
    tag: bytes

    def text(self) -> str:
        """Return the form used inside lines."""
        return f"{self.stream.hex()}.{self.replica.hex()}.{self.seq}.{self.tag.hex()}"

    @classmethod
    def parse(cls, text: str) -> Dot:
        """Read the text form; raises ValueError."""
        stream, replica, seq, tag = text.split(".")
        return cls(bytes.fromhex(stream), bytes.fromhex(replica), int(seq), bytes.fromhex(tag))


class Op(StrEnum):
    """What a line does to its record; operations of newer programs are kept and not applied."""

    CREATE = "c"
    WRITE = "w"
    WITHDRAW = "d"
    ERASE = "e"
    REDACT = "r"
    LATER = "x"

    @classmethod
    def _missing_(cls, value: object) -> Op:
        return cls.LATER


class Action(StrEnum):
    """What the person did, for history and undo."""

    RECORD = "record"
    REVISE = "revise"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    NUMBER = "number"
    CORRECT = "correct"
    UNDO = "undo"
    SETUP = "setup"
    IMPORT = "import"
    SEND_UP = "send_up"
    USERS = "users"
    CONFIDE = "confide"
    RELEASE = "release"
    ERASE = "erase"
    ANONYMISE = "anonymise"


NEVER_UNDONE = frozenset(
    {
        *(Action.NUMBER, Action.SETUP, Action.SEND_UP, Action.USERS, Action.CONFIDE, Action.RELEASE),
        *(Action.ERASE, Action.ANONYMISE),
    }
)
"""Numbers are given once; a number taken back would be given twice. Ways in and what was told in
confidence go with keys, which no undo brings back; what was erased is nowhere any more."""


@dataclass(frozen=True)
class Change:
    """One change of one record, before the log gives it a place."""

    uid: bytes
    kind: int
    op: Op
    values: Keyed
    saw: Mapping[str, tuple[Dot, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """A change with its place in a log. ``raw`` is what is hashed, kept and forwarded."""

    change: Change
    dot: Dot
    stamp: int
    transaction: bytes
    user: bytes
    action: str
    schema: int
    raw: bytes


@dataclass(frozen=True)
class Placement:
    """Where and under whose name lines are written."""

    stream: bytes
    replica: bytes
    transaction: bytes
    user: bytes
    action: str
    schema: int


def tag_of(raw: bytes) -> bytes:
    """Return the tag of a line's bytes; of an erased line, that of what it was."""
    return line_hash(raw)[:8]


def write_line(change: Change, seq: int, stamp: int, at: Placement) -> Line:
    """Give ``change`` its place; raises `UserError` (``record.too_long``) beyond `LINE_LIMIT`."""
    values: dict[str, object] = {KIND_KEY: change.kind, **change.values}
    saw = {key: [dot.text() for dot in dots] for key, dots in change.saw.items() if dots}
    salt = base64.b64encode(secrets.token_bytes(6)).decode("ascii")
    raw = _COMPACT(
        [
            seq,
            f"{stamp:016x}",
            change.uid.hex(),
            change.op.value,
            values,
            saw,
            salt,
            at.transaction.hex(),
            at.user.hex(),
            at.action,
            at.schema,
        ]
    ).encode("utf-8")
    if len(raw) > LINE_LIMIT:
        raise UserError("record.too_long", limit=LINE_LIMIT // 2048)
    dot = Dot(at.stream, at.replica, seq, tag_of(raw))
    return Line(change, dot, stamp, at.transaction, at.user, at.action, at.schema, raw)


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


_MOST = 1 << 63
"""Whole numbers in tables have 64 bits."""

_read = json.JSONDecoder(parse_constant=_refuse).decode


def read_line(raw: bytes, stream: bytes, replica: bytes) -> Line:
    """Read a line written by `write_line` on any replica; raises ValueError when it is not one."""
    try:
        parts = _read(raw.decode("utf-8"))
        if b"\\ud" in raw.lower():  # half a character, written as an escape, could never be stored
            json.dumps(parts, ensure_ascii=False).encode("utf-8")
        seq, stamp, uid, op, values, saw, _salt, transaction, user, action, schema = parts[:11]
        kind = values.pop(KIND_KEY)
        change = Change(
            bytes.fromhex(uid),
            kind,
            Op(op),
            values,
            {key: tuple([Dot.parse(text) for text in dots]) for key, dots in saw.items()},
        )
        at = int(stamp, 16)
        line = Line(
            change,
            Dot(stream, replica, seq, tag_of(raw)),
            at,
            bytes.fromhex(transaction),
            bytes.fromhex(user),
            action,
            schema,
            raw,
        )
    except (TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ValueError("not a change line") from error
    if not (
        type(seq) is type(kind) is type(schema) is int
        and 0 < seq < _MOST
        and 0 <= kind < 1 << 31
        and 0 <= at < _MOST
        and len(change.uid) == 16
        and isinstance(action, str)
    ):
        raise ValueError("not a change line")
    return line


@dataclass(frozen=True)
class ChangeSet:
    """What a transaction touched, for views to decide whether they care."""

    transaction: bytes
    action: str
    touched: frozenset[tuple[str, bytes]]

    def touches(self, *kinds: str) -> bool:
        """Say whether a record of one of the kinds was touched."""
        return any(kind in kinds for kind, _ in self.touched)

    def touches_record(self, uid: bytes) -> bool:
        """Say whether the record was touched."""
        return any(touched == uid for _, touched in self.touched)


def taken_back(change: Change) -> tuple[Dot, ...]:
    """Return the dots of the lines that an erasure names; raises ValueError for what are no dots."""
    named = change.values.get(ERASED_KEY)
    return tuple(Dot.parse(one) for one in named) if isinstance(named, list) else ()


def element_key(number: int, element: str) -> str:
    """Return the key of one element of a set field."""
    return f"{number}/{element}"


def split_key(key: str) -> tuple[int, str | None]:
    """Return the field number of a key and, for sets, the element; -1 for keys that name no field."""
    if key.startswith("_"):
        return -1, None
    head, slash, element = key.partition("/")
    if not (head.isascii() and head.isdigit()):
        return -1, None
    return int(head), element if slash else None
