"""The recovery code: what it tolerates, what it catches, proved at every place."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.store import recovery_code
from ethnomed_desktop.store.recovery_code import ALPHABET, format_code, parse

SECRETS = st.binary(min_size=20, max_size=20)
SEPARATORS = st.sampled_from(["", " ", "-", " – ", "\n", "\u00a0", ". ", "\t"])


def refusal(text: str) -> str:
    with pytest.raises(UserError) as caught:
        parse(text)
    return caught.value.code


def test_vectors() -> None:
    assert format_code(bytes(20)) == "0000-0000-0000-0000-0000-0000-0000-0000-00"
    # a = 2, a^2 = 4, a^3 = 8: the last data character alone shows the generator x^2 + 6 x + 8
    assert format_code(bytes(19) + b"\x01") == "0000-0000-0000-0000-0000-0000-0000-0001-68"
    assert format_code(bytes(range(20))) == VECTOR
    assert parse(VECTOR) == bytes(range(20))


VECTOR = "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-GX"


@given(SECRETS)
def test_shape(secret: bytes) -> None:
    groups = format_code(secret).split("-")
    assert [len(group) for group in groups] == [4] * 8 + [2]
    assert set("".join(groups)) <= set(ALPHABET)
    assert recovery_code.groups(format_code(secret)) == tuple(groups)


@given(SECRETS, SEPARATORS, st.booleans(), st.data())
def test_typed_back_in_any_manner(secret: bytes, separator: str, lower: bool, data: st.DataObject) -> None:
    text = format_code(secret).replace("-", separator)
    text = text.lower() if lower else text
    alike = {"0": "0OoОо", "1": "1IiLlІі", "A": "AaАа", "B": "BВ", "E": "EЕе", "H": "HН", "C": "CСс", "X": "XХх"}
    typed = "".join(data.draw(st.sampled_from(alike.get(char, char))) for char in text)
    assert parse(f"  {typed}\n") == secret


def test_every_single_wrong_character_is_caught() -> None:
    """The code is linear: what holds for one word holds for all, yet two are tried."""
    for secret in (bytes(20), bytes(range(40, 60))):
        right = format_code(secret).replace("-", "")
        for place, char in enumerate(right):
            for other in ALPHABET.replace(char, ""):
                assert refusal(right[:place] + other + right[place + 1 :]) == "recovery.mistyped"


@given(SECRETS)
def test_every_swap_of_neighbours_is_caught(secret: bytes) -> None:
    right = format_code(secret).replace("-", "")
    for place in range(len(right) - 1):
        swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        assert swapped == right or refusal(swapped) == "recovery.mistyped"


@given(SECRETS, st.integers(0, 32), st.integers(1, 31))
def test_a_swap_of_two_different_neighbours_exists_at_every_place(secret: bytes, place: int, delta: int) -> None:
    """The property above is not empty: put a different character beside, mend the check, swap."""
    if place >= 31:
        return
    digits = [ALPHABET.index(char) for char in format_code(secret).replace("-", "")][:32]
    digits[place + 1] = digits[place] ^ delta
    number = 0
    for digit in digits:
        number = number << 5 | digit
    right = format_code(number.to_bytes(20, "big")).replace("-", "")
    assert right[place] != right[place + 1]
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert refusal(swapped) == "recovery.mistyped"


def test_two_wrong_characters_are_caught_but_for_those_31_apart() -> None:
    """Of the zero word, every pair of places and the pairs of errors that one root would let pass."""
    passed = set()
    for first in range(34):
        for second in range(first + 1, 34):
            for error in range(1, 32):
                typed = ["0"] * 34
                typed[first], typed[second] = "1", ALPHABET[error]
                with contextlib.suppress(UserError):
                    parse("".join(typed))
                    passed.add(second - first)
    assert passed == {31}


@pytest.mark.parametrize(
    "text", ["", "7K3M", VECTOR[:-1], VECTOR + "0", VECTOR.replace("0", "U"), "қ" * 34, "\x00" * 34]
)
def test_other_text_is_not_a_code(text: str) -> None:
    assert refusal(text) == "recovery.wrong_shape"
    assert not recovery_code.looks_like_one(text)


@given(st.text())
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    with contextlib.suppress(UserError):
        assert len(parse(text)) == 20


def test_fresh_codes_differ() -> None:
    assert len({recovery_code.new_code() for _ in range(50)}) == 50


def test_only_twenty_bytes_make_a_code() -> None:
    with pytest.raises(ValueError, match="20 bytes"):
        format_code(b"short")
