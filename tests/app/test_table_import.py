"""Spreadsheets taken in: read as offices write them, whole or not at all, and never twice."""

from __future__ import annotations

import contextlib
import io
import random
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter

from ethnomed_desktop.app.history import undo
from ethnomed_desktop.app.list_files import write_list
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.app.records import record_many
from ethnomed_desktop.app.table_import import preview_table, take_table_in
from ethnomed_desktop.app.table_maps import TableMap
from ethnomed_desktop.documents import table_reading
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.i18n.catalogs import Catalog


def xlsx(*rows: list[Any], sheet: str = "Парақ1") -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd.mm.yyyy"})
    page = book.add_worksheet(sheet)
    for line, row in enumerate(rows):
        page.write_row(line, 0, row)
    book.close()
    return buffer.getvalue()


PEOPLE = TableMap({"Тегі": "surname", "Аты": "given_name", "Туған жылы": "birth_year"})
ROWS = (["Тегі", "Аты", "Туған жылы", "Ескерту"], ["Әлиев", "Болат", 1961, "x"], ["Ким", "Вера", "1 970", None])


def all_of(council, kind: str) -> list[dict[str, Any]]:
    return [dict(one.values) for one in list_records(council, ListQuestion(kind), limit=500).rows]


def test_a_table_is_looked_through_first_then_taken_in_once(council) -> None:
    data = xlsx(*ROWS)
    seen = preview_table(council, data, "person", PEOPLE)
    assert (len(seen.new), seen.known, seen.problems, seen.unused) == (2, 0, (), ("Ескерту",))
    assert all_of(council, "person") == []
    assert len(take_table_in(council, data, "person", PEOPLE).value) == 2
    assert sorted((one["surname"], one["birth_year"]) for one in all_of(council, "person")) == [
        ("Ким", 1970),
        ("Әлиев", 1961),
    ]
    with pytest.raises(UserError, match=r"table\.nothing_new"):
        take_table_in(council, data, "person", PEOPLE)
    undo(council)
    assert all_of(council, "person") == []


def test_refused_rows_are_named_and_nothing_is_written_unless_they_are_left_out(council) -> None:
    data = xlsx(*ROWS, ["", "Жанна", 1980, None], ["Ли", "Олег", "жас", None])
    seen = preview_table(council, data, "person", PEOPLE)
    assert [(one.line, one.column, one.error.code) for one in seen.problems] == [
        (4, "Тегі", "field.required"),
        (5, "Туған жылы", "whole.expected"),
    ]
    with pytest.raises(UserError, match=r"table\.rows_refused") as refused:
        take_table_in(council, data, "person", PEOPLE)
    assert (refused.value.facts["count"], refused.value.facts["line"]) == (2, 4)
    assert all_of(council, "person") == []
    assert len(take_table_in(council, data, "person", PEOPLE, leave_refused=True).value) == 2


def test_rows_are_told_apart_by_the_fields_of_the_map(council) -> None:
    record_many(council, [("person", {"surname": "ӘЛИЕВ", "given_name": "Болат", "birth_year": 1960})])
    same = TableMap(PEOPLE.columns, same=("surname", "given_name"))
    seen = preview_table(council, xlsx(*ROWS, ["Ким", "Вера", 1971, None]), "person", same)
    assert [raw["surname"] for _line, raw in seen.new] == ["Ким"]
    assert seen.known == 2


def test_names_of_bodies_people_and_places_are_found_and_doubtful_ones_refused(council) -> None:
    twice = {"surname": "Ли", "given_name": "Анна"}
    people = [("person", {"surname": "Әлиев", "given_name": "Болат"}), ("person", twice), ("person", twice)]
    made = record_many(council, people).value
    plan = TableMap({"Кім": "person", "Рөлі": "role"}, {"organisation": council_body(council)})
    rows = (["Кім", "Рөлі"], ["алиев болат", "Председатель"], ["Ли Анна", "мүше"], ["Жоқ Адам", "мүше"])
    seen = preview_table(council, xlsx(*rows), "membership", plan)
    assert [raw["person"] for _line, raw in seen.new] == [str(uuid_of(made[0].uid))]
    assert seen.new[0][1]["role"] == "chair"
    assert [one.error.code for one in seen.problems] == ["table.name_shared", "table.name_unknown"]
    place = preview_table(council, xlsx(["Place"], ["314800000"], ["Меркенский район"]), "organisation",
                          TableMap({"Place": "place"}, {"name_kk": "Кеңес", "body_kind": "other"}))  # fmt: skip
    assert [one.error.code for one in place.problems] == []


def council_body(council) -> str:
    return str(uuid_of(list_records(council, ListQuestion("organisation")).rows[0].uid))


def uuid_of(uid: bytes) -> object:
    from uuid import UUID

    return UUID(bytes=uid)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("divider", [";", "\t", ","])
