"""Rebuilding says when tables and log disagree, mends them, and leaves everything else alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from ethnomed_desktop.app.seeds import seeds
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.seeds import place_uid
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.queries.lists import Question
from ethnomed_desktop.store.rebuild import contents, rebuild
from ethnomed_desktop.store.search import find_rids
from ethnomed_desktop.store.store import Store
from ethnomed_desktop.store.tables import digest, draft, head, log, txn
from tests.store.hands import SEEDS, Hand
from tests.store.lives import require_truth, run

DAMAGE = [
    "UPDATE person SET surname = 'X'",
    "DELETE FROM person",
    "UPDATE person SET sort_surname = 'X'",
    "UPDATE person SET withdrawn = true",
    "DELETE FROM element",
    "UPDATE element SET value = value || '1'",
    "UPDATE record SET live = '{\"1\":[]}' WHERE created_lid IS NOT NULL",
    "UPDATE record SET conflicts = '[\"1\"]' WHERE created_lid IS NOT NULL",
    "UPDATE record SET changed_ms = 1 WHERE created_lid IS NOT NULL",
    "UPDATE place SET parent = NULL",
    "UPDATE digest SET total = total_of_nothing",
]


@pytest.mark.parametrize("statement", DAMAGE)
def test_damage_to_tables_is_seen_and_mended(statement: str, store: Store, hand: Hand) -> None:
    uid = hand.record("person", {"surname": "Ахметова", "phones": ["+77011234567"], "tags": ["a"]})
    assert store.rebuild() == {}
    with store.database.writing() as connection:
        if "total_of_nothing" in statement:
            connection.execute(digest.update().values(total=b"\1" * 32))
        else:
            connection.execute(text(statement))
    assert store.rebuild()
    assert store.rebuild() == {}
    require_truth(store)
    stored = hand.show(uid)
    assert stored is not None
    assert stored.values["surname"] == "Ахметова"


def test_a_lost_index_of_words_comes_back(store: Store, hand: Hand) -> None:
    hand.record("person", {"surname": "Ахметова"})
    with store.database.writing() as connection:
        from ethnomed_desktop.store.search import clear_index

        clear_index(connection)
    with store.reading() as connection:
        assert find_rids(connection, [("ахметова",)], None, 9) == []
    store.rebuild()
    with store.reading() as connection:
        assert len(find_rids(connection, [("ахметова",)], None, 9)) == 1


def test_log_and_drafts_are_not_touched(store: Store, hand: Hand) -> None:
    hand.record("person", {"surname": "Ахметова"})
    with store.database.writing() as connection:
        connection.execute(
            draft.insert().values(draft=b"1", kind="person", user=b"U", body='{"surname":"half"}', changed_ms=1)
        )
    before = kept(store)
    store.rebuild()
    assert kept(store) == before
    assert before["draft"]


def kept(store: Store) -> dict[str, list[list[object]]]:
    with store.reading() as connection:
        return {
            table.name: [
                [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]
                for row in connection.execute(select(table))
            ]
            for table in (log, txn, head, draft)
        }


def test_lists_keep_their_order(store: Store, hand: Hand) -> None:
    people = hand.record_many("person", [{"surname": name} for name in ("Б", "А", "А", "В", "А")])
    hand.change(people[1], {"given_name": "Екінші"})
    questions = [Question(KINDS["person"], sort=sort) for sort in ("", "surname", "-surname")]
    before = [hand.listed(question) for question in questions]
    store.rebuild()
    assert [hand.listed(question) for question in questions] == before


def test_progress_is_told(store: Store, hand: Hand) -> None:
    hand.record_many("person", [{"surname": str(number)} for number in range(10)])
    told: list[tuple[int, int | None]] = []
    with store.database.writing() as connection:
        rebuild(connection, SEEDS, lambda done, total: told.append((done, total)))
    assert told[-1] == (10, 10)


def test_batches_do_not_matter(sqlcipher: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run(sqlcipher, 77, 60)
    with sqlcipher.database.reading() as connection:
        before = contents(connection)
    for size in (1, 7):
        monkeypatch.setattr("ethnomed_desktop.store.log.BATCH", size)
        assert sqlcipher.rebuild() == {}
    with sqlcipher.database.reading() as connection:
        assert contents(connection) == before
        assert sum(len(batch) for batch in LogReader(connection).all_batches()) > 10


def test_an_edit_of_a_seed_survives(store: Store, hand: Hand) -> None:
    place = place_uid("616400000")
    hand.change(place, {"note": "шекара", "name_ru": None, "tags": ["оңтүстік"]})
    assert store.rebuild() == {}
    stored = hand.show(place)
    assert stored is not None
    assert stored.values["note"] == "шекара"
    assert stored.values["tags"] == ["оңтүстік"]
    assert "name_ru" not in stored.values
    hand.change(place, {"tags": []})
    assert store.rebuild() == {}


def test_no_seed_has_a_set() -> None:
    """A set in a seed could not be taken out by a user: its elements are in no log."""
    assert not [values for rows in seeds().values() for _, values in rows if list in map(type, values.values())]
