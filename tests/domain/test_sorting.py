"""Lists follow the Kazakh alphabet of 42 letters, numbers their size."""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.sorting import ALPHABET, sort_key

WORDS = st.text(ALPHABET, max_size=12)

IN_ORDER = [
    ["Айша", "Аян", "Әлия", "Әсел", "Бақыт"],
    ["Кайрат", "Камила", "Қайрат", "Лаура"],
    ["Наурыз", "Нұрлан", "Ңа", "Оразбек", "Өмір", "Петр"],
    ["Уәли", "Улан", "Ұлан", "Үміт", "Фарида", "Хан", "Һәм", "Цой"],
    ["Ыбырай", "Ырыс", "Іңкәр", "Эльза", "Юсуф", "Яков"],
    ["Егор", "Ерлан", "Ёлкин", "Жанна"],
    ["Гүл", "Ғани", "Дана"],
    ["№ 9", "№ 10", "№ 100"],
    ["2026-9", "2026-10"],
    ["7 ауыл", "12 ауыл", "Abai", "Zara", "Абай"],
    ["Ан", "Ана", "Анар"],
    ["а б", "а-б", "аб"],
    ["Достық", "«Достық үйі»"],
]


@pytest.mark.parametrize("names", IN_ORDER, ids=lambda names: names[0])
def test_order(names: list[str]) -> None:
    shuffled = random.Random(1).sample(names, len(names))
    assert sorted(shuffled, key=sort_key) == names
    assert len({sort_key(name) for name in names}) == len(names)


def test_the_alphabet_is_complete() -> None:
    assert len(set(ALPHABET)) == 42
    keys = [sort_key(letter) for letter in ALPHABET]
    assert all(first < second for first, second in pairwise(keys))


@given(WORDS, WORDS)
def test_words_compare_as_their_places_in_the_alphabet(first: str, second: str) -> None:
    places = [[ALPHABET.index(letter) for letter in word] for word in (first, second)]
    assert (sort_key(first) < sort_key(second)) == (places[0] < places[1])


@given(st.integers(0, 10**20), st.integers(0, 10**20))
def test_numbers_compare_by_size(first: int, second: int) -> None:
    assert (sort_key(f"№ {first}") < sort_key(f"№ {second}")) == (first < second)


@given(st.text(max_size=60))
def test_the_same_order_everywhere(text: str) -> None:
    key = sort_key(text)
    assert "\x00" not in key or "\x00" in text
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=8))
def test_bytes_sort_as_text_does(texts: list[str]) -> None:
    keys = [sort_key(text) for text in texts]
    assert sorted(keys) == sorted(keys, key=lambda key: key.encode())


@given(WORDS)
def test_capitals_quotes_and_blanks_do_not_count(word: str) -> None:
    assert sort_key(word.upper()) == sort_key(word)
    assert sort_key(f" «{word}»  ") == sort_key(word)


@given(WORDS, WORDS)
def test_a_beginning_has_a_beginning_of_the_key(word: str, rest: str) -> None:
    assert sort_key(word + rest).startswith(sort_key(word))


def test_kazakh_names_have_short_keys() -> None:
    assert len(sort_key("Құлмамбетов Әлихан").encode()) == len("Құлмамбетов Әлихан")
    assert len(sort_key("я" * 5000)) <= 200
