"""A name typed without Kazakh letters, in Latin or on the wrong keyboard layout is found."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.folding import fold, tokens
from ethnomed_desktop.domain.spelling import in_cyrillic, readings
from ethnomed_desktop.domain.stems import stems

KAZAKH_TEXT = st.text("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя АҚҒӘҮҰІӨҢҺ-", max_size=40)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Ұлытау", "улытау"),
        ("Қордай", "КОРДАЙ"),
        ("Әлия Өтегенқызы", "алия отегенкызы"),
        ("Іңкәр", "инкар"),
        ("Ғылым", "гылым"),
        ("Һәм", "хам"),
        ("Алёна", "алена"),
        ("Объездная", "обездная"),
        ("Ильяс", "иляс"),
        ("Müller", "muller"),
        ("ҚАЗАҚСТАН", "казакстан"),
    ],
)
def test_typed_without_kazakh_letters(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(KAZAKH_TEXT)
def test_capitals_and_composition_do_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(KAZAKH_TEXT)
def test_only_plain_russian_letters_remain(text: str) -> None:
    assert set(fold(text)) <= set("абвгдежзиклмнопрстуфхцчшщыэюя -")


def test_words_and_numbers_are_told_apart() -> None:
    assert tokens("«Достық үйі», 2026-12/№ 7; e-mail_адрес") == [
        *("достык", "уии", "2026", "12", "7", "e", "mail", "адрес")
    ]
    assert tokens(" – … ") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rjhlfq", "кордай"),
        ("0jhlfq", "қордай"),
        ("j,kfcnm", "область"),
        ("vtlbfnjh", "медиатор"),
        ("Zhumabayev", "Жумабаев"),
        ("Korday", "Қордай"),
        ("Qordai", "Қордай"),
        ("Shymkent", "Шымкент"),
        ("Aqtöbe", "Ақтөбе"),
        ("Şymkent", "Шымкент"),
        ("Äliia", "Әлииа"),
        ("Masanchi", "Масанчи"),
        ("Nauryzbai", "Наурызбай"),
        ("Ылияс", "Илияс"),
    ],
)
def test_other_readings_of_a_query(typed: str, meant: str) -> None:
    assert tokens(meant) in [tokens(reading) for reading in readings(typed)]


def test_the_likeliest_reading_comes_first() -> None:
    assert tokens(readings("rjhlfq")[0]) == ["кордаи"]
    assert tokens(readings("Shymkent")[0]) == ["шымкент"]


@pytest.mark.parametrize("query", ["", "  ", "2026", "№ 7", "…"])
def test_nothing_to_read_otherwise(query: str) -> None:
    assert readings(query) == []


@given(st.text(max_size=40))
def test_readings_are_new_and_differ(query: str) -> None:
    keys = [tuple(tokens(reading)) for reading in readings(query)]
    assert len(set(keys)) == len(keys)
    assert tuple(tokens(query)) not in keys


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("ауылдарының", "ауыл"),
        ("кеңестің", "кенес"),
        ("медиаторлардың", "медиатор"),
        ("мектептегі", "мектеп"),
        ("дүнгендерге", "дунген"),
        ("Алматыда", "алматы"),
        ("Қордайдан", "кордаи"),
        ("жанжалдың", "жанжал"),
        ("дауды", "дау"),
        ("кітабы", "кита"),
        ("конфликта", "конфликт"),
        ("заседаниями", "заседан"),
        ("медиатором", "медиатор"),
        ("многодетные", "многодетн"),
    ],
)
def test_inflected_words_have_the_root_as_a_stem(word: str, root: str) -> None:
    assert root in stems(fold(word))


@given(KAZAKH_TEXT)
def test_stems_are_beginnings_of_the_word(text: str) -> None:
    for word in tokens(text):
        for stem in stems(word):
            assert word.startswith(stem)
            assert 3 <= len(stem) < len(word)


def test_a_word_still_being_typed_is_a_beginning_already() -> None:
    assert stems("дауд", finished=False) == []
    assert stems("дауд") == []
    assert stems("дауы", finished=True) == ["дау"]
    assert stems("2026") == []


@pytest.mark.parametrize(
    ("word", "cyrillic"),
    [
        ("shymkent", ["шымкент"]),
        ("zhambyl", ["жамбыл", "зхамбыл"]),
        ("cel", []),
        ("rjhlfq", []),
        ("шымкент", []),
        ("2026", []),
    ],
)
def test_a_word_in_latin_letters_is_looked_for_in_cyrillic_too(word: str, cyrillic: list[str]) -> None:
    assert in_cyrillic(word) == cyrillic
