"""Lines are read as they were written, and what is no line is refused by ValueError and nothing else."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.changes import (
    LINE_LIMIT,
    Change,
    Dot,
    Line,
    Op,
    Placement,
    element_key,
    read_line,
    split_key,
    tag_of,
    write_line,
)
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.merging import RecordState, apply_line, state_hash

AT = Placement(b"D" * 16, b"R" * 16, b"T" * 16, b"U" * 16, "record", 1)
DOT = Dot(b"D" * 16, b"R" * 16, 7, b"12345678")
CHANGE = Change(b"A" * 16, 3, Op.WRITE, {"1": "Ахметова", "5/ән": True, "6": None, "7": 2.5}, {"1": (DOT,)})
GOOD = write_line(CHANGE, 9, 1 << 60, AT)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
values = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63), st.floats(allow_nan=False, allow_infinity=False), texts
)
keys = st.one_of(st.integers(1, 999).map(str), st.builds(element_key, st.integers(1, 999), texts))


def reread(line: Line) -> Line:
    return read_line(line.raw, AT.stream, AT.replica)


@given(st.dictionaries(keys, values, max_size=8), st.sampled_from([op for op in Op if op is not Op.LATER]))
def test_a_line_is_read_as_it_was_written(keyed: dict[str, Any], op: Op) -> None:
    line = write_line(Change(b"A" * 16, 3, op, keyed, dict.fromkeys(keyed, (DOT, DOT))), 4, 99 << 16, AT)
    assert reread(line) == line


def test_tags_differ_though_the_content_is_the_same() -> None:
    """The salt keeps a lawfully erased line from being guessed by its hash."""
    again = write_line(CHANGE, 9, 1 << 60, AT)
    assert again.dot.tag != GOOD.dot.tag
    assert tag_of(GOOD.raw) == GOOD.dot.tag


def test_a_line_that_is_too_long_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        write_line(Change(b"A" * 16, 3, Op.CREATE, {"1": "ж" * (LINE_LIMIT // 2)}), 1, 1, AT)
    assert caught.value.code == "record.too_long"


@given(st.integers(0, 2**40), texts)
def test_keys_come_apart_as_they_were_joined(number: int, element: str) -> None:
    assert split_key(element_key(number, element)) == (number, element)
    assert split_key(str(number)) == (number, None)


@pytest.mark.parametrize("key", ["_w", "_later", "", "abc", "-1", "+1", " 1", "1 ", "١", "²", "/x", "1.5", "_1/x"])
def test_keys_that_name_no_field(key: str) -> None:
    assert split_key(key) == (-1, None)


def test_what_a_newer_program_does_is_kept_and_not_applied() -> None:
    raw = GOOD.raw.replace(b',"w",', b',"merge",')
    line = read_line(raw, AT.stream, AT.replica)
    assert (line.change.op, line.raw) == (Op.LATER, raw)
    state = RecordState(b"A" * 16, 3)
    before = state_hash(state)
    apply_line(state, line)
    assert state_hash(state) == before


def test_more_parts_of_a_newer_program_do_no_harm() -> None:
    parts = [*json.loads(GOOD.raw), {"later": 1}]
    line = read_line(json.dumps(parts).encode(), AT.stream, AT.replica)
    assert line.change == GOOD.change


NO_LINES = [
    b"",
    b"null",
    b"5",
    b"[]",
    b"{}",
    b"[" * 100_000,
    b"\xff\xfe",
    b"[1,2,3,4,5,6,7,8,9,10,11]",
    GOOD.raw[:-1],
    GOOD.raw + b"]",
    GOOD.raw.replace(b"[9,", b"[0,"),
    GOOD.raw.replace(b"[9,", b"[-1,"),
    GOOD.raw.replace(b"[9,", b"[true,"),
    GOOD.raw.replace(b"[9,", b"[9.0,"),
    GOOD.raw.replace(b"[9,", b'["9",'),
    GOOD.raw.replace(b"[9,", b"[%d," % 2**64),
    GOOD.raw.replace(b'"_k":3', b'"_k":"3"'),
    GOOD.raw.replace(b'"_k":3', b'"_k":-3'),
    GOOD.raw.replace(b'"_k":3', b'"k":3'),
    GOOD.raw.replace(b'"_k":3', b'"_k":%d' % 2**40),
    GOOD.raw.replace(b"41" * 16, b"41" * 15),
    GOOD.raw.replace(b"41" * 16, b"zz" * 16),
    GOOD.raw.replace(b'"1000000000000000"', b'"ffffffffffffffffff"'),
    GOOD.raw.replace(b'"1000000000000000"', b'"-1"'),
    GOOD.raw.replace(b"2.5", b"NaN"),
    GOOD.raw.replace(b"2.5", b"-Infinity"),
    GOOD.raw.replace(b"2.5", b'"\\ud800"'),
    GOOD.raw.replace(b'"7":', b'"\\uDFFF":'),
    GOOD.raw.replace(b"2.5", b"9" * 5000),
    GOOD.raw.replace(b".7.", b".x."),
    GOOD.raw.replace(b".7.", b"."),
]


@pytest.mark.parametrize("raw", NO_LINES)
def test_what_is_no_line_is_refused(raw: bytes) -> None:
    assert raw != GOOD.raw
    with pytest.raises(ValueError):  # noqa: PT011
        read_line(raw, AT.stream, AT.replica)


def garbled(good: bytes, chance: random.Random) -> bytes:
    """Spoil a line in one to four places."""
    raw = bytearray(good)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(raw))
        what = chance.randrange(3)
        if what == 0:
            raw[place] = chance.choice(b'0123456789"[]{},:/_.-eEtfn\\ud\xd0\x00 ')
        elif what == 1:
            del raw[place : place + chance.randint(1, 3)]
        else:
            raw[place:place] = chance.choice([b"null", b'""', b"[]", b"{}", b"-1", b"1e999", b"\\u0000", b"/"])
    return bytes(raw)


def lines_of_a_bad_program(good: bytes, number: int) -> list[Line]:
    """Return what is still a line after spoiling; the rest must be refused by ValueError."""
    chance = random.Random(number)
    found: dict[bytes, Line] = {}
    for _ in range(number):
        raw = garbled(good, chance)
        with suppress(ValueError):
            found[raw] = read_line(raw, AT.stream, AT.replica)
    return list(found.values())


def test_garbled_lines_are_refused_or_can_be_applied() -> None:
    lines = lines_of_a_bad_program(GOOD.raw, 5000)
    assert len(lines) > 100
    for line in lines:
        state = RecordState(line.change.uid, line.change.kind)
        apply_line(state, line)
        apply_line(state, GOOD)
        state_hash(state)
        state.conflicts()
        assert state.withdrawal is None
