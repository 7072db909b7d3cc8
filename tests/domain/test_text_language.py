"""The language of a text is told by its letters, names of people and villages notwithstanding."""

import pytest

from ethnomed_desktop.domain.text_language import written_in


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Баяндамашы жаз бойы су кезегіне байланысты үш рет дау туындағанын айтты.", "kk"),
        ("Докладчик А. Серікұлы сообщил, что в ауле Көкөзек за лето трижды возникал спор о воде.", "ru"),
        ("The reporter said that a dispute about turns for water arose three times.", "en"),
        ("", "kk"),
        ("12.03.2026", "kk"),
    ],
)
def test_the_language_is_told(text: str, language: str) -> None:
    assert written_in(text) == language
