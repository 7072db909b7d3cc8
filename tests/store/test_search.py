"""What is typed is found – without Kazakh letters, by beginnings, in other cases – alike on both engines."""

from __future__ import annotations

import random

import pytest

from ethnomed_desktop.app.search import search_rids
from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.folding import tokens
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.store import Store
from tests.store.hands import Hand

NAMES = (
    "Әлия Қайрат Іңкәр Ұлжан Өтеген Ғалымжан Үміт Һадиша Нұрсұлтан Жанғелді Құдайберген Сәкен Әйгерім Өмірзақ "
    "Түркістан Шымкент Ордабасы Қызылорда Көкшетау Өскемен Жаңаөзен Сәтбаев Қарағанды Ақтөбе "
    "Алексей Фёдоров Соловьёв"
).split()
WITHOUT_KAZAKH_LETTERS = str.maketrans("әқғңөұүһі", "акгноуухи") | str.maketrans("ӘҚҒҢӨҰҮҺІ", "АКГНОУУХИ")


def found(store: Store, text: str, kind: str | None = None, limit: int = 50) -> list[bytes]:
    with store.reading() as connection:
        rids = search_rids(connection, text, KINDS[kind] if kind else None, limit)
        return [one.uid for one in records_by(connection, "rid", rids)]


def test_every_name_is_found_without_its_letters(store: Store, hand: Hand) -> None:
    uids = hand.record_many("person", [{"surname": name} for name in NAMES])
    for name, uid in zip(NAMES, uids, strict=True):
        for typed in (name, name.lower(), name.upper(), name.translate(WITHOUT_KAZAKH_LETTERS), name[:5]):
            assert uid in found(store, typed, "person"), (name, typed)


FOUND = [
    ("Жайылымға байланысты дау", "жайылым"),
    ("Жайылымға байланысты дау", "жайылымдар "),
    ("Спор о пастбище у посёлка", "пастбища "),
    ("Спор о пастбище у посёлка", "поселка "),
    ("Спор о пастбище у посёлка", "посел спор"),
    ("конфликты между соседями", "конфликтов "),
    ("Ауыл тұрғындары", "ауыл тургын"),
    ("дело 12/3-а от 05.11.2026", "05 11 2026"),
    ("дело 12/3-а от 05.11.2026", "2026"),
    ("дело 12/3-а от 05.11.2026", "12"),
    ("почта aigul.ahmet@example.kz", "example"),
    ("почта aigul.ahmet@example.kz", "ahmet"),
    ("сайт https://assembly.kz/news?id=7", "assembly"),
    ("сайт https://assembly.kz/news?id=7", "news"),
    ("высота -15,5 м и 3.25 т", "25"),
    ("высота -15,5 м и 3.25 т", "15"),
    ("папка C:\\дела\\осень", "осень"),
    ("АО «Қазақстан темір жолы»", "темир жолы"),
    ("Müller Şükür", "muller sukur"),
    ("7-мектеп", "мектеп"),
    ("it's о'кей", "кей"),
    ("снова_и_снова", "снова"),
    ("в 10:30 и в 2026-11-21", "21"),
    ("в 10:30 и в 2026-11-21", "30"),
    ("&amp; <b>жирный</b>", "жирный"),
]


@pytest.mark.postgres
def test_what_is_found(new_both: list[Store]) -> None:
    missed = []
    for store in new_both:
        for kept, typed in FOUND:
            uid = Hand(store).record("incident", {"happened": "1999", "what_happened": kept})
            if uid not in found(store, typed):
                missed.append((store.database.writer.dialect.name, kept, typed))
    assert not missed


