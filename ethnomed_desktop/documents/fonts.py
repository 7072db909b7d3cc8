"""The two embedded families, and the check that every letter of a text can be printed.

Tinos has the widths of Times New Roman, Arimo those of Arial; both hold all Kazakh letters.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ethnomed_desktop import paths
from ethnomed_desktop.domain.errors import UserError

SERIF = "Tinos"
SANS = "Arimo"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")

SOFT_HYPHEN = "\u00ad"
# Characters that only steer the display: joiners, byte order mark, direction marks and overrides.
# They print nothing; a direction override could even show a text in another order than it was said.
_INVISIBLE = dict.fromkeys(
    [0x061C, 0x180E, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_TIDY = {**_INVISIBLE, ord(SOFT_HYPHEN): None, ord("\t"): " ", 0x2028: "\n", 0x2029: "\n", ord("\r"): None}


def face_name(family: str, face: str = "Regular") -> str:
    """Return the name a face is registered under: ``Tinos``, ``Tinos-Bold`` …"""
    return family if face == "Regular" else f"{family}-{face}"


@cache
def register(folder: Path | None = None) -> None:
    """Make both families known to reportlab; any thread, once. Raises `FileNotFoundError` without them."""
    where = folder or paths.resource("fonts")
    for family in (SERIF, SANS):
        for face in FACES:
            pdfmetrics.registerFont(TTFont(face_name(family, face), str(where / f"{family}-{face}.ttf")))
        pdfmetrics.registerFontFamily(
            family,
            normal=family,
            bold=face_name(family, "Bold"),
            italic=face_name(family, "Italic"),
            boldItalic=face_name(family, "BoldItalic"),
        )


MISSING = "□"
"""Stands for a letter that the fonts lack, where the exact text is to be had elsewhere."""


@cache
def covered() -> frozenset[str]:
    """Return the characters that all eight faces can print, left-to-right scripts only."""
    register()
    known: set[int] | None = None
    for family in (SERIF, SANS):
        for face in FACES:
            font = cast(TTFont, pdfmetrics.getFont(face_name(family, face)))
            glyphs = set(font.face.charToGlyph)
            known = glyphs if known is None else known & glyphs
    # Hebrew has glyphs, but would be set from left to right: refused rather than printed wrong.
    left_to_right = {chr(code) for code in known or () if unicodedata.bidirectional(chr(code)) not in ("R", "AL")}
    return frozenset(left_to_right | {"\n", " "})


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_TIDY))


def legible(text: str) -> str:
    """Return ``text`` as it can be printed, `MISSING` in the place of letters that the fonts lack."""
    known = covered()
    return "".join(sign if sign in known else MISSING for sign in _tidy(text))


def printable(text: str) -> str:
    """Return ``text`` as it can be printed: composed letters, no invisible steering characters.

    Raises `UserError` ``document.missing_glyph`` (facts: letter, codepoint) for a letter the fonts lack.
    """
    tidy = _tidy(text)
    strange = set(tidy) - covered()
    if strange:
        letter = next(sign for sign in tidy if sign in strange)
        raise UserError("document.missing_glyph", letter=letter, codepoint=f"U+{ord(letter):04X}")
    return tidy
