"""Breaking words: by Kazakh syllables, by Russian patterns, never in names of acts or at the very end."""

from __future__ import annotations

import pytest

from ethnomed_desktop.documents.fonts import SOFT_HYPHEN
from ethnomed_desktop.documents.hyphenation import hyphenated, language_of, syllables


@pytest.mark.parametrize(
    "word",
    [
        *(
            "мақ-са-тын-да",
            "тү-сі-ніс-ті-гі",
            "эт-но-ме-ди-а-ция",
            "қарт-тар-дың",
            "қа-уым-дас-тық",
            "объ-ек-ті-лер",
        ),
        *(
            "оты-ры-сы-ның",
            "ту-ын-да-ған",
            "Қа-зақ-стан",
            "сау-да",
            "бей-не-бай-ла-ныс",
            "дү-ни-е-та-ным",
            "оқу-шы",
        ),
        *("жер-гі-лік-ті", "қа-был-дан-ды", "дос-тан", "су"),
    ],
)
def test_kazakh_words_break_between_syllables(word: str) -> None:
    assert "-".join(syllables(word.replace("-", ""))) == word


def test_russian_words_break_by_patterns() -> None:
    text = hyphenated("Рассмотрели предложение старейшин", "ru")
    assert f"пред{SOFT_HYPHEN}ло" in text
    assert text.replace(SOFT_HYPHEN, "") == "Рассмотрели предложение старейшин"


def test_abbreviations_short_words_and_the_last_word_stay_whole() -> None:
    assert SOFT_HYPHEN not in hyphenated("ЖЕРГІЛІКТІ кеңес шешім қабылдады", "kk")


@pytest.mark.parametrize(
    ("text", "document", "language"),
    [
        ("Әкімдік", "ru", "kk"),
        ("Баяндама", "kk", "kk"),
        ("Докладчик сообщил о графике полива на лето", "kk", "ru"),
        ("Agreed", "kk", "en"),
    ],
)
def test_the_language_is_guessed_by_letters(text: str, document: str, language: str) -> None:
    assert language_of(text, document) == language
