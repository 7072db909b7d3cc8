"""Sorting by the Kazakh alphabet of 42 letters, as text whose plain code-point order is the right order.

The key is stored beside the record and compared byte by byte (BINARY in SQLite, ``COLLATE "C"`` in
PostgreSQL), so both engines and Python list alike. Order: blanks and signs, numbers by size, Latin,
Kazakh letters, everything else. Capitals and quotation marks do not count. Changing this file means
making the stored keys anew.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The order of the Kazakh alphabet; Russian words keep their usual order in it."""

LIMIT = 200
"""Characters of a text that count; longer texts are told apart by their records' ids."""

_SIGN, _NUMBER, _OTHER = "!", "#", "~"
_LATIN_START, _KAZAKH_START = 0x25, 0x40
_MAP = {chr(ord("a") + index): chr(_LATIN_START + index) for index in range(26)}
_MAP |= {letter: chr(_KAZAKH_START + index) for index, letter in enumerate(ALPHABET)}
_MAP |= {" ": " "}
_IGNORED = re.compile("[«»„“”‟\"‘’‚'\u00ad\u200b-\u200f\u2060\ufeff]")
_PIECE = re.compile(r"[0-9]+|.", re.DOTALL)
_LONGEST_NUMBER = 40


def sort_key(text: str) -> str:
    """Return the key of ``text``; equal keys mean that the order does not matter."""
    small = unicodedata.normalize("NFC", text).lower()
    plain = " ".join(_IGNORED.sub("", small).split())[:LIMIT]
    return "".join([_MAP.get(piece) or _other_key(piece) for piece in _PIECE.findall(plain)])


@lru_cache(maxsize=1024)
def _other_key(piece: str) -> str:
    if piece[0] in "0123456789":
        return _number_key(piece)
    if not unicodedata.category(piece).startswith("L"):
        return _SIGN + piece
    return "".join(_foreign_key(char) for char in unicodedata.normalize("NFKD", piece))


def _number_key(digits: str) -> str:
    """A number sorts by size: how many digits it has, then the digits (9 before 10)."""
    value = digits.lstrip("0") or "0"
    length = min(len(value), _LONGEST_NUMBER)
    return _NUMBER + chr(0x30 + length) + value


def _foreign_key(char: str) -> str:
    """An accented Latin letter stands with its plain one; what no table has, at the end."""
    if unicodedata.combining(char):
        return ""
    return _MAP.get(char.lower(), _OTHER + char)
