"""The way out: everything a user may see stands in one file that any program reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from ethnomed_desktop.app import audit, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.open_export import FORMAT, export_all
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import NotAllowed, StorageError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import yes_no
from ethnomed_desktop.i18n.labels import kind_label

from .test_rights import opened_in

Add = Callable[..., Recorded]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_of_every_kind_stands_in_it(
    council: AppContext, add: Add, tmp_path: Path, language: str
) -> None:
    person = add("person", surname="О'Коннор <b>", given_name="Мәрзия 🌱")
    meeting = add("meeting", starts="2026-11-20T10:00", heading="Су\u2028туралы", chair=uid_text(person.uid))
    records.withdraw(council, person.uid, "Қате жазылған")
    made = export_all(council, tmp_path / "бәрі.jsonl", Catalog.load(language))
    head, *rest = lines(tmp_path / "бәрі.jsonl")
    assert (head["format"], head["language"], head["whole"]) == (FORMAT, language, True)
    assert [one["kind"] for one in rest if "kind" in one] == [kind.name for kind in KINDS.values()]
    written = {one["id"]: one for one in rest if "record" in one}
    assert made.records == len(written) > 2
    assert made.size == (tmp_path / "бәрі.jsonl").stat().st_size
    assert written[uid_text(person.uid)]["in_trash"]
    assert written[uid_text(person.uid)]["values"]["given_name"] == "Мәрзия 🌱"
    assert written[uid_text(meeting.uid)]["values"]["chair"] == uid_text(person.uid)
    assert "О'Коннор <b>" in written[uid_text(meeting.uid)]["words"]["chair"]
    with council.reading() as connection:
        tables = [f'SELECT count(*) FROM "{name}"' for name in KINDS]
        total = sum(connection.exec_driver_sql(one).scalar_one() for one in tables)
    assert made.records == total


def test_it_is_noted(council: AppContext, tmp_path: Path) -> None:
    export_all(council, tmp_path / "all.jsonl", Catalog.load("kk"))
    newest = audit.page(council, Catalog.load("en"), limit=1)[0]
    assert newest.code == "export.open"
    assert newest.details["bytes"] == (tmp_path / "all.jsonl").stat().st_size


def test_a_place_that_is_not_there_leaves_nothing(council: AppContext, tmp_path: Path) -> None:
    before = audit.count(council)
    with pytest.raises(StorageError):
        export_all(council, tmp_path / "nowhere" / "all.jsonl", Catalog.load("kk"))
    assert audit.count(council) == before
    assert not (tmp_path / "nowhere").exists()


# --- a workbook and a book to read -----------------------------------------------------------------


def sheets_of(path: Path) -> dict[str, list[list[str]]]:
    book = openpyxl.load_workbook(path, read_only=True)
    return {
        sheet.title: [
            ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book
    }


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_has_a_sheet_for_each_kind(council: AppContext, add: Add, tmp_path: Path, language: str) -> None:
    person = add("person", surname="=1+1", given_name="Мәрзия")
    meeting = add("meeting", starts="2026-11-20T10:00", heading="Су туралы", chair=uid_text(person.uid))
    records.withdraw(council, person.uid, "Қате жазылған")
    catalog = Catalog.load(language)
    made = export_all(council, tmp_path / "all.xlsx", catalog)
    sheets = sheets_of(tmp_path / "all.xlsx")
    lined = export_all(council, tmp_path / "all.jsonl", catalog)
    assert made.records == lined.records == sum(len(rows) - 1 for rows in sheets.values())
    people = sheets[kind_label(KINDS["person"], catalog, plural=True)]
    (row,) = [one for one in people[1:] if one[-1] == uid_text(person.uid)]
    assert "=1+1" in row
    assert row[-2] == yes_no(True, language)
    (row,) = [
        one
        for one in sheets[kind_label(KINDS["meeting"], catalog, plural=True)]
        if one[-1] == uid_text(meeting.uid)
    ]
    assert any("=1+1" in cell for cell in row), "a reference stands as words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_book_tells_of_every_record(council: AppContext, add: Add, tmp_path: Path, language: str) -> None:
    person = add("person", surname="О'Коннор <b>", given_name="Мәрзия 🌱", note="Көрші")
    records.withdraw(council, person.uid, "Қате жазылған")
    made = export_all(council, tmp_path / "all.pdf", Catalog.load(language))
    assert made.records == export_all(council, tmp_path / "all.jsonl", Catalog.load(language)).records
    text = text_of(tmp_path / "all.pdf")
    for words in (
        "О'Коннор <b>",
        "Мәрзия □",
        "Көрші",
        uid_text(person.uid),
        Catalog.load(language).gettext("In the trash"),
    ):
        assert words in text


def test_who_may_not_print_writes_none_of_them(council: AppContext, add: Add, tmp_path: Path) -> None:
    add("person", surname="Құпияұлы")
    with opened_in(council, "viewer") as ctx:
        for form in ("jsonl", "xlsx", "pdf"):
            with pytest.raises(NotAllowed, match=r"rights\.act"):
                export_all(ctx, tmp_path / f"all.{form}", Catalog.load("kk"))
            assert not (tmp_path / f"all.{form}").exists()
