"""Letters: all Kazakh ones come back from the PDF, foreign ones are refused, marks that print nothing go."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ethnomed_desktop.documents import fonts, pages
from ethnomed_desktop.documents.minutes import minutes_pdf
from ethnomed_desktop.domain.errors import UserError
from tests.documents import samples


@pytest.mark.parametrize("place", ["heading", "outcome"])
def test_all_kazakh_letters_are_read_back(place: str) -> None:
    words = f"Әріптер {samples.ALL_KAZAKH} ₸ № « » — 5 × 3 ≤ 20"
    pdf = minutes_pdf(replace(samples.elders(), **{place: words}), ("kk",))  # type: ignore[arg-type]
    assert " ".join(words.split()) in pages.flowing_text(pdf)


def test_only_embedded_fonts_are_named() -> None:
    pdf = minutes_pdf(samples.elders(), ("kk", "ru", "en"))
    names = set(re.findall(rb"/BaseFont /([\w+-]+)", pdf))
    assert names
    assert all(re.fullmatch(rb"[A-Z]{6}\+(Tinos|Arimo)(-\w+)?", name) for name in names)
    assert pdf.count(b"/FontFile2") >= len({name.split(b"+")[1] for name in names})
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize(
    ("letter", "codepoint"),
    [("🙂", "U+1F642"), ("☐", "U+2610"), ("中", "U+4E2D"), ("ع", "U+0639"), ("א", "U+05D0")],
)
def test_letters_that_cannot_be_set_are_named(letter: str, codepoint: str) -> None:
    with pytest.raises(UserError) as refused:
        fonts.printable(f"Қазақстан {letter} және")
    assert refused.value.facts == {"letter": letter, "codepoint": codepoint}


def test_marks_that_only_steer_the_display_print_nothing() -> None:
    assert fonts.printable("\ufeffСөз\u200f \u202eтөс\u202c\u200b а\u00adб\u2067в\u2069") == "Сөз төс абв"


def test_letters_typed_in_two_parts_are_joined() -> None:
    assert fonts.printable("и\u0306 е\u0308") == "й ё"
