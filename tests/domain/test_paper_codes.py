"""The code on paper: what it says comes back, mistakes are noticed, and nothing else is in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.paper_codes import (
    LATEST,
    PAPERS,
    TAIL_BYTES,
    PaperCode,
    for_paper,
    paper_code,
    read_paper_code,
)
from ethnomed_desktop.domain.typed_codes import ALPHABET

UID = bytes.fromhex("00000000000179d9b69cc20983cf3b2a")
PAPER_NAMES = st.sampled_from(sorted(PAPERS))


@given(PAPER_NAMES, st.binary(min_size=16, max_size=16), st.integers(0, 1000))
def test_what_is_printed_is_read(paper: str, uid: bytes, version: int) -> None:
    code = paper_code(paper, uid, version)
    assert [len(group) for group in code.split("-")] == [4] * 4
    tail = uid[-TAIL_BYTES:]
    assert read_paper_code(code) == PaperCode(paper, min(version, LATEST), tail if any(tail) else b"")


def test_a_printed_code_keeps_its_meaning_for_ever() -> None:
    assert paper_code("minutes", UID, 2) == "8457-6216-1WYE-SA19"
    assert [(one.number, one.name) for one in PAPERS.values()] == [
        (1, "minutes"),
        (2, "extract"),
        (3, "attendance-list"),
        (4, "consent-form"),
        (5, "incident-form"),
        (6, "meeting-form"),
    ]


@given(PAPER_NAMES, st.binary(min_size=16, max_size=16), st.integers(0, 15), st.sampled_from(ALPHABET))
def test_a_wrong_character_is_noticed(paper: str, uid: bytes, place: int, other: str) -> None:
    plain = paper_code(paper, uid).replace("-", "")
    wrong = plain[:place] + other + plain[place + 1 :]
    assert (read_paper_code(wrong) is None) == (wrong != plain)


@pytest.mark.parametrize(
    "typed",
    [
        "845762161wyesa19",
        " 8457 6216 1WYE SA19 ",
        "EMD:845762161WYESA19",
        "8457‑62I6-1WYE-SA19",
        "8457-6216-1WYE-SА19",
    ],
)
def test_it_may_be_typed_as_it_comes(typed: str) -> None:
    assert read_paper_code(typed) == PaperCode("minutes", 2, UID[-TAIL_BYTES:])


@pytest.mark.parametrize("typed", ["", "2026/1", "8457-6216-1WYE", "https://example.org/8457", "суару суы кезегі"])
def test_other_words_are_no_code(typed: str) -> None:
    assert read_paper_code(typed) is None


def test_it_betrays_no_moment_and_a_blank_names_no_record() -> None:
    """The beginning of an identifier is the millisecond of its making; only its random end is printed."""
    early, late = (UID[:9].replace(b"\0", bytes([value])) + UID[9:] for value in (0, 7))
    assert early != late
    assert paper_code("minutes", early) == paper_code("minutes", late)
    assert paper_code("minutes", new_uid(1)) != paper_code("minutes", new_uid(1))
    blank = read_paper_code(paper_code("incident-form"))
    assert blank is not None
    assert blank.is_blank


def test_the_code_of_another_paper_of_the_record() -> None:
    assert for_paper(paper_code("minutes", UID, 2), "extract") == paper_code("extract", UID, 2)
    assert for_paper("", "extract") == ""


def test_every_paper_belongs_to_a_kind_of_record() -> None:
    assert {one.record for one in PAPERS.values()} <= KINDS.keys()
    assert len({one.number for one in PAPERS.values()}) == len(PAPERS)
