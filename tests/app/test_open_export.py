"""The way out: everything a user may see stands in one file that any program reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.app import audit, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.open_export import FORMAT, export_all
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

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
