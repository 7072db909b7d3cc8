"""Taking records in from a spreadsheet in the window: by a drop, by choosing, in three languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.ui.exchange.page import TABLE, ExchangePage
from ethnomed_desktop.ui.kit.pick import Pick

from .conftest import Clicks, drop, go, in_lane

CSV = "Фамилия;Имя;Телефон дома\nӘлиев;Болат;8 701 123 45 67\nКим;Вера;\n;Жанна;\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(CSV, encoding="utf-8-sig")
    return file


def pick(desk: Any, box: Pick, words: str) -> None:
    """Type and choose, as a person would."""
    desk.window.activateWindow()
    QTest.qWaitForWindowActive(desk.window)
    box.line.setFocus()
    box.line.setText(words)
    box.line.textEdited.emit(words)  # keys of the test driver know Latin letters only
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    desk.settle()


def people(desk: Any) -> int:
    return in_lane(desk, lambda ctx: len(list_records(ctx, ListQuestion("person"), limit=100).rows))


def test_a_dropped_table_is_shown_corrected_and_taken_in_and_taken_back(
    desk: Any, page: ExchangePage, clicks: Clicks, table: Path
) -> None:
    before = people(desk)
    go(desk, clicks)
    drop(page, table)
    desk.settle()
    card = page.table.card
    assert page.tabs.currentIndex() == TABLE
    assert card.columns.chosen() == {"Фамилия": "surname", "Имя": "given_name"}
    assert (len(card.found.new), card.found.refused) == (2, 1)
    assert "Строка 4" in card.problems.text()
    assert not card.take.isEnabled()
    box = card.columns.fields["Телефон дома"]
    pick(desk, box, "телефон")
    desk.settle()
    assert card.found.new[0][1]["phones"] == ["8 701 123 45 67"]
    clicks.on(card.take_rest)
    assert people(desk) == before + 2
    assert card.data is None
    desk.work.act("undo")
    desk.settle()
    assert people(desk) == before


def test_rows_are_told_apart_by_what_is_ticked(desk: Any, page: ExchangePage, clicks: Clicks, table: Path) -> None:
    go(desk, clicks)
    drop(page, table)
    desk.settle()
    card = page.table.card
    clicks.on(card.take_rest)
    table.write_text(CSV.replace("Әлиев;Болат", "Әлиев;Бола"), encoding="utf-8")
    drop(page, table)
    desk.settle()
    assert (len(card.found.new), card.found.known) == (1, 1)
    clicks.on(card.columns.ticks["Фамилия"])
    assert (len(card.found.new), card.found.known) == (0, 2)
    assert not card.take_rest.isEnabled()


def test_choices_survive_another_language_and_another_kind_begins_anew(
    desk: Any, page: ExchangePage, clicks: Clicks, table: Path
) -> None:
    go(desk, clicks)
    drop(page, table)
    desk.settle()
    card = page.table.card
    box = card.columns.fields["Имя"]
    pick(desk, box, "не исп")
    desk.window.use_language("kk")
    desk.settle()
    assert card.columns.chosen() == {"Фамилия": "surname"}
    assert "Жаңа жазбалар" in card.result.text()
    pick(desk, card.kind, "орган")
    assert card.columns.chosen() == {}
    assert card.found is None


def test_a_file_that_is_no_table_is_told(desk: Any, page: ExchangePage, clicks: Clicks, table: Path) -> None:
    go(desk, clicks)
    table.write_bytes(b"\x00\x01")
    drop(page, table)
    desk.settle()
    assert "XLSX" in page.messages.label.text()
    assert page.table.card.data is None
