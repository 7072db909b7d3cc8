"""A store grows with the program: fields, kinds and indexes come, nothing goes, strangers are refused."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, inspect, select, text

from ethnomed_desktop.domain import kinds
from ethnomed_desktop.domain.changes import Op
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import NotAllowed, VaultError
from ethnomed_desktop.domain.fieldtypes import Day, Flag, Ref, Tags, Text, Whole
from ethnomed_desktop.domain.ids import seed_uid, uid_text
from ethnomed_desktop.domain.registry import Field, Kind, Level
from ethnomed_desktop.store import schema, tables
from ethnomed_desktop.store.engine import Database, open_sqlite
from ethnomed_desktop.store.newer import is_newer
from ethnomed_desktop.store.queries.lists import Question
from ethnomed_desktop.store.rebuild import contents
from ethnomed_desktop.store.search import find_rids
from ethnomed_desktop.store.store import Store, bring_up_to_date, found, is_empty, needs_work
from ethnomed_desktop.store.tables import base, log, meta, record
from tests.store.hands import KEY, MOMENT, REPLICA_SEED, SEEDS, Hand
from tests.store.lives import Life, require_truth

NEW_FIELDS = (
    Field("nickname", 77, Text(100), "Nickname", Level.CASE, searchable=True, sortable=True),
    Field("last_seen", 78, Day(), "Last seen", Level.CASE, sortable=True),
    Field("visits", 79, Whole(), "Visits", Level.CASE),
    Field("trusted", 80, Flag(), "Trusted", Level.CASE),
    Field("mentor", 81, Ref("person"), "Mentor", Level.IDENTITY),
    Field("skills", 82, Tags(), "Skills", Level.CASE, searchable=True),
)
VALUES = {"77": "Құрдас", "78": "2026-11-20", "79": 3, "80": True, "82/ән": True}
LETTER = Kind(
    "letter",
    170,
    label="Letter",
    plural="Letters",
    feature="councils",
    title=("subject",),
    fields=(Field("subject", 1, Text(), "Subject", Level.CASE, searchable=True, sortable=True),),
)


class Program:
    """The registry of a newer program, for the length of a test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def learns(self, *new: Kind) -> None:
        for kind in new:
            self._patch.setitem(kinds.KINDS, kind.name, kind)
            self._patch.setitem(kinds.KINDS_BY_NUMBER, kind.number, kind)
        derived = MetaData(naming_convention=tables.NAMING)
        for kind in kinds.KINDS.values():
            self._patch.setitem(tables.KIND_TABLES, kind.name, tables.kind_table(kind, derived))
        self._patch.setattr(schema, "derived", derived)

    def learns_fields(self, *fields: Field) -> Kind:
        person = kinds.KINDS["person"]
        newer = dataclasses.replace(person, fields=(*person.fields, *fields))
        self.learns(newer)
        return newer


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Program:
    return Program(monkeypatch)


def test_values_of_a_newer_program_come_into_their_columns(store: Store, program: Program) -> None:
    life = Life(store, 1)
    other, hand = life.others[0], life.hand
    uid, mentor = life._fresh_uid(), hand.record("person", {"surname": "Ұстаз"})
    values = {**VALUES, "81": uid_text(mentor), "1": "Ахметова", "2": "Айгүл"}
    other.write(uid, 3, Op.CREATE, values, 1)
    letter = life._fresh_uid()
    other.write(letter, LETTER.number, Op.CREATE, {"1": "Өтініш"}, 2)
    life.deliver(1.0)
    before = hand.show(uid)
    assert before is not None
    assert before.unknown.keys() == values.keys() - {"1", "2"}
    assert hand.show(letter) is None
    assert not needs_work(store.database, SEEDS)

    program.learns_fields(*NEW_FIELDS)
    program.learns(LETTER)
    assert needs_work(store.database, SEEDS)
    assert bring_up_to_date(store.database, SEEDS)
    assert not needs_work(store.database, SEEDS)
    assert not bring_up_to_date(store.database, SEEDS)

    after, written = hand.show(uid), hand.show(letter)
    assert after is not None
    assert written is not None
    assert after.unknown == {}
    assert after.values == {
        "surname": "Ахметова",
        "given_name": "Айгүл",
        "nickname": "Құрдас",
        "last_seen": "2026-11-20",
        "visits": 3,
        "trusted": True,
        "mentor": uid_text(mentor),
        "skills": ["ән"],
    }
    assert written.values == {"subject": "Өтініш"}
    assert after.revision == before.revision
    require_truth(store)
    assert store.rebuild() == {}
    person = kinds.KINDS["person"]
    assert hand.listed(Question(person, where={"skills": "ән"})) == [uid]
    assert hand.listed(Question(person, sort="nickname")) == [uid, mentor]
    with store.reading() as connection:
        names = {index["name"] for index in inspect(connection).get_indexes("person")}
    assert {"ix_person_sort_nickname_rid", "ix_person_last_seen_rid", "ix_person_mentor"} <= names


