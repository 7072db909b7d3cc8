"""Pages joined together are the list, whatever the order asked for, on both engines."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from ethnomed_desktop.domain.errors import UsageError, UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.domain.sorting import sort_key
from ethnomed_desktop.store.queries.lists import Question, count, page, skeleton
from ethnomed_desktop.store.queries.records import StoredRecord, records_by
from ethnomed_desktop.store.store import Store
from ethnomed_desktop.store.tables import KIND_TABLES, needs_sort_key
from tests.store.hands import Hand
from tests.store.lives import Life

SORTS = [
    (kind, f"{sign}{one.name}")
    for kind in KINDS.values()
    for one in kind.all_fields
    if one.sortable
    for sign in "+-"
]


def asked(kind: Kind, sort: str = "", **more: object) -> Question:
    return Question(kind, sort=sort.lstrip("+"), **more)  # type: ignore[arg-type]


@pytest.fixture
def full(store: Store) -> Store:
    """Twenty-five of each kind: many ties, many empty values, some withdrawn."""
    life = Life(store, 4, strange=False)
    for number, kind in enumerate(KINDS.values()):
        few = [life.values.some(kind, 6) for _ in range(4)]
        rows = [dict(few[life.chance.randrange(4)]) if one % 3 else life.values.some(kind, 9) for one in range(25)]
        for row in rows:
            for one in kind.all_fields:
                if one.sortable and life.chance.random() < 0.6:
                    row[one.name] = life.values.one(one.type)
        uids = life.hand.record_many(kind.name, rows)
        life.uids[kind.name] = uids
        for uid in uids[number % 5 :: 7]:
            life.hand.withdraw(uid)
    return store


def everything(store: Store, kind: Kind, *, withdrawn: bool) -> list[StoredRecord]:
    with store.reading() as connection:
        rids = list(connection.execute(select(KIND_TABLES[kind.name].c.rid)).scalars())
        return [one for one in records_by(connection, "rid", rids) if one.withdrawn == withdrawn]


def in_order(records: list[StoredRecord], kind: Kind, sort: str) -> list[int]:
    """Sort plainly: by value and then age; without a value last."""
    one = kind.field(sort[1:])
    descending = sort[0] == "-"

    def place(record: StoredRecord) -> tuple[object, int]:
        value = record.values[one.name]
        return (sort_key(str(value)) if needs_sort_key(one) else value), record.rid

    filled = sorted((r for r in records if one.name in r.values), key=place, reverse=descending)  # type: ignore[arg-type]
    empty = sorted((r.rid for r in records if one.name not in r.values), reverse=descending)
    return [record.rid for record in filled] + empty


def test_pages_of_any_size_make_the_list(full: Store) -> None:
    for kind, sort in SORTS:
        for withdrawn in (False, True):
            question = asked(kind, sort, withdrawn=withdrawn)
            wanted = in_order(everything(full, kind, withdrawn=withdrawn), kind, sort)
            with full.reading() as connection:
                assert list(skeleton(connection, question)) == wanted
                assert count(connection, question) == len(wanted)
                for size in (1, 4, 7, len(wanted), len(wanted) + 1):
                    assert joined(lambda after, q=question, n=size: page(connection, q, after, n)) == wanted  # type: ignore[misc]


def test_the_newest_come_first_unless_asked_otherwise(full: Store) -> None:
    for kind in KINDS.values():
        with full.reading() as connection:
            wanted = sorted((one.rid for one in everything(full, kind, withdrawn=False)), reverse=True)
            assert joined(lambda after, k=kind: page(connection, asked(k), after, 4)) == wanted  # type: ignore[misc]


def joined(turn: Callable[[str | None], tuple[list[int], str | None]]) -> list[int]:
    rows: list[int] = []
    after: str | None = None
    while True:
        part, after = turn(after)
        rows += part
        if after is None:
            return rows


def test_kazakh_letters_stand_where_the_alphabet_has_them(hand: Hand) -> None:
    names = ["Яков", "Әлия", "Ақан", "Іңкәр", "Иван", "Ұлжан", "Умар", "Қайрат", "Карим", "ақан", "Ыбырай"]
    hand.record_many("person", [{"surname": name} for name in names])
    shown = [hand.show(uid) for uid in hand.listed(asked(KINDS["person"], "surname"))]
    surnames = [str(one.values["surname"]) for one in shown if one is not None]
    assert [name.lower() for name in surnames] == [
        "ақан", "ақан", "әлия", "иван", "карим", "қайрат", "умар", "ұлжан", "ыбырай", "іңкәр", "яков",
    ]  # fmt: skip


def test_filters_find_what_plain_reading_finds(full: Store) -> None:
    incidents = everything(full, KINDS["incident"], withdrawn=False)
    checks = 0
    for one in KINDS["incident"].all_fields:
        values = [record.values[one.name] for record in incidents if one.name in record.values]
        for value in values[:3]:
            wanted = value[0] if isinstance(value, list) else value
            holds = {
                r.uid
                for r in incidents
                if one.name in r.values
                and (wanted in r.values[one.name] if isinstance(value, list) else r.values[one.name] == value)  # type: ignore[operator]
            }
            assert set(Hand(full).listed(asked(KINDS["incident"], where={one.name: wanted}))) == holds
            checks += 1
    assert checks > 40


def test_any_of_several_values(full: Store) -> None:
    question = asked(KINDS["incident"], where={"severity": ("1", "2")})
    wanted = {
        one.uid
        for one in everything(full, KINDS["incident"], withdrawn=False)
        if one.values.get("severity") in ("1", "2")
    }
    assert set(Hand(full).listed(question)) == wanted


def test_empty_values_can_be_asked_for(full: Store) -> None:
    question = asked(KINDS["person"], where={"given_name": None})
    people = everything(full, KINDS["person"], withdrawn=False)
    assert set(Hand(full).listed(question)) == {one.uid for one in people if "given_name" not in one.values}


def test_a_reference_to_nobody_lists_nothing(hand: Hand) -> None:
    hand.record("incident", {"happened": "2026"})
    assert hand.listed(asked(KINDS["incident"], where={"place": uid_text(b"0" * 16)})) == []


def test_filters_and_found_rows_go_together(store: Store, hand: Hand) -> None:
    uids = hand.record_many("person", [{"surname": name, "tags": ["a"]} for name in "БАВ"])
    hand.change(uids[2], {"tags": []})
    with store.reading() as connection:
        rids = tuple(one.rid for one in records_by(connection, "uid", uids[1:]))
    assert hand.listed(asked(KINDS["person"], "surname", where={"tags": "a"}, rids=rids)) == [uids[1]]
    assert hand.listed(asked(KINDS["person"], rids=())) == []


def test_a_page_is_kept_when_rows_come_in_between(store: Store, hand: Hand) -> None:
    hand.record_many("person", [{"surname": name} for name in "БГЕ"])
    question = asked(KINDS["person"], "surname")
    with store.reading() as connection:
        first, token = page(connection, question, None, 2)
    hand.record("person", {"surname": "А"})
    hand.record("person", {"surname": "Д"})
    with store.reading() as connection:
        rest, _ = page(connection, question, token, 9)
        assert [one.values["surname"] for one in records_by(connection, "rid", first + rest)] == list("БГДЕ")


def coded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


BAD_TOKENS = [
    "x",
    "....",
    "Ә",
    "ab\x00",
    "e30",
    coded(5),
    coded(None),
    coded([]),
    coded([1, 2, 3]),
    coded({"a": 1, "b": 2, "c": 3}),
    coded(["surname", False, ["a"], 1]),
    coded(["surname", False, {"a": 1}, 1]),
    coded(["surname", False, "a", "b"]),
    coded(["surname", False, "a", 2**80]),
    coded(["surname", False, 5, 1]),
    coded(["-surname", False, "a", 1]),
    coded(["", False, None, 1]),
    coded("[" * 4000),
    base64.urlsafe_b64encode(b"[" * 100_000).decode(),
]


def test_bad_tokens_are_refused(store: Store, hand: Hand) -> None:
    hand.record("person", {"surname": "А"})
    for token in BAD_TOKENS:
        with store.reading() as connection, pytest.raises(UsageError) as caught:
            page(connection, asked(KINDS["person"], "surname"), token, 5)
        assert caught.value.code == "list.token"


@pytest.mark.parametrize("sort", ["nothing", "note", "--surname", "phones"])
def test_an_order_that_is_none_is_refused(sort: str, store: Store) -> None:
    with store.reading() as connection, pytest.raises(UsageError) as caught:
        page(connection, asked(KINDS["person"], sort), None, 5)
    assert caught.value.code in {"field.not_sortable", "field.unknown"}


def test_a_filter_that_is_none_is_refused(store: Store) -> None:
    with store.reading() as connection:
        with pytest.raises(UsageError):
            count(connection, asked(KINDS["person"], where={"nothing": 1}))
        with pytest.raises(UserError):
            count(connection, asked(KINDS["incident"], where={"severity": "many"}))
        with pytest.raises(UsageError):
            count(connection, asked(KINDS["incident"], where={"place": "Ордабасы"}))


def test_reading_within_reading_is_the_same_view(store: Store, hand: Hand) -> None:
    hand.record("person", {"surname": "А"})
    with store.reading() as connection:
        with store.reading() as inner:
            assert inner is connection
        assert count(connection, asked(KINDS["person"])) == 1
    with store.reading() as again:
        assert count(again, asked(KINDS["person"])) == 1
