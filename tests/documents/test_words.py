"""Dates before nouns, days of a long sitting, spaces that do not break."""

from __future__ import annotations

from datetime import date

import pytest

from ethnomed_desktop.documents import words
from ethnomed_desktop.i18n import formatting


def test_the_kazakh_date_before_a_noun_has_its_ending() -> None:
    forms = [formatting.date_before_noun(date(2026, month, 5), "kk").split()[-1] for month in (1, 4, 9, 12)]
    assert forms == ["қаңтардағы", "сәуірдегі", "қыркүйектегі", "желтоқсандағы"]
    assert formatting.date_before_noun(date(2026, 3, 12), "ru") == "12 марта 2026 года"


def test_a_sitting_of_several_days_has_a_first_and_a_last() -> None:
    assert words.span(date(2026, 3, 30), date(2026, 4, 2), "kk") == "2026 жылғы 30 наурыз – 2026 жылғы 2 сәуір"
    assert words.span(date(2026, 3, 30), date(2026, 3, 30), "en") == "30 March 2026"


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("А. Б. Әлиев", "А.~Б.~Әлиев"),
        ("№ 3 хаттама", "№~3 хаттама"),
        ("12 наурыз 2026", "12~наурыз 2026"),
        ("Әлиев – төраға", "Әлиев~– төраға"),
        ("қарсы – 0, т. е. так", "қарсы – 0, т. е. так"),
    ],
)
def test_what_belongs_together_stays_on_a_line(text: str, tied: str) -> None:
    assert words.bound(text) == tied.replace("~", "\u00a0")
