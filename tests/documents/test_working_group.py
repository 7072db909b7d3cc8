"""A real remote sitting in three languages: five speakers, one proposal apart, a list, no vote."""

from __future__ import annotations

import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.minutes import minutes_pdf
from tests.documents import working_group
from tests.documents.conftest import Golden


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_working_group_looks_as_agreed(golden: Golden, language: str) -> None:
    golden.same(f"working_group_{language}", minutes_pdf(working_group.minutes(language), (language,)))


def test_what_the_sitting_had_and_had_not_is_told_right() -> None:
    text = pages.flowing_text(minutes_pdf(working_group.minutes("kk"), ("kk",)))
    assert "ЖҰМЫС ТОБЫ ОТЫРЫСЫНЫҢ ХАТТАМАСЫ" in text
    assert "онлайн (қашықтан)" in text
    assert "Қатысқандар: 5 адам (тізімі қоса беріледі)" in text
    assert "Бөлек тіркелген ұсыныс: Г. Кан – Ассамблея" in text
    assert "жақтағандар" not in text
    assert "ШЕШІМ" not in text
