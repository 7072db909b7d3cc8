"""Change lines from elsewhere: typed strictly before anything is done with them.

The meaning of a line stands in `domain.changes`. What a newer program may write (further elements,
unknown operations, kinds and fields) passes; what no program may write does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any, NoReturn

from ethnomed_desktop.domain.changes import (
    ERASED_KEY,
    KIND_KEY,
    LEDGER_KEY,
    LINE_LIMIT,
    WITHDRAWN_KEY,
    Change,
    Dot,
    Line,
    Op,
    split_key,
    tag_of,
)
from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER
from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.exchange.strict_json import Malformed, strict_json

ELEMENTS = 11
MOST_ELEMENTS = 16
MOST_KEYS = 2000
MOST_KIND = 1_000_000
_TEXTS = re.compile(
    r"[0-7][0-9a-f]{15}\n"  # stamp
    r"[0-9a-f]{32}\n"  # uid
    r"[a-z+-]{1,8}\n"  # op
    r"[A-Za-z0-9+/]{8}\n"  # salt
    r"[0-9a-f]{32}\n[0-9a-f]{32}\n"  # transaction, user
    r"[a-z_.]{1,40}"  # action
).fullmatch
_KEYS = re.compile(r"(?:(?:[1-9][0-9]{0,6}(?:/[^\x00-\x1f\x7f]{1,200})?|_[a-z]{1,20})\n)*").fullmatch
_DOTS = re.compile(r"(?:[0-9a-f]{32}\.[0-9a-f]{32}\.[1-9][0-9]{0,14}\.[0-9a-f]{16}\n)*").fullmatch
_ENTRY = re.compile(r"[0-9a-f]{32}").fullmatch
_NO_FIELDS = frozenset({KIND_KEY, WITHDRAWN_KEY, ERASED_KEY, LEDGER_KEY})
_SCALARS = frozenset({str, int, float, bool, type(None)})
_TEXT = frozenset({str})


class LineProblem(Malformed):
    """A line that no program of any age writes; ``seq`` is its place in the log."""

    def __init__(self, seq: int, rule: str) -> None:
        super().__init__(f"line {seq}: {rule}")
        self.seq = seq


class AboveCeiling(LineProblem):
    """The line carries a field that its stream must not carry."""


def check_line(raw: bytes, seq: int, ceiling: int = Level.IDENTITY) -> None:
    """Check that ``raw`` is a change line with number ``seq`` whose fields the stream may carry.

    Raises `LineProblem`; `AboveCeiling` when a field's level is above ``ceiling``. What a newer program
    declared has no level here: it is kept and passed on, and `store.rows` asks again once it is known.
    """
    _checked(raw, seq, ceiling)


def typed_line(raw: bytes, seq: int, stream: bytes, replica: bytes, ceiling: int = Level.IDENTITY) -> Line:
    """Check a line as `check_line` and return it, decoded only once."""
    _, stamp, uid, op, values, saw, _, transaction, user, action, schema = _checked(raw, seq, ceiling)[:ELEMENTS]
    change = Change(
        bytes.fromhex(uid),
        values.pop(KIND_KEY),
        Op(op),
        values,
        {key: tuple([Dot.parse(text) for text in dots]) for key, dots in saw.items()},
    )
    return Line(
        change,
        Dot(stream, replica, seq, tag_of(raw)),
        int(stamp, 16),
        bytes.fromhex(transaction),
        bytes.fromhex(user),
        action,
        schema,
        raw,
    )


def _checked(raw: bytes, seq: int, ceiling: int) -> list[Any]:
    if len(raw) > LINE_LIMIT:
        raise LineProblem(seq, "too long")
    try:
        parts = strict_json(raw)
    except Malformed as error:
        raise LineProblem(seq, str(error)) from None
    if not isinstance(parts, list) or not ELEMENTS <= len(parts) <= MOST_ELEMENTS:
        _fail(seq, "not a change line")
    number, stamp, uid, op, values, saw, salt, transaction, user, action, schema = parts[:ELEMENTS]
    if type(number) is not int or number != seq:
        _fail(seq, "another number")
    texts = (stamp, uid, op, salt, transaction, user, action)
    if not _TEXT.issuperset(map(type, texts)) or not _TEXTS("\n".join(texts)):
        _fail(seq, "a text of another shape")
    if type(schema) is not int or not 1 <= schema <= MOST_KIND:
        _fail(seq, "no schema version")
    kind = _check_values(values, seq)
    _check_erased(values, seq)
    _check_saw(saw, seq)
    if ceiling < Level.IDENTITY:
        _check_ceiling(kind, {*values, *saw} - _NO_FIELDS, ceiling, seq)
    return parts


def _check_values(values: object, seq: int) -> int:
    if not isinstance(values, dict) or len(values) > MOST_KEYS:
        _fail(seq, "no values")
    kind = values.get(KIND_KEY)
    if type(kind) is not int or not 1 <= kind <= MOST_KIND:
        _fail(seq, "no kind")
    if not _each(_KEYS, values):
        _fail(seq, "a key of another shape")
    if not _SCALARS.issuperset(map(type, values.values())):
        for value in values.values():
            if type(value) not in _SCALARS and not (isinstance(value, list) and _TEXT.issuperset(map(type, value))):
                _fail(seq, "a value of another shape")
    return kind


def _check_erased(values: dict[str, Any], seq: int) -> None:
    named = values.get(ERASED_KEY)
    if named is None and LEDGER_KEY not in values:
        return
    if not isinstance(named, list) or len(named) > MOST_KEYS or not _each(_DOTS, named):
        _fail(seq, "dots of another shape")
    if not isinstance(entry := values.get(LEDGER_KEY), str) or not _ENTRY(entry):
        _fail(seq, "no entry of the ledger")


def _check_saw(saw: object, seq: int) -> None:
    if not isinstance(saw, dict) or len(saw) > MOST_KEYS:
        _fail(seq, "no dots")
    if not saw:
        return
    if not _each(_KEYS, saw):
        _fail(seq, "a key of another shape")
    for dots in saw.values():
        if not isinstance(dots, list) or not _TEXT.issuperset(map(type, dots)):
            _fail(seq, "dots of another shape")
        if not _each(_DOTS, dots):
            _fail(seq, "a dot of another shape")


def _each(fits: Callable[[str], object], texts: Collection[str]) -> bool:
    """Match all texts at once, which is several times faster than one by one; none may hold a newline."""
    joined = "\n".join([*texts, ""])
    return bool(fits(joined)) and joined.count("\n") == len(texts)


def _check_ceiling(kind: int, keys: set[str], ceiling: int, seq: int) -> None:
    declared = KINDS_BY_NUMBER.get(kind)
    for key in keys:
        field = declared.by_number.get(split_key(key)[0]) if declared else None
        if field is not None and field.level > ceiling:
            raise AboveCeiling(seq, "above the ceiling of its stream")


def _fail(seq: int, rule: str) -> NoReturn:
    raise LineProblem(seq, rule)
