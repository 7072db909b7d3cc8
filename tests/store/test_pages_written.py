"""Few pages per saving: each is encrypted and signed, so indexes stand only where somebody asks by them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.queries.lists import Question
from ethnomed_desktop.store.store import Store, bring_up_to_date, needs_work
from tests.store.conftest import MakeStore
from tests.store.hands import SEEDS, Hand

FRAME = 24 + 4096
INCIDENT = {
    "happened": "2026-11-20",
    "origin_type": "01",
    "severity": "2",
    "settlement": "Масанчи",
    "what_happened": "Арық басындағы дау кешке дейін созылды",
    "triggers": ["alcohol", "video"],
}


@pytest.fixture
def store(new_sqlcipher: MakeStore) -> Store:
    """Only a file: a server has pages of its own."""
    return new_sqlcipher()


def frames(path: Path) -> int:
    """Count the pages in the write-ahead log since it was last folded."""
    log = path.with_name(f"{path.name}-wal").read_bytes()
    salt, count = log[16:24], 0
    while log[32 + count * FRAME + 8 : 32 + count * FRAME + 16] == salt:
        count += 1
    return count


def plan(store: Store, statement: str, *values: object) -> str:
    with store.reading() as connection:
        return " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))


def test_a_saving_writes_few_pages(store: Store, hand: Hand) -> None:
    hand.record("incident", INCIDENT)
    path = store.database.path
    assert path is not None
    store.database.fold()
    hand.record("incident", INCIDENT)
    assert 10 < frames(path) <= 32


def test_empty_references_stand_in_no_index(store: Store) -> None:
    assert "ix_incident_place" in plan(store, "SELECT rid FROM incident WHERE place = ? ORDER BY rid", 1)
    assert "ix_incident_place" in plan(store, "SELECT rid FROM incident WHERE place IN (?, ?)", 1, 2)
    with store.reading() as connection:
        found = {one["name"]: one.get("dialect_options") for one in inspect(connection).get_indexes("incident")}
    assert "sqlite_where" in (found["ix_incident_place"] or {})


def test_indexes_of_an_older_program_are_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.database.writing() as connection:
        connection.exec_driver_sql("DROP INDEX ix_incident_place")
        connection.exec_driver_sql("CREATE INDEX ix_incident_place ON incident (place)")
    monkeypatch.setattr(schema, "LAYOUT", schema.LAYOUT + 1)
    assert needs_work(store.database, SEEDS)
    assert bring_up_to_date(store.database, SEEDS)
    test_empty_references_stand_in_no_index(store)


def test_set_elements_get_their_index_with_many_records(
    store: Store, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "SELECT rid FROM element WHERE field = ? AND value = ?"
    wanted = Question(KINDS["incident"], where={"triggers": "alcohol"})
    uid = hand.record("incident", INCIDENT)
    hand.record("incident", {**INCIDENT, "triggers": ["video"]})
    for many, indexed in ((schema.MANY_RECORDS, False), (2, True), (1, True)):
        monkeypatch.setattr(schema, "MANY_RECORDS", many)
        with store.database.writing() as connection:
            schema.index_elements(connection)
        assert hand.listed(wanted) == [uid]  # a real question: an explanation looks at no change of the schema
        found = plan(store, f"{asked} -- {many} {indexed}", 1, "alcohol")
        assert ("ix_element_field_value" in found) is indexed
    assert store.rebuild() == {}
