"""Names in running text: found in their cases and with initials, other words left alone."""

from __future__ import annotations

import pytest

from ethnomed_desktop.domain.stand_ins import HIDDEN, Known, beginnings, initials_of, without_names

ASKAR = Known("Серікұлы", "Асқар", "Ерланұлы")
IVANOVA = Known("Сейітова", "Раушан", "", "А-7")
SHORT = Known("Ким", "Ирина")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Серікұлы Асқар Ерланұлы сөйледі.", "С.\u00a0А.\u00a0Е. сөйледі."),
        ("Асқар Серікұлының ұсынысы", "С.\u00a0А.\u00a0Е. ұсынысы"),
        ("А. Серікұлы мен А. Е. Серікұлына", "С.\u00a0А.\u00a0Е. мен С.\u00a0А.\u00a0Е."),
        ("поручить Сейітовой Раушан", "поручить А-7"),
        ("с Р. Сейітовой.", "с А-7."),
        ("Серік пен Асқарбек келді", "Серік пен Асқарбек келді"),
        ("Ким сказал, Кимовск далеко", "К.\u00a0И. сказал, Кимовск далеко"),
        ("поручить Киму И. и Ирине Ким", "поручить К.\u00a0И. и К.\u00a0И."),
        ("Кимнің пікірі, И. Кимнің пікірі", "Кимнің пікірі, К.\u00a0И. пікірі"),
        ("асерікұлы", "асерікұлы"),
    ],
)
def test_names_in_a_text(text: str, after: str) -> None:
    assert without_names(text, (ASKAR, IVANOVA, SHORT)) == after


@pytest.mark.parametrize(
    ("surname", "text", "without"),
    [
        ("О", "О графике воды. Ирине О дать слово. И. О. Ким", "О графике воды. О.\u00a0И. дать слово. И. О. Ким"),
        ("И", "И. Серікұлы келді. И все.", "И. Серікұлы келді. И все."),
        ("Но", "Но вода ушла.\nНо нет. Слово Но.", "Но вода ушла.\nНо нет. Слово Н.\u00a0И.."),
        ("Но", "Но И. сказала: Но Ирина", "Н.\u00a0И. сказала: Н.\u00a0И."),
        ("Ли", "Ли сказала. Ли ушла", "Л.\u00a0И. сказала. Л.\u00a0И. ушла"),
    ],
)
def test_a_surname_that_is_a_word_too_does_not_spoil_the_text(surname: str, text: str, without: str) -> None:
    assert without_names(text, [Known(surname, "Ирина")]) == without


def test_only_people_whose_surname_may_stand_in_a_text_are_asked_for() -> None:
    said = beginnings("Поручить Сейітовой. асқар")
    assert IVANOVA.stem in said
    assert ASKAR.stem not in said
    assert SHORT.stem == ""
    assert SHORT.sought in beginnings("Слово Киму")


def test_initials_and_what_has_none() -> None:
    assert initials_of("Серікұлы Асқар") == "С.\u00a0А."
    assert initials_of("– –") == HIDDEN
