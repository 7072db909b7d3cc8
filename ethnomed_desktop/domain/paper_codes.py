"""The code on printed forms: which paper it is and of which record, for a scan or a typing hand to find it.

70 bits in 14 characters of `typed_codes` and two of check, ``XXXX-XXXX-XXXX-XXXX``: 2 bits for the shape of
the code, 6 for the paper, 6 for the version, 56 for the end of the record's identifier. Those last seven
bytes are random: the code says neither who nor where nor when. A blank form has nothing there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ethnomed_desktop.domain.typed_codes import BITS, CHECK_CHARACTERS, digits_of, is_sound, number_of, written

MARK = "EMD:"
"""Stands before the code in the picture, so that a foreign picture is never taken for ours."""

TAIL_BYTES = 7
LATEST = 63
"""Later versions are printed as this one."""

_SHAPE = 1
_CHARACTERS = 14
_WIDTHS = (6, 6, TAIL_BYTES * 8)


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper: its number for ever, its name, the kind of record that it belongs to."""

    number: int
    name: str
    record: str


PAPERS: Mapping[str, PaperKind] = {
    one.name: one
    for one in (
        PaperKind(1, "minutes", "meeting"),
        PaperKind(2, "extract", "meeting"),
        PaperKind(3, "attendance-list", "meeting"),
        PaperKind(4, "consent-form", "consent"),
        PaperKind(5, "incident-form", "incident"),
        PaperKind(6, "meeting-form", "meeting"),
    )
}
"""Numbers are never changed or given again: papers lie in folders for decades."""

_BY_NUMBER = {one.number: one for one in PAPERS.values()}


@dataclass(frozen=True)
class PaperCode:
    """What a code says. ``tail`` is the end of the record's identifier; of a blank form it is empty."""

    paper: str
    version: int
    tail: bytes

    @property
    def record(self) -> str:
        """The kind of record the paper belongs to."""
        return PAPERS[self.paper].record

    @property
    def is_blank(self) -> bool:
        """Whether it stands on a form that was printed for no record yet."""
        return not self.tail


def paper_code(paper: str, uid: bytes | None = None, version: int = 0) -> str:
    """Return the code to print, in groups; without ``uid`` that of a blank form."""
    return _written(paper, version, int.from_bytes(uid[-TAIL_BYTES:], "big") if uid is not None else 0)


def for_paper(code: str, paper: str) -> str:
    """Return the code of another paper of the same record; none (an empty text) stays none."""
    known = read_paper_code(code)
    return _written(paper, known.version, int.from_bytes(known.tail, "big")) if known is not None else ""


def _written(paper: str, version: int, tail: int) -> str:
    number = _SHAPE
    for part, width in zip((PAPERS[paper].number, min(version, LATEST), tail), _WIDTHS, strict=True):
        number = number << width | part
    return written(number, _CHARACTERS)


def read_paper_code(text: str) -> PaperCode | None:
    """Return what a typed or scanned code says; None for what is none, mistyped, or of a newer program."""
    digits = digits_of(text.strip().removeprefix(MARK), _CHARACTERS + CHECK_CHARACTERS)
    if digits is None or not is_sound(digits):
        return None
    number = number_of(digits)
    tail = number & ((1 << _WIDTHS[2]) - 1)
    version = number >> _WIDTHS[2] & LATEST
    paper = _BY_NUMBER.get(number >> (_WIDTHS[2] + _WIDTHS[1]) & ((1 << _WIDTHS[0]) - 1))
    if number >> sum(_WIDTHS) != _SHAPE or paper is None:
        return None
    return PaperCode(paper.name, version, tail.to_bytes(TAIL_BYTES, "big") if tail else b"")


assert sum(_WIDTHS) + 2 == _CHARACTERS * BITS