def test_a_field_that_becomes_something_else_gets_another_column(store: Store, program: Program) -> None:
    life, person = Life(store, 1), kinds.KINDS["person"]
    by_hand, by_number = life._fresh_uid(), life._fresh_uid()
    life.others[0].write(by_hand, 3, Op.CREATE, {"1": "Ахметова", "77": "Биік"}, 1)
    life.others[0].write(by_number, 3, Op.CREATE, {"1": "Оспанов", "77": 7}, 2)
    life.deliver(1.0)
    shown = []
    for kind in (Text(100), Whole(), Flag(), Text(100)):
        field = Field("height", 77, kind, "Height", Level.CASE, sortable=not isinstance(kind, Flag))
        newer = dataclasses.replace(person, fields=(*person.fields, field))
        program.learns(newer)
        assert bring_up_to_date(store.database, SEEDS)
        assert not needs_work(store.database, SEEDS)
        records = [life.hand.show(uid) for uid in (by_hand, by_number)]
        shown.append([(one.values.get("height"), one.unknown.get("77")) for one in records if one is not None])
        if field.sortable:
            assert len(life.hand.listed(Question(newer, sort="height"))) == len(shown[-1])
        require_truth(store)
        assert store.rebuild() == {}
    as_text, as_number, as_flag = (
        [("Биік", None), (None, 7)],
        [(None, "Биік"), (7, None)],
        [(None, "Биік"), (None, 7)],
    )
    assert shown == [as_text, as_number, as_flag, as_text]


def test_a_grown_store_has_the_tables_of_a_new_one(new_both: list[Store], program: Program) -> None:
    for store in new_both:
        Hand(store).record("person", {"surname": "Ахметова"})
    program.learns_fields(*NEW_FIELDS)
    program.learns(LETTER)
    for store in new_both:
        bring_up_to_date(store.database, SEEDS)
        with store.database.reading() as connection:
            assert compare_metadata(context(connection), schema.derived) == []  # type: ignore[arg-type]


def test_a_field_that_becomes_sortable_sorts_old_records(store: Store, hand: Hand, program: Program) -> None:
    uids = [hand.record("person", {"surname": "x", "workplace": place}) for place in ("Өрт", "Аурухана", "Мектеп")]
    person = kinds.KINDS["person"]
    fields = tuple(
        dataclasses.replace(one, sortable=one.sortable or one.name == "workplace") for one in person.fields
    )
    newer = dataclasses.replace(person, fields=fields)
    program.learns(newer)
    bring_up_to_date(store.database, SEEDS)
    assert hand.listed(Question(newer, sort="workplace")) == [uids[1], uids[2], uids[0]]


def test_a_field_that_becomes_searchable_is_found(store: Store, hand: Hand, program: Program) -> None:
    hand.record("person", {"surname": "x", "address": "Жандосов"})
    person = kinds.KINDS["person"]
    fields = tuple(
        dataclasses.replace(one, searchable=one.searchable or one.name == "address") for one in person.fields
    )
    program.learns(dataclasses.replace(person, fields=fields))
    bring_up_to_date(store.database, SEEDS)
    with store.reading() as connection:
        assert len(find_rids(connection, [("жандосов",)], None, 5)) == 1


