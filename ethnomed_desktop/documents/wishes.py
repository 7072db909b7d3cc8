"""What a person may choose about a document besides its language, form and size."""

from __future__ import annotations

from dataclasses import dataclass

SIZES = (12, 14)
"""Sizes of the body text, in points, that a person may choose."""

WATERMARKS = ("auto", "draft", "copy", "none")
"""``auto``: the mark of a draft on what has no number yet, and none on what has."""


@dataclass(frozen=True)
class Wishes:
    """How a document is dressed.

    ``watermark`` is one of `WATERMARKS`; the mark of practice data cannot be chosen away. ``sign``
    draws lines to sign on, else the names stand alone. ``signers`` are names of people present, as
    the document names them in full, who sign after chair and secretary. ``hide_names`` puts codes or
    initials in the place of names, and says so.
    """

    watermark: str = "auto"
    sign: bool = True
    signers: tuple[str, ...] = ()
    hide_names: bool = False


AS_USUAL = Wishes()
