"""What differs between two texts and two lists."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.comparing import MOST_WORDS, marked, paired


def changed(spans: list[object]) -> list[str]:
    return [one.text for one in spans if one.changed]  # type: ignore[attr-defined]


@given(st.text(max_size=80), st.text(max_size=80))
def test_spans_joined_are_the_texts(before: str, after: str) -> None:
    left, right = marked(before, after)
    assert "".join(one.text for one in left) == before
    assert "".join(one.text for one in right) == after
    if before == after:
        assert not any(one.changed for one in (*left, *right))


def test_only_the_words_that_differ_are_marked() -> None:
    left, right = marked("Мерзімі 5 желтоқсан.", "Мерзімі 15 желтоқсан.")
    assert changed([*left]) == ["5"]
    assert changed([*right]) == ["15"]


def test_a_long_speech_is_compared_by_sentences() -> None:
    before = "Сөз айтылды. " * MOST_WORDS
    left, right = marked(before, before + "Соңғы сөз.")
    assert changed([*left]) == []
    assert changed([*right]) == ["Соңғы сөз."]


def test_equal_parts_find_each_other_wherever_they_stand() -> None:
    assert paired(["а", "б", "в"], ["в", "а"], str) == [("в", "в"), ("а", "а"), ("б", None)]


def test_what_was_changed_is_paired_with_what_it_was() -> None:
    old = ["Кесте бекітілсін.", "Арық тазалансын."]
    new = ["Арық наурызда тазалансын.", "Хат жазылсын жаңадан бүгін."]
    pairs = paired(old, new, str)
    assert ("Арық тазалансын.", "Арық наурызда тазалансын.") in pairs
    assert ("Кесте бекітілсін.", None) in pairs
    assert (None, "Хат жазылсын жаңадан бүгін.") in pairs


def test_what_is_known_to_belong_together_does_whatever_it_says() -> None:
    assert paired(["а"], ["жоқ"], str, lambda one, other: True) == [("а", "жоқ")]


@given(st.lists(st.sampled_from("абвгд"), max_size=6), st.lists(st.sampled_from("абвгд"), max_size=6))
def test_nothing_is_lost_and_nothing_is_paired_twice(old: list[str], new: list[str]) -> None:
    pairs = paired(old, new, str)
    assert sorted(one for one, _other in pairs if one is not None) == sorted(old)
    assert [other for _one, other in pairs if other is not None] == new