@pytest.mark.postgres
def test_every_word_is_found_alike_on_both_engines(new_both: list[Store]) -> None:
    """Random marks between random words: where a word begins and ends is the same everywhere."""
    chance = random.Random(7)
    marks = [" ", "\n", *". , - / @ : ' — « % _ + :// ? & < > \\ №".split()]
    words = "дау жер 2026 15 a kz com www су е 0 3 тау b2 ст5 5b 3e5 0x1f 7а 1e".split()
    texts = [
        "".join(chance.choice(words) + chance.choice(marks) * chance.randint(1, 2) for _ in range(8))
        for _ in range(150)
    ]
    uids = [
        Hand(store).record_many("person", [{"surname": "x", "note": one} for one in texts]) for store in new_both
    ]
    for number, text in enumerate(texts):
        for word in set(tokens(text)):
            for store, made in zip(new_both, uids, strict=True):
                hits = found(store, word, "person", 1000)
                assert made[number] in hits, (text, word, store.database.writer.dialect.name)
    for word in words:
        counts = {len(found(store, word, "person", 1000)) for store in new_both}
        assert len(counts) == 1, word


def test_all_words_must_be_there(store: Store, hand: Hand) -> None:
    both = hand.record("person", {"surname": "Ахметов", "note": "учитель"})
    hand.record("person", {"surname": "Ахметов", "note": "врач"})
    assert found(store, "ахмет учит") == [both]
    assert found(store, "ахмет учит агроном") == []


def test_titles_come_first(store: Store, hand: Hand) -> None:
    by_note = hand.record("person", {"surname": "Иванов", "note": "знает Сериков и Сериков"})
    by_name = hand.record("person", {"surname": "Сериков", "note": "x"})
    hand.record_many("person", [{"surname": str(number), "note": "иное слово"} for number in range(20)])
    assert found(store, "сериков") == [by_name, by_note]


def test_kind_and_limit(store: Store, hand: Hand) -> None:
    people = hand.record_many("person", [{"surname": "Общий"} for _ in range(5)])
    body = hand.record(
        "organisation", {"body_kind": next(iter(CODE_LISTS["body_kind"].by_code)), "name_kk": "Общий"}
    )
    assert found(store, "общий", "organisation") == [body]
    assert set(found(store, "общий", "person")) == set(people)
    assert len(found(store, "общий", limit=3)) == 3
    assert found(store, "об", "person", 2) == people[:-3:-1], "very short input shows the newest"


def test_what_changed_is_found_by_its_new_words_only(store: Store, hand: Hand) -> None:
    uid = hand.record("person", {"surname": "Бұрынғы", "tags": ["құрылыс"]})
    hand.change(uid, {"surname": "Кейінгі", "tags": []})
    assert found(store, "бурынгы") == []
    assert found(store, "курылыс") == []
    assert found(store, "кейинги") == [uid]


def test_the_trash_is_not_searched(store: Store, hand: Hand) -> None:
    uid = hand.record("person", {"surname": "Ахметов"})
    hand.withdraw(uid)
    assert found(store, "ахметов") == []
    hand.restore(uid)
    assert found(store, "ахметов") == [uid]


def test_seeds_are_found(store: Store) -> None:
    assert len(found(store, "ордабасы", "place")) == 1


def test_nothing_that_is_typed_is_a_command(store: Store, hand: Hand) -> None:
    hand.record("person", {"surname": "Ахметов", "note": "or and not near"})
    nasty = [
        '"',
        "'",
        "*",
        "a*b",
        "NEAR(a b)",
        "title:ахметов",
        "-ахметов",
        "^а",
        "a AND",
        "OR",
        "a & b",
        "!x",
        "( )",
    ]
    nasty += [
        "ахметов:*",
        "a\\'b",
        "%",
        "\x00",
        "ахметов\x00x",
        "𝒜",
        "👩‍🌾",
        "־־",
        "а" * 5000,
        "a " * 500,
        "|",
        "<->",
    ]
    for text in nasty:
        found(store, text)
    assert len(found(store, "title:ахметов")) == 0
    assert len(found(store, "-ахметов")) == 1
    assert len(found(store, "NOT ахметов")) == 1
