"""Finding what was written however it is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ethnomed_desktop.app import records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.app.search import search
from ethnomed_desktop.i18n.catalogs import Catalog

Add = Callable[..., Recorded]
KK = Catalog.load("kk")


@pytest.fixture
def people(add: Add) -> list[Recorded]:
    return [
        add("person", surname="Әбілқасымов", given_name="Қайрат", phones=["8 701 555 44 33"]),
        add("person", surname="Иванова", given_name="Ёлка"),
        add("incident", settlement="Масанчи", what_happened="Арықтағы суға таласты, ақсақалдар келді"),
        add("incident", settlement="Сортөбе", what_happened="Поливная вода: жители жалуются на шлюз"),
    ]


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("Әбілқасымов", 0),
        ("абилкасымов", 0),
        ("АБІЛ", 0),
        ("кайрат", 0),
        ("Қайрат Әбіл", 0),
        (",sk", None),
        ("елка", 1),
        ("bdfyjdf", 1),
        ("Ivanova", 1),
        ("701 555", 0),
        ("масанч", 2),
        ("ақсақалдардың", 2),
        ("аксакал", 2),
        ("сортобе", 3),
        ("жителями", 3),
        ("2026/1", 2),
        ("жоқ сөз", None),
    ],
)
def test_it_is_found(council: AppContext, people: list[Recorded], typed: str, position: int | None) -> None:
    hits = [hit.uid for hit in search(council, typed, KK) if hit.kind in {"person", "incident"}]
    if position is None:
        assert hits == []
    else:
        assert people[position].uid in hits[:5]


@pytest.mark.parametrize("typed", ["Shymkent", "SHYMKE", "Shymkent qalasy"])
def test_what_bears_an_english_name_too_is_found_in_both_scripts(council: AppContext, add: Add, typed: str) -> None:
    """The register of places knows Shymkent in Latin letters; what was written about Шымкент is meant as well."""
    written = add("incident", settlement="Масанчи", what_happened="Шымкент қаласы туралы әңгіме")
    hits = search(council, typed, KK)
    assert written.uid in [hit.uid for hit in hits]
    if typed == "Shymkent":
        assert any(hit.kind == "place" for hit in hits)


@pytest.mark.parametrize(
    "typed", ["", "   ", '"', "'; DROP TABLE record; --", "*", "a" * 5000, "\x00", "NEAR(", "🙂"]
)
def test_odd_input_finds_nothing_and_breaks_nothing(
    council: AppContext, people: list[Recorded], typed: str
) -> None:
    assert search(council, typed, KK) == []


def test_the_trash_is_not_searched(council: AppContext, people: list[Recorded]) -> None:
    records.withdraw(council, people[0].uid, "қате")
    assert search(council, "Әбілқасымов", KK) == []


def test_what_was_changed_is_found_by_its_new_words_only(council: AppContext, people: list[Recorded]) -> None:
    records.revise(council, people[2].uid, {"settlement": "Қаракемер"})
    assert search(council, "масанчи", KK, kind_name="incident") == []
    assert search(council, "каракемер", KK, kind_name="incident")[0].uid == people[2].uid


def test_one_kind_only(council: AppContext, people: list[Recorded]) -> None:
    assert {hit.kind for hit in search(council, "қордай", KK, kind_name="place")} == {"place"}


def test_an_excerpt_shows_where(council: AppContext, people: list[Recorded]) -> None:
    hit = search(council, "шлюз", KK)[0]
    assert "шлюз" in hit.excerpt
