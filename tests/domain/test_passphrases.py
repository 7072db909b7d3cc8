"""Rules of passphrases."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.passphrase_words import WORDS
from ethnomed_desktop.domain.passphrases import Strength, normalised, proposed, require_acceptable, strength


def refusal(passphrase: str) -> UserError:
    with pytest.raises(UserError) as caught:
        require_acceptable(passphrase)
    return caught.value


@pytest.mark.parametrize("short", ["", "elevenchars", "төрт сөз ғой", "           a", "бір екі үш"])
def test_too_short(short: str) -> None:
    if len(short.strip()) >= 12:
        short = short[:11]
    error = refusal(short)
    assert (error.code, error.field, error.facts) == (
        "passphrase.too_short",
        "passphrase",
        {"characters": 12, "words": 5},
    )


@pytest.mark.parametrize("enough", ["twelve-chars", "а б в г д", "қар үй тау су", "Алатау баурайы"])
def test_twelve_characters_or_five_words_are_enough(enough: str) -> None:
    require_acceptable(enough)


def test_length_counts_letters_as_people_do() -> None:
    assert refusal(unicodedata.normalize("NFD", "йёйёйё абвг")).code == "passphrase.too_short"


@pytest.mark.parametrize("simple", ["aaaaaaaaaaaa", "121212121212", "aAaAbBbBcCcCdDdD", "а а а а а а"])
def test_too_simple(simple: str) -> None:
    assert refusal(simple).code == "passphrase.too_simple"


def test_broken_and_endless_ones() -> None:
    assert refusal("good enough\x00 otherwise").code == "passphrase.broken_characters"
    assert refusal("good enough\ud800 otherwise").code == "passphrase.broken_characters"
    assert refusal("long " * 300).code == "passphrase.too_long"


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("123456789012", Strength.WEAK),
        ("qwertyuiop12", Strength.WEAK),
        ("йцукенгшщзхъ", Strength.WEAK),
        ("қазақстан2026", Strength.WEAK),
        ("correct horse battery staple", Strength.FAIR),
        ("correct correct correct correct", Strength.WEAK),
        ("алма терек бұлақ көпір қазан дала", Strength.STRONG),
        ("hG7#kd92!xPq§Zu5", Strength.STRONG),
    ],
)
def test_strength_in_words(passphrase: str, expected: Strength) -> None:
    assert strength(passphrase) is expected


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=100))
def test_any_text_has_a_strength_and_one_form(text: str) -> None:
    assert strength(text) in Strength
    assert normalised(unicodedata.normalize("NFD", text)) == normalised(normalised(text))


def test_case_and_spaces_count() -> None:
    assert normalised(" Аа  б ") == " Аа  б "


LETTERS = {
    "kk": "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "en": "abcdefghijklmnopqrstuvwxyz",
}


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_lists_of_words_are_long_and_of_their_own_letters(language: str) -> None:
    words = WORDS[language]
    assert len(set(words)) == len(words) > 256
    assert list(words) == sorted(words)
    for word in words:
        assert 3 <= len(word) <= 10
        assert set(word) <= set(LETTERS[language]), word


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_a_proposed_passphrase_is_strong_and_new_each_time(language: str) -> None:
    made = {proposed(language) for _ in range(20)}
    assert len(made) == 20
    for passphrase in made:
        require_acceptable(passphrase)
        assert strength(passphrase) is Strength.STRONG
        assert set(passphrase.split()) <= set(WORDS[language])