def test_csv_is_read_in_the_encodings_and_with_the_dividers_of_excel(council, codec: str, divider: str) -> None:
    text = f'Фамилия{divider}Имя\r\n"Ким{divider} Цой"{divider}Вера\r\n'
    plan = TableMap({"Фамилия": "surname", "Имя": "given_name"})
    seen = preview_table(council, text.encode(codec), "person", plan)
    assert seen.new[0][1] == {"surname": f"Ким{divider} Цой".strip(), "given_name": "Вера"}


def test_dates_numbers_and_choices_are_read_as_offices_write_them(council) -> None:
    columns = {"Күні": "happened", "Қайда": "settlement", "Деңгейі": "severity", "Адам": "people_involved"}
    plan = TableMap(columns, {"what_happened": "Кестеден"})
    rows = (
        ["Күні", "Қайда", "Деңгейі", "Адам"],
        [date(2026, 11, 1), "Мысалбұлақ", "2", 12],
        ["02.11.2026", "Мысалбұлақ", None, "1 200"],
        ["10.2026", "Мысалбұлақ", None, None],
    )
    take_table_in(council, xlsx(*rows), "incident", plan)
    found = sorted((one["happened"], one.get("people_involved")) for one in all_of(council, "incident"))
    assert found == [("2026-10", None), ("2026-11-01", 12), ("2026-11-02", 1200)]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_list_saved_as_a_spreadsheet_comes_back_without_a_map(council, tmp_path, language: str) -> None:
    people = [
        {"surname": "Әлиев", "given_name": "Болат", "birth_year": 1961, "languages": ["kk", "ru"]},
        {"surname": "=Ким", "given_name": "Вера", "phones": ["+7 701 123 45 67"]},
    ]
    record_many(council, [("person", one) for one in people])
    before = all_of(council, "person")
    file = tmp_path / "list.xlsx"
    write_list(council, ListQuestion("person"), Catalog.load(language), file)
    assert preview_table(council, file.read_bytes(), "person", TableMap()).known == 2
    undo(council)
    take_table_in(council, file.read_bytes(), "person", TableMap())
    assert sorted(map(str, all_of(council, "person"))) == sorted(map(str, before))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table.empty"),
        (b"\x00\x01\x02", "table.not_a_table"),
        (b"PK\x03\x04 no package", "table.not_a_table"),
        (b"\xd0\xcf\x11\xe0 old", "table.old_or_locked"),
        (b"a;b\n", "table.empty"),
        (b"a;a\n1;2\n", "table.heading_twice"),
        (b"x;y\n1;2\n", "table.column_missing"),
        (b'surname\n"open', "table.not_a_table"),
        (b"surname\n" * 50_001, "table.too_large"),
        (b";" * 201 + b"x\n" * 2, "table.too_large"),
    ],
)
def test_what_is_no_table_is_refused_in_three_languages(council, data: bytes, code: str) -> None:
    with pytest.raises(UserError) as refused:
        preview_table(council, data, "person", TableMap({"surname": "surname"}))
    assert refused.value.code == code
    said = {sentence(refused.value, Catalog.load(one)) for one in ("kk", "ru", "en")}
    assert len(said) == 3


@pytest.mark.parametrize(
    "wrong", [[], {"colums": {}}, {"columns": {"a": 1}}, {"always": []}, {"same": "surname"}, {"sheet": 1}]
)
def test_a_wrong_map_is_refused(wrong: object) -> None:
    with pytest.raises(UserError, match=r"table\.map_wrong"):
        TableMap.from_json(wrong)


def test_a_cell_far_away_costs_no_memory_and_broken_bytes_no_crash() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet()
    page.write(0, 0, "a")
    page.write(1_048_575, 16_383, "b")
    book.close()
    with pytest.raises(UserError, match=r"table\.too_large"):
        table_reading.read_table(buffer.getvalue())
    whole, chance = xlsx(*ROWS), random.Random(7)
    for _turn in range(150):
        broken = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _flip in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with contextlib.suppress(UserError):
            table_reading.read_table(bytes(broken))


def test_a_package_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch) -> None:
    monkeypatch.setattr(table_reading, "MOST_UNPACKED", 1000)
    with pytest.raises(UserError, match=r"table\.too_large"):
        table_reading.read_table(xlsx(*ROWS))


def test_a_moment_may_stand_with_its_clock(council) -> None:
    plan = TableMap({"Начало": "starts"}, {"organisation": council_body(council)})
    rows = (["Начало"], [datetime(2026, 11, 1, 15, 0)], ["02.11.2026 10:30"], ["завтра"])
    seen = preview_table(council, xlsx(*rows), "meeting", plan)
    assert [raw["starts"] for _line, raw in seen.new][1] == "2026-11-02T10:30"
    assert [one.error.code for one in seen.problems] == ["moment.malformed"]