def test_seeds_fill_a_new_field_though_nothing_was_ever_written(store: Store, program: Program) -> None:
    place = kinds.KINDS["place"]
    program.learns(
        dataclasses.replace(place, fields=(*place.fields, Field("area", 70, Whole(), "Area", Level.AGGREGATE)))
    )
    seeds = {name: [(uid, {**values, "area": 5}) for uid, values in rows] for name, rows in SEEDS.items()}
    seeds.pop("organisation")
    bring_up_to_date(store.database, seeds)
    with store.reading() as connection:
        assert list(connection.execute(text("SELECT area FROM place")).scalars()) == [5, 5, 5]


def test_an_older_program_keeps_the_columns_of_a_newer_one(
    store: Store, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        Program(newer).learns_fields(*NEW_FIELDS)
        bring_up_to_date(store.database, SEEDS)
        uid = hand.record("person", {"surname": "Ахметова", "nickname": "Құрдас", "skills": ["ән"]})
    bring_up_to_date(store.database, SEEDS)
    stored = hand.show(uid)
    assert stored is not None
    assert (dict(stored.values), dict(stored.unknown)) == (
        {"surname": "Ахметова"},
        {"77": "Құрдас", "82/ән": True},
    )
    hand.change(uid, {"given_name": "Айгүл"})
    with monkeypatch.context() as newer:
        Program(newer).learns_fields(*NEW_FIELDS)
        bring_up_to_date(store.database, SEEDS)
        again = hand.show(uid)
        assert again is not None
        assert again.values == {
            "surname": "Ахметова",
            "given_name": "Айгүл",
            "nickname": "Құрдас",
            "skills": ["ән"],
        }


def context(connection: object) -> MigrationContext:
    def ours(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        shadow = kind == "table" and (str(name).startswith("search_index") or name == "alembic_version")
        foreign = reflected and other is None and kind == "table"
        late = kind == "index" and name == "ix_element_field_value"  # in a file only where there are many
        return not shadow and not foreign and not late

    return MigrationContext.configure(
        connection,  # type: ignore[arg-type]
        opts={"include_object": ours, "compare_type": True, "target_metadata": None},
    )


def test_the_migrations_make_what_the_program_declares(store: Store) -> None:
    with store.database.reading() as connection:
        assert compare_metadata(context(connection), base) == []
        names = set(inspect(connection).get_table_names())
    assert base.tables.keys() <= names


def test_the_comparison_bites(store: Store) -> None:
    with store.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE draft ADD COLUMN more TEXT")
    with store.database.reading() as connection:
        assert compare_metadata(context(connection), base)


def test_unlocking_changes_nothing_when_nothing_is_new(store: Store, hand: Hand) -> None:
    hand.record("person", {"surname": "Ахметова"})
    with store.reading() as connection:
        before = contents(connection)
    assert not bring_up_to_date(store.database, SEEDS)
    with store.reading() as connection:
        assert contents(connection) == before


def test_a_failing_upgrade_changes_nothing(store: Store, hand: Hand, program: Program) -> None:
    hand.record("person", {"surname": "Ахметова"})
    program.learns_fields(*NEW_FIELDS)
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("ethnomed_desktop.store.store.rebuild", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            bring_up_to_date(store.database, SEEDS)
    with store.reading() as connection:
        assert "nickname" not in {column["name"] for column in inspect(connection).get_columns("person")}
    assert bring_up_to_date(store.database, SEEDS)


def test_districts_that_a_newer_program_brings_come_into_old_vaults(store: Store, hand: Hand) -> None:
    old, new = SEEDS["place"], (seed_uid("place", "719999999"), {"kato": "719999999", "name_kk": "Жаңа аудан"})
    hand.change(old[0][0], {"note": "ours"})
    seeds = {**SEEDS, "place": [old[0], (old[1][0], {**old[1][1], "name_kk": "Жаңа атау"}), old[2], new]}
    assert needs_work(store.database, seeds)
    assert bring_up_to_date(store.database, seeds)
    assert not needs_work(store.database, seeds)
    shown = [hand.show(uid) for uid in (old[0][0], old[1][0], new[0])]
    assert [one is not None and one.values.get("name_kk") for one in shown] == [
        "Түркістан облысы",
        "Жаңа атау",
        "Жаңа аудан",
    ]
    assert shown[0] is not None
    assert shown[0].values["note"] == "ours"


# --- what is refused ---

NEWER = (
    "UPDATE alembic_version SET version_num = '0099'",
    "UPDATE meta SET value = '99' WHERE name = 'schema'",
)
QUESTIONS = (
    is_empty,
    lambda database: needs_work(database, SEEDS),
    lambda database: bring_up_to_date(database, SEEDS),
)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (NEWER[0], "vault.newer"),
        (NEWER[1], "vault.newer"),
        ("DELETE FROM alembic_version", "vault.foreign"),
        ("DROP TABLE alembic_version", "vault.foreign"),
        ("DROP TABLE log", "vault.foreign"),
        ("UPDATE meta SET value = 'many' WHERE name = 'schema'", "vault.foreign"),
    ],
)
def test_what_is_newer_or_foreign_is_refused(statement: str, code: str, store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(text(statement))
    for question in QUESTIONS:
        with pytest.raises(VaultError) as caught:
            question(store.database)
        assert caught.value.code == code


@pytest.mark.parametrize("statement", NEWER)
def test_what_is_newer_can_be_read_and_not_written(statement: str, store: Store, hand: Hand) -> None:
    uid = hand.record("person", {"surname": "Ахметова"})
    assert not is_newer(store.database)
    with store.database.writing() as connection:
        connection.execute(text(statement))
        connection.execute(text("ALTER TABLE person ADD COLUMN nickname TEXT"))
    assert is_newer(store.database)
    store.database.forbid_writing()
    assert hand.show(uid) is not None
    with pytest.raises(NotAllowed):
        hand.change(uid, {"given_name": "Айгүл"})
    with pytest.raises(NotAllowed):
        bring_up_to_date(store.database, SEEDS)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO meta VALUES ('reads_from', '2')",
        "ALTER TABLE txn RENAME COLUMN action TO deed",
        "ALTER TABLE incident RENAME TO event",
    ],
)
def test_what_would_be_read_wrongly_is_refused(statement: str, store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(text(NEWER[0]))
        connection.execute(text("DELETE FROM meta WHERE name = 'reads_from'"))
        connection.execute(text(statement))
    with pytest.raises(VaultError) as caught:
        is_newer(store.database)
    assert caught.value.code == "vault.newer"


def test_a_database_of_others_is_refused_and_left_alone(tmp_path: Path) -> None:
    database = open_sqlite(tmp_path / "other.db", KEY)
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE customer (id INTEGER)")
    with pytest.raises(VaultError) as caught:
        is_empty(database)
    assert caught.value.code == "vault.foreign"
    with database.reading() as connection:
        assert inspect(connection).get_table_names() == ["customer"]
    database.close()


def test_founding_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_sqlite(tmp_path / "half.db", KEY)
    with monkeypatch.context() as broken:
        broken.setattr("ethnomed_desktop.store.store.plant_all", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            found(database, SEEDS, FixedClock(MOMENT), REPLICA_SEED, practice=False)
    assert is_empty(database)
    found(database, SEEDS, FixedClock(MOMENT), REPLICA_SEED, practice=False)
    assert not is_empty(database)
    assert row_counts(database) == {"log": 0, "meta": 5, "record": 4}
    database.close()


def row_counts(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {table.name: len(connection.execute(select(table)).all()) for table in (log, meta, record)}
